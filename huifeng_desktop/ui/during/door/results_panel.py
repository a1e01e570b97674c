"""What was found for the typed characters, and what can be done with the person chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.during.people_table import PeopleModel, PeopleTable, PersonRow
from huifeng_desktop.ui.during.words import joined, presence_words
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import text_label


class ResultsPanel(QWidget):
    """The list and four actions. Nobody is chosen in advance where two bear the typed name."""

    sign_requested = Signal()
    deputy_requested = Signal()
    leave_requested = Signal()
    passage_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PeopleModel(self)
        self.table = PeopleTable(self.model, self)
        self.hint = text_label("", size=12, tone="mute", parent=self)
        self.hint.setContentsMargins(14, 0, 12, 0)
        self._verdicts: Mapping[str, Verdict] = {}
        self._make_actions()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_1)
        layout.addWidget(self.hint)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._lay_out_actions())
        self.table.row_changed.connect(self._on_row_changed)
        self.table.row_activated.connect(self.sign_requested)

    def _make_actions(self) -> None:
        self.sign = KeyButton(self.tr("签到"), hint="Enter", kind=ButtonKind.PRIMARY, size=13, parent=self)
        self.deputy = ActionButton(self.tr("代会…"), "Ctrl+D", size=13, parent=self)
        self.leave = ActionButton(self.tr("请假…"), "Ctrl+L", size=13, parent=self)
        self.passage = ActionButton(self.tr("离场"), "Ctrl+E", size=13, parent=self)
        self.sign.clicked.connect(self.sign_requested)
        self.deputy.clicked.connect(self.deputy_requested)
        self.leave.clicked.connect(self.leave_requested)
        self.passage.clicked.connect(self.passage_requested)

    def _lay_out_actions(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(12, 4, 12, 12)
        grid.setSpacing(6)
        for place, button in enumerate((self.sign, self.deputy, self.leave, self.passage)):
            grid.addWidget(button, place // 2, place % 2)
        return grid

    def show_found(self, seats: Sequence[Seat], verdicts: Mapping[str, Verdict], typed: str) -> None:
        """Show the seats in the order of the search; the best one is chosen if it is the only such name."""
        kept = self.table.selected_person()
        self._verdicts = verdicts
        self.model.set_rows([_row(seat, verdicts.get(seat.seat_id)) for seat in seats])
        namesakes = len(seats) > 1 and seats[0].name == seats[1].name
        self.hint.setText(self._hint(len(seats), namesakes, typed))
        found = [seat.seat_id for seat in seats]
        if kept is not None and kept.seat_id in found and namesakes:
            self.table.selectRow(found.index(kept.seat_id))
        elif namesakes or not seats:
            self.table.choose(-1)
        else:
            self.table.choose(0)
        self._show_actions()

    def chosen(self) -> Verdict | None:
        """The verdict on the chosen person."""
        person = self.table.selected_person()
        return self._verdicts.get(person.seat_id) if person else None

    def why_not(self) -> str:
        """Why Enter signs nobody in, short enough for the large answer."""
        if not self.model.rowCount():
            return self.tr("名单里没有，临时参会按 Ctrl J")
        return self.tr("有同名的人，先用 ↑↓ 选单位")

    def _hint(self, count: int, namesakes: bool, typed: str) -> str:
        if not count:
            return self.tr("名单里没有“%1”；临时参会按 Ctrl J").replace("%1", typed)
        if namesakes:
            return self.tr("有同名的人，请用 ↑↓ 选定单位，再按 Enter")
        return self.tr("Enter 签到　↑↓ 选人　Esc 取消　右键补印席卡")

    def _on_row_changed(self, _: int) -> None:
        self._show_actions()

    def _show_actions(self) -> None:
        verdict = self.chosen()
        here = verdict is not None and verdict.signed_in_at is not None
        self.sign.setEnabled(verdict is not None and not here)
        self.deputy.setEnabled(verdict is not None and not here)
        self.leave.setEnabled(verdict is not None and not here)
        self.passage.setEnabled(here)
        gone = verdict is not None and here and verdict.left_at is not None
        self.passage.set_words(self.tr("返回") if gone else self.tr("离场"))


def _row(seat: Seat, verdict: Verdict | None) -> PersonRow:
    tag, tone = presence_words(verdict) if verdict else ("", None)
    return PersonRow(
        seat.seat_id, str(seat.seq), seat.display_name, joined(seat.unit, seat.post), tag, tone, seat.seat_id
    )
