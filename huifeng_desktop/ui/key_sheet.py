"""快捷键: every key of the window on one sheet, by what it is for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.before.steps import StepName
from huifeng_desktop.ui.kit.labels import Card, text_label

Group = tuple[str, tuple[tuple[str, str], ...]]
KEYS: tuple[tuple[Group, ...], ...] = (
    (
        (
            "窗口",
            (
                ("Ctrl 1 / 2 / 3", "会前 / 会中 / 会后"),
                ("Ctrl M", "会议列表"),
                ("Ctrl Y", "台账"),
                ("Ctrl B", "立即备份"),
                ("Ctrl T", "平板与遥控"),
                ("Ctrl Shift T", "第二签到台"),
                ("Ctrl H", "操作记录；选中谁就看谁"),
                ("Ctrl Shift U", "当前操作人"),
                ("Ctrl Shift A", "归档与保存期"),
                ("Ctrl Shift E / I", "导出 / 并入交接包"),
                ("F1", "快捷键"),
            ),
        ),
        (
            "会前",
            (
                (f"Alt 1 – {len(StepName)}", "各步"),
                ("Ctrl O / Ctrl V", "选文件 / 粘贴表格"),
                ("Enter / Del", "改一格 / 去掉一行"),
                ("Ctrl G / L", "讲话稿 / 全场限时"),
                ("Ctrl S", "存入"),
                ("F5", "进入会中"),
            ),
        ),
    ),
    (
        (
            "会议与发言",
            (
                ("F9", "宣布开会"),
                ("空格", "开始；结束，下一项"),
                ("P", "暂停、继续"),
                ("= / -", "加、减 1 分钟"),
                ("] / [", "加、减 30 秒"),
                ("F4", "刚才忘按了"),
                ("End", "结束发言"),
                ("F5", "跳过"),
                ("Alt P", "推后选中的议题"),
                ("F11", "报名发言"),
                ("B", "铃"),
                ("Ctrl F11", "计时与提示音"),
                ("Ctrl Z", "撤销上一步"),
                ("Alt ↑ ↓", "议程上移、下移"),
                ("Enter", "从选中的议题开始"),
                ("F10", "议程完毕后散会"),
                ("Ctrl F10", "随时散会"),
            ),
        ),
    ),
    (
        (
            "签到",
            (
                ("直接键入", "查找；扫码随时都行"),
                ("Ctrl 空格", "查找框换汉字、拼音"),
                ("Ctrl F", "光标到查找框"),
                ("Enter", "签到"),
                ("↑ ↓", "选人"),
                ("Esc", "清空"),
                ("Ctrl D", "代会"),
                ("Ctrl L", "请假"),
                ("Ctrl E", "离场、返回"),
                ("Del", "撤销选中的签到"),
                ("Ctrl P", "开放、停止手机签到"),
                ("Ctrl Shift P", "停止、恢复签到"),
                ("Ctrl Shift S", "摄像头扫码"),
            ),
        ),
    ),
    (
        (
            "到会",
            (
                ("F2", "到会情况"),
                ("F3", "会中清点"),
                ("F12", "登记：下面各项"),
                ("Ctrl R / U", "点名 / 逐单位勾选"),
                ("Ctrl K", "按序号补录"),
                ("Ctrl Shift L", "一行登记请假"),
                ("Ctrl J / O", "临时参会 / 离场登记"),
            ),
        ),
        (
            "投影",
            (
                ("F6", "提示发言人"),
                ("F7", "打开、关闭投影"),
                ("Ctrl F7", "投影到哪个屏幕"),
                ("Shift F7", "小窗放大、还原"),
                ("Ctrl F6", "更多画面"),
                ("F8", "黑屏"),
            ),
        ),
        (
            "会后",
            (
                ("↑ ↓", "换人"),
                ("1 – 4", "选结果"),
                ("Enter", "认定"),
                ("Ctrl E", "全部导出"),
            ),
        ),
    ),
)


class KeySheet(QDialog):
    """A column for each kind of work; Esc closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("快捷键"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = QHBoxLayout()
        columns.setSpacing(theme.SPACE_3)
        for groups in KEYS:
            column = QVBoxLayout()
            column.setSpacing(theme.SPACE_3)
            for heading, rows in groups:
                column.addWidget(self._group(heading, rows))
            column.addStretch(1)
            columns.addLayout(column, 1)
        done = ActionButton(self.tr("关闭"), "Esc", parent=self)
        done.clicked.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(columns)
        layout.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)

    def _group(self, heading: str, rows: Sequence[tuple[str, str]]) -> Card:
        card = Card(self, padding=14)
        card.body.addWidget(text_label(heading, size=15, bold=True, parent=card))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE_4)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 110)
        grid.setColumnStretch(1, 1)
        for place, (keys, what) in enumerate(rows):
            grid.addWidget(text_label(keys, bold=True, tone="neutral", parent=card), place, 0)
            grid.addWidget(text_label(what, parent=card), place, 1)
        card.body.addLayout(grid)
        return card
