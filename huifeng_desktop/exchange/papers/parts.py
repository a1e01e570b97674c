"""What of a paper can be printed again by itself, and a digest of what each such part says.

Pages are those of PDF and workbook alike; cards and badges go by the person. Papers that a word
processor breaks into pages as it likes are one part. Left out of a digest: how many pages there are
and the moment of printing, which make no page wrong.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.papers.cards import with_badge, with_card
from huifeng_desktop.exchange.papers.making import LETTERS, PAGES, TABLES, Workshop, sheet_of
from huifeng_desktop.exchange.papers.setting.layout import laid_out
from huifeng_desktop.exchange.papers.setting.paper import PaperKind
from huifeng_desktop.service.printed.choices import PaperPart
from huifeng_desktop.service.printed.marks import Page, Text
from huifeng_desktop.wording import CATEGORY

_DIGITS = 12
_MOMENT = re.compile(r"截至\D*?(\d+ 月 \d+ 日 )?\d\d:\d\d，?|第 \d+ 页　共 \d+ 页")
WHOLE = ""
"""The key of a paper that is one part."""


def parts_of(kind: PaperKind, workshop: Workshop) -> list[PaperPart]:
    """The parts of a paper as it would be printed now, in order."""
    if kind in _PEOPLE:
        return _PEOPLE[kind](workshop)
    if kind in _SHEETS:
        return _sheet_parts(kind, workshop)
    if kind in TABLES and kind not in _FLOWING:
        return _table_parts(kind, workshop)
    if kind in _FLOWING:
        return [PaperPart(WHOLE, "全份", _digest(_flowing(kind, workshop)))]
    return _paged(_words(page) for page in PAGES[kind](workshop))


def reprinted(kind: PaperKind, workshop: Workshop, keys: Collection[str]) -> bytes:
    """Only these parts as PDF."""
    pages = list(PAGES[kind](replace(workshop, only=frozenset(keys)) if kind in _PEOPLE else workshop))
    if kind not in _PEOPLE and kind not in _FLOWING:
        pages = [page for number, page in enumerate(pages, 1) if str(number) in keys]
    return workshop.printed(pages, kind)


# -- pages -----------------------------------------------------------------------------------------

_SHEETS = frozenset({PaperKind.SIGN_SHEET, PaperKind.SIGNED_SHEET})
_FLOWING = frozenset({*LETTERS, PaperKind.STAFF_AGENDA, PaperKind.LEAVE_FORM, PaperKind.CHARTS})
"""Papers with a DOCX that breaks its pages elsewhere than the PDF does."""


def _paged(pages: Iterable[object]) -> list[PaperPart]:
    return [PaperPart(str(number), f"第 {number} 页", _digest(page)) for number, page in enumerate(pages, 1)]


def _sheet_parts(kind: PaperKind, workshop: Workshop) -> list[PaperPart]:
    sheet = sheet_of(kind, workshop)
    head = (sheet.title, sheet.heading, sheet.columns)
    return _paged((head, page.section, page.rows) for page in sheet.pages)


def _table_parts(kind: PaperKind, workshop: Workshop) -> list[PaperPart]:
    """Page by page, the title with every page: it stands on the first, but all of them belong to it."""
    paper = TABLES[kind](workshop)
    sheet = laid_out(paper)
    strips = [strip.cells for strip in sheet.strips]
    head = [strip.cells for strip in sheet.head]
    bounds = pairwise((0, *sheet.ends, len(strips)))
    return _paged((paper.title, [] if start else head, strips[start:end]) for start, end in bounds)


def _words(page: Page) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, Text)]


# -- people ----------------------------------------------------------------------------------------


def _cards(workshop: Workshop) -> list[PaperPart]:
    """The name is all that the hall sees; the line below the cut is for whoever sets the cards out."""
    return [_person(seat, (seat.display_name,)) for seat in with_card(workshop.seats())]


def _badges(workshop: Workshop) -> list[PaperPart]:
    title = workshop.session.plan.title
    return [
        _person(seat, (title, seat.display_name, seat.unit, CATEGORY[seat.category], seat.place, seat.badge))
        for seat in with_badge(workshop.seats())
    ]


def _person(seat: Seat, printed: Sequence[str]) -> PaperPart:
    return PaperPart(seat.seat_id, f"{seat.name}（{seat.unit}）", _digest(printed))


_PEOPLE: Mapping[PaperKind, Callable[[Workshop], list[PaperPart]]] = {
    PaperKind.CARDS: _cards,
    PaperKind.BADGES: _badges,
}


# -- whole papers ----------------------------------------------------------------------------------


def _flowing(kind: PaperKind, workshop: Workshop) -> object:
    """What a paper says that is one part: its table, else the words of its pages."""
    if kind in TABLES:
        paper = TABLES[kind](workshop)
        return (paper.title, paper.above, paper.rows, paper.sums, paper.below)
    return [_words(page) for page in PAGES[kind](workshop)]


def _digest(content: object) -> str:
    text = _MOMENT.sub("", repr(content))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
