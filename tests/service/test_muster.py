"""What is kept by differences says what counting everything anew would say."""

from __future__ import annotations

import random
from datetime import timedelta

from desk_office import Meeting
from hypothesis import given, settings
from hypothesis import strategies as st
from story import LADDER, Story, moment, seat

from huifeng_desktop.app import open_folder
from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.rules.classify import classify_seat
from huifeng_desktop.rules.context import context_of
from huifeng_desktop.rules.totals import total
from huifeng_desktop.rules.verdict import Disposition, Verdict
from huifeng_desktop.service.door.arrivals import latest_arrivals, pending_verdicts
from huifeng_desktop.service.door.brief import brief_from
from huifeng_desktop.service.muster import Muster

CATEGORIES = (Category.LEADER, Category.MEMBER, Category.MEMBER, Category.OBSERVER, Category.STAFF)
SEATS = [seat(f"s{number}", f"人{number}", category=CATEGORIES[number % 5]) for number in range(1, 16)]


def counted_anew(verdicts: list[Verdict]) -> tuple[object, ...]:
    """Everything that a muster tells, from one look at each verdict."""
    absent = [one.seat for one in verdicts if one.disposition is Disposition.ABSENT]
    leaders = [one for one in absent if one.category is Category.LEADER]
    members = [one for one in absent if one.category is Category.MEMBER]
    missing: list[Seat] = [*leaders, *members]
    return total(verdicts, LADDER), missing, pending_verdicts(verdicts), latest_arrivals(verdicts)


def told(muster: Muster) -> tuple[object, ...]:
    """The same, as the muster keeps it."""
    totals = muster.tally.totals(LADDER)
    return totals, muster.missing(), muster.pending(), latest_arrivals(muster.latest(200))


@given(st.randoms(use_true_random=False), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_differences_add_up_to_a_count_of_everything(chance: random.Random, deeds: int) -> None:
    story = Story(*SEATS)
    state = story.state()
    context, muster = context_of(state, moment("17:00")), Muster(state.seats)
    for one in state.seats:
        muster.put(classify_seat(one, state.facts_of(one), context))
    for _ in range(deeds):
        chosen = chance.choice(SEATS).seat_id
        at = f"14:{chance.randrange(20, 45)}"
        last = story.events[chance.randrange(2, len(story.events))] if len(story.events) > 2 else None
        deed = chance.randrange(6)
        if deed == 0 and last is not None:
            event = story.annul(last)
        elif deed == 1:
            event = story.leave(chance.choice(list(Approval)), chosen)
        elif deed == 2:
            event = story.rule(chance.choice(list(Decision)), chosen)
        else:
            event = story.signs(at, chosen, deputy="代" if deed == 3 else "")
        for seat_id in state.apply(event).seats:
            one = SEATS[int(seat_id[1:]) - 1]
            muster.put(classify_seat(one, state.facts_of(one), context))
    assert muster.verdicts() == story.verdicts()
    assert told(muster) == counted_anew(story.verdicts())
    assert brief_from(muster, LADDER).totals == total(story.verdicts(), LADDER)


def test_what_another_desk_writes_is_taken_in_a_little_at_a_time(meeting: Meeting) -> None:
    # GIVEN seven entries that another program has made in the same folder
    session, changes = meeting.session, list[int]()
    session.bus.subscribe(lambda change: changes.append(len(change.events)))
    now, ids = session.now().wall, [one.seat_id for one in session.state.seats][:3]
    with open_folder(meeting.folder.path, "desk", session.clock) as other:
        entries = [Fact(EventKind.SIGN_IN, now + timedelta(seconds=n), ids[n % 3]) for n in range(7)]
        other.office.open(session.meeting_id).state_facts(entries)
    # WHEN they are read three at a time, and a key is pressed in between
    assert session.take_in(3) is True and changes == [3]
    meeting.podium.declare_opened(now)
    # THEN the press has taken in what was waiting, and nothing is read twice
    assert changes == [3, 4, 1]
    assert session.take_in(3) is False and session.take_in(3) is False
    assert changes == [3, 4, 1]
    assert session.totals().present == 3


def test_seats_are_judged_a_few_at_a_time_and_none_is_forgotten(meeting: Meeting) -> None:
    session = meeting.session
    session.muster()
    ids = [one.seat_id for one in session.state.seats if one.category is not Category.VACANT]
    now = session.now().wall
    session.state_facts([Fact(EventKind.SIGN_IN, now, seat_id) for seat_id in ids])
    rounds = 1
    while session.judge(1):
        rounds += 1
    assert rounds == len(ids)
    assert session.muster().tally.totals(session.plan.rule_set).present == len(ids)
    assert session.verdicts() == [session.verdict(one.seat_id) for one in session.state.seats]
