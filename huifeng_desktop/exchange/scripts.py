"""The text of a speech script: .docx, .txt, .pdf, or what was copied in WPS.

What a file is, is decided by its content. Every way in which it can be wrong ends in one
`FileProblem`. Nothing of a script is kept: it may be more private than the meeting itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.delimited import decode, whole_characters
from huifeng_desktop.exchange.script_problems import MAX_CHARACTERS, not_a_script, password_problem
from huifeng_desktop.service.ports import Script

MAX_BYTES = 50 << 20
CLIPBOARD = "粘贴的文稿"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    (b"{\\rtf", " RTF 文档"),
    (b"<!doctype html", "网页"),
    (b"<html", "网页"),
    (b"<?xml", " XML 文件"),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")

Reader = Callable[[bytes, str], Script]


class FileScripts:
    """Opens what the office has; see `service.ports.Scripts`."""

    def open_file(self, path: Path) -> Script:
        """Read a file, whatever it is called. Raises `FileProblem`."""
        data, name = _read_bytes(path), path.name
        return _checked(_reader(data, name)(data, name))

    def open_text(self, text: str) -> Script:
        """Take what was pasted. Raises `FileProblem` if that is nothing."""
        if not text.strip():
            raise FileProblem("剪贴板里没有文字；请在 WPS 里选中讲话稿全文，复制后再粘贴。")
        return _checked(Script(CLIPBOARD, _plain_lines(whole_characters(text))))


def _read_bytes(path: Path) -> bytes:
    name = path.name
    try:
        if not path.is_file():
            raise FileProblem(f"找不到文件“{name}”；请检查它是否已移走、改名，或优盘已拔出。")
        if path.stat().st_size > MAX_BYTES:
            raise FileProblem(f"“{name}”超过 {MAX_BYTES >> 20} MB；请删去图片后再试，或复制全文后粘贴。")
        data = path.read_bytes()
    except (OSError, ValueError) as problem:
        reason = "没有权限，或正被别的程序占用"
        raise FileProblem(f"读不出“{name}”：{reason}；请关闭它或换个位置再试。") from problem
    if name.startswith("~$"):
        raise FileProblem(f"“{name}”是 WPS 打开文件时的临时文件；请选择名称不带“~$”的那个。")
    if not data.strip(b"\x00 \t\r\n"):
        raise FileProblem(f"“{name}”是空文件；请换一个文件。")
    return data


def _reader(data: bytes, name: str) -> Reader:
    """Who can read this content; the libraries are loaded only when a file needs them."""
    if data.startswith(_OLE):
        raise _ole_problem(data, name)
    if data.startswith(b"PK\x03\x04"):
        from huifeng_desktop.exchange.script_docx import read_docx

        return read_docx
    if b"%PDF-" in data[:1024]:
        from huifeng_desktop.exchange.script_pdf import read_pdf

        return read_pdf
    if data.startswith(_PICTURES):
        raise FileProblem(f"“{name}”是图片，数不了字数；请用 .docx 原稿，或复制全文后粘贴。")
    return _read_txt


def _ole_problem(data: bytes, name: str) -> FileProblem:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return password_problem(name)
    if "WordDocument".encode("utf-16-le") in data:
        return FileProblem(f"“{name}”是旧格式文档（.doc 或 .wps）；请用 WPS 打开，另存为 .docx 后再试。")
    return not_a_script(name, "表格或演示文稿")


def _read_txt(data: bytes, name: str) -> Script:
    beginning = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for magic, what in _OTHER_KINDS:
        if beginning.startswith(magic):
            raise not_a_script(name, what)
    text = decode(data)
    if text is None:
        raise FileProblem(f"“{name}”不是能读的文稿；请用 WPS 打开，另存为 .docx 后再试。")
    return Script(name, _plain_lines(text))


def _plain_lines(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text)


def _checked(script: Script) -> Script:
    length = len(script.text) + len(script.aside)
    if not (script.text + script.aside).strip():
        raise FileProblem(f"“{script.name}”里没有文字；请核对文件，或复制全文后粘贴。")
    if length > MAX_CHARACTERS:
        most = f"{MAX_CHARACTERS // 10_000} 万个字符"
        raise FileProblem(f"“{script.name}”超过{most}，不像一篇讲话稿；请核对文件。")
    return script
