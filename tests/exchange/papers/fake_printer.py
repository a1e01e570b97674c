"""A printer that keeps what it was told to draw, and fonts that hold what a standard holds."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from huifeng_desktop.service.printed.charts import Chart
from huifeng_desktop.service.printed.marks import Page, Text

_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class FakePrinter:
    """A `PdfPrinter` without Qt."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.title = self.family = ""

    def pdf(self, pages: Sequence[Page], title: str, family: str = "") -> bytes:
        self.pages, self.title, self.family = list(pages), title, family
        return b"%PDF-"

    def lacking(self, text: str, family: str) -> frozenset[str]:
        codec = "gb2312" if "GB2312" in family else "gbk"
        return frozenset(char for char in text if char.encode(codec, errors="ignore") == b"")

    def png(self, chart: Chart, width_mm: float) -> bytes:
        """The smallest picture there is."""
        return _DOT

    def undrawable(self, text: str) -> frozenset[str]:
        return frozenset(char for char in text if ord(char) > 0x2FFFF)


def words(page: Page) -> list[str]:
    """Every text of a page, in the order in which it is drawn."""
    return [mark.text for mark in page.marks if isinstance(mark, Text)]
