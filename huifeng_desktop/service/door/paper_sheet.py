"""补录: the sequence numbers of those who signed on paper, as somebody reads them off the sheet.

`12 15-30 ≠17`: single numbers, ranges, and exceptions. Reading changes nothing; storing is one
transaction of ordinary entries that say 补录, by whom and when.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.door.sign_in import Method, SignInOutcome, SignInRequest

_MARK = re.compile(r"([≠!除去不]*)(\d+)(?:-(\d+))?|(\S)")
_DASHES = str.maketrans(dict.fromkeys("－–—―~～至到", "-"))


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What the numbers mean on this roster. `doubts` are finished sentences; none of them is stored."""

    fresh: tuple[Seat, ...] = ()
    already: tuple[Seat, ...] = ()
    """Signed in before; nothing is added for them."""
    doubts: tuple[str, ...] = ()


def read_numbers(text: str) -> tuple[list[int], list[str]]:
    """The numbers meant, each once and in order, and what could not be understood. `≠` takes out."""
    wanted: dict[int, None] = {}
    unwanted: set[int] = set()
    doubts: list[str] = []
    plain = unicodedata.normalize("NFKC", text.replace("≠", "!")).translate(_DASHES)
    plain = re.sub(r"\s*-\s*", "-", plain)
    for no, first, last, strange in _MARK.findall(plain):
        if strange and strange not in ",，、;；。.号第":
            doubts.append(f"“{strange}”看不懂，请写成 12 15-30 ≠17 的样子")
        if not first:
            continue
        low, high = int(first), int(last or first)
        if not low <= high <= low + 9999:
            doubts.append(f"{low}-{high} 的起止不对，请核对")
        elif no:
            unwanted.update(range(low, high + 1))
        else:
            wanted.update(dict.fromkeys(range(low, high + 1)))
    return [number for number in wanted if number not in unwanted], doubts


def read_sheet(text: str, state: MeetingState) -> SheetReading:
    """The people behind the numbers, to be looked at before anything is stored; two posts are one person."""
    numbers, doubts = read_numbers(text)
    by_number = {seat.seq: seat for seat in state.seats}
    strangers = [number for number in numbers if number not in by_number]
    if strangers:
        doubts.append(f"名单里没有 {_spans(strangers)} 号")
    seats = [by_number[number] for number in numbers if number in by_number]
    doubts += [f"{seat.seq} 号空缺" for seat in seats if seat.category is Category.VACANT]
    people = {seat.person_id: seat for seat in reversed(seats) if seat.category is not Category.VACANT}
    held = list(reversed(people.values()))
    came = {seat.seat_id for seat in held if state.facts_of(seat).arrival is not None}
    fresh = tuple(seat for seat in held if seat.seat_id not in came)
    return SheetReading(fresh, tuple(seat for seat in held if seat.seat_id in came), tuple(doubts))


def store_sheet(door: Door, seats: Sequence[Seat], *, by: str, at: datetime) -> list[SignInOutcome]:
    """Enter those who signed on paper at `at`, all in one transaction.

    Raises UserProblem where nobody says who enters them.
    """
    if not by.strip():
        raise UserProblem("补录要写明录入人，请填写后再录入。")
    requests = [
        SignInRequest(
            nonce=uuid.uuid4().hex, seat_id=seat.seat_id, method=Method.BACKFILL, at=at, by=by.strip()
        )
        for seat in seats
    ]
    return door.register(requests)


def _spans(numbers: Sequence[int]) -> str:
    """3、7-9: runs of numbers told shortly."""
    return "、".join(f"{low}-{high}" if high > low else str(low) for low, high in _runs(sorted(numbers)))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            yield numbers[start], numbers[place - 1]
            start = place
