"""The text of a .pdf, as far as it has one: scans and fonts without a character map have none."""

from __future__ import annotations

import io
import re
import unicodedata

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.script_problems import MAX_CHARACTERS, damaged, password_problem
from huifeng_desktop.service.ports import Script

MAX_PAGES = 200

_DASHES = r"[\s—–\-－·]*"
_OF = r"(?:\s*[/／,，共]+\s*\d{1,3}\s*页?)?"
_PAGE_NUMBER = re.compile(rf"{_DASHES}(?:第\s*)?\d{{1,3}}(?:\s*页)?{_OF}{_DASHES}")


def read_pdf(data: bytes, name: str) -> Script:
    """What the pages say, page numbers left out. Raises `FileProblem`."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise password_problem(name)
        if len(reader.pages) > MAX_PAGES:
            raise FileProblem(f"“{name}”超过 {MAX_PAGES} 页，不像一篇讲话稿；请核对文件。")
        text = _text_of(reader)
    except FileProblem:
        raise
    except DependencyError as problem:  # a cipher that only an extra library could undo
        raise password_problem(name) from problem
    except Exception as problem:  # a broken file can break the library anywhere
        raise damaged(name) from problem
    if _is_unreadable(text):
        raise FileProblem(f"“{name}”是扫描件或取不出文字的 PDF；请用 .docx 原稿，或复制全文后粘贴。")
    return Script(name, text, is_approximate=True)


def _text_of(reader: PdfReader) -> str:
    """The pages one after the other, no further than anybody would read them."""
    pages: list[str] = []
    for page in reader.pages:
        pages.append(_page_text(page))
        if sum(map(len, pages)) > MAX_CHARACTERS:
            break
    return "\n".join(pages)


def _page_text(page: PageObject) -> str:
    lines = [line for line in page.extract_text().splitlines() if line.strip()]
    for place in (-1, 0):
        if lines and _PAGE_NUMBER.fullmatch(lines[place]):
            del lines[place]
    return "\n".join(lines)


def _is_unreadable(text: str) -> bool:
    """Whether there is no text, or a good part of it stands for no character."""
    shown = [char for char in text if not char.isspace()]
    lost = sum(char == "\ufffd" or unicodedata.category(char) in ("Cc", "Co") for char in shown)
    return not shown or lost * 5 > len(shown)
