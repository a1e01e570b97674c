"""The papers as the program makes them: with a printer for PDF and the year behind a meeting.

Qt is loaded when the first page is drawn; a command that prints nothing never pays for it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from huifeng_desktop.app.folder import Folder, open_folder
from huifeng_desktop.app.starting import prepare_offscreen
from huifeng_desktop.rules.ledger import Ledger, LedgerRow
from huifeng_desktop.service.printed.charts import Chart
from huifeng_desktop.service.printed.choices import Progress
from huifeng_desktop.service.printed.marks import Page, PdfPrinter
from huifeng_desktop.service.session import MeetingSession

if TYPE_CHECKING:
    from huifeng_desktop.exchange.papers.office_papers import OfficePapers
    from huifeng_desktop.service.office import Office


class LatePrinter:
    """A `PdfPrinter` that loads Qt when something is drawn, off screen where no window is open."""

    def __init__(self) -> None:
        self._printer: PdfPrinter | None = None

    def _loaded(self) -> PdfPrinter:
        if self._printer is None:
            if "PySide6.QtGui" not in sys.modules and sys.platform not in ("win32", "darwin"):
                prepare_offscreen()
            from huifeng_desktop.ui.printing.pdf import QtPdfPrinter

            self._printer = QtPdfPrinter()
        return self._printer

    def pdf(self, pages: Sequence[Page], title: str, family: str = "") -> bytes:
        """The pages as one PDF."""
        return self._loaded().pdf(pages, title, family)

    def png(self, chart: Chart, width_mm: float) -> bytes:
        """A chart as a picture."""
        return self._loaded().png(chart, width_mm)

    def lacking(self, text: str, family: str) -> frozenset[str]:
        """The characters that this family does not hold."""
        return self._loaded().lacking(text, family)

    def undrawable(self, text: str) -> frozenset[str]:
        """The characters that no font of this machine holds."""
        return self._loaded().undrawable(text)


def export_unit_pages_here(
    found: Ledger,
    period: str,
    folder: Path,
    made_at: datetime,
    only: LedgerRow | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """每单位年度一页, drawn by this program's printer."""
    from huifeng_desktop.exchange.unit_pages import export_unit_pages

    return export_unit_pages(found, period, folder, made_at, LatePrinter(), only, progress)


def make_papers(office: Office) -> OfficePapers:
    """The papers, for use in the thread of this `office`."""
    from huifeng_desktop.exchange.papers.office_papers import OfficePapers

    return OfficePapers(LatePrinter(), office.ledger_around)


def make_window_papers(folder: Folder) -> OfficePapers:
    """The papers, for use in any thread: the year is read through a connection of its own."""
    from huifeng_desktop.exchange.papers.office_papers import OfficePapers

    path, clock = folder.path, folder.clock

    def ledger_around(session: MeetingSession) -> Ledger:
        with open_folder(path, "papers", clock) as mine:
            return mine.office.ledger_around(session)

    return OfficePapers(LatePrinter(), ledger_around)
