"""Two desks and a file between them: the union, in any order, and the file itself."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from desks import Desk, contents, minutes, roster, ruling, seat, sign_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.errors import FileProblem, UnknownMeetingProblem
from huifeng_desktop.storage.database import SCHEMA_VERSION
from huifeng_desktop.storage.migrations import bring_up


def test_a_colleague_goes_on_with_the_meeting_and_hands_it_back(
    first: Desk, second: Desk, meeting: str, tmp_path: Path
) -> None:
    # GIVEN a meeting handed to a machine that has never seen it
    merged = second.merge(first.pack(meeting, tmp_path / "out.huifeng"))
    assert (merged.added, merged.already, merged.conflicts) == (6, 0, [])
    assert second.picture(meeting) == first.picture(meeting)
    # WHEN the colleague goes on and hands it back
    came = second.state(meeting, sign_in("s4", 6), ruling("s4", "excused", "李想"))
    merged = first.merge(second.pack(meeting, tmp_path / "back.huifeng"))
    # THEN everything is here, in causal order, and proved on both sides
    assert (merged.added, merged.already, merged.conflicts) == (2, 6, [])
    assert first.picture(meeting) == second.picture(meeting)
    assert first.picture(meeting)[0]["log"][-2:] == [e.event_id for e in came]
    assert first.verify().ok and second.verify().ok
    later = first.state(meeting, sign_in("s4", 9))[0]
    assert later.lamport > came[-1].lamport


def test_merging_again_changes_nothing(first: Desk, second: Desk, shared: Path) -> None:
    before = second.dump()
    merged = second.merge(shared)
    assert (merged.added, merged.already, merged.conflicts) == (0, 6, [])
    assert second.dump() == before
    assert first.merge(shared).added == 0


def test_an_older_file_after_a_newer_one_changes_nothing(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    first.state(meeting, sign_in("s4", 6))
    second.merge(first.pack(meeting, tmp_path / "newer.huifeng"))
    before = second.dump()
    assert second.merge(shared).added == 0
    assert second.dump() == before and second.verify().ok


def test_the_other_meetings_stay_at_home(first: Desk, meeting: str, shared: Path) -> None:
    said = contents(shared)
    assert {event["meeting"] for event in said.events} == {said.manifest["meeting"]} == {meeting}
    assert len(said.links) == 4 and meeting not in {link["meeting"] for link in said.links}
    assert {name for link in said.links for name in link} == {"writer", "writer_seq", "meeting", "content"}


def test_links_give_way_when_their_meeting_comes_too(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    with first.folder() as folder:
        other = next(card.meeting_id for card in folder.office.cards() if card.meeting_id != meeting)
    assert second.merge(first.pack(other, tmp_path / "other.huifeng")).added == 5
    assert second.dump()[1] == []
    assert second.verify().ok
    # AND what came in pieces can be handed on whole
    third = Desk(tmp_path / "third")
    third.merge(second.pack(meeting, tmp_path / "on.huifeng"))
    assert third.picture(meeting) == first.picture(meeting) and third.verify().ok


def test_both_desks_may_have_loaded_the_same_file(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    first.state(meeting, sign_in("s4", 2, nonce="file-1"))
    second.state(meeting, sign_in("s4", 2, nonce="file-1"))
    merged = second.merge(first.pack(meeting, tmp_path / "again.huifeng"))
    assert (merged.added, merged.conflicts) == (1, [])
    assert second.verify().ok


def test_copies_of_the_whole_folder_can_be_merged_too(first: Desk, meeting: str, tmp_path: Path) -> None:
    twin = Desk(tmp_path / "twin")
    twin.path.mkdir()
    twin.database.write_bytes(first.database.read_bytes())
    first.state(meeting, sign_in("s4", 1))
    twin.state(meeting, sign_in("s2", 2), role="desk")
    assert first.merge(twin.pack(meeting, tmp_path / "twin.huifeng")).added == 1
    assert twin.merge(first.pack(meeting, tmp_path / "first.huifeng")).added == 1
    assert first.picture(meeting) == twin.picture(meeting)
    assert first.verify().ok and twin.verify().ok


def test_a_lost_database_is_made_good_by_the_colleagues_copy(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    # GIVEN a first desk that falls back to a backup made after the hand-over
    backup = first.database.read_bytes()
    first.state(meeting, sign_in("s4", 6))
    second.merge(first.pack(meeting, tmp_path / "last.huifeng"))
    first.database.write_bytes(backup)
    # WHEN the colleague's copy comes back, the desk's own chain goes on from there
    assert first.merge(second.pack(meeting, tmp_path / "back.huifeng")).added == 1
    first.state(meeting, ruling("s4", "late", "王磊"))
    assert first.verify().ok
    assert second.merge(first.pack(meeting, tmp_path / "more.huifeng")).added == 1
    assert first.picture(meeting) == second.picture(meeting)


_KINDS: dict[str, Callable[[int, int], Fact]] = {
    "sign in": lambda who, at: sign_in(f"s{who}", at),
    "deputy": lambda who, at: sign_in(f"s{who}", at, deputy=f"代{at}"),
    "same file": lambda who, at: sign_in(f"s{who}", at, nonce=f"n{who}"),
    "exit": lambda who, at: Fact(EventKind.EXIT, minutes(at), f"s{who}", {"method": "badge"}),
    "return": lambda who, at: Fact(EventKind.RETURN, minutes(at), f"s{who}", {"method": "badge"}),
    "leave": lambda who, at: Fact(EventKind.LEAVE_RECORDED, minutes(at), f"s{who}", {"reason": f"因公{at}"}),
    "ruling": lambda who, at: ruling(f"s{who}", "excused" if at % 2 else "absent", f"人{at}"),
    "headcount": lambda who, at: Fact(EventKind.HEADCOUNT, minutes(at), body={"seen": [f"s{who}"]}),
    "roster": lambda who, at: roster(*(seat(number, f"代表{number}") for number in range(1, who + 2))),
    "walk-in": lambda who, at: Fact(
        EventKind.SEAT_ADDED, minutes(at), f"s{at + 60}", {"seat": seat(at + 60).to_json()}
    ),
    "sealed": lambda who, at: Fact(EventKind.SEALED, minutes(at), body={"by": f"人{who}"}),
    "reopened": lambda who, at: Fact(EventKind.REOPENED, minutes(at), body={"by": "人", "reason": "错"}),
    "adjourned": lambda who, at: Fact(EventKind.ADJOURNED, minutes(at + 60)),
    "timer": lambda who, at: Fact(EventKind.TIMER_ADJUSTED, minutes(at), "i1", {"by_s": at}),
}
_Deed = tuple[int, str, int, int]
_DEEDS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from([*_KINDS, "undo", "hand over"]),
        st.integers(1, 4),
        st.integers(-30, 50),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deeds=_DEEDS, order=st.lists(st.integers(0, 2), max_size=4), last=st.permutations(range(3)))
def test_merged_in_any_order_and_again_the_desks_agree(
    deeds: list[_Deed], order: list[int], last: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as room:
        desks = [Desk(Path(room) / f"desk{number}") for number in range(3)]
        meeting = desks[0].create()
        desks[0].state(meeting, roster(*map(seat, range(1, 5))))
        start = desks[0].pack(meeting, Path(room) / "start.huifeng")
        for desk in desks[1:]:
            desk.merge(start)
        for deed in deeds:
            _do(desks, meeting, deed, Path(room))
        files = [desk.pack(meeting, Path(room) / f"{desk.path.name}.huifeng") for desk in desks]
        for number, desk in enumerate(desks):
            for one in (*order, *(last[number:] + last[:number])):
                desk.merge(files[one])
        pictures = [desk.picture(meeting) for desk in desks]
        assert pictures[0] == pictures[1] == pictures[2]
        assert all(desk.verify().ok for desk in desks)
        assert all(desk.merge(file).added == 0 for desk in desks for file in files)


def _do(desks: list[Desk], meeting: str, deed: _Deed, room: Path) -> None:
    number, kind, who, at = deed
    desk = desks[number]
    if kind == "hand over":
        desks[who % 3].merge(desk.pack(meeting, room / "between.huifeng"))
    elif kind == "undo":
        log = desk.picture(meeting)[0]["log"]
        event = log[max(2, len(log) - who) :][:1]
        desk.state(meeting, *(Fact(EventKind.ANNULLED, minutes(at), one) for one in event))
    elif (fact := _KINDS[kind](who, at)).nonce not in desk.picture(meeting)[0]["nonces"]:
        desk.state(meeting, fact)


def test_packing_replaces_a_hand_over_file_but_nothing_else(
    first: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    first.pack(meeting, shared)
    precious = tmp_path / "名单.xlsx"
    precious.write_bytes(b"precious")
    for target in (precious, tmp_path):
        with pytest.raises(FileProblem, match="没有覆盖"):
            first.pack(meeting, target)
    assert precious.read_bytes() == b"precious"
    assert not list(tmp_path.glob("*.part"))


def test_a_target_that_cannot_be_written_is_a_sentence(first: Desk, meeting: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileProblem, match="写不进去"):
        first.pack(meeting, tmp_path / "file" / "m.huifeng")


def test_a_broken_record_is_not_handed_on(first: Desk, meeting: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(first.database)) as connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("UPDATE events SET subject = 's9' WHERE subject = 's2'")
        connection.commit()
    with pytest.raises(FileProblem, match=r"没有导出.*verify"):
        first.pack(meeting, tmp_path / "m.huifeng")
    assert not (tmp_path / "m.huifeng").exists()


def test_an_unknown_meeting_is_not_packed(first: Desk, meeting: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownMeetingProblem):
        first.pack("20260101-zzz", tmp_path / "m.huifeng")


def test_a_database_of_the_first_version_is_copied_and_brought_up(first: Desk, tmp_path: Path) -> None:
    first.path.mkdir()
    with closing(sqlite3.connect(first.database, isolation_level=None)) as connection:
        bring_up(connection, stop_before="links_of_merged_chains")
        connection.execute("PRAGMA user_version = 1")
    meeting = first.create()
    first.state(meeting, roster(seat(1)), sign_in("s1", 1))
    backup = first.path / "huifeng-v1.bak"
    with closing(sqlite3.connect(backup)) as old, closing(sqlite3.connect(first.database)) as new:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert old.execute("SELECT count(*) FROM sqlite_master WHERE name = 'chain_links'").fetchone() == (0,)
        assert new.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert first.verify().ok
