"""The sample meeting through the commands gives exactly what its scenario promises."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from command import done
from desk_office import Meeting

from huifeng_desktop.app import open_folder
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.attendance import Decision

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "samples" / "hechuan"
SCENARIO: dict[str, Any] = tomllib.loads((FOLDER / "scenario.toml").read_text(encoding="utf-8"))
EXPECTED: dict[str, Any] = SCENARIO["expected"]
NOT_TOTALS = {"counted", "reports_planned", "reports_spoken", "over_limit"}


@pytest.fixture
def meeting() -> str:
    """Everything that the scenario's files say, loaded through the commands."""
    plan, files = SCENARIO["meeting"], SCENARIO["files"]
    options = [f"--{name}={plan[name]}" for name in ("title", "place", "convener")]
    options += [f"--{name}={plan[name].isoformat()}" for name in ("start", "end")]
    meeting: str = done("new", *options, "--rule-set", plan["rule_set"], "--counts")["meeting"]
    for kind in ("roster", "agenda", "leave", "records"):
        told = done("load", meeting, FOLDER / files[kind], "--as", kind)
        assert told["accepted"] == told["rows"] > 0
    moments = [f"--{name}={plan[name].isoformat()}" for name in ("opened", "adjourned")]
    done("declare", meeting, *moments)
    counted = done("headcount", meeting, FOLDER / files["headcount"])
    assert counted["at"] == SCENARIO["headcount"]["at"].isoformat() and counted["at_stated"]
    return meeting


def test_the_totals_are_those_of_the_scenario(meeting: str) -> None:
    totals = done("results", meeting)["totals"]

    assert {name: totals[name] for name in EXPECTED if name not in NOT_TOTALS} == {
        name: value for name, value in EXPECTED.items() if name not in NOT_TOTALS
    }


def test_ten_persons_are_counted_and_three_cases_wait(meeting: str) -> None:
    found = done("results", meeting)
    counted = [seat["counted"] for seat in found["seats"] if seat["counted"]]

    assert len(counted) == EXPECTED["counted"]
    assert {kind: counted.count(kind) for kind in counted} == {
        "late": 5,
        "unapproved_substitute": 2,
        "absent": 3,
    }
    doubtful = {(one["unit"], one["name"]) for one in SCENARIO["rulings"] if one["doubtful"]}
    assert {(seat["unit"], seat["name"]) for seat in found["seats"] if seat["pending"]} == doubtful


def test_loading_everything_again_changes_nothing(meeting: str) -> None:
    before = done("results", meeting), done("verify")["events"]

    for kind in ("roster", "agenda", "leave", "records"):
        done("load", meeting, FOLDER / SCENARIO["files"][kind], "--as", kind)
    done("headcount", meeting, FOLDER / SCENARIO["files"]["headcount"])

    assert (done("results", meeting), done("verify")["events"]) == before


def test_the_ladder_holds_ten_persons_in_the_first_tier(meeting: str) -> None:
    persons = done("ledger", "--year", 2026)["persons"]

    hit = [row for row in persons if row["tier"]]
    assert len(hit) == EXPECTED["counted"] and {row["tier"] for row in hit} == {1}
    liu = [row for row in persons if row["name"] == "刘海波"]
    assert [(row["expected"], row["present"]) for row in liu] == [(1, 1)]


def test_after_the_rulings_the_record_can_be_sealed_and_says_the_same(meeting: str, data_dir: Path) -> None:
    clock = FixedClock(datetime(2026, 3, 12, 16, 0))
    with open_folder(data_dir, "console", clock) as folder:
        room = Meeting(folder, meeting)
        for ruling in SCENARIO["rulings"]:
            (seat,) = (
                one
                for one in room.session.state.seats
                if (one.unit, one.name) == (ruling["unit"], ruling["name"])
            )
            decision = Decision(ruling["decision"])
            room.rulings.rule(seat.seat_id, decision, by=ruling["by"], reason=ruling["reason"])
        clock.advance((SCENARIO["seal"]["at"].astimezone() - clock.reading().wall).total_seconds())
        room.rulings.seal(by=SCENARIO["seal"]["by"])

    totals = done("results", meeting)["totals"]
    assert {name: totals[name] for name in EXPECTED if name not in NOT_TOTALS} == {
        name: value for name, value in EXPECTED.items() if name not in NOT_TOTALS
    }
    assert totals["pending"] == 0
    ledger = done("ledger", "--year", 2026, "--sealed-only")
    assert (ledger["meetings"], ledger["provisional"]) == (1, False)
    assert sum(row["tier"] for row in ledger["persons"]) == EXPECTED["counted"]
