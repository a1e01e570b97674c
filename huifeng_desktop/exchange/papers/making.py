"""Which papers there are, in which formats, and what each is made from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.exchange.papers.agenda import agenda, staff_agenda
from huifeng_desktop.exchange.papers.badge_list import badge_list
from huifeng_desktop.exchange.papers.cards import badge_pages, card_pages, with_badge, with_card
from huifeng_desktop.exchange.papers.chart_paper import chart_pages
from huifeng_desktop.exchange.papers.circular import circular
from huifeng_desktop.exchange.papers.details import details
from huifeng_desktop.exchange.papers.leave_form import leave_form_page
from huifeng_desktop.exchange.papers.minutes import minutes_block
from huifeng_desktop.exchange.papers.proposals import counting, proposals
from huifeng_desktop.exchange.papers.script import script
from huifeng_desktop.exchange.papers.seat_plan import has_places, seat_plan_pages
from huifeng_desktop.exchange.papers.setting.delimited import csv_bytes
from huifeng_desktop.exchange.papers.setting.letter import Letter
from huifeng_desktop.exchange.papers.setting.letter_pdf import LetterPages
from huifeng_desktop.exchange.papers.setting.paper import PAPER_NAME, Paper, PaperKind, paper_title
from huifeng_desktop.exchange.papers.setting.table_pdf import table_pages
from huifeng_desktop.exchange.papers.sign_sheet import SignSheet, sign_sheet
from huifeng_desktop.exchange.papers.sign_sheet_pdf import sign_sheet_pages
from huifeng_desktop.exchange.papers.slip import slip_page
from huifeng_desktop.exchange.papers.speaking import speaking_times
from huifeng_desktop.exchange.papers.statistics import statistics
from huifeng_desktop.exchange.strokes import read_strokes
from huifeng_desktop.rules.ledger import Ledger
from huifeng_desktop.rules.ordering import Order, OrderingFacts, ordered
from huifeng_desktop.service.printed.charts import meeting_charts
from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.service.printed.marks import Page, PdfPrinter
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
    only: Collection[str] = ()
    """The keys of the parts wanted (see `parts`); none: everything."""

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
        return self.printer.pdf(pages, paper_title(self.session, kind), self.options.body_family)


Maker = Callable[[Workshop], bytes]
MakePages = Callable[[Workshop], Sequence[Page]]
MakePaper = Callable[[Workshop], Paper]
WriteLetter = Callable[[MeetingSession, PaperOptions, Letter], None]


def _workbook(kind: PaperKind) -> Maker:
    def made(workshop: Workshop) -> bytes:
        from huifeng_desktop.exchange.papers.setting.workbook import (
            workbook_bytes,  # the library takes a while
        )

        return workbook_bytes(TABLES[kind](workshop), family=workshop.options.body_family)

    return made


def _csv(kind: PaperKind) -> Maker:
    return lambda workshop: csv_bytes(TABLES[kind](workshop))


def _pdf(kind: PaperKind) -> Maker:
    return lambda workshop: workshop.printed(PAGES[kind](workshop), kind)


def _table_pages(kind: PaperKind) -> MakePages:
    return lambda workshop: table_pages(TABLES[kind](workshop))


def _document(module: str, name: str) -> Maker:
    """A maker of DOCX, its module loaded at the first use: the library takes a while."""

    def made(workshop: Workshop) -> bytes:
        make = getattr(import_module(f"huifeng_desktop.exchange.papers.{module}"), name)
        content: bytes = make(workshop.session, workshop.options)
        return content

    return made


def sheet_of(kind: PaperKind, workshop: Workshop) -> SignSheet:
    """The 签到表 of either kind."""
    options, signed = workshop.options, kind is PaperKind.SIGNED_SHEET
    return sign_sheet(
        workshop.session, workshop.seats(), signed=signed, split=options.split, desks=options.desks
    )


def _sign_sheet(kind: PaperKind) -> dict[str, Maker]:
    def workbook(workshop: Workshop) -> bytes:
        from huifeng_desktop.exchange.papers.sign_sheet_workbook import sign_sheet_workbook

        return sign_sheet_workbook(sheet_of(kind, workshop), workshop.options.body_family)

    return {"xlsx": workbook, "pdf": _pdf(kind)}


def _sheet_pages(kind: PaperKind) -> MakePages:
    return lambda workshop: sign_sheet_pages(sheet_of(kind, workshop))


def _proposals(workshop: Workshop) -> Paper:
    year = workshop.ledgers(workshop.session) if workshop.ledgers else None
    return proposals(workshop.session, year)


def _badges(workshop: Workshop) -> Sequence[Page]:
    return badge_pages(_chosen(workshop), workshop.session.plan.title)


def _chosen(workshop: Workshop) -> list[Seat]:
    """Those whose card is wanted."""
    return [seat for seat in workshop.seats() if not workshop.only or seat.seat_id in workshop.only]


def _card_document(workshop: Workshop) -> bytes:
    from huifeng_desktop.exchange.papers.card_document import card_document

    session = workshop.session
    return card_document(_chosen(workshop), paper_title(session, PaperKind.CARDS), session.now().wall)


def _seat_plan_workbook(workshop: Workshop) -> bytes:
    from huifeng_desktop.exchange.papers.seat_plan_workbook import seat_plan_workbook

    title = paper_title(workshop.session, PaperKind.SEAT_PLAN)
    return seat_plan_workbook(workshop.seats(), title, workshop.options.body_family)


def _letter_pages(write: WriteLetter) -> MakePages:
    def made(workshop: Workshop) -> Sequence[Page]:
        letter = LetterPages()
        write(workshop.session, workshop.options, letter)
        return letter.pages()

    return made


def _letter(kind: PaperKind) -> dict[str, Maker]:
    def document(workshop: Workshop) -> bytes:
        from huifeng_desktop.exchange.papers.setting.document import (
            OfficialDocument,  # the library takes a while
        )

        session, options = workshop.session, workshop.options
        letter = OfficialDocument(paper_title(session, kind), options.body_family, session.now().wall)
        LETTERS[kind](session, options, letter)
        return letter.save()

    return {"docx": document, "pdf": _pdf(kind)}


def _badge_csv(workshop: Workshop) -> bytes:
    return csv_bytes(badge_list(workshop.session, workshop.seats()))


def _badge_workbook(workshop: Workshop) -> bytes:
    from huifeng_desktop.exchange.papers.setting.workbook import workbook_bytes

    paper = badge_list(workshop.session, workshop.seats())
    return workbook_bytes(paper, family=workshop.options.body_family)


def _seat_plan(workshop: Workshop) -> Sequence[Page]:
    return seat_plan_pages(workshop.seats(), paper_title(workshop.session, PaperKind.SEAT_PLAN))


def _with_pictures(name: str) -> Maker:
    """A maker of a file with charts; without a printer nobody can draw them."""

    def made(workshop: Workshop) -> bytes:
        if workshop.printer is None:
            raise RuntimeError("charts were asked for without a printer")
        make = getattr(import_module("huifeng_desktop.exchange.papers.chart_files"), name)
        content: bytes = make(workshop.session, workshop.printer.png, workshop.options.body_family)
        return content

    return made


TABLES: Mapping[PaperKind, MakePaper] = {
    PaperKind.DETAILS: lambda workshop: details(workshop.session),
    PaperKind.STATISTICS: lambda workshop: statistics(workshop.session),
    PaperKind.SPEAKING: lambda workshop: speaking_times(workshop.session),
    PaperKind.PROPOSALS: _proposals,
    PaperKind.STAFF_AGENDA: lambda workshop: staff_agenda(workshop.session),
}
"""The papers that are tables across A4."""

LETTERS: Mapping[PaperKind, WriteLetter] = {
    PaperKind.CIRCULAR: circular,
    PaperKind.AGENDA: agenda,
    PaperKind.SCRIPT: script,
    PaperKind.MINUTES: minutes_block,
}
"""The papers that are running text."""

PAGES: Mapping[PaperKind, MakePages] = {
    PaperKind.SIGN_SHEET: _sheet_pages(PaperKind.SIGN_SHEET),
    PaperKind.SIGNED_SHEET: _sheet_pages(PaperKind.SIGNED_SHEET),
    PaperKind.SLIP: lambda workshop: [slip_page(workshop.session)],
    **{kind: _table_pages(kind) for kind in TABLES},
    **{kind: _letter_pages(write) for kind, write in LETTERS.items()},
    PaperKind.CARDS: lambda workshop: card_pages(_chosen(workshop)),
    PaperKind.LEAVE_FORM: lambda workshop: [leave_form_page(workshop.session)],
    PaperKind.BADGES: _badges,
    PaperKind.SEAT_PLAN: _seat_plan,
    PaperKind.CHARTS: lambda workshop: chart_pages(workshop.session),
}
"""The papers that can be printed from here, as pages."""


def _table(kind: PaperKind) -> dict[str, Maker]:
    return {"xlsx": _workbook(kind), "pdf": _pdf(kind), "csv": _csv(kind)}


PAPERS: Mapping[PaperKind, Mapping[str, Maker]] = {
    PaperKind.SIGN_SHEET: _sign_sheet(PaperKind.SIGN_SHEET),
    PaperKind.SIGNED_SHEET: _sign_sheet(PaperKind.SIGNED_SHEET),
    PaperKind.SLIP: {"pdf": _pdf(PaperKind.SLIP), "docx": _document("slip_document", "slip_document")},
    PaperKind.DETAILS: _table(PaperKind.DETAILS),
    PaperKind.STATISTICS: _table(PaperKind.STATISTICS),
    PaperKind.SPEAKING: _table(PaperKind.SPEAKING),
    PaperKind.CIRCULAR: _letter(PaperKind.CIRCULAR),
    PaperKind.PROPOSALS: {"xlsx": _workbook(PaperKind.PROPOSALS), "pdf": _pdf(PaperKind.PROPOSALS)},
    PaperKind.AGENDA: _letter(PaperKind.AGENDA),
    PaperKind.STAFF_AGENDA: {
        "docx": _document("agenda_document", "staff_agenda_document"),
        "pdf": _pdf(PaperKind.STAFF_AGENDA),
        "xlsx": _workbook(PaperKind.STAFF_AGENDA),
        "csv": _csv(PaperKind.STAFF_AGENDA),
    },
    PaperKind.SCRIPT: _letter(PaperKind.SCRIPT),
    PaperKind.MINUTES: _letter(PaperKind.MINUTES),
    PaperKind.LEAVE_FORM: {
        "docx": _document("small_documents", "leave_form"),
        "pdf": _pdf(PaperKind.LEAVE_FORM),
    },
    PaperKind.CARDS: {"pdf": _pdf(PaperKind.CARDS), "docx": _card_document},
    PaperKind.BADGES: {"pdf": _pdf(PaperKind.BADGES), "xlsx": _badge_workbook, "csv": _badge_csv},
    PaperKind.SEAT_PLAN: {"pdf": _pdf(PaperKind.SEAT_PLAN), "xlsx": _seat_plan_workbook},
    PaperKind.CHARTS: {
        "pdf": _pdf(PaperKind.CHARTS),
        "docx": _with_pictures("chart_document"),
        "xlsx": _with_pictures("chart_workbook"),
    },
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
    if kind is PaperKind.CHARTS:
        return session.context().has_begun and bool(meeting_charts(session))
    if kind is PaperKind.BADGES:
        return bool(with_badge(state.seats))
    if kind is PaperKind.CARDS:
        return bool(with_card(state.seats))
    if kind in _WITH_AGENDA:
        return bool(state.items)
    if kind in _WITH_PEOPLE and not any(seat.name for seat in state.seats):
        return False
    return kind not in _AFTER_THE_START or session.context().has_begun
