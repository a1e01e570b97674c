"""操作记录: who did what, when, by which device, what held before, and why; filtered, proved, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from huifeng_desktop.domain.events import Event
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.paths import safe_file_name
from huifeng_desktop.service.audit.kinds import AuditGroup
from huifeng_desktop.service.audit.trail import Audit, AuditFilter, AuditRow, seat_words
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.audit.model import BEFORE, BY, DEVICE, KIND, TIME, WHAT, WHO, WHY, AuditModel
from huifeng_desktop.ui.before.frame import PanelFoot, PanelHead
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.forms import ReasonForm
from huifeng_desktop.ui.kit.labels import Card, separator
from huifeng_desktop.ui.kit.notice import Notice
from huifeng_desktop.ui.kit.table import TableView, TagDelegate
from huifeng_desktop.ui.theme import Tone

Export = Callable[[Iterable[AuditRow], str, Path, datetime], Path]
"""Writes rows under a title into an .xlsx or .csv file."""
_WIDTHS = {TIME: 150, KIND: 118, WHO: 190, BEFORE: 150, WHY: 180, BY: 112, DEVICE: 132}
_PAUSE_MS, _REFRESH_MS = 120, 400
_WARM_MS, _WARM_COUNT = 20, 100
"""While nobody types, rows are put into words a few at a time, so that the first search is quick, too."""
_REASONS = ("误操作", "签错了人", "重复登记", "情况有变")


@dataclass(frozen=True, slots=True)
class Proof:
    """What 核对 found: a sentence, whether all is well, and the first broken event if it is known."""

    sentence: str
    ok: bool
    event_id: str = ""


Check = Callable[[Callable[[Proof], None]], None]
"""Starts to check every chain and tells the outcome later."""


class AuditDialog(QDialog):
    """Not modal: the meeting goes on beside it."""

    def __init__(
        self,
        context: UiContext,
        audit: Audit,
        parent: QWidget | None = None,
        *,
        export: Export,
        check: Check,
        ask_target: Callable[[str], Path | None],
    ) -> None:
        super().__init__(parent)
        self._context, self._audit = context, audit
        self._export, self._check, self._ask_target = export, check, ask_target
        self._seat = ""
        self.setWindowTitle(self.tr("操作记录"))
        self.resize(1290, 690)
        self.head = PanelHead(self.tr("操作记录"), self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("姓名、单位、内容、原因、操作人"))
        self.group, self.device, self.operator = (QComboBox(self) for _ in range(3))
        self.person = ActionButton("", "Ctrl+D", size=13, height=32, parent=self)
        self.model = AuditModel(audit, self)
        self.table = TableView(self, row_height=34)
        self.told, self.foot = Notice(self), PanelFoot(self)
        self.told.clear()
        self._typing, self._news, self._warming = QTimer(self), QTimer(self), QTimer(self)
        self._fill()
        self._lay_out()
        self._connect()
        self.refresh()

    # -- building ------------------------------------------------------------------------------

    def _fill(self) -> None:
        self.group.addItem(self.tr("全部操作"), None)
        for group in AuditGroup:
            self.group.addItem(group.value, group)
        self.device.addItem(self.tr("全部设备"), "")
        self.operator.addItem(self.tr("全部操作人"), "")
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(KIND, TagDelegate(self.table))
        self.table.set_column_widths(_WIDTHS, WHAT)
        for timer, pause in ((self._typing, _PAUSE_MS), (self._news, _REFRESH_MS)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
        self.only = ActionButton(self.tr("只看此人"), "Enter", size=13, parent=self)
        self.undo_button = ActionButton(self.tr("撤销这一条…"), "Del", size=13, parent=self)
        self.check_button = ActionButton(self.tr("核对全部记录"), "Ctrl+K", size=13, parent=self)
        self.export_button = ActionButton(self.tr("导出…"), "Ctrl+E", size=13, parent=self)
        self.close_button = ActionButton(self.tr("关闭"), "Esc", size=13, parent=self)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 8, 14, 8)
        bar.setSpacing(theme.SPACE_2)
        bar.addWidget(self.search, 1)
        for filtering in (self.group, self.operator, self.device, self.person):
            bar.addWidget(filtering)
        buttons = (self.only, self.undo_button, self.check_button, self.export_button, self.close_button)
        for button in buttons:
            self.foot.add(button)
        card = Card(self, padding=1, spacing=0)
        for widget in (self.head, separator(self)):
            card.body.addWidget(widget)
        card.body.addLayout(bar)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.told)
        card.body.addWidget(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(card)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._typing.start())
        self._typing.timeout.connect(self.show_found)
        self._news.timeout.connect(self.refresh)
        self._warming.timeout.connect(self._warm)
        self.group.currentIndexChanged.connect(lambda _: self.show_found())
        for chooser in (self.device, self.operator):
            chooser.currentIndexChanged.connect(lambda _: self.show_found())
        self.person.clicked.connect(lambda: self.show_person(""))
        self.table.row_activated.connect(lambda _: self.show_chosen_person())
        self.table.row_changed.connect(lambda _: self._show_buttons())
        self.only.clicked.connect(self.show_chosen_person)
        self.undo_button.clicked.connect(self.ask_undo)
        self.check_button.clicked.connect(self.check)
        self.export_button.clicked.connect(self.export)
        self.close_button.clicked.connect(self.close)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self.search.setFocus)
        self._context.bridge.changed.connect(lambda _: self._news.start() if self.isVisible() else None)

    # -- showing -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Take in what the log has gained."""
        self._audit.refresh()
        _offer(self.device, self._audit.devices())
        _offer(self.operator, self._audit.persons())
        self.show_found()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever looks at it may search in it soon."""
        super().showEvent(event)
        self._warming.start(_WARM_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._warming.stop()

    def _warm(self) -> None:
        if not self._audit.warm(_WARM_COUNT):
            self._warming.stop()

    def wanted(self) -> AuditFilter:
        """What is looked for now."""
        group = self.group.currentData()
        return AuditFilter(
            text=self.search.text().strip(),
            group=AuditGroup(group) if group else None,
            device=self.device.currentData() or "",
            seat=self._seat,
            person=self.operator.currentData() or "",
        )

    def show_found(self) -> None:
        """The events that are looked for; the chosen one stays chosen."""
        chosen = self._chosen()
        events = self._audit.find(self.wanted())
        self.model.set_events(events)
        row = self.model.row_of(chosen.event_id) if chosen is not None else -1
        if events:
            self.table.selectRow(max(0, row))
        self.head.set_words(self.tr("操作记录"), self._count_words(len(events)))
        self.person.setVisible(bool(self._seat))
        self._show_buttons()

    def _count_words(self, shown: int) -> str:
        if shown == self._audit.count:
            return f"共 {shown} 条，最近的在前"
        return f"找到 {shown} 条，共 {self._audit.count} 条"

    def show_person(self, seat_id: str) -> None:
        """Only this person's history; "" for everybody's."""
        seat = self._context.session.state.seat(seat_id)
        self._seat = seat_id if seat is not None else ""
        if seat is not None:
            self.person.set_words(f"只看 {seat_words(seat)}　×")
        self.show_found()

    def show_chosen_person(self) -> None:
        """The history of whoever the chosen row is about."""
        seat_id = self._seat_of_chosen()
        if seat_id:
            self.show_person(seat_id)

    def _chosen_row(self) -> AuditRow | None:
        event = self._chosen()
        return self._audit.row(event) if event is not None else None

    def _chosen(self) -> Event | None:
        return self.model.event_at(self.table.selected_row())

    def _seat_of_chosen(self) -> str:
        event = self._chosen()
        return self._audit.seat_of(event) if event is not None else ""

    def _show_buttons(self) -> None:
        row = self._chosen_row()
        self.only.setEnabled(bool(self._seat_of_chosen()) and not self._seat)
        self.undo_button.setEnabled(row is not None and not row.undone)

    # -- undo ----------------------------------------------------------------------------------

    def ask_undo(self) -> None:
        """撤销 the chosen event, with a reason; a refusal says what to do instead."""
        row = self._chosen_row()
        if row is None or not self.undo_button.isEnabled():
            return
        try:
            self._audit.check_undoable(row.event_id)
        except UserProblem as problem:
            self.told.show_message(str(problem), Tone.WARN)
            return
        about = "　".join(filter(None, (row.kind, row.who, row.what)))
        form = ReasonForm(self.tr("撤销"), f"撤销：{about}", _REASONS, self)
        form.given.connect(lambda reason: self.undo(row.event_id, reason))
        form.open()

    def undo(self, event_id: str, reason: str) -> None:
        """Annul the event; both stay in the record."""
        try:
            self._audit.undo(event_id, reason=reason, by=self._context.operator)
        except UserProblem as problem:
            self.told.show_message(str(problem), Tone.OVER)
            return
        self.told.show_message(f"已撤销（{reason}）；原来那一条和这次撤销都留在记录里。", Tone.OK)
        self.refresh()

    # -- proof and export ----------------------------------------------------------------------

    def check(self) -> None:
        """核对: every chain of the folder, by a process of its own."""
        self.check_button.setEnabled(False)
        self.told.show_message(self.tr("正在逐条核对，可以继续做别的。"), Tone.NEUTRAL)
        self._check(self._on_checked)

    def _on_checked(self, proof: Proof) -> None:
        self.check_button.setEnabled(True)
        self.told.show_message(self._proof_words(proof), Tone.OK if proof.ok else Tone.OVER)

    def _proof_words(self, proof: Proof) -> str:
        """The sentence; of a broken event in this meeting also what it was about, and the row is chosen."""
        event = self._audit.event(proof.event_id)
        if event is None:
            return proof.sentence
        self._show_all()
        self.table.selectRow(self.model.row_of(event.event_id))
        row = self._audit.row(event)
        return f"第一处不符：{row.at}　{row.kind}　{row.who}。{proof.sentence}"

    def _show_all(self) -> None:
        self._seat = ""
        self.search.clear()
        self._typing.stop()
        self.group.setCurrentIndex(0)
        self.device.setCurrentIndex(0)
        self.operator.setCurrentIndex(0)
        self.show_found()

    def export(self) -> None:
        """What is shown, as XLSX or CSV."""
        title = self._context.session.plan.title
        target = self._ask_target(f"操作记录_{safe_file_name(title, 60)}.xlsx")
        if target is None:
            return
        rows = (self._audit.row(event) for event in self.model.events())
        try:
            made = self._export(rows, title, target, self._context.session.now().wall)
        except UserProblem as problem:
            self.told.show_message(str(problem), Tone.OVER)
            return
        self.told.show_message(f"已导出 {len(self.model.events())} 条到 {made}。", Tone.OK)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the search box chooses the first row, and closes nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            self._typing.stop()
            self.show_found()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)


def _offer(chooser: QComboBox, names: Iterable[str]) -> None:
    """Add what is not there yet; what is chosen stays chosen."""
    known = {chooser.itemData(place) for place in range(chooser.count())}
    for name in names:
        if name not in known:
            chooser.addItem(name, name)
