"""After an update the window reckons what the ledger keeps, by itself and never beside a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from context_kit import context_of
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.app.ledger_ahead import LedgerAhead
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.service.bus import Bus
from huifeng_desktop.ui.spare_time import SpareTime

START = datetime(2026, 3, 12, 14, 30).astimezone()


@pytest.fixture
def folder(data_dir: Path) -> Iterator[Folder]:
    with open_folder(data_dir, "console", FixedClock(START + timedelta(days=60))) as opened:
        for week in range(3):
            hold(opened, START + timedelta(weeks=week))
        yield opened


def hold(folder: Folder, start: datetime, *, over: bool = True) -> str:
    plan = MeetingPlan("例会", start, rule_set=folder.office.rule_set("ladder"), counts=True)
    session = folder.office.open(folder.office.create(plan))
    ends = [Fact(EventKind.ADJOURNED, start + timedelta(hours=1))] if over else []
    session.state_facts([Fact(EventKind.OPENED, start), *ends])
    return session.meeting_id


def ahead(folder: Folder, meeting: str, parent: QObject) -> tuple[LedgerAhead, SpareTime]:
    context = context_of(folder.office, folder.office.open(meeting, Bus()), folder.settings)
    return LedgerAhead(context, parent, wait_ms=0), context.spare


def test_every_meeting_is_reckoned_before_anybody_asks(folder: Folder, qtbot: QtBot) -> None:
    stale, parent = folder.office.stale_sums(), QObject()
    assert len(stale) == 3
    ahead(folder, stale[0], parent)
    qtbot.waitUntil(lambda: folder.office.stale_sums() == [])


def test_while_a_meeting_runs_nothing_is_reckoned(folder: Folder, qtbot: QtBot) -> None:
    running = hold(folder, START + timedelta(weeks=4), over=False)
    stale, parent = folder.office.stale_sums(), QObject()
    waiting, spare = ahead(folder, running, parent)
    qtbot.waitUntil(lambda: waiting.has_begun and spare.is_idle())
    assert folder.office.stale_sums() == stale
