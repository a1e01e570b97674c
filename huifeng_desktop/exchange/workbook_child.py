"""Reads a workbook from stdin and writes its cells to stdout; run by path, imports nothing of ours.

The spreadsheet library is native code. A damaged file can make it ask for hundreds of gigabytes and
abort, which no `except` catches; in a process of its own that costs one sentence, not the meeting.
"""

from __future__ import annotations

import io
import pickle
import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

MEMORY_LIMIT = 2 << 30
MAX_SHEETS = 40

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(.*?)</(?:\w+:)?c>", re.DOTALL)
_ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\st=["']e["'][^>]*)>""")
_PLACE = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
_NUMBER = re.compile(rb"""\s(r|min|max)=["'](\d{1,7})["']""")


def read_workbook(data: bytes, max_rows: int) -> dict[str, Any]:
    """`{"sheets": [{"name", "rows", "merges", "too_long", "marks"}]}` or `{"error": "password"|"damaged"}`.

    `marks` is what the cells do not show, as `marks_of` says; {} for the old format.
    """
    import python_calamine as calamine

    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            visible = calamine.SheetVisibleEnum.Visible
            shown = [meta for meta in book.sheets_metadata if meta.visible == visible]
            sheets = [
                _read_sheet(book.get_sheet_by_name(meta.name), max_rows)
                for meta in (shown or book.sheets_metadata)[:MAX_SHEETS]
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]
        marks = dict(_marks_by_sheet(data))
        return {"sheets": [sheet | {"marks": marks.get(sheet["name"], {})} for sheet in sheets]}
    except calamine.PasswordError:
        return {"error": "password"}
    except (calamine.CalamineError, MemoryError):
        return {"error": "damaged"}
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":
            raise
        return {"error": "damaged"}


def _read_sheet(sheet: Any, max_rows: int) -> dict[str, Any]:
    """Non-blank rows with their numbers; the library drops blank columns on the left, merges do not."""
    rows: list[tuple[int, list[Any]]] = []
    too_long = False
    offset = sheet.start[1] if sheet.start else 0
    if sheet.start is not None:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if all(cell == "" for cell in cells):
                continue
            if len(rows) >= max_rows:
                too_long = True
                break
            rows.append((number, cells))
    merges = [
        ((top, left - offset), (bottom, right - offset))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        if left >= offset
    ]
    return {"name": sheet.name, "rows": rows, "merges": merges, "too_long": too_long, "offset": offset}


def _marks_by_sheet(data: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """The marks of each sheet of an .xlsx; nothing where the container is another or an odd one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
            targets = {part.get("Id"): part.get("Target", "") for part in parts}
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            for sheet in book.iterfind("{*}sheets/{*}sheet"):
                path = posixpath.join("/xl", targets.get(sheet.get(_RELATION), ""))
                yield sheet.get("name", ""), marks_of(archive.read(posixpath.normpath(path).lstrip("/")))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError, NotImplementedError, EOFError):
        return


def marks_of(xml: bytes) -> dict[str, Any]:
    """`hidden_rows` by number, `hidden_columns` from 0, and `unknown`: (row number, column) of the cells
    whose formula was never reckoned or ended in an error, which the library shows as blank."""
    unknown = [_PLACE.search(cell[1]) for cell in _FORMULA.finditer(xml) if _is_unreckoned(cell)]
    unknown += [_PLACE.search(cell[1]) for cell in _ERROR.finditer(xml)]
    rows = [_numbers(tag[0]) for tag in _ROW.finditer(xml) if _HIDDEN.search(tag[0])]
    columns = [_numbers(tag[0]) for tag in _COLUMN.finditer(xml) if _HIDDEN.search(tag[0])]
    return {
        "hidden_rows": [row["r"] for row in rows if "r" in row],
        "hidden_columns": [(one["min"] - 1, one["max"] - 1) for one in columns if {"min", "max"} <= set(one)],
        "unknown": [(int(place[2]), _column_number(place[1])) for place in unknown if place],
    }


def _is_unreckoned(cell: re.Match[bytes]) -> bool:
    """A formula without a value; one whose result is the empty text (t="str") is reckoned."""
    return not re.search(rb"<(?:\w+:)?v>[^<]", cell[2]) and not re.search(rb"""\st=["']str["']""", cell[1])


def _numbers(tag: bytes) -> dict[str, int]:
    return {name.decode(): int(value) for name, value in _NUMBER.findall(tag)}


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def main() -> None:
    """stdin: the workbook's bytes; first argument: the most rows of a sheet; stdout: a pickle."""
    _limit_memory()
    outcome = read_workbook(sys.stdin.buffer.read(), int(sys.argv[1]))
    sys.stdout.buffer.write(pickle.dumps(outcome))


if __name__ == "__main__":
    main()
