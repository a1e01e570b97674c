"""第二签到台: open one for a colleague's laptop or tablet, see which are used, take each back."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.before.frame import PanelFoot, PanelHead
from huifeng_desktop.ui.before.table import Cell, Column, Line, RowsTable, TagText
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.deskside.address_menu import ListAddresses, address_menu
from huifeng_desktop.ui.deskside.code_picture import CodePicture
from huifeng_desktop.ui.deskside.second_desks import SecondDesk, SecondDesks
from huifeng_desktop.ui.kit.buttons import ButtonKind
from huifeng_desktop.ui.kit.labels import Card, separator, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import clock_time

_COLUMNS = (Column("签到台", 150, 2), Column("最近活动", 150, 2), Column("来自", 120), Column("已签", 70))
_CODE_SIDE = 216
_MOST, _LONGEST_NAME = 8, 30
_NOTHING = "还没有打开。写上签到台或值守人的名字，按“打开…”选网络，再用那台电脑或平板扫这里出现的码。"


class SecondDesksDialog(QDialog):
    """Not modal: what is open stays open when it is closed."""

    def __init__(
        self, context: UiContext, desks: SecondDesks, list_addresses: ListAddresses, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._context, self._desks, self._list_addresses = context, desks, list_addresses
        self.setWindowTitle(self.tr("第二签到台"))
        self.resize(880, 540)
        self.table = RowsTable(_COLUMNS, self, row_height=38)
        self.name = QLineEdit(self)
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("名称或值守人，如：东门 刘芳"))
        self.open_button = ActionButton(self.tr("打开…"), kind=ButtonKind.PRIMARY, parent=self)
        self.revoke_button = ActionButton(self.tr("收回选中的"), "Del", parent=self)
        self.code = CodePicture(self)
        self.code.setFixedSize(QSize(_CODE_SIDE, _CODE_SIDE))
        self.code.setAccessibleName(self.tr("签到台地址的二维码"))
        self.address = text_label("", size=15, bold=True, parent=self)
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.advice = text_label("", size=13, tone="mute", parent=self)
        self.foot = PanelFoot(self)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        for label in (self.address, self.advice):
            label.setWordWrap(True)
        card = Card(self, padding=1, spacing=0)
        head = PanelHead(self.tr("第二签到台"), self)
        detail = self.tr("同事用另一台电脑或平板的浏览器签到，每笔都记着是哪个台")
        head.set_words(self.tr("第二签到台"), detail)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(self._left(), 1)
        body.addLayout(self._right())
        close = ActionButton(self.tr("关闭"), "Esc", parent=self)
        close.clicked.connect(self.close)
        for button in (self.revoke_button, close):
            self.foot.add(button)
        for widget in (head, separator(self)):
            card.body.addWidget(widget)
        card.body.addLayout(body, 1)
        card.body.addWidget(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(card)

    def _left(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.name, 1)
        row.addWidget(self.open_button)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(14, 14, 18, 10)
        column.setSpacing(theme.SPACE_2)
        column.addWidget(self.code)
        for label in (self.address, self.advice):
            label.setFixedWidth(_CODE_SIDE)
            column.addWidget(label)
        column.addStretch(1)
        return column

    def _connect(self) -> None:
        self.open_button.clicked.connect(self._on_open)
        self.name.returnPressed.connect(self._on_open)
        self.revoke_button.clicked.connect(self.revoke_chosen)
        self.table.row_changed.connect(lambda _: self._show_chosen())
        self._desks.changed.connect(self.refresh)
        self._context.bridge.changed.connect(self._on_meeting_changed)

    # -- showing -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """What is open, and what was seen of it."""
        desks = self._desks.desks()
        chosen = self.table.selected_key()
        self.table.set_lines([_line(desk) for desk in desks])
        known = [desk.ident for desk in desks]
        if known:
            self.table.selectRow(known.index(chosen) if chosen in known else len(known) - 1)
        self._show_chosen()

    def _show_chosen(self) -> None:
        desk = self._chosen()
        url = desk.url if desk is not None else ""
        self.code.set_payload(url)
        self.code.setVisible(bool(url))
        self.address.setText(url.removeprefix("http://"))
        self.advice.setText(self._advice(desk))
        self.revoke_button.setEnabled(desk is not None)

    def _advice(self, desk: SecondDesk | None) -> str:
        if self._context.session.state.adjourned_at is not None:
            return self.tr("会议已散会，签到台已全部收回；要补签请在主窗口补录。")
        if desk is None:
            return self.tr(_NOTHING)
        if not desk.url:
            return self.tr("正在打开…")
        return self.tr("扫码或输入地址。只给值守的人看；人走了、设备换了就收回，换一个新的。")

    def _chosen(self) -> SecondDesk | None:
        key = self.table.selected_key()
        return next((desk for desk in self._desks.desks() if desk.ident == key), None)

    def _on_meeting_changed(self, _: object) -> None:
        if self.isVisible():
            self._show_chosen()

    # -- what can be done ----------------------------------------------------------------------

    def address_menu(self) -> QMenu:
        """Which network the other machine is in."""
        return address_menu(self, self._list_addresses(), self.open_at)

    def open_at(self, host: str) -> None:
        """Open a desk under the name that was typed."""
        ident = self._desks.open(self.name.text().strip(), host)
        self.name.clear()
        self.foot.say("")
        self.table.selectRow([desk.ident for desk in self._desks.desks()].index(ident))

    def revoke_chosen(self) -> None:
        """Take the chosen desk back; its page says so at once."""
        desk = self._chosen()
        if desk is not None:
            self._desks.revoke(desk.ident)
            self.foot.say(f"“{desk.name}”已收回，那边的页面已经停用；已签到的都在。", Tone.OK)

    def _on_open(self) -> None:
        if not self.name.text().strip():
            self.foot.say(self.tr("请先写上签到台或值守人的名字，记录里要写明是谁签的。"), Tone.WARN)
            self.name.setFocus()
        elif self._context.session.state.adjourned_at is not None:
            self.foot.say(self.tr("会议已散会，不能再开签到台；要补签请在主窗口补录。"), Tone.WARN)
        elif len(self._desks.desks()) >= _MOST:
            self.foot.say(self.tr("最多同时开 8 个签到台，请先收回不用的。"), Tone.WARN)
        else:
            menu = self.address_menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.open_button.mapToGlobal(QPoint(0, self.open_button.height() + 2)))

    def showEvent(self, event: QShowEvent) -> None:
        """The cursor waits for a name."""
        super().showEvent(event)
        self.name.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was said has been read."""
        super().hideEvent(event)
        self.foot.say("")


def _line(desk: SecondDesk) -> Line:
    if not desk.url:
        state = TagText("正在打开", Tone.NEUTRAL, Mark.RING)
    elif desk.seen is None:
        state = TagText("还没有人打开", Tone.WARN, Mark.TRIANGLE)
    else:
        state = TagText(f"{clock_time(desk.seen)} 在用", Tone.OK, Mark.DOT)
    entries = Cell(f"{desk.entries} 人") if desk.url else Cell()
    return Line(desk.ident, (Cell(desk.name, bold=True), Cell(tags=(state,)), Cell(desk.address), entries))
