"""删除满期的会议: what goes, what stays, who says so, and the meeting's number copied by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from huifeng_desktop.service.office import MeetingCard
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.ask_path import ask_file
from huifeng_desktop.ui.before.frame import PanelFoot, PanelHead
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import Card, ElidedLabel, separator, text_label
from huifeng_desktop.ui.theme import Tone

_GOES = (
    "这次会议的全部记录：名单、签到、请假、认定、发言用时和签名",
    "存在数据文件夹里的参阅文件",
    "数据文件夹里的 {copies} 份旧备份（都含有这次会议），换成一份新的",
)
_STAYS = (
    "归档包 {file}，删除前逐项核对；用“并入交接包”打开它，会议就恢复原样",
    "一条删除记录：会议名称、日期、归档包及校验值、由谁在何时删除",
    "拷到别处的备份、交接包和导出的材料，程序管不到，请自行处理",
)


@dataclass(frozen=True, slots=True)
class RemovalRequest:
    """What somebody has confirmed: the meeting, its archive, who said so, and what was typed."""

    meeting_id: str
    archive: Path
    by: str
    typed: str


class RemovalDialog(QDialog):
    """Accepted only with a name and the right number; `request` then says what to do."""

    def __init__(
        self,
        card: MeetingCard,
        archive: Path,
        copies: int,
        by: str = "",
        parent: QWidget | None = None,
        choose_file: Callable[[], Path | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._card, self._archive = card, archive
        self._choose = choose_file or (
            lambda: ask_file(self.tr("选择归档包"), self.tr("归档包 (*.zip);;所有文件 (*)"))
        )
        self.setWindowTitle(self.tr("删除满期的会议 — 会风"))
        self.resize(760, 540)
        self.by = QLineEdit(by, self)
        self.by.setPlaceholderText(self.tr("姓名"))
        self.typed = QLineEdit(self)
        self.typed.setPlaceholderText(self.tr("照抄上面的会议编号"))
        self.place = ElidedLabel(parent=self)
        self.foot = PanelFoot(self)
        self._lay_out(copies)
        self.by.textChanged.connect(self._show)
        self.typed.textChanged.connect(self._show)
        self._show()
        (self.typed if by else self.by).setFocus()

    def request(self) -> RemovalRequest:
        """What was confirmed."""
        return RemovalRequest(
            self._card.meeting_id, self._archive, self.by.text().strip(), self.typed.text().strip()
        )

    def _lay_out(self, copies: int) -> None:
        head = PanelHead(self.tr("删除满期的会议"), self)
        head.set_words(
            self.tr("删除满期的会议"), f"{self._card.start.astimezone():%Y-%m-%d}　{self._card.title}"
        )
        body = QVBoxLayout()
        body.setContentsMargins(18, 14, 18, 14)
        body.setSpacing(theme.SPACE_2)
        words = {"copies": str(copies), "file": self._archive.name}
        goes = [one for one in _GOES if copies or "{copies}" not in one]
        for title, lines in ((self.tr("将删除"), goes), (self.tr("会留下"), _STAYS)):
            body.addWidget(text_label(title, bold=True, parent=self))
            for line in lines:
                label = text_label(f"· {line.format(**words)}", parent=self)
                label.setWordWrap(True)
                body.addWidget(label)
            body.addSpacing(theme.SPACE_2)
        body.addStretch(1)
        body.addLayout(self._form())
        self.delete = KeyButton(self.tr("删除"), kind=ButtonKind.DANGER, parent=self)
        cancel = KeyButton(self.tr("不删除"), hint="Esc", parent=self)
        self.foot.add(cancel)
        self.foot.add(self.delete)
        self.delete.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        card = Card(self, padding=1, spacing=0)
        card.body.addWidget(head)
        card.body.addWidget(separator(self))
        card.body.addLayout(body, 1)
        card.body.addWidget(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(card)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_3)
        form.setVerticalSpacing(theme.SPACE_2)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.other = KeyButton(self.tr("在别处…"), parent=self)
        self.other.clicked.connect(self._on_other)
        place = QHBoxLayout()
        place.addWidget(self.place, 1)
        place.addWidget(self.other)
        form.addRow(self.tr("归档包"), place)
        number = text_label(self._card.meeting_id, bold=True, parent=self)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        form.addRow(self.tr("会议编号"), number)
        form.addRow(self.tr("由谁删除"), self.by)
        form.addRow(self.tr("确认"), self.typed)
        return form

    def _on_other(self) -> None:
        file = self._choose()
        if file is not None:
            self._archive = file
            self._show()

    def _show(self, _: object = None) -> None:
        self.place.set_full_text(str(self._archive))
        missing = self._missing()
        self.delete.setEnabled(not missing)
        self.foot.say(missing or self.tr("删除后只能从归档包恢复。"), Tone.WARN if missing else Tone.OVER)

    def _missing(self) -> str:
        """What still stands against it."""
        if not self._archive.is_file():
            return self.tr("归档包不在原处，请用“在别处…”指给程序。")
        if not self.by.text().strip():
            return self.tr("请写明由谁删除。")
        if self.typed.text().strip() != self._card.meeting_id:
            return self.tr("请照抄会议编号。")
        return ""
