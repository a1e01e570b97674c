"""操作记录 from the window: of whoever is chosen, proved by the real command; second desks end in time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from desk_office import reading
from hands import Hands
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from secretary_day import Day, program_on

from huifeng_desktop.clock import FileClock
from huifeng_desktop.domain.imported import RosterRow
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.service.before.preparation import Preparation
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.storage.database import DATABASE_NAME
from huifeng_desktop.ui.audit.dialog import AuditDialog

PEOPLE = (RosterRow(2, "县审计局", "欧阳建", "局长"), RosterRow(3, "县林业局", "陆川", "局长"))
_WAIT_MS = 30_000


def _meeting(day: Day) -> None:
    """Two people, both signed in."""
    start = day.clock.reading().wall.replace(hour=14, minute=30)
    meeting_id = day.folder.office.create(MeetingPlan("全县重点工作推进会", start))
    preparation = Preparation(day.folder.office.open(meeting_id), str)
    preparation.apply(preparation.preview_roster(reading(PEOPLE)))
    day.program.open_meeting(meeting_id)
    for seat in day.parts.context.session.state.seats:
        day.parts.context.door.sign_in(seat.seat_id, Method.TYPED)


def _history() -> AuditDialog:
    return next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, AuditDialog) and one.isVisible()
    )


def test_from_a_chosen_person_to_their_history_and_to_the_proof(tmp_path: Path, qtbot: QtBot) -> None:
    hands = Hands(qtbot)
    with program_on(tmp_path / "data", "14:00:00") as day:
        _meeting(day)
        hands.press("Ctrl+2")
        day.parts.during.door.box.setText("陆川")
        hands.press("Ctrl+H")
        dialog = _history()
        assert "陆　川" in dialog.person.text() and dialog.model.rowCount() == 1
        # WHEN all is well
        dialog.check()
        qtbot.waitUntil(dialog.check_button.isEnabled, timeout=_WAIT_MS)
        assert "没有改动、缺失或调换" in dialog.told.text()
        # AND somebody changes an event behind the program's back
        broken = day.parts.context.session.state.log[-1].event_id
        with closing(sqlite3.connect(tmp_path / "data" / DATABASE_NAME)) as connection:
            connection.execute("DROP TRIGGER events_no_update")
            connection.execute("UPDATE events SET nonce = 'x' WHERE event_id = ?", (broken,))
            connection.commit()
        dialog.check()
        qtbot.waitUntil(dialog.check_button.isEnabled, timeout=_WAIT_MS)
        # THEN the sentence names it and its row is chosen
        assert "第一处不符" in dialog.told.text() and "被改动过" in dialog.told.text()
        chosen = dialog.model.event_at(dialog.table.selected_row())
        assert chosen is not None and chosen.event_id == broken
        dialog.close()


def test_the_end_of_the_meeting_ends_every_second_desk(tmp_path: Path, qtbot: QtBot) -> None:
    with program_on(tmp_path / "data", "14:00:00") as day:
        _meeting(day)
        day.parts.window.second_desks_requested.emit()
        from huifeng_desktop.ui.deskside.second_desks_dialog import SecondDesksDialog

        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SecondDesksDialog))
        dialog.name.setText("东门 刘芳")
        dialog.open_at("127.0.0.1")
        qtbot.waitUntil(lambda: bool(dialog.address.text()), timeout=_WAIT_MS)
        day.parts.context.podium.declare_opened()
        assert isinstance(day.clock, FileClock)
        day.clock.set(day.clock.reading().wall.replace(hour=15))
        day.parts.context.podium.declare_adjourned()
        qtbot.waitUntil(lambda: not dialog.table.model().rowCount(), timeout=_WAIT_MS)
        assert "已全部收回" in day.parts.window.notice.text()
        qtbot.waitUntil(lambda: not day.parts.desk.is_running(), timeout=_WAIT_MS)
        dialog.name.setText("西门")
        dialog.open_button.click()
        assert "不能再开" in dialog.foot.remark.full_text()
        dialog.close()
