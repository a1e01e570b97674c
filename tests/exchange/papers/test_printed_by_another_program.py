"""The workbooks as another program prints them: its pages are the pages that 变更清单 names."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from made_up_meeting import large_meeting
from pypdf import PdfReader

from huifeng_desktop.exchange.papers.card_document import card_document
from huifeng_desktop.exchange.papers.details import details
from huifeng_desktop.exchange.papers.setting.layout import laid_out
from huifeng_desktop.exchange.papers.setting.workbook import workbook_bytes
from huifeng_desktop.exchange.papers.sign_sheet import sign_sheet
from huifeng_desktop.exchange.papers.sign_sheet_workbook import sign_sheet_workbook
from huifeng_desktop.exchange.papers.slip_document import slip_document
from huifeng_desktop.exchange.papers.statistics import statistics
from huifeng_desktop.service.printed.choices import PaperOptions, Split
from huifeng_desktop.service.session import MeetingSession

CARD_NAME = "欧阳建"
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
    texts = _through(folder, [*(f"{name}.xlsx" for name in wanted), *_letters(folder, session)])
    return {name: (wanted.get(name, []), texts[name]) for name in texts}


def _letters(folder: Path, session: MeetingSession) -> list[str]:
    """DOCX papers of one page each."""
    seats = [replace(session.state.seats[0], name=CARD_NAME)]
    (folder / "card.docx").write_bytes(card_document(seats, "席卡", session.now().wall))
    (folder / "slip.docx").write_bytes(slip_document(session, PaperOptions()))
    return ["card.docx", "slip.docx"]


def _through(folder: Path, names: list[str]) -> dict[str, list[str]]:
    """The text of every page as the other program prints them, by the name of the file without its ending."""
    assert OFFICE is not None
    command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    files = [str(folder / name) for name in names]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(folder), *files],
        check=True,
        capture_output=True,
        timeout=300,
    )
    stems = [Path(name).stem for name in names]
    return {stem: [page.extract_text() for page in PdfReader(folder / f"{stem}.pdf").pages] for stem in stems}


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
    for wanted, pages in printed.values():
        assert all("序号" in page and "单位" in page for page in pages if wanted)


def test_the_signature_line_stands_with_rows(
    printed: dict[str, tuple[list[list[int]], list[str]]],
) -> None:
    wanted, pages = printed["statistics"]
    assert "记录人" in pages[-1] and "合计" in pages[-1] and len(wanted[-1]) >= 3
    assert not any("记录人" in page for page in pages[:-1])


def test_the_far_face_of_a_card_is_lettering_that_was_turned_and_no_text(
    printed: dict[str, tuple[list[list[int]], list[str]]],
) -> None:
    """Lettering is drawn, so only the near face can be read; a frame would be text, and upright."""
    (card,) = printed["card"][1]
    assert card.count(CARD_NAME) == 1


def test_the_slip_is_one_page(printed: dict[str, tuple[list[list[int]], list[str]]]) -> None:
    (slip,) = printed["slip"][1]
    assert "到会情况" in slip and "会议时间" in slip
