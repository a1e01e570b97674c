"""The papers as the program makes them: with a printer for PDF and the year behind a meeting.

Qt is loaded when the first page is drawn; a command that prints nothing never pays for it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from huifeng_desktop.app.starting import prepare_offscreen
from huifeng_desktop.service.printing import Page, PdfPrinter

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

    def pdf(self, pages: Sequence[Page], title: str) -> bytes:
        """The pages as one PDF."""
        return self._loaded().pdf(pages, title)

    def lacking(self, text: str, family: str) -> frozenset[str]:
        """The characters that this family does not hold."""
        return self._loaded().lacking(text, family)

    def undrawable(self, text: str) -> frozenset[str]:
        """The characters that no font of this machine holds."""
        return self._loaded().undrawable(text)


def make_papers(office: Office | None = None) -> OfficePapers:
    """The papers; with an `office` of the calling thread, 拟处理建议 counts the whole year."""
    from huifeng_desktop.exchange.papers.office_papers import OfficePapers

    return OfficePapers(LatePrinter(), None if office is None else office.ledger_around)
