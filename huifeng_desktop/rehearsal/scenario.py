"""What happens at the sample meeting, and when: read from `resources/samples/hechuan`.

The files are those that an office would have; `scenario.toml` says what the people in the hall do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.imported import HeadcountRow, RecordRow
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Deputy
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.exchange.gateway import FileImports, TableSource
from huifeng_desktop.service.door.sign_in import Method, Movement


@dataclass(frozen=True, slots=True)
class Passing:
    """Somebody goes through the door."""

    at: datetime
    name: str
    unit: str
    movement: Movement
    method: Method
    deputy: Deputy | None = None
    deputy_approved: bool | None = None


@dataclass(frozen=True, slots=True)
class PlannedRuling:
    """What the person in charge decides after the meeting."""

    at: datetime
    name: str
    unit: str
    decision: Decision
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """The whole meeting. Times are aware local times."""

    folder: Path
    plan: MeetingPlan
    opened: datetime
    adjourned: datetime
    passings: Sequence[Passing]
    spoken_s: Sequence[int]
    headcount_at: datetime
    seen: Sequence[HeadcountRow]
    rulings: Sequence[PlannedRuling]
    sealed_at: datetime
    sealed_by: str
    expected: Mapping[str, Any]

    def file(self, kind: str) -> Path:
        """The file of this kind: roster, agenda, leave."""
        return self.folder / str(_read(self.folder)["files"][kind])

    @property
    def door_opens(self) -> datetime:
        """A little before the first arrival."""
        first = min(one.at for one in self.passings)
        return first - timedelta(minutes=2)


def read_scenario(folder: Path, rule_sets: Mapping[str, RuleSet]) -> Scenario:
    """The sample meeting of this folder."""
    plain = _read(folder)
    meeting = plain["meeting"]
    plan = MeetingPlan(
        title=meeting["title"],
        start=meeting["start"].astimezone(),
        end=meeting["end"].astimezone(),
        place=meeting["place"],
        convener=meeting["convener"],
        rule_set=rule_sets[meeting["rule_set"]],
        counts=meeting["counts"],
    )
    day = plan.start.date()
    records = _open(folder, plain, "records").records(day).rows
    return Scenario(
        folder=folder,
        plan=plan,
        opened=meeting["opened"].astimezone(),
        adjourned=meeting["adjourned"].astimezone(),
        passings=sorted([*_passings(records), *_double_scans(plain)], key=lambda one: one.at),
        spoken_s=[_seconds(plain["speaking"][key]) for key in sorted(plain["speaking"], key=int)],
        headcount_at=plain["headcount"]["at"].astimezone(),
        seen=_open(folder, plain, "headcount").headcount(day).rows,
        rulings=[_ruling(one) for one in plain["rulings"]],
        sealed_at=plain["seal"]["at"].astimezone(),
        sealed_by=plain["seal"]["by"],
        expected=plain["expected"],
    )


def _read(folder: Path) -> dict[str, Any]:
    with (folder / "scenario.toml").open("rb") as file:
        return tomllib.load(file)


def _open(folder: Path, plain: Mapping[str, Any], kind: str) -> TableSource:
    return FileImports().open_file(folder / plain["files"][kind])


_METHODS = (Method.PHONE, Method.BADGE, Method.BADGE, Method.TYPED)


def _passings(records: Iterable[RecordRow]) -> list[Passing]:
    """Each record as the passages it stands for; deputies are entered by hand, the rest in turn."""
    found = []
    for index, row in enumerate(records):
        deputy = Deputy(row.deputy_name, row.deputy_post) if row.deputy_name else None
        method = Method.TYPED if deputy else _METHODS[index % len(_METHODS)]
        moves = (
            (Movement.ENTER, row.signed_in_at),
            (Movement.LEAVE, row.left_at),
            (Movement.RETURN, row.returned_at),
        )
        for movement, at in moves:
            if at is not None:
                how = method if movement is Movement.ENTER else Method.TICKED
                stood_in = (deputy, row.deputy_approved) if movement is Movement.ENTER else (None, None)
                found.append(Passing(at.astimezone(), row.name, row.unit, movement, how, *stood_in))
    return found


def _double_scans(plain: Mapping[str, Any]) -> list[Passing]:
    return [
        Passing(at.astimezone(), one["name"], one["unit"], Movement.ENTER, Method.BADGE)
        for one in plain.get("double_scans", ())
        for at in one["at"]
    ]


def _ruling(plain: Mapping[str, Any]) -> PlannedRuling:
    return PlannedRuling(
        plain["at"].astimezone(),
        plain["name"],
        plain["unit"],
        Decision(plain["decision"]),
        plain["reason"],
        plain["by"],
    )


def _seconds(text: str) -> int:
    minutes, seconds = text.split(":")
    return int(minutes) * 60 + int(seconds)
