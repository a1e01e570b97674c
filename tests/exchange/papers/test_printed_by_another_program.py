"""The workbooks as another program prints them: its pages are the pages that 变更清单 names."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise

import pytest
from made_up_meeting import large_meeting
from pypdf import PdfReader

from huifeng_desktop.exchange.papers.details import details
from huifeng_desktop.exchange.papers.setting.layout import laid_out
from huifeng_desktop.exchange.papers.setting.workbook import workbook_bytes
from huifeng_desktop.exchange.papers.sign_sheet import sign_sheet
from huifeng_desktop.exchange.papers.sign_sheet_workbook import sign_sheet_workbook
from huifeng_desktop.exchange.papers.statistics import statistics
from huifeng_desktop.service.printed.choices import Split

OFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[list[int]], list[str]]]:
    """By paper: the numbers (序号) that every page ought to begin with, and every page's text."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("printed")
    session, _ = large_meeting(folder / "data", 128)
    sheet = sign_sheet(session, session.state.seats, split=Split.DESK, desks=2)
    (folder / "sign.xlsx").write_bytes(sign_sheet_workbook(sheet))
    wanted = {"sign": [[int(row[0]) for row in page.rows if row[0]] for page in sheet.pages]}
    for name, paper in (("details", details(session)), ("statistics", statistics(session))):
        (folder / f"{name}.xlsx").write_bytes(workbook_bytes(paper))
        ends = (0, *laid_out(paper).ends, len(paper.rows))
        wanted[name] = [list(range(a + 1, b + 1)) for a, b in pairwise(ends) if a < b]
    command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    files = [str(folder / f"{name}.xlsx") for name in wanted]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(folder), *files],
        check=True,
        capture_output=True,
        timeout=300,
    )
    texts = {
        name: [page.extract_text() for page in PdfReader(folder / f"{name}.pdf").pages] for name in wanted
    }
    return {name: (wanted[name], texts[name]) for name in wanted}


@pytest.mark.parametrize("name", ["sign", "details", "statistics"])
def test_pages_begin_and_end_where_they_were_reckoned(
    printed: dict[str, tuple[list[list[int]], list[str]]], name: str
) -> None:
    wanted, pages = printed[name]
    assert len(pages) == len(wanted)
    for number, (rows, text) in enumerate(zip(wanted, pages, strict=True), 1):
        assert re.search(rf"第\s*{number}\s*页\s*共\s*{len(pages)}\s*页", text)
        said = [int(one) for one in re.findall(r"^\s*(\d{1,3})(?=\s)", text, re.MULTILINE)]
        assert {rows[0], rows[-1]} <= set(said) and "####" not in text


def test_every_page_repeats_the_head_of_the_table(
    printed: dict[str, tuple[list[list[int]], list[str]]],
) -> None:
    for _, pages in printed.values():
        assert all("序号" in page and "单位" in page for page in pages)


def test_the_signature_line_stands_with_rows(
    printed: dict[str, tuple[list[list[int]], list[str]]],
) -> None:
    wanted, pages = printed["statistics"]
    assert "记录人" in pages[-1] and "合计" in pages[-1] and len(wanted[-1]) >= 3
    assert not any("记录人" in page for page in pages[:-1])
