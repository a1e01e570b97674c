"""Who worked the window is in every event that it writes, inside the chain, and shown in 操作记录."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from desk_office import Meeting, beside, held_by

from huifeng_desktop.app import open_folder
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.people import Deputy
from huifeng_desktop.exchange.audit_papers import audit_paper
from huifeng_desktop.service.audit.trail import Audit, AuditFilter, AuditRow
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.storage.database import DATABASE_NAME


@pytest.fixture
def meeting(data_dir: Path, clock: FixedClock) -> Iterator[Meeting]:
    with held_by(data_dir, clock) as meeting:
        yield meeting


@pytest.fixture
def audit(meeting: Meeting) -> Audit:
    return Audit(meeting.session, meeting.folder.settings.installation())


def works(meeting: Meeting, name: str) -> None:
    """From now on this person works the window."""
    meeting.folder.settings.put("operator", name)


def rows(audit: Audit, **wanted: str) -> list[AuditRow]:
    """What is found, the newest first."""
    audit.refresh()
    return [audit.row(event) for event in audit.find(AuditFilter(**wanted))]  # type: ignore[arg-type]


def test_sign_ins_ticks_and_the_timer_carry_who_worked_the_window(meeting: Meeting, audit: Audit) -> None:
    meeting.door.sign_in(meeting.seat_id("何平"), Method.TYPED)
    (item,) = meeting.add_items(5)
    works(meeting, "林静")
    meeting.door.sign_in(meeting.seat_id("陆川"), Method.TICKED)
    meeting.podium.start(item)
    works(meeting, "刘芳")
    meeting.podium.finish()

    finished, started, ticked, _, typed, *_ = rows(audit)

    assert [one.by for one in (typed, ticked, started, finished)] == ["本机", "林静", "林静", "刘芳"]
    assert ticked.device == "主窗口"
    assert {"本机", "林静", "刘芳"} == set(audit.persons())
    assert [one.event_id for one in rows(audit, person="林静")] == [started.event_id, ticked.event_id]
    assert [one.event_id for one in rows(audit, text="刘芳")] == [finished.event_id]


def test_who_answers_for_a_ruling_is_told_apart_from_who_typed_it(meeting: Meeting, audit: Audit) -> None:
    works(meeting, "刘芳")
    meeting.podium.declare_opened()
    meeting.rulings.rule(meeting.seat_id("陆川"), Decision.EXCUSED, by="王主任", reason="汛情值守")
    meeting.rulings.rule(meeting.seat_id("何平"), Decision.EXCUSED, by="刘芳", reason="汛情值守")

    own, another, *_ = rows(audit)

    assert (own.by, another.by) == ("刘芳", "王主任（刘芳 操作）")
    assert {one.event_id for one in rows(audit, person="王主任")} == {another.event_id}


def test_it_is_no_word_on_when_or_how_anybody_came(meeting: Meeting) -> None:
    """`by` on a sign-in means 补录; who worked the window must not."""
    works(meeting, "刘芳")
    meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED, Deputy("陈昇", "股长"))
    (arrival,) = meeting.session.state.facts_of(meeting.session.state.seats[1]).arrivals
    assert arrival.by == "" and meeting.session.state.log[-1].operator == "刘芳"


def test_the_desk_and_commands_name_nobody(meeting: Meeting) -> None:
    works(meeting, "刘芳")
    for role, name in (("desk", "陆川"), ("command", "何平")):
        with beside(meeting, role) as other:
            other.door.sign_in(other.seat_id(name), Method.PHONE)
    meeting.session.catch_up(force=True)
    assert [event.operator for event in meeting.session.state.log[-2:]] == ["", ""]


def test_the_name_is_proved_with_the_rest(meeting: Meeting, audit: Audit, data_dir: Path) -> None:
    meeting.door.sign_in(meeting.seat_id("何平"), Method.TYPED)
    works(meeting, "刘芳")
    meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED)
    assert meeting.folder.verify().ok
    with closing(sqlite3.connect(data_dir / DATABASE_NAME)) as db, db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("""UPDATE events SET body = replace(body, '"operator":"刘芳"', '"operator":"林静"')""")
    assert not meeting.folder.verify().ok


def test_who_works_here_is_not_copied_along_with_the_folder(
    meeting: Meeting, data_dir: Path, clock: FixedClock, tmp_path: Path
) -> None:
    works(meeting, "刘芳")
    meeting.folder.back_up()
    copied = tmp_path / "copied"
    shutil.copytree(data_dir, copied)
    with open_folder(copied, "console", clock) as folder:
        assert folder.settings.get("operator", "") == ""


def test_it_is_exported_with_the_rest(meeting: Meeting, audit: Audit, clock: FixedClock) -> None:
    works(meeting, "刘芳")
    meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED)
    paper = audit_paper(rows(audit, person="刘芳"), "例会", clock.reading().wall)
    assert [row[7] for row in paper.rows] == ["刘芳"]
