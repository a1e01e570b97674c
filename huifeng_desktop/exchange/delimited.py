"""Tables in text: CSV in the encodings and with the separators of Chinese offices, and the clipboard.

Encoding: byte order mark, then strict UTF-8, then GB18030; detectors guess wrong on short files.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence

from huifeng_desktop.exchange.table import Row, build_rows

SEPARATORS = (",", "\t", ";", "，", "|")
SAMPLE_ROWS = 12

_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

Score = Callable[[Sequence[Row]], int]
"""How much the rows look like the beginning of a table that we know."""


def decode(data: bytes) -> str | None:
    """The text of a file, or None if it is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    for encoding in ("utf-8", "gb18030"):
        text = _strict(data, encoding)
        if text is not None:
            return text
    return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _BINARY.search(text) else text


def whole_characters(text: str) -> str:
    """Text without lone surrogates: each becomes U+FFFD, which the name check then reports."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def split_table(text: str, score: Score, max_rows: int) -> tuple[Row, ...]:
    """The rows under the separator whose first rows score best; at most `max_rows` + 1 records."""
    best = max(SEPARATORS, key=lambda separator: score(_rows(text, separator, SAMPLE_ROWS)))
    return _rows(text, best, max_rows + 1)


def _rows(text: str, separator: str, most: int) -> tuple[Row, ...]:
    """Records numbered as WPS shows them: a quoted cell with line breaks is one row."""
    try:
        return _parse(text, separator, most, strict=True)
    except csv.Error:
        return _parse_unquoted(text, separator, most)


def _parse(text: str, separator: str, most: int, *, strict: bool) -> tuple[Row, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    numbered: list[tuple[int, list[str]]] = []
    for number, record in enumerate(reader, start=1):
        if any(cell.strip() for cell in record):
            numbered.append((number, record))
        if len(numbered) >= most:
            break
    return build_rows(numbered)


def _parse_unquoted(text: str, separator: str, most: int) -> tuple[Row, ...]:
    """For text whose quotation marks do not pair: each line is a row and quotes are plain text."""
    lines = ((number, line.split(separator)) for number, line in enumerate(text.splitlines(), start=1))
    numbered = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    return build_rows(numbered[:most])
