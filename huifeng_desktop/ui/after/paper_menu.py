"""其他材料: the papers that have no button of their own, and how lists are ordered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from huifeng_desktop.rules.ordering import Order
from huifeng_desktop.service.papers import PaperOptions
from huifeng_desktop.service.ports import Settings

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
)
ORDERS = {
    Order.HOUSE: "单位顺序",
    Order.POST: "职务",
    Order.STROKES: "姓氏笔画",
    Order.PINYIN: "拼音",
    Order.SEAT: "座位",
    Order.ARRIVAL: "到会先后",
}
_ORDER, _UNITS_ONLY = "papers_order", "circular_units_only"


def options_from(settings: Settings) -> PaperOptions:
    """What was chosen last."""
    kept = str(settings.get(_ORDER, Order.HOUSE.value))
    order = Order(kept) if kept in set(Order) else Order.HOUSE
    return PaperOptions(order=order, circular_names=not settings.get(_UNITS_ONLY, False))


class PaperMenu(QMenu):
    """`ask` is called with the name of the paper that was chosen."""

    def __init__(self, ask: Callable[[str], None], settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        for name, words in OTHERS:
            if name:
                self.addAction(self.tr(words)).triggered.connect(lambda _=False, paper=name: ask(paper))
            else:
                self.addSeparator()
        self.addSeparator()
        self._add_orders()
        self._add_units_only()

    def _add_orders(self) -> None:
        menu = self.addMenu(self.tr("名单排序"))
        group = QActionGroup(self)
        chosen = options_from(self._settings).order
        for order, words in ORDERS.items():
            action = QAction(self.tr(words), group, checkable=True)
            action.setChecked(order is chosen)
            action.triggered.connect(lambda _=False, one=order: self._settings.put(_ORDER, one.value))
            menu.addAction(action)

    def _add_units_only(self) -> None:
        action = self.addAction(self.tr("通报只写到单位"))
        action.setCheckable(True)
        action.setChecked(not options_from(self._settings).circular_names)
        action.toggled.connect(lambda on: self._settings.put(_UNITS_ONLY, on))
