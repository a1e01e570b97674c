"""签到表: who signs where. Leaders have a page of their own, and so has every block of seats or sign-in
desk where it is asked for; blank rows wait for 临时参会.

序号 is the number in the roster on every page and in every order: it is what one types to enter the
signatures afterwards.

The sheet is made once as rows and pages; `sign_sheet_pdf` and `sign_sheet_workbook` only draw it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.domain.signature import Signature
from huifeng_desktop.exchange.papers.remarks import deputy_of
from huifeng_desktop.exchange.papers.setting.paper import (
    GAP,
    PaperKind,
    moment_words,
    paper_title,
    when_words,
)
from huifeng_desktop.rules.verdict import Disposition, Verdict
from huifeng_desktop.service.door.sections import section_of, sections
from huifeng_desktop.service.door.signatures import Signatures
from huifeng_desktop.service.printed.choices import Split
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import DISPOSITION, method_word

MOST_ROWS, FEWEST_ROWS = 18, 15
_LEAST_SPARE = 4
"""Rows for 临时参会, the line that says so included."""
_LEAST_LAST = 3
"""Rows that a last page has at least: a person never stands alone there."""
_SHORT_NAME = 6
WALK_IN = "临时参会"
WALK_IN_WORDS = "临时参会（请写全单位、姓名、职务）"
COLUMNS = ("序号", "单位", "姓名", "职务", "本人签名", "备注")
SIGNED_COLUMNS = ("序号", "单位", "姓名", "职务", "签到", "备注")

Row = tuple[str, str, str, str, str, str]
BLANK: Row = ("", "", "", "", "", "")
WALK_IN_ROW: Row = ("", WALK_IN, "", "", "", "")


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The rows of one page, all of one height."""

    section: str
    rows: tuple[Row, ...]
    rows_a_page: int
    signatures: tuple[Signature | None, ...] = ()
    """What was signed by finger, row by row; empty on the sheet to be signed."""

    def signature(self, place: int) -> Signature | None:
        """Of the row at this place."""
        return self.signatures[place] if place < len(self.signatures) else None


@dataclass(frozen=True, slots=True)
class SignSheet:
    """The whole sheet, page by page."""

    title: str
    heading: str
    columns: tuple[str, ...]
    pages: tuple[SheetPage, ...]

    @property
    def has_long_names(self) -> bool:
        """Whether names need a wider column to be read: they are set smaller, never broken."""
        return any(len(row[2]) > _SHORT_NAME for page in self.pages for row in page.rows)


def sign_sheet(
    session: MeetingSession,
    seats: Sequence[Seat],
    *,
    signed: bool = False,
    split: Split = Split.NONE,
    desks: int = 2,
) -> SignSheet:
    """The sheet to be signed, or with `signed` the one that says who signed in when."""
    kind = PaperKind.SIGNED_SHEET if signed else PaperKind.SIGN_SHEET
    verdicts = {one.seat.seat_id: one for one in session.verdicts()} if signed else {}
    written = Signatures(session).all() if signed else {}
    pages: list[SheetPage] = []
    for name, group in _groups(seats, split, desks):
        rows = [_row(seat, verdicts.get(seat.seat_id), session) for seat in group]
        inks = [one.signature if (one := written.get(seat.seat_id)) else None for seat in group]
        pages += _paged(name, rows, inks, with_spare=not signed and name.startswith(_MEMBERS))
    columns = SIGNED_COLUMNS if signed else COLUMNS
    return SignSheet(paper_title(session, kind), _heading(session), columns, tuple(pages))


# -- who signs together ----------------------------------------------------------------------------

_LEADERS, _MEMBERS, _OTHERS = "县领导", "出席", "列席、工作人员"
_SECTION = {
    Category.LEADER: _LEADERS,
    Category.MEMBER: _MEMBERS,
    Category.OBSERVER: _OTHERS,
    Category.STAFF: _OTHERS,
}


