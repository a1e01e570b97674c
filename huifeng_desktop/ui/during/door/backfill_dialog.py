"""按序号补录: numbers off a signed paper sheet, the names they mean, then one key stores them all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QTimeEdit, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.service.door.paper_sheet import SheetReading, read_sheet, store_sheet
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.people_table import PeopleModel, PeopleTable, PersonRow
from huifeng_desktop.ui.during.words import joined
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import Card, text_label
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import clock_time

_EMPTY = SheetReading()


class BackfillDialog(QDialog):
    """Nothing is stored before 录入; the names are seen first. Open until the record is sealed."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._reading = _EMPTY
        self.setWindowTitle(self.tr("按序号补录"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 620)
        self.numbers = QLineEdit(self)
        self.numbers.setPlaceholderText(self.tr("如 12 15-30 ≠17　（≠ 或 ! 后面的不要）"))
        self.by = QLineEdit(context.at_work.usual, self)
        self.by.setPlaceholderText(self.tr("谁在录入"))
        self.signed_at = QTimeEdit(self)
        self.signed_at.setDisplayFormat("HH:mm")
        self.signed_at.lineEdit().setTextMargins(9, 0, 9, 0)
        self.signed_at.setMinimumWidth(96)
        self.signed_at.setTime(self._usual_time())
        self.summary = text_label("", size=15, bold=True, parent=self)
        self.doubts = text_label("", size=13, tone="over", parent=self)
        self.doubts.setWordWrap(True)
        self.model = PeopleModel(self)
        self.table = PeopleTable(self.model, self)
        self.table.set_column_widths({0: 64, 2: 130, 3: 10}, 1)
        self._lay_out()
        for before, behind in (
            (self.numbers, self.signed_at),
            (self.signed_at, self.by),
            (self.by, self.store),
        ):
            QWidget.setTabOrder(before, behind)
        self.numbers.textChanged.connect(self._show)
        for field in (self.numbers, self.by):
            field.returnPressed.connect(self.save)
        self._show()
        self.numbers.setFocus()

    def _usual_time(self) -> QTime:
        """The sheet lies at the door until the start; whoever signed it was in time unless one says else."""
        session = self._context.session
        moment = min(session.now().wall, session.context().late_base).astimezone()
        return QTime(moment.hour, moment.minute)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_3)
        form.setVerticalSpacing(theme.SPACE_2)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(self.tr("签到表序号"), self.numbers)
        below = QHBoxLayout()
        below.addWidget(self.signed_at)
        below.addSpacing(theme.SPACE_4)
        below.addWidget(text_label(self.tr("录入人"), parent=self))
        below.addSpacing(theme.SPACE_2)
        below.addWidget(self.by, 1)
        form.addRow(self.tr("按几点签到记"), below)
        sheet = Card(self, padding=0, spacing=0)
        sheet.body.addWidget(self.table)
        self.store = KeyButton(
            self.tr("录入"), hint="Enter", shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, height=38, parent=self
        )
        cancel = KeyButton(self.tr("关闭"), hint="Esc", height=38, parent=self)
        self.store.clicked.connect(self.save)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.summary, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.store)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(form)
        layout.addWidget(self.doubts)
        layout.addWidget(sheet, 1)
        layout.addLayout(foot)

    def _show(self, _: object = None) -> None:
        state = self._context.session.state
        reading = self._reading = read_sheet(self.numbers.text(), state)
        self.doubts.setText("；".join(reading.doubts))
        self.doubts.setVisible(bool(reading.doubts))
        signed = {seat.seat_id: self._signed(seat) for seat in reading.already}
        in_order = sorted([*reading.fresh, *reading.already], key=lambda seat: seat.seq)
        self.model.set_rows([_row(seat, signed.get(seat.seat_id)) for seat in in_order])
        already = f"，{len(reading.already)} 人已签过，不重复录" if reading.already else ""
        self.summary.setText(f"将补录 {len(reading.fresh)} 人{already}" if in_order else "")
        self.store.setEnabled(bool(reading.fresh))

    def _signed(self, seat: Seat) -> str:
        arrival = self._context.session.state.facts_of(seat).arrival
        return f"{clock_time(arrival.at)} 已签" if arrival is not None else ""

    def save(self) -> None:
        """Store those shown as new, and stay for the next sheet."""
        fresh, by = self._reading.fresh, self.by.text().strip()
        if not fresh:
            return
        chosen = self.signed_at.time()
        start = self._context.session.plan.start.astimezone()
        at = start.replace(hour=chosen.hour(), minute=chosen.minute(), second=0, microsecond=0)
        if not by:
            self.doubts.setText(self.tr("请写明录入人，补录要留下是谁录的"))
            self.doubts.show()
            self.by.setFocus()
            return
        door = self._context.door
        outcomes = attempt(self._context.voice, lambda: store_sheet(door, fresh, by=by, at=at))
        if outcomes is not None:
            self._tell(fresh, sum(one.is_durable for one in outcomes))

    def _tell(self, fresh: Sequence[Seat], stored: int) -> None:
        self._context.at_work.remember_given(self.by.text())
        refused = f"，{len(fresh) - stored} 人没有录上（会议已封存）" if stored < len(fresh) else ""
        self._context.voice.say(f"已补录 {stored} 人{refused}。", Tone.OVER if refused else Tone.OK)
        self.numbers.clear()
        self.summary.setText(f"已补录 {stored} 人{refused}")
        self.numbers.setFocus()


def _row(seat: Seat, signed: str | None) -> PersonRow:
    tone = Tone.OK if signed is None else Tone.PLAIN
    where = joined(seat.unit, seat.post)
    return PersonRow(
        seat.seat_id, str(seat.seq), seat.display_name, where, signed or "补录", tone, seat.seat_id
    )
