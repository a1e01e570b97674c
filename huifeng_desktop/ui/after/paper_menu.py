"""其他材料: the papers that have no button of their own, and how all of them are made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

OTHERS = (
    ("sign_sheet", "签到表（空白）"),
    ("cards", "席卡"),
    ("badges", "证件（带二维码）"),
    ("seat_plan", "座位图"),
    ("", ""),
    ("agenda", "会议议程"),
    ("staff_agenda", "会议议程（会务用）"),
    ("script", "主持稿参考"),
    ("leave_form", "请假单"),
    ("", ""),
    ("minutes", "纪要参会名单"),
    ("proposals", "拟处理建议（内部）"),
    ("charts", "会议图表"),
)


class PaperMenu(QMenu):
    """`ask` is called with the name of the paper that was chosen, `choose` for 导出设置."""

    def __init__(self, ask: Callable[[str], None], choose: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        for name, words in OTHERS:
            if name:
                self.addAction(self.tr(words)).triggered.connect(lambda _=False, paper=name: ask(paper))
            else:
                self.addSeparator()
        self.addSeparator()
        self.addAction(self.tr("导出设置…")).triggered.connect(lambda: choose())