def _groups(seats: Sequence[Seat], split: Split, desks: int) -> Iterator[tuple[str, Sequence[Seat]]]:
    """Leaders, then members at once or by block or desk, then the others; each on pages of its own."""
    groups: dict[str, list[Seat]] = {_LEADERS: [], _MEMBERS: [], _OTHERS: []}
    for seat in seats:
        if seat.category in _SECTION:
            groups[_SECTION[seat.category]].append(seat)
    yield from ((_LEADERS, groups[_LEADERS]),) if groups[_LEADERS] else ()
    match split:
        case Split.BLOCK:
            yield from _blocks(groups[_MEMBERS])
        case Split.DESK:
            yield from _desks(groups[_MEMBERS], desks)
        case Split.NONE:
            yield _MEMBERS, groups[_MEMBERS]
    yield from ((_OTHERS, groups[_OTHERS]),) if groups[_OTHERS] else ()


def _blocks(members: Sequence[Seat]) -> Iterator[tuple[str, Sequence[Seat]]]:
    """By the section of the hall that the seat column names."""
    for name in sections(members):
        yield f"{_MEMBERS}　{name}", [seat for seat in members if section_of(seat.place) == name]


def _desks(members: Sequence[Seat], desks: int) -> Iterator[tuple[str, Sequence[Seat]]]:
    """Nearly equal runs for so many desks, parted between two units where that is near."""
    cuts = [0]
    for desk in range(1, desks):
        cuts.append(_cut(members, round(desk * len(members) / desks), cuts[-1]))
    for number, (start, end) in enumerate(pairwise((*cuts, len(members))), 1):
        group = members[start:end]
        if group:
            yield f"{_MEMBERS}　第{number}签到台　{_span(group)}", group


def _cut(members: Sequence[Seat], wanted: int, after: int) -> int:
    """The change of unit that is nearest to `wanted`, or that place itself where none is near."""
    reach = max(1, len(members) // 20)
    places = [
        place
        for place in range(max(after, wanted - reach, 1), min(len(members), wanted + reach + 1))
        if members[place].unit != members[place - 1].unit
    ]
    return min(places, key=lambda place: abs(place - wanted), default=max(after, wanted))


def _span(group: Sequence[Seat]) -> str:
    """Who comes here: by number where they stand in the roster's order, else by the first and last name."""
    first, last = group[0], group[-1]
    if all(one.seq < other.seq for one, other in pairwise(group)):
        return f"{first.seq}—{last.seq}号"
    return f"{first.name}—{last.name}"


def _heading(session: MeetingSession) -> str:
    plan = session.plan
    parts = [f"时间：{when_words(plan.start)}"]
    parts += [f"地点：{plan.place}"] if plan.place else []
    parts += [f"召集单位：{plan.convener}"] if plan.convener else []
    return GAP.join(parts)


def _row(seat: Seat, verdict: Verdict | None, session: MeetingSession) -> Row:
    mark = "工作人员" if seat.category is Category.STAFF else ""
    signed, note = "", mark
    if verdict is not None and verdict.signed_in_at is not None:
        signed = f"{moment_words(verdict.signed_in_at, session.plan.start)} {method_word(verdict.method)}"
        note = f"{deputy_of(verdict)}代会" if verdict.stood_in_by else mark
    elif verdict is not None and verdict.disposition is Disposition.ON_LEAVE:
        note = DISPOSITION[Disposition.ON_LEAVE]
    return (str(seat.seq), seat.unit, seat.display_name, seat.post, signed, note)


def _paged(
    section: str, rows: list[Row], inks: Sequence[Signature | None], *, with_spare: bool
) -> list[SheetPage]:
    spare = _LEAST_SPARE if with_spare else 0
    size = rows_a_page(len(rows) + spare)
    if with_spare:
        blank = -(len(rows) + 1) % size
        rows = [*rows, WALK_IN_ROW, *[BLANK] * blank]
    return [
        SheetPage(section, tuple(rows[at : at + size]), size, tuple(inks[at : at + size]))
        for at in range(0, len(rows), size)
    ]


def rows_a_page(count: int) -> int:
    """15 to 18 rows: as few pages as possible, then no short last page, then the highest rows."""

    def cost(size: int) -> tuple[int, bool, int]:
        last = count % size or size
        return math.ceil(count / size), count > size and last < _LEAST_LAST, size

    return min(range(FEWEST_ROWS, MOST_ROWS + 1), key=cost)
