"""A page on real paper: the system's own printing dialog, set to the size of the page.

QtPrintSupport is loaded only here, when something is printed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from huifeng_desktop.service.printed.marks import Page
from huifeng_desktop.ui.printing.pdf import DOTS_A_MM, draw_page

AskPrinter = Callable[[QPrinter, QWidget], bool]
"""Lets the operator choose printer and copies; False if nothing is to be printed."""
_INCH_MM = 25.4


def has_printer() -> bool:
    """Whether this machine knows a printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def a5_across(title: str) -> QPrinter:
    """A printer set to A5 across, drawn on up to the edges; on A4 the page stands at the top."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    a5 = QPageSize(QPageSize.PageSizeId.A5)
    printer.setPageLayout(QPageLayout(a5, QPageLayout.Orientation.Landscape, QMarginsF()))
    printer.setFullPage(True)
    return printer


def ask_printer(printer: QPrinter, parent: QWidget) -> bool:
    """The system's printing dialog."""
    return QPrintDialog(printer, parent).exec() == QPrintDialog.DialogCode.Accepted


def put_on_paper(page: Page, printer: QPrinter) -> bool:
    """Draw the page at its own size; False if the printer takes nothing."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    scale = printer.resolution() / (DOTS_A_MM * _INCH_MM)
    painter.scale(scale, scale)
    draw_page(painter, page)
    return painter.end()
