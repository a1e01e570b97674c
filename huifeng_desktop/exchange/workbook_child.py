"""Reads a workbook from stdin and writes its cells to stdout; run by path, imports nothing of ours.

The spreadsheet library is native code. A damaged file can make it ask for hundreds of gigabytes and
abort, which no `except` catches; in a process of its own that costs one sentence, not the meeting.
"""

from __future__ import annotations

import io
import pickle
import sys
from typing import Any

MEMORY_LIMIT = 2 << 30
MAX_SHEETS = 40


def read_workbook(data: bytes, max_rows: int) -> dict[str, Any]:
    """`{"sheets": [{"name", "rows", "merges", "too_long"}]}` or `{"error": "password"|"damaged"}`."""
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
        return {"sheets": sheets}
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
    return {"name": sheet.name, "rows": rows, "merges": merges, "too_long": too_long}


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
