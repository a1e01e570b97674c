"""The fictional meeting of 禾川县, filled in for a first look and for rehearsals."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from huifeng_desktop.app.folder import Folder, preparation_for
from huifeng_desktop.exchange.gateway import FileImports
from huifeng_desktop.paths import resource_path
from huifeng_desktop.service.session import MeetingSession

SAMPLE = "samples/hechuan"


def fill_from_files(session: MeetingSession, roster: Path, agenda: Path, leave: Path) -> None:
    """Load the roster, the agenda and the leave, as the secretary does the day before."""
    imports, preparation = FileImports(), preparation_for(session)
    seats = imports.open_file(roster).roster(session.plan.rule_set.unit_cap or None)
    preparation.apply(preparation.preview_roster(seats))
    preparation.apply(preparation.preview_agenda(imports.open_file(agenda).agenda()))
    preparation.apply(preparation.preview_leave(imports.open_file(leave).leave()))


def make_sample(folder: Folder) -> str:
    """A sample meeting that starts within the hour, or the one of today; it never enters the ledger."""
    from huifeng_desktop.rehearsal.scenario import read_scenario

    scenario = read_scenario(resource_path(SAMPLE), folder.office.rule_sets)
    now = folder.clock.reading().wall.replace(minute=0, second=0, microsecond=0)
    start = now + timedelta(hours=1)
    title = scenario.plan.title + "（示例）"
    for card in folder.office.cards():
        if card.title == title and not card.is_adjourned and card.start.date() == now.date():
            return card.meeting_id
    plan = replace(
        scenario.plan,
        title=title,
        start=start,
        end=start + timedelta(minutes=85),
        counts=False,
    )
    session = folder.office.open(folder.office.create(plan))
    fill_from_files(session, scenario.file("roster"), scenario.file("agenda"), scenario.file("leave"))
    return session.meeting_id
