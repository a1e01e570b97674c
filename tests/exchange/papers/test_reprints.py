"""变更清单: after any change, exactly what no longer is true on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fake_printer import FakePrinter, words
from made_up_meeting import at, large_people, made_up_meeting, new_session, seats_of, with_agenda

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.service.printed.choices import PaperOptions, Split, snapshot
from huifeng_desktop.service.printed.reprints import Reprints
from huifeng_desktop.service.session import MeetingSession

BEFORE = ("sign_sheet", "cards", "badges", "staff_agenda")


def with_badges(seats: list[Seat]) -> list[Seat]:
    taken: set[str] = set()
    made = []
    for seat in seats:
        badge = make_badge("m", seat.seat_id, taken)
        taken.add(badge)
        made.append(replace(seat, badge=badge))
    return made


@pytest.fixture
def session(tmp_path: Path) -> MeetingSession:
    """A hundred seats: 90 members, ten observers."""
    session, _ = new_session(tmp_path / "data", with_badges(seats_of(large_people(100))))
    return session


@pytest.fixture
def printer() -> FakePrinter:
    return FakePrinter()


@pytest.fixture
def reprints(session: MeetingSession, printer: FakePrinter) -> Reprints:
    return Reprints(session, OfficePapers(printer))


def print_all(reprints: Reprints, session: MeetingSession, *papers: str, **options: object) -> None:
    how = PaperOptions(**options)  # type: ignore[arg-type]
    reprints.record(reprints.facts(papers or BEFORE, how, snapshot(session)))


def load(session: MeetingSession, change: Callable[[list[Seat]], list[Seat]]) -> None:
    """A new roster, numbered in its order, as an import makes it."""
    seats = [replace(seat, seq=seq) for seq, seat in enumerate(change(list(session.state.seats)), 1)]
    body = {"seats": [seat.to_json() for seat in seats], "source": "test"}
    session.state_facts([Fact(EventKind.ROSTER_LOADED, at("09:00"), body=body)])


def due(reprints: Reprints) -> dict[str, tuple[list[str], list[str]]]:
    """By paper: what to print again and what is void, by their keys."""
    return {
        one.paper: ([part.key for part in one.again], [part.key for part in one.void])
        for one in reprints.due()
    }


def test_nothing_printed_and_nothing_changed_leave_the_list_empty(
    session: MeetingSession, reprints: Reprints
) -> None:
    assert due(reprints) == {}
    print_all(reprints, session, *BEFORE, "details", "statistics", "circular", "slip")
    assert due(reprints) == {} and "slip" not in reprints.printed()


def test_one_new_name_is_its_page_its_card_and_its_badge(session: MeetingSession, reprints: Reprints) -> None:
    print_all(reprints, session)
    load(session, lambda seats: [replace(one, name="王垚") if one.seq == 41 else one for one in seats])
    assert due(reprints) == {"sign_sheet": (["3"], []), "cards": (["s41"], []), "badges": (["s41"], [])}
    (label,) = {part.label for one in reprints.due() for part in one.again if part.key == "s41"}
    assert label.startswith("王垚（")


def test_another_unit_is_another_badge_and_page_and_the_same_card(
    session: MeetingSession, reprints: Reprints
) -> None:
    print_all(reprints, session)
    load(session, lambda seats: [replace(one, unit="县水利局") if one.seq == 41 else one for one in seats])
    assert due(reprints) == {"sign_sheet": (["3"], []), "badges": (["s41"], [])}


def test_who_moves_changes_the_pages_in_between_and_no_card(
    session: MeetingSession, reprints: Reprints
) -> None:
    """Page 7 is that of the observers, of whom some in between have got another number."""
    print_all(reprints, session)
    load(session, lambda seats: [*seats[:20], seats[60], *seats[20:60], *seats[61:]])
    found = due(reprints)
    assert set(found) == {"sign_sheet"} and found["sign_sheet"] == (["2", "3", "4", "7"], [])


def test_who_is_struck_off_leaves_a_card_to_throw_away(session: MeetingSession, reprints: Reprints) -> None:
    print_all(reprints, session, "cards")
    load(session, lambda seats: seats[:-1])
    assert due(reprints) == {"cards": ([], ["s100"])}
    reprints.record(reprints.settled(reprints.due()))
    assert due(reprints) == {} and "s100" not in reprints.printed()["cards"].parts, "作废的卡不再提"


def test_who_comes_in_addition_needs_a_card(session: MeetingSession, reprints: Reprints) -> None:
    print_all(reprints, session, "cards")
    load(session, lambda seats: [*seats, Seat("s101", 101, "县水利局", "王磊", "局长")])
    assert due(reprints) == {"cards": (["s101"], [])}


def test_another_time_is_another_agenda_and_head_of_every_page(
    session: MeetingSession, reprints: Reprints
) -> None:
    print_all(reprints, session, *BEFORE, "agenda")
    session.state_facts([Fact(EventKind.MEETING_CHANGED, at("09:00"), body={"place": "二楼礼堂"})])
    found = due(reprints)
    assert set(found) == {"sign_sheet", "staff_agenda", "agenda"} and len(found["sign_sheet"][0]) > 5
    assert found["agenda"] == ([""], [])


def test_a_limit_changes_the_staffs_agenda_only(tmp_path: Path, printer: FakePrinter) -> None:
    session, clock = made_up_meeting(tmp_path / "data")
    with_agenda(session, clock)
    reprints = Reprints(session, OfficePapers(printer))
    print_all(reprints, session, "agenda", *BEFORE)
    item = replace(session.state.items[0], limit_s=480)
    session.state_facts([Fact(EventKind.ITEM_CHANGED, at("09:00"), item.item_id, {"item": item.to_json()})])
    assert due(reprints) == {"staff_agenda": ([""], [])}


def test_a_ruling_changes_the_papers_after_the_meeting(tmp_path: Path, printer: FakePrinter) -> None:
    session, _ = made_up_meeting(tmp_path / "data")
    reprints = Reprints(session, OfficePapers(printer))
    print_all(reprints, session, "details", "statistics", "signed_sheet", "circular", "minutes", *BEFORE)
    Rulings(session).rule("s8", Decision.APPROVED_DEPUTY, by="林静", reason="县长批准")
    found = due(reprints)
    assert set(found) == {"details", "statistics", "circular"} and "1" in found["details"][0]


def test_the_hour_of_printing_is_no_change(tmp_path: Path, printer: FakePrinter) -> None:
    session, clock = made_up_meeting(tmp_path / "data")
    reprints = Reprints(session, OfficePapers(printer))
    print_all(reprints, session, "details", "statistics", "circular", "minutes")
    clock.advance(3600 * 3)
    assert due(reprints) == {}


def test_the_list_compares_with_what_was_chosen_then(session: MeetingSession, reprints: Reprints) -> None:
    print_all(reprints, session, "sign_sheet", split=Split.DESK, desks=3)
    assert due(reprints) == {}
    load(session, lambda seats: [replace(one, name="王垚") if one.seq == 2 else one for one in seats])
    assert due(reprints) == {"sign_sheet": (["1"], [])}


def test_only_what_is_due_is_printed_again_and_the_list_is_empty(
    session: MeetingSession, reprints: Reprints, printer: FakePrinter, tmp_path: Path
) -> None:
    print_all(reprints, session)
    load(session, lambda seats: [replace(one, name="王垚") if one.seq == 41 else one for one in seats])
    dues = reprints.due()
    files = reprints.print_again(dues, tmp_path / "out", snapshot(session))
    names = sorted(file.name.split("_", 2)[2] for file in files)
    unit = session.state.seats[40].unit
    assert names[2] == "证件_重印 王垚（" + unit + "）.pdf" or "证件_重印 王垚" in "".join(names)
    assert "签到表_重印 第 3 页.pdf" in names and len(names) == 3
    reprints.record(reprints.settled(dues))
    assert due(reprints) == {}


def test_the_page_that_is_printed_again_says_which_it_is(
    session: MeetingSession, reprints: Reprints, printer: FakePrinter, tmp_path: Path
) -> None:
    print_all(reprints, session, "sign_sheet")
    load(session, lambda seats: [replace(one, name="王垚") if one.seq == 41 else one for one in seats])
    reprints.print_again(reprints.due(), tmp_path, snapshot(session))
    (page,) = printer.pages
    assert "王　垚" in words(page) and words(page)[-1].startswith("第 3 页")


def test_a_single_card_is_looked_after_without_the_others(
    session: MeetingSession, reprints: Reprints
) -> None:
    reprints.record(reprints.part_facts("cards", {"s3"}, PaperOptions(), snapshot(session)))
    assert due(reprints) == {}
    load(
        session, lambda seats: [replace(one, name="甲乙" if one.seq in (3, 4) else one.name) for one in seats]
    )
    assert due(reprints) == {"cards": (["s3"], [])}


def test_a_colleague_who_opens_the_folder_sees_the_same_list(
    session: MeetingSession, reprints: Reprints
) -> None:
    print_all(reprints, session, order="strokes")
    load(session, lambda seats: [replace(one, name="王垚") if one.seq == 41 else one for one in seats])
    other = Reprints(snapshot(session), OfficePapers(FakePrinter()))
    assert due(other) == due(reprints) != {}
