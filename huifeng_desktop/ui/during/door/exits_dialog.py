"""离场登记: who is out of the hall now and since when; going and coming back are one key each.

Enter never acts on somebody whom nobody has chosen: typing chooses the one who is meant, where two of the
name are in the hall only the arrows do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.door.search import SearchIndex
from huifeng_desktop.service.door.sign_in import Method, Movement
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.people_table import PeopleModel, PeopleTable, PersonRow
from huifeng_desktop.ui.during.words import greeting, joined, presence_words
from huifeng_desktop.ui.following import Following
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import Card, text_label
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import clock_time

_REFRESH_MS = 20_000
_FOUND = 30


class ExitsDialog(QDialog):
    """While nothing is typed, those who are out, the longest first; typing finds who is going now."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._verdicts: Mapping[str, Verdict] = {}
        self._roster: list[Seat] = []
        self._out_words = ""
        self._index = SearchIndex([])
        self.setWindowTitle(self.tr("离场登记"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 560)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("要出去的人：姓名、拼音、单位"))
        self.search.installEventFilter(self)
        self.caption = text_label("", size=15, bold=True, parent=self)
        self.model = PeopleModel(self)
        self.table = PeopleTable(self.model, self)
        self.table.set_column_widths({0: 64, 2: 150, 3: 10}, 1)
        self.act = KeyButton(self.tr("回来"), hint="Enter", kind=ButtonKind.PRIMARY, height=38, parent=self)
        self._lay_out()
        self.act.clicked.connect(self.pass_door)
        self.table.row_activated.connect(lambda _: self.pass_door())
        self.table.row_changed.connect(lambda _: self._show_action())
        self.search.textChanged.connect(self._on_typed)
        self._follow = Following(context, lambda _: self._show(), self)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._show)
        self._clock.start(_REFRESH_MS)
        self._show()
        self.search.setFocus()

    def _lay_out(self) -> None:
        sheet = Card(self, padding=0, spacing=0)
        sheet.body.setContentsMargins(0, 10, 0, 4)
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 14, 8)
        head.addWidget(self.caption)
        sheet.body.addLayout(head)
        sheet.body.addWidget(self.table, 1)
        done = ActionButton(self.tr("关闭"), "Esc", height=38, parent=self)
        done.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(done)
        foot.addWidget(self.act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self.search)
        layout.addWidget(sheet, 1)
        layout.addLayout(foot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑, ↓ and Enter in the search field work on the list below it."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self.table.step(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.pass_door()
                return True
        return super().eventFilter(watched, event)

    def pass_door(self) -> None:
        """Out, or back in for somebody who is out."""
        verdict = self._chosen()
        if verdict is None or verdict.signed_in_at is None:
            return
        kind = Movement.RETURN if verdict.left_at is not None else Movement.LEAVE
        door, seat_id = self._context.door, verdict.seat.seat_id
        outcome = attempt(self._context.voice, lambda: door.sign_in(seat_id, Method.TYPED, kind=kind))
        if outcome is not None:
            self._context.voice.greet(*greeting(outcome))
            self.search.clear()

    def _chosen(self) -> Verdict | None:
        person = self.table.selected_person()
        return self._verdicts.get(person.seat_id) if person is not None else None

    # -- showing -------------------------------------------------------------------------------

    def _show(self) -> None:
        session = self._context.session
        if session.state.seats != self._roster:
            self._roster = list(session.state.seats)
            self._index = SearchIndex(self._roster)
        muster = session.muster()
        self._verdicts = muster.by_seat
        out = sorted(filter(_is_out, muster.verdicts()), key=lambda one: (one.left_at, one.seat.seq))
        typed = self.search.text().strip()
        self.model.set_rows(self._found(typed) if typed else self._out_rows(out))
        self._out_words = f"现在有 {len(out)} 人离场" if out else self.tr("没有人离场")
        self._show_action()

    def _on_typed(self, _: str) -> None:
        """Another word means another person: whoever was chosen before is not any more."""
        self._show()
        rows = self.model.rows() if self.search.text().strip() else []
        came = [place for place, row in enumerate(rows) if self._came(row)]
        if len(came) > 1 and rows[came[0]].name == rows[came[1]].name:
            came = []
        self.table.choose(came[0] if came else 0 if len(rows) == 1 else -1)
        self._show_action()

    def _came(self, row: PersonRow) -> bool:
        return self._verdicts[row.seat_id].signed_in_at is not None

    def _out_rows(self, out: Sequence[Verdict]) -> list[PersonRow]:
        now = self._context.session.now().wall
        rows = []
        for one in out:
            minutes = int((now - one.left_at).total_seconds() // 60) if one.left_at is not None else 0
            rows.append(_row(one, f"出去 {minutes} 分钟", Tone.WARN))
        return rows

    def _found(self, typed: str) -> list[PersonRow]:
        seats = self._index.find(typed, _FOUND)
        known = [self._verdicts[seat.seat_id] for seat in seats if seat.seat_id in self._verdicts]
        return [_row(one, *presence_words(one)) for one in known]

    def _show_action(self) -> None:
        verdict = self._chosen()
        self.act.setEnabled(verdict is not None and verdict.signed_in_at is not None)
        out = verdict is not None and verdict.left_at is not None
        self.act.setText(self.tr("回来") if out else self.tr("出去"))
        self.caption.setText(self._hint(verdict) or self._out_words)

    def _hint(self, chosen: Verdict | None) -> str:
        """Why Enter would do nothing; "" where it does something, or nothing was typed."""
        if not self.search.text().strip():
            return ""
        if not self.model.rowCount():
            return self.tr("名单里没有这个人")
        if chosen is None:
            return self.tr("用 ↑↓ 选定是哪一位，再按 Enter")
        return "" if chosen.signed_in_at is not None else self.tr("还没有签到，不用登记离场")


def _is_out(verdict: Verdict) -> bool:
    """Once for a person with two posts."""
    return verdict.left_at is not None and verdict.is_present and not verdict.seat.same_person


def _row(verdict: Verdict, word: str, tone: Tone) -> PersonRow:
    seat, deputy = verdict.seat, verdict.stood_in_by
    where = joined(seat.unit, seat.post, f"由 {deputy.name} 代会" if deputy else "")
    mark = clock_time(verdict.left_at) or str(seat.seq)
    return PersonRow(seat.seat_id, mark, seat.display_name, where, word, tone, seat.seat_id)
