"""Which papers there are, in which formats, and what each is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.exchange.papers import sign_sheet_pdf
from huifeng_desktop.exchange.papers.delimited import csv_bytes
from huifeng_desktop.exchange.papers.details import details
from huifeng_desktop.exchange.papers.paper import Paper, PaperKind, paper_title
from huifeng_desktop.exchange.papers.sign_sheet import sign_sheet
from huifeng_desktop.exchange.papers.slip import slip_page
from huifeng_desktop.exchange.papers.speaking import speaking_times
from huifeng_desktop.exchange.papers.statistics import statistics
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
        return self.printer.pdf(pages, paper_title(self.session, kind))


Maker = Callable[[Workshop], bytes]


def _workbook(make: Callable[[MeetingSession], Paper]) -> Maker:
    def made(workshop: Workshop) -> bytes:
        from huifeng_desktop.exchange.papers.workbook import workbook_bytes  # the library takes a while

        return workbook_bytes(make(workshop.session))

    return made


def _table(make: Callable[[MeetingSession], Paper]) -> dict[str, Maker]:
    return {"xlsx": _workbook(make), "csv": lambda workshop: csv_bytes(make(workshop.session))}


def _sign_sheet(*, signed: bool) -> dict[str, Maker]:
    def workbook(workshop: Workshop) -> bytes:
        from huifeng_desktop.exchange.papers.sign_sheet_workbook import sign_sheet_workbook

        return sign_sheet_workbook(sign_sheet(workshop.session, workshop.seats(), signed=signed))

    def pdf(workshop: Workshop) -> bytes:
        sheet = sign_sheet(workshop.session, workshop.seats(), signed=signed)
        kind = PaperKind.SIGNED_SHEET if signed else PaperKind.SIGN_SHEET
        return workshop.printed(sign_sheet_pdf.sign_sheet_pages(sheet), kind)

    return {"xlsx": workbook, "pdf": pdf}


PAPERS: Mapping[PaperKind, Mapping[str, Maker]] = {
    PaperKind.SIGN_SHEET: _sign_sheet(signed=False),
    PaperKind.SIGNED_SHEET: _sign_sheet(signed=True),
    PaperKind.SLIP: {"pdf": lambda workshop: workshop.printed([slip_page(workshop.session)], PaperKind.SLIP)},
    PaperKind.DETAILS: _table(details),
    PaperKind.STATISTICS: _table(statistics),
    PaperKind.SPEAKING: _table(speaking_times),
}
"""Every paper with its formats, the one that suits it best first."""

_AFTER_THE_START = {PaperKind.SIGNED_SHEET}


def is_wanted(kind: PaperKind, session: MeetingSession) -> bool:
    """Whether the paper says anything yet when everything is exported."""
    return kind not in _AFTER_THE_START or session.context().has_begun
