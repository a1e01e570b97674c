"""Exporting 1 000 seats against a bare XlsxWriter that writes the same cells."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from huifeng_desktop.exchange.papers.details import details
from huifeng_desktop.exchange.papers.paper import Paper
from huifeng_desktop.exchange.papers.workbook import workbook_bytes

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "exchange" / "papers"))

from made_up_meeting import large_meeting

_RUNS = 5


def _bare(paper: Paper) -> bytes:
    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    sheet = workbook.add_worksheet()
    for number, row in enumerate(paper.rows):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, place, cell)
            else:
                sheet.write_string(number, place, cell)
    workbook.close()
    return buffer.getvalue()


def _median_s(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


@pytest.mark.bench
def test_a_thousand_seats_take_little_longer_than_bare_cells(tmp_path: Path) -> None:
    session, _ = large_meeting(tmp_path / "data", 1000)
    paper = details(session)
    bare_s = _median_s(lambda: _bare(paper))
    whole_s = _median_s(lambda: workbook_bytes(details(session)))
    print(f"export 1000 seats: {whole_s * 1000:.0f} ms, bare {bare_s * 1000:.0f} ms, {whole_s / bare_s:.2f}×")
    assert whole_s <= 4 * bare_s
