"""A rush of another desk in the real window: it is taken in bit by bit, and in the end all of it is shown."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hall import make_folder
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import put_away

from huifeng_desktop.app import Folder, desk_command, open_folder
from huifeng_desktop.app.window import OpenWindow, build_window, make_application
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.service.bus import Change
from huifeng_desktop.service.door.arrivals import latest_arrivals, pending_verdicts
from huifeng_desktop.service.door.brief import brief_of
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.during.door.lists_panel import LATEST, MISSING, PENDING

SEATS = 600


@pytest.fixture
def opened(data_dir: Path) -> Iterator[tuple[Folder, MeetingSession]]:
    """The folder as the window opens it, and the session of another desk on the same disk."""
    meeting = make_folder(data_dir, SEATS)
    clock = SystemClock()
    with open_folder(data_dir, "console", clock) as folder, open_folder(data_dir, "desk", clock) as other:
        yield folder, other.office.open(meeting)


@pytest.fixture
def parts(opened: tuple[Folder, MeetingSession], qapp: QApplication) -> Iterator[OpenWindow]:
    """The window of the meeting, shown, a speech running."""
    make_application()
    folder, desk = opened
    session = folder.office.open(desk.meeting_id)
    built = build_window(folder, session, desk_command(folder.path, desk.meeting_id))
    built.window.show()
    built.context.podium.declare_opened()
    built.context.podium.start()
    yield built
    built.context.podium.finish()
    put_away(built)


def rush(desk: MeetingSession, chance: random.Random) -> None:
    """Nearly everybody comes, some with deputies, some go again, some entries are taken back."""
    now, facts, entries = desk.now().wall, list[Fact](), list[Fact]()
    for seat in chance.sample(desk.state.seats, SEATS - 40):
        body = {"method": "badge", "deputy": {"name": "代", "post": ""} if chance.random() < 0.1 else None}
        entries.append(Fact(EventKind.SIGN_IN, now, seat.seat_id, body, f"in {seat.seat_id}"))
        facts.append(entries[-1])
        if chance.random() < 0.2:
            facts.append(Fact(EventKind.EXIT, now, seat.seat_id))
    for entry in chance.sample(entries, 30):
        facts.append(Fact(EventKind.ANNULLED, now, entry.event_id, body={"reason": "误签"}))
    for start in range(0, len(facts), 50):
        desk.state_facts(facts[start : start + 50])


def test_after_a_rush_the_window_shows_what_is_in_the_log(
    opened: tuple[Folder, MeetingSession], parts: OpenWindow, qtbot: QtBot
) -> None:
    # GIVEN a window that counts a speech, and a desk that writes hundreds of entries beside it
    folder, desk = opened
    session, changes = parts.context.session, list[Change]()
    session.bus.subscribe(changes.append)
    rush(desk, random.Random(20260312))
    qtbot.waitUntil(lambda: session.position == desk.position, timeout=30_000)
    qtbot.waitUntil(lambda: not parts.during._follow.is_waiting and parts.context.spare.is_idle())
    # THEN it was read in small pieces
    assert len(changes) > 5 and max(len(one.events) for one in changes) <= 50
    # AND state, figures and all three lists are those of a fresh look at the log
    fresh = folder.office.open(desk.meeting_id)
    assert session.state.log == fresh.state.log and session.verdicts() == fresh.verdicts()
    verdicts, door = fresh.verdicts(), parts.during.door
    brief = brief_of(verdicts, fresh.plan.rule_set)
    row = parts.during.brief_row
    shown = [row.expected.value(), row.present.value(), row.leave.value(), row.absent.value()]
    totals = brief.totals
    assert shown == [str(n) for n in (totals.expected, totals.present, totals.on_leave, totals.absent)]
    wanted = {
        LATEST: [one.event_id for one in latest_arrivals(verdicts)],
        MISSING: [one.seat_id for one in brief.missing],
        PENDING: [one.seat.seat_id for one in pending_verdicts(verdicts)],
    }
    for which, keys in wanted.items():
        door.lists.which.set_index(which)
        assert [one.event_id if which == LATEST else one.seat_id for one in door.lists.model.rows()] == keys


def test_a_closed_window_leaves_its_folder_alone(data_dir: Path, qapp: QApplication, qtbot: QtBot) -> None:
    # GIVEN a window that was closed in the middle of a rush, its folder closed after it
    make_application()
    meeting = make_folder(data_dir, 30)
    with open_folder(data_dir, "console", SystemClock()) as folder:
        parts = build_window(folder, folder.office.open(meeting), desk_command(data_dir, meeting))
        parts.window.show()
        parts.director.open_stage()
        parts.context.door.sign_in("s3", Method.TYPED)
        parts.window.close()
    said = list[str]()
    parts.context.voice.said.connect(lambda sentence, _: said.append(sentence))
    # WHEN everything that may still be on its way arrives
    parts.during._follow._pause.timeout.emit()
    parts.director.tick()
    parts.director.set_code("http://192.0.2.1/s/x")
    parts.director.set_message("请控制时间")
    parts.context.spare.ask(parts.window, parts.window._listen)
    parts.desk.screen_changed.emit("stage", "", "")
    qapp.processEvents()
    # THEN nothing was read, written or said
    assert said == [] and parts.context.spare.is_idle()
    put_away(parts)
