"""Which papers there are, in which formats, and what each is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.exchange.papers.agenda import agenda_pages, staff_agenda
from huifeng_desktop.exchange.papers.cards import badge_pages, card_pages, with_badge, with_card
from huifeng_desktop.exchange.papers.delimited import csv_bytes
from huifeng_desktop.exchange.papers.details import details
from huifeng_desktop.exchange.papers.paper import PAPER_NAME, Paper, PaperKind, paper_title
from huifeng_desktop.exchange.papers.proposals import counting, proposals
from huifeng_desktop.exchange.papers.seat_plan import has_places, seat_plan_pages
from huifeng_desktop.exchange.papers.sign_sheet import sign_sheet
from huifeng_desktop.exchange.papers.sign_sheet_pdf import sign_sheet_pages
from huifeng_desktop.exchange.papers.slip import slip_page
from huifeng_desktop.exchange.papers.speaking import speaking_times
from huifeng_desktop.exchange.papers.statistics import statistics
from huifeng_desktop.exchange.papers.table_pdf import table_pages
from huifeng_desktop.exchange.strokes import read_strokes
from huifeng_desktop.rules.ledger import Ledger
from huifeng_desktop.rules.ordering import Order, OrderingFacts, ordered
from huifeng_desktop.service.papers import PaperOptions
from huifeng_desktop.service.printing import Page, PdfPrinter
from huifeng_desktop.service.session import MeetingSession

Ledgers = Callable[[MeetingSession], Ledger | None]
"""The year's ledger that a meeting belongs to; called in the thread that makes the papers."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Everything that a paper may be made from."""

    session: MeetingSession
    options: PaperOptions
    printer: PdfPrinter | None = None
    ledgers: Ledgers | None = None

    def seats(self) -> list[Seat]:
        """The seats that have a holder, in the order asked for."""
        options, seats = self.options, self.session.state.seats
        held = [seat for seat in seats if seat.category is not Category.VACANT]
        facts = OrderingFacts(
            read_strokes() if options.order is Order.STROKES else {},
            self._arrivals() if options.order is Order.ARRIVAL else {},
            options.single_name_first,
        )
        return ordered(held, options.order, facts)

    def _arrivals(self) -> dict[str, datetime]:
        verdicts = self.session.verdicts()
        return {one.seat.seat_id: one.signed_in_at for one in verdicts if one.signed_in_at}

    def printed(self, pages: Sequence[Page], kind: PaperKind) -> bytes:
        """Pages as PDF."""
        if self.printer is None:
            raise RuntimeError("a PDF was asked for without a printer")
        if not pages:
            raise UserProblem(f"“{PAPER_NAME[kind]}”没有可印的内容，请先导入名单。")
        return self.printer.pdf(pages, paper_title(self.session, kind))


Maker = Callable[[Workshop], bytes]
MakePaper = Callable[[Workshop], Paper]


def _workbook(make: MakePaper) -> Maker:
    def made(workshop: Workshop) -> bytes:
        from huifeng_desktop.exchange.papers.workbook import workbook_bytes  # the library takes a while

        return workbook_bytes(make(workshop))

    return made


def _table_pdf(make: MakePaper) -> Maker:
    def made(workshop: Workshop) -> bytes:
        paper = make(workshop)
        return workshop.printed(table_pages(paper), paper.kind)

    return made


def _table(make: Callable[[MeetingSession], Paper]) -> dict[str, Maker]:
    def paper(workshop: Workshop) -> Paper:
        return make(workshop.session)

    return {
        "xlsx": _workbook(paper),
        "pdf": _table_pdf(paper),
        "csv": lambda workshop: csv_bytes(paper(workshop)),
    }


def _pages(kind: PaperKind, make: Callable[[Workshop], Sequence[Page]]) -> Maker:
    return lambda workshop: workshop.printed(make(workshop), kind)


def _document(module: str, name: str) -> Maker:
    """A maker of DOCX, its module loaded at the first use: the library takes a while."""

    def made(workshop: Workshop) -> bytes:
        make = getattr(import_module(f"huifeng_desktop.exchange.papers.{module}"), name)
        content: bytes = make(workshop.session, workshop.options)
        return content

    return made


