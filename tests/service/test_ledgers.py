"""What the ledger keeps aside is never more than a short cut: thrown away or out of date, nothing changes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.rules.classify import classify
from huifeng_desktop.rules.ledger import Evidence, JudgedMeeting, Ledger, ledger
from huifeng_desktop.service.after import ledgers
from huifeng_desktop.service.after.ledgers import KeptSum
from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.storage.database import DATABASE_NAME
from huifeng_desktop.storage.sums import SumsTable

START = datetime(2026, 3, 12, 14, 30).astimezone()
ROSTER = (
    Seat("s1", 1, "县委", "沈国栋", "书记", Category.LEADER),
    Seat("s2", 2, "县水利局", "王磊", "局长"),
    Seat("s3", 3, "县审计局", "欧阳建", "局长"),
    Seat("s4", 4, "县审计局", "赵镕", "副局长"),
    Seat("s5", 5, "县档案馆", "", "馆长", Category.VACANT),
)


@pytest.fixture
def clock() -> FixedClock:
    """Two hours after the meeting has begun."""
    return FixedClock(START + timedelta(hours=2))


@pytest.fixture
def folder(data_dir: Path, clock: FixedClock) -> Iterator[Folder]:
    with open_folder(data_dir, "console", clock) as opened:
        yield opened


def hold(folder: Folder, *, counts: bool = True, start: datetime = START) -> str:
    """王磊 comes, 欧阳建 is late, 赵镕 has asked orally for leave."""
    plan = MeetingPlan("例会", start, rule_set=folder.office.rule_set("ladder"), counts=counts)
    session = folder.office.open(folder.office.create(plan))
    session.state_facts(
        [
            Fact(EventKind.ROSTER_LOADED, start, body={"seats": [one.to_json() for one in ROSTER]}),
            Fact(EventKind.SIGN_IN, start, "s1", {"method": "badge"}),
            Fact(EventKind.SIGN_IN, start, "s2", {"method": "badge"}),
            Fact(EventKind.SIGN_IN, start + timedelta(minutes=11), "s3", {"method": "badge"}),
            Fact(EventKind.LEAVE_RECORDED, start, "s4", {"approval": "oral"}),
            Fact(EventKind.OPENED, start),
            Fact(EventKind.ADJOURNED, start + timedelta(hours=1)),
        ]
    )
    return session.meeting_id


def told(found: Ledger) -> object:
    return [row.to_json() for row in (*found.persons, *found.units)], found.meetings, found.provisional


def test_the_second_ledger_reads_no_meeting_and_says_the_same(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(folder)
    first = told(folder.office.ledger())
    monkeypatch.setattr(ledgers, "classify", None)
    assert told(folder.office.ledger()) == first


def test_a_new_fact_is_in_the_next_ledger(folder: Folder) -> None:
    meeting = hold(folder)
    assert _counted(folder, "欧阳建") == 1
    Rulings(folder.office.open(meeting)).rule("s3", Decision.EXCUSED, by="甲", reason="堵车")
    assert _counted(folder, "欧阳建") == 0


def test_an_oral_leave_that_expires_makes_the_row_provisional_without_any_event(
    folder: Folder, clock: FixedClock
) -> None:
    meeting = hold(folder)
    session = folder.office.open(meeting)
    session.state_facts([Fact(EventKind.SEALED, clock.reading().wall, body={"by": "甲"})])
    assert _leave(folder).provisional is False
    clock.advance(7 * 86400)
    assert _leave(folder).provisional is True


def test_sums_of_other_code_are_not_trusted(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = hold(folder)
    before = told(folder.office.ledger())
    table = SumsTable(folder.db, folder.path / DATABASE_NAME)
    kept = table.kept()[meeting]
    place, digest, _, content = kept.basis.split("|")
    table.keep({meeting: KeptSum(f"{place}|{digest}|other|{content}", kept.content)})
    with monkeypatch.context() as patch:
        patch.setattr(ledgers, "entries_from_json", None)
        assert told(folder.office.ledger()) == before


def test_sums_that_were_spoilt_are_reckoned_anew(folder: Folder) -> None:
    meeting = hold(folder)
    before = told(folder.office.ledger())
    table = SumsTable(folder.db, folder.path / DATABASE_NAME)
    kept = table.kept()[meeting]
    table.keep({meeting: KeptSum(kept.basis, kept.content.replace("欧阳建", "欧阳健"))})
    assert told(folder.office.ledger()) == before
    assert table.kept()[meeting] == kept


def test_sums_of_another_chain_are_not_trusted(folder: Folder) -> None:
    meeting = hold(folder)
    before = told(folder.office.ledger())
    table = SumsTable(folder.db, folder.path / DATABASE_NAME)
    kept = table.kept()[meeting]
    place, _, code, content = kept.basis.split("|")
    table.keep({meeting: KeptSum(f"{place}|{'0' * 64}|{code}|{content}", kept.content)})
    assert told(folder.office.ledger()) == before
    assert table.kept()[meeting] == kept


def test_forgetting_changes_nothing(folder: Folder) -> None:
    hold(folder)
    before = told(folder.office.ledger())
    folder.office.forget_sums()
    assert SumsTable(folder.db, folder.path / DATABASE_NAME).kept() == {}
    assert told(folder.office.ledger()) == before


def test_closing_the_folder_reckons_what_was_written(data_dir: Path, clock: FixedClock) -> None:
    with open_folder(data_dir, "console", clock) as opened:
        counting, other = hold(opened), hold(opened, counts=False)
    with open_folder(data_dir, "command", clock) as opened:
        kept = SumsTable(opened.db, data_dir / DATABASE_NAME).kept()
    assert counting in kept and other not in kept


def test_a_doubt_about_a_telephone_that_was_settled_is_settled_in_the_ledger(
    folder: Folder, clock: FixedClock
) -> None:
    session, phone = folder.office.open(hold(folder)), {"method": "phone", "device": "d"}
    session.state_facts(
        [Fact(EventKind.ANNULLED, START, one.event_id) for one in session.state.events_of("s2")]
    )
    entry, asked = Fact(EventKind.SIGN_IN, START, "s2", phone), Fact(EventKind.PHONE_PROPOSED, START, "s6")
    absent = Seat("s6", 6, "县林业局", "陆川").to_json()
    session.state_facts(
        [
            Fact(EventKind.SEAT_ADDED, START, body={"seat": absent}),
            Fact(EventKind.SIGN_IN, START, "s1", phone),
            entry,
            Fact(EventKind.VOUCHED, START, "s2", {"entry": entry.event_id, "by": "甲"}),
            asked,
            Fact(EventKind.PROPOSAL_REFUSED, START, "s6", {"proposal": asked.event_id, "by": "甲"}),
            Fact(EventKind.SEALED, clock.reading().wall, body={"by": "甲"}),
        ]
    )
    found = folder.office.ledger()
    behind = {row.name: found.behind(row) for row in found.persons}
    assert [[one.provisional for one in behind[name]] for name in ("王磊", "陆川")] == [[False], [False]]


def test_stale_is_what_the_next_ledger_would_reckon_anew(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _ = hold(folder), hold(folder), hold(folder, counts=False)
    assert folder.office.stale_sums() == [first, second]
    folder.office.refresh_sums([first])
    assert folder.office.stale_sums() == [second]
    folder.office.ledger()
    assert folder.office.stale_sums() == []
    Rulings(folder.office.open(first)).rule("s3", Decision.EXCUSED, by="甲", reason="堵车")
    assert folder.office.stale_sums() == [first]
    folder.office.ledger()
    monkeypatch.setattr(ledgers, "judgement_fingerprint", lambda: "another version")
    assert folder.office.stale_sums() == [first, second]


def test_the_list_knows_stage_and_place_of_every_meeting(folder: Folder, clock: FixedClock) -> None:
    over = hold(folder)
    plan = MeetingPlan("座谈会", START + timedelta(days=1), place="三楼")
    coming = folder.office.create(plan)
    folder.office.open(over).state_facts([Fact(EventKind.SEALED, clock.reading().wall, body={"by": "甲"})])
    first, second = folder.office.cards()
    assert (first.meeting_id, first.title, first.place, first.is_opened) == (coming, "座谈会", "三楼", False)
    assert (second.meeting_id, second.is_opened, second.is_adjourned, second.is_sealed) == (
        over,
        True,
        True,
        True,
    )


def test_an_annulled_adjournment_is_no_adjournment_in_the_list(folder: Folder, clock: FixedClock) -> None:
    session = folder.office.open(hold(folder))
    end = next(event for event in session.state.log if event.kind is EventKind.ADJOURNED)
    session.state_facts([Fact(EventKind.ANNULLED, clock.reading().wall, end.event_id, {"reason": "误按"})])
    assert [card.is_adjourned for card in folder.office.cards()] == [False]
    assert folder.office.ledger().meetings == 0


def test_behind_a_row_stand_all_its_meetings_also_the_plain_ones(folder: Folder) -> None:
    hold(folder)
    hold(folder, start=START + timedelta(days=7))
    found = folder.office.ledger()
    rows = {row.name: row for row in found.persons}
    assert [len(found.behind(rows[name])) for name in ("王磊", "欧阳建")] == [2, 2]
    assert [len(rows[name].evidence) for name in ("王磊", "欧阳建")] == [0, 2]
    audit = next(row for row in found.units if row.unit == "县审计局")
    assert [one.name for one in found.behind(audit)] == ["欧阳建", "赵镕"] * 2
    assert len(found.behind(audit)) == audit.expected


@pytest.mark.parametrize("chance", range(12))
def test_kept_cold_and_warm_say_what_the_whole_log_says(
    folder: Folder, clock: FixedClock, chance: int
) -> None:
    """GIVEN meetings of which all sorts of things are told, of some of them no word on any seat,
    WHEN the ledger is asked for again and again, THEN every way to it gives the same figures."""
    draw = random.Random(chance)
    meetings = [hold(folder, start=START + timedelta(days=days)) for days in range(3)]
    for meeting in meetings:
        _tell_all_sorts(folder, meeting, draw)
    expected = told(_from_whole_logs(folder, meetings, clock))
    assert told(folder.office.ledger()) == expected
    assert told(folder.office.ledger()) == expected
    folder.office.forget_sums()
    assert told(folder.office.ledger()) == expected
    folder.office.forget_sums()
    folder.office.refresh_sums(meetings)
    assert told(folder.office.ledger()) == expected


def _tell_all_sorts(folder: Folder, meeting: str, draw: random.Random) -> None:
    session = folder.office.open(meeting)
    for _ in range(30):
        at = START + timedelta(minutes=draw.randint(-20, 70))
        session.state_facts([_any_fact(draw, at, [event.event_id for event in session.state.log[3:]])])


def _any_fact(draw: random.Random, at: datetime, stated: list[str]) -> Fact:
    who, other = draw.choice(["s1", "s2", "s3", "s4"]), draw.choice(["s1", "s2", "s3", "s4"])
    deputy = draw.choice([None, {"name": "周喆", "post": "副局长"}])
    bodies: dict[EventKind, dict[str, object]] = {
        EventKind.SIGN_IN: {"method": "badge", "deputy": deputy, "device": draw.choice(["", "手机"])},
        EventKind.LEAVE_RECORDED: {"approval": draw.choice(["approved", "oral", "not_approved"])},
        EventKind.DEPUTY_RECORDED: {"deputy": deputy, "approved": draw.random() < 0.5},
        EventKind.EXIT: {"approved": draw.random() < 0.3},
        EventKind.RETURN: {},
        EventKind.HEADCOUNT: {"seen": [who], "unseen": [other]},
        EventKind.RULING: {"decision": draw.choice(list(Decision)).value, "by": "甲"},
        EventKind.VOUCHED: {"entry": draw.choice(stated), "by": "甲"},
        EventKind.PHONE_PROPOSED: {"device": "手机"},
        EventKind.PROPOSAL_REFUSED: {"proposal": draw.choice(stated), "by": "甲"},
        EventKind.SEAT_ADDED: {"seat": Seat("s6", 6, "县档案馆", "周喆").to_json()},
        EventKind.OPENED: {},
        EventKind.LATE_BASE_CHOSEN: {"base": draw.choice(["notified", "opened"])},
        EventKind.SIGNATURE: {"strokes": "", "entry": ""},
        EventKind.PRINTED: {"options": {}, "parts": {}},
        EventKind.NOTIFIED: {"means": "电话", "by": "甲"},
        EventKind.REFUSED: {"outcome": "already", "badge": ""},
        EventKind.ANNULLED: {"reason": "误记", "by": "甲"},
    }
    kind = draw.choice(list(bodies))
    nobody = dict.fromkeys((EventKind.HEADCOUNT, EventKind.SEAT_ADDED, EventKind.OPENED), "")
    subject = {**nobody, EventKind.ANNULLED: draw.choice(stated)}.get(kind, who)
    return Fact(kind, at, subject, bodies[kind])


def _from_whole_logs(folder: Folder, meetings: list[str], clock: FixedClock) -> Ledger:
    """The ledger without any short cut: every event of every meeting, judged and added up."""
    judged = []
    for meeting in meetings:
        state = folder.office.open(meeting).state
        if state.plan is not None and state.adjourned_at is not None:
            verdicts = classify(state, clock.reading().wall)
            of = state.plan
            judged.append(
                JudgedMeeting(meeting, of.title, of.start, of.rule_set, bool(state.sealed), verdicts)
            )
    return ledger(judged, folder.office.rule_set("ladder"))


def _counted(folder: Folder, name: str) -> int:
    return next(row.counted for row in folder.office.ledger().persons if row.name == name)


def _leave(folder: Folder) -> Evidence:
    row = next(row for row in folder.office.ledger().persons if row.name == "赵镕")
    (one,) = row.evidence
    return one
