"""Exporting 1 000 seats against a bare XlsxWriter that writes the same cells."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QTimer
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook

from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.exchange.papers.details import details
from huifeng_desktop.exchange.papers.setting.layout import Sheet, laid_out
from huifeng_desktop.exchange.papers.setting.paper import Paper
from huifeng_desktop.exchange.papers.setting.workbook import workbook_bytes
from huifeng_desktop.ui.after.page import AfterPage

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "exchange" / "papers"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "ui" / "after"))

from after_parts import at, make_parts
from made_up_meeting import large_meeting, large_people, seats_of

_RUNS = 9


def _bare(paper: Paper, sheet: Sheet) -> bytes:
    """The same cells, styles, widths, heights and joined lines, written as straight as can be."""
    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    worksheet = workbook.add_worksheet()
    style = workbook.add_format({"border": 1, "font_name": "仿宋", "font_size": 10.5, "text_wrap": True})
    for place, width in enumerate(sheet.widths):
        worksheet.set_column(place, place, width)
    for number, strip in enumerate((*sheet.head, *sheet.strips)):
        worksheet.set_row(number, strip.height)
        if len(strip.cells) == 1:
            worksheet.merge_range(number, 0, number, len(sheet.widths) - 1, strip.cells[0], style)
        else:
            for place, cell in enumerate(strip.cells):
                if isinstance(cell, int):
                    worksheet.write_number(number, place, cell, style)
                elif cell:
                    worksheet.write_string(number, place, cell, style)
                else:
                    worksheet.write_blank(number, place, None, style)
    workbook.close()
    return buffer.getvalue()


def _plain(paper: Paper) -> bytes:
    """The words and figures alone."""
    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    worksheet = workbook.add_worksheet()
    for number, row in enumerate(paper.rows):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                worksheet.write_number(number, place, cell)
            else:
                worksheet.write_string(number, place, cell)
    workbook.close()
    return buffer.getvalue()


def _medians_s(*works: Callable[[], object]) -> list[float]:
    """The median processor time of each, taken by turns; nothing here waits for anything else."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(_RUNS):
        for found, work in zip(times, works, strict=True):
            began = time.process_time()
            work()
            found.append(time.process_time() - began)
    return [statistics.median(found) for found in times]


@pytest.mark.bench
def test_a_thousand_seats_take_little_longer_than_bare_cells(tmp_path: Path) -> None:
    session, _ = large_meeting(tmp_path / "data", 1000)
    paper = details(session)
    sheet = laid_out(paper)
    whole_s, bare_s, plain_s = _medians_s(
        lambda: workbook_bytes(details(session)), lambda: _bare(paper, sheet), lambda: _plain(paper)
    )
    print(
        f"export 1000 seats: {whole_s * 1000:.0f} ms, {whole_s / bare_s:.2f}× the same cells as they are set "
        f"({bare_s * 1000:.0f} ms), {whole_s / plain_s:.2f}× their words alone ({plain_s * 1000:.0f} ms)"
    )
    assert whole_s <= 1.5 * bare_s


@pytest.mark.bench
def test_the_window_goes_on_while_all_papers_of_a_thousand_are_made(qtbot: QtBot, tmp_path: Path) -> None:
    parts = make_parts(tmp_path / "data")
    body = {"seats": [seat.to_json() for seat in seats_of(large_people(1000))], "source": "bench"}
    facts = [Fact(EventKind.ROSTER_LOADED, at("09:00"), body=body)]
    facts += [Fact(EventKind.SIGN_IN, at("14:20"), f"s{seq}", {"method": "badge"}) for seq in range(1, 951)]
    parts.session.state_facts(facts)
    page = AfterPage(parts.context, choose_folder=lambda: tmp_path / "out")
    page.exporting.ask_about = lambda options, go: go(options)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.watch.is_busy, timeout=60_000)
    gc.freeze()  # as the program does with what was loaded
    gaps, steps, clock, whole = [0], [], QElapsedTimer(), QElapsedTimer()
    page.exporting.export_all()
    assert page.exporting._job is not None
    page.exporting._job.progressed.connect(lambda done, of, name: steps.append(done))
    clock.start()
    whole.start()
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: gaps.append(clock.restart()))
    timer.start()
    qtbot.waitUntil(lambda: not page.exporting.is_busy, timeout=300_000)
    made_ms = whole.elapsed()
    qtbot.waitUntil(lambda: not page.watch.is_busy, timeout=60_000)
    gc.unfreeze()
    gaps.sort()
    print(
        f"all papers of 1000 seats: {made_ms / 1000:.1f} s in {len(steps)} steps; the window's longest "
        f"wait, the comparison afterwards included: {gaps[-1]} ms, p99 {gaps[len(gaps) * 99 // 100]} ms"
    )
    assert gaps[-1] < 400 and len(steps) > 20