def _sign_sheet(kind: PaperKind) -> dict[str, Maker]:
    signed = kind is PaperKind.SIGNED_SHEET

    def workbook(workshop: Workshop) -> bytes:
        from huifeng_desktop.exchange.papers.sign_sheet_workbook import sign_sheet_workbook

        return sign_sheet_workbook(sign_sheet(workshop.session, workshop.seats(), signed=signed))

    def pages(workshop: Workshop) -> Sequence[Page]:
        return sign_sheet_pages(sign_sheet(workshop.session, workshop.seats(), signed=signed))

    return {"xlsx": workbook, "pdf": _pages(kind, pages)}


def _proposals(workshop: Workshop) -> Paper:
    year = workshop.ledgers(workshop.session) if workshop.ledgers else None
    return proposals(workshop.session, year)


def _badges(workshop: Workshop) -> Sequence[Page]:
    return badge_pages(workshop.seats(), workshop.session.plan.title)


def _seat_plan(workshop: Workshop) -> Sequence[Page]:
    return seat_plan_pages(workshop.seats(), paper_title(workshop.session, PaperKind.SEAT_PLAN))


PAPERS: Mapping[PaperKind, Mapping[str, Maker]] = {
    PaperKind.SIGN_SHEET: _sign_sheet(PaperKind.SIGN_SHEET),
    PaperKind.SIGNED_SHEET: _sign_sheet(PaperKind.SIGNED_SHEET),
    PaperKind.SLIP: {"pdf": _pages(PaperKind.SLIP, lambda workshop: [slip_page(workshop.session)])},
    PaperKind.DETAILS: _table(details),
    PaperKind.STATISTICS: _table(statistics),
    PaperKind.SPEAKING: _table(speaking_times),
    PaperKind.CIRCULAR: {"docx": _document("circular", "circular")},
    PaperKind.PROPOSALS: {"xlsx": _workbook(_proposals), "pdf": _table_pdf(_proposals)},
    PaperKind.AGENDA: {
        "docx": _document("agenda_document", "agenda_document"),
        "pdf": _pages(PaperKind.AGENDA, lambda workshop: agenda_pages(workshop.session)),
    },
    PaperKind.STAFF_AGENDA: {
        "docx": _document("agenda_document", "staff_agenda_document"),
        "pdf": _table_pdf(lambda workshop: staff_agenda(workshop.session)),
    },
    PaperKind.SCRIPT: {"docx": _document("script", "script")},
    PaperKind.MINUTES: {"docx": _document("small_documents", "minutes_block")},
    PaperKind.LEAVE_FORM: {"docx": _document("small_documents", "leave_form")},
    PaperKind.CARDS: {"pdf": _pages(PaperKind.CARDS, lambda workshop: card_pages(workshop.seats()))},
    PaperKind.BADGES: {"pdf": _pages(PaperKind.BADGES, _badges)},
    PaperKind.SEAT_PLAN: {"pdf": _pages(PaperKind.SEAT_PLAN, _seat_plan)},
}
"""Every paper with its formats, the one that suits it best first."""

_AFTER_THE_START = {PaperKind.SIGNED_SHEET, PaperKind.CIRCULAR, PaperKind.MINUTES}
_WITH_PEOPLE = {PaperKind.SIGNED_SHEET, PaperKind.MINUTES}
_WITH_AGENDA = {PaperKind.AGENDA, PaperKind.STAFF_AGENDA, PaperKind.SCRIPT}


def is_wanted(kind: PaperKind, session: MeetingSession) -> bool:
    """Whether the paper says anything yet when everything is exported."""
    state = session.state
    if kind is PaperKind.PROPOSALS:
        return bool(counting(session))
    if kind is PaperKind.SEAT_PLAN:
        return has_places(state.seats)
    if kind is PaperKind.BADGES:
        return bool(with_badge(state.seats))
    if kind is PaperKind.CARDS:
        return bool(with_card(state.seats))
    if kind in _WITH_AGENDA:
        return bool(state.items)
    if kind in _WITH_PEOPLE and not any(seat.name for seat in state.seats):
        return False
    return kind not in _AFTER_THE_START or session.context().has_begun
