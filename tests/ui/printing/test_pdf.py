"""Pages drawn by Qt: a PDF that another program reads, and fonts that are asked what they hold."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
import unicodedata
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from huifeng_desktop.service.printed.marks import Align, Box, Face, Line, Modules, Page, Text
from huifeng_desktop.ui.printing import faces
from huifeng_desktop.ui.printing.pdf import QtPdfPrinter

CODE = Modules(10, 60, 20, ((True, False, True), (False, True, False), (True, True, True)))
A5 = Page(210, 148, (Text(10, 10, 190, 20, "到会情况：王磊", 24, Face.TITLE), Box(5, 5, 200, 138), CODE))
A4 = Page(
    210,
    297,
    (
        Text(10, 10, 30, 8, "阿布都热依木·阿布都克里木", 14),
        Text(10, 30, 40, 12, "国网××省电力有限公司禾川县供电公司" * 3, 12, align=Align.LEFT, wraps=True),
        Text(10, 100, 100, 50, "席卡", 90, turned=True),
        Line(0, 150, 210, 150, dashed=True),
        Text(10, 200, 100, 10, "", 12),
    ),
)


@pytest.fixture
def printer(qtbot: QtBot) -> QtPdfPrinter:
    return QtPdfPrinter()


def test_a_pdf_has_every_page_at_its_size(printer: QtPdfPrinter) -> None:
    content = printer.pdf([A5, A4, A4], "全县重点工作推进会")
    assert content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert [(round(float(x)), round(float(y))) for x, y in boxes] == [(595, 420), (595, 842), (595, 842)]
    assert b"/FontFile" in content


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_another_program_reads_the_words(printer: QtPdfPrinter, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(printer.pdf([A5, A4], "会"))
    content = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout
    # Noto draws 木 and the radical of that shape with one glyph.
    text = unicodedata.normalize("NFKC", content.decode())
    assert "到会情况:王磊" in text and "阿布都热依木·阿布都克里木" in text and "供电公司" in text


def test_pages_can_be_drawn_in_another_thread(printer: QtPdfPrinter) -> None:
    made: list[bytes] = []
    worker = threading.Thread(target=lambda: made.append(printer.pdf([A5, A4], "会")))
    worker.start()
    worker.join(30)
    assert made and len(made[0]) == pytest.approx(len(printer.pdf([A5, A4], "会")), rel=0.05)


def test_no_pages_are_no_paper(printer: QtPdfPrinter) -> None:
    assert printer.pdf([], "空") == b""


def test_fonts_that_are_not_here_are_judged_by_their_standard(printer: QtPdfPrinter) -> None:
    assert printer.lacking("赵镕赟喆堃珺翀昇", "仿宋_GB2312") == frozenset("镕赟喆堃珺翀昇")
    assert "仿宋" in faces.installed() or printer.lacking("镕䶮𬱖", "仿宋") == frozenset("䶮𬱖")
    assert printer.lacking("王　磊", "仿宋_GB2312") == frozenset()


def test_a_font_that_is_here_is_asked(printer: QtPdfPrinter) -> None:
    family = faces.family_of(Face.BODY)
    if family not in faces.installed():
        pytest.skip("no Chinese font is installed")
    assert printer.lacking("王磊", family) == frozenset()
    assert printer.lacking("\U000f0000", family) == frozenset("\U000f0000")
    assert printer.undrawable("王磊") == frozenset()
