"""Tables in web pages: many office systems export HTML and name it .xls."""

from __future__ import annotations

from html.parser import HTMLParser

from huifeng_desktop.exchange.table import MAX_COLUMNS, Merge, Row, build_rows

_CELLS = ("td", "th")
_BREAKS = ("br", "p", "div")


def read_html_rows(text: str) -> tuple[Row, ...]:
    """All table rows of the page, one below the other, with their merged cells."""
    collector = _Collector()
    collector.feed(text)
    collector.close()
    return build_rows(enumerate(collector.rows, start=1), collector.merges)


class _Collector(HTMLParser):
    """Lays the cells out on a grid as a browser would."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.merges: list[Merge] = []
        self._taken: set[tuple[int, int]] = set()
        self._open: tuple[int, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
            self._open = None
        elif tag in _CELLS:
            self._begin_cell(dict(attrs))
        elif tag in _BREAKS and self._open:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in (*_CELLS, "tr", "table"):
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            row, column = self._open
            self.rows[row][column] += data

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        if not self.rows:
            self.rows.append([])
        row, column = len(self.rows) - 1, 0
        while (row, column) in self._taken:
            column += 1
        down, across = _span(attrs.get("rowspan")), _span(attrs.get("colspan"))
        self._taken.update((row + i, column + j) for i in range(down) for j in range(across))
        if down > 1 or across > 1:
            self.merges.append(((row, column), (row + down - 1, column + across - 1)))
        cells = self.rows[row]
        cells.extend("" for _ in range(column + across - len(cells)))
        self._open = (row, column)


def _span(value: str | None) -> int:
    return min(int(value), MAX_COLUMNS) if value and value.isdecimal() and int(value) > 0 else 1
