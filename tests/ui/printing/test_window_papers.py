"""The window's papers in a thread of their own, with the year read from the folder."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from huifeng_desktop.app.folder import Folder, open_folder
from huifeng_desktop.app.printing import make_window_papers
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.service.printed.choices import snapshot
from huifeng_desktop.service.session import MeetingSession

SEATS = [Seat("s1", 1, "柳渡镇", "吴堃", "党委书记"), Seat("s2", 2, "县水利局", "王磊", "局长")]


def held(folder: Folder, day: int) -> MeetingSession:
    """A meeting from which 吴堃 stayed away, and that was ruled so."""
    start = datetime(2026, 3, day, 14, 30).astimezone()
    office = folder.office
    plan = MeetingPlan(f"例会{day}", start, rule_set=office.rule_set("ladder"), counts=True)
    session = office.open(office.create(plan))
    session.state_facts(
        [
            Fact(EventKind.ROSTER_LOADED, start, body={"seats": [seat.to_json() for seat in SEATS]}),
            Fact(EventKind.SIGN_IN, start, "s2", {"method": "badge"}),
            Fact(EventKind.OPENED, start),
            Fact(EventKind.ADJOURNED, start.replace(hour=16)),
        ]
    )
    Rulings(session).rule("s1", Decision.ABSENT, by="林静")
    return session


def test_a_thread_reads_the_year_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 3, 20, 9, 0).astimezone())
    with open_folder(tmp_path / "data", "console", clock) as folder:
        sessions = [held(folder, day) for day in (5, 12)]
        papers, still = make_window_papers(folder), snapshot(sessions[1])
        made: list[Path] = []
        worker = threading.Thread(target=lambda: made.extend(papers.export(still, tmp_path / "out")))
        worker.start()
        worker.join(60)
        assert papers.warnings(still) == []
    assert {file.suffix for file in made} == {".xlsx", ".docx", ".pdf", ".csv"}
    sheet = load_workbook(next(file for file in made if "建议" in file.name)).active
    (row,) = [row for row in sheet.values if row[2] == "吴　堃"]
    assert row[4:8] == ("缺席", "2 次", None, "达到第二档，建议诫勉谈话")
