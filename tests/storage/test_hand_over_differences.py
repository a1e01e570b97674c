"""What a person should look at after a merge, and what needs nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desks import Desk, minutes, roster, ruling, seat, sign_in

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.events import EventKind, Fact


def _conflicts(first: Desk, second: Desk, meeting: str, folder: Path) -> list[tuple[str, str, str]]:
    merged = second.merge(first.pack(meeting, folder / "differences.huifeng"))
    plain = [conflict.to_json() for conflict in merged.conflicts]
    return [(one["kind"], one["seat"], one["what"]) for one in plain]


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        (sign_in("s4", 2), sign_in("s4", 2.5), None),
        (sign_in("s4", 2), sign_in("s4", 3), None),
        (
            sign_in("s4", 2),
            sign_in("s4", 3.1),
            "两边都签了到：本机 14:32:00，文件 14:33:06；以较早的 14:32:00 为准，请核对。",
        ),
        (
            sign_in("s4", 2),
            sign_in("s4", 1),
            None,
        ),
        (
            sign_in("s4", 2, deputy="赵镕"),
            sign_in("s4", 1.5),
            "两边都签了到：本机 14:32:00 由赵镕代会，文件 14:31:30 本人到会；"
            "以较早的 14:31:30 为准，请核对。",
        ),
        (sign_in("s4", 2, deputy="赵 镕"), sign_in("s4", 2, deputy="赵镕"), None),
    ],
)
def test_a_seat_signed_in_at_both_desks(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path, here: Fact, there: Fact, said: str
) -> None:
    second.state(meeting, here)
    first.state(meeting, there)
    found = _conflicts(first, second, meeting, tmp_path)
    assert found == ([("sign_in", "s4", said)] if said else [])
    earliest = min(here.at, there.at).astimezone().replace(tzinfo=None).isoformat(timespec="seconds")
    assert second.picture(meeting)[1]["seats"][3]["signed_in_at"] == earliest


def test_an_undone_entry_is_no_difference(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    wrong = second.state(meeting, sign_in("s4", 30))[0]
    second.state(meeting, Fact(EventKind.ANNULLED, minutes(31), wrong.event_id, {"reason": "错"}))
    first.state(meeting, sign_in("s4", 2))
    assert _conflicts(first, second, meeting, tmp_path) == []


def test_rulings_of_different_persons(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    second.state(meeting, ruling("s4", "absent", "王磊"), ruling("s2", "late", "王磊"))
    first.state(meeting, ruling("s4", "on_leave", "李想"), ruling("s2", "late", "王磊"))
    ((kind, who, what),) = _conflicts(first, second, meeting, tmp_path)
    assert (kind, who) == ("ruling", "s4")
    assert "本机王磊认定为“缺席”，文件李想认定为“准假”" in what


def test_rosters_that_differ(first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path) -> None:
    second.state(meeting, roster(seat(1), seat(2), seat(3), seat(4), seat(5)), sign_in("s5", 2))
    first.state(meeting, roster(seat(1), seat(2), replace(seat(3), post="局长")))
    first.state(meeting, Fact(EventKind.OPENED, minutes(1)), roster(seat(1), seat(2), seat(3)))
    found = _conflicts(first, second, meeting, tmp_path)
    assert [(kind, who) for kind, who, _ in found] == [("roster", ""), ("roster", "s5")]
    assert "只在本机的 2 人（代表4、代表5）" in found[0][2]
    assert "不计入结果" in found[1][2]


def test_a_newer_roster_alone_is_no_difference(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    first.state(meeting, roster(*map(seat, range(1, 7))))
    assert _conflicts(first, second, meeting, tmp_path) == []


def test_a_walk_in_added_twice(first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path) -> None:
    for desk, number in ((second, 5), (first, 6)):
        guest = seat(number, "欧阳建")
        desk.state(meeting, Fact(EventKind.SEAT_ADDED, minutes(1), guest.seat_id, {"seat": guest.to_json()}))
    ((kind, who, what),) = _conflicts(first, second, meeting, tmp_path)
    assert (kind, who) == ("roster", "s6") and "同一人" in what


@pytest.mark.parametrize("sealed_here", [True, False])
def test_sealed_on_one_side(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path, sealed_here: bool
) -> None:
    seal = Fact(EventKind.SEALED, minutes(150), body={"by": "王磊"})
    second.state(meeting, seal if sealed_here else sign_in("s4", 1))
    first.state(meeting, sign_in("s4", 1) if sealed_here else seal)
    ((kind, who, what),) = _conflicts(first, second, meeting, tmp_path)
    assert (kind, who) == ("sealed", "")
    assert what.startswith("本机的记录已由王磊封存" if sealed_here else "文件的记录已由王磊封存")


def test_sealed_with_full_knowledge_is_no_difference(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    first.state(meeting, Fact(EventKind.SEALED, minutes(150), body={"by": "王磊"}))
    assert _conflicts(first, second, meeting, tmp_path) == []


def test_declared_at_different_times(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    second.state(meeting, Fact(EventKind.ADJOURNED, minutes(80)))
    first.state(meeting, Fact(EventKind.ADJOURNED, minutes(85)))
    ((kind, _, what),) = _conflicts(first, second, meeting, tmp_path)
    assert kind == "declared"
    assert what.startswith("散会时间两边不同：本机 15:50:00，文件 15:55:00；")


@pytest.mark.parametrize("spoken_here", [True, False])
def test_an_item_taken_off_on_one_side_and_spoken_to_on_the_other_stays(
    first: Desk, second: Desk, meeting: str, tmp_path: Path, spoken_here: bool
) -> None:
    item = AgendaItem("i1", "防汛工作汇报", "王磊")
    first.state(meeting, Fact(EventKind.AGENDA_LOADED, minutes(-60), body={"items": [item.to_json()]}))
    second.merge(first.pack(meeting, tmp_path / "shared.huifeng"))
    speech = [
        Fact(EventKind.TIMER_STARTED, minutes(2), "i1", {"elapsed_s": 0.0}),
        Fact(EventKind.TIMER_FINISHED, minutes(8), "i1", {"elapsed_s": 360.0}),
    ]
    removal = [Fact(EventKind.ITEM_REMOVED, minutes(9), "i1")]
    second.state(meeting, *(speech if spoken_here else removal))
    first.state(meeting, *(removal if spoken_here else speech))

    ((kind, _, what),) = _conflicts(first, second, meeting, tmp_path)

    assert kind == "agenda" and "防汛工作汇报" in what
    (row,) = second.picture(meeting)[1]["speaking"]
    assert (row["title"], row["spoken_s"]) == ("防汛工作汇报", 360)
    assert _conflicts(first, second, meeting, tmp_path) == []
