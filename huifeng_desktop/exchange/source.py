"""From a path or the clipboard to a `Table`: what a file is, is decided by its content.

Every way in which a file can be wrong ends in one `FileProblem` that names the file.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

from huifeng_desktop.domain.imported import FileKind
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.columns import header_score
from huifeng_desktop.exchange.delimited import decode, split_table, whole_characters
from huifeng_desktop.exchange.html_table import read_html_rows
from huifeng_desktop.exchange.table import Row, Table, build_rows
from huifeng_desktop.exchange.workbook import hidden_columns, password_problem, read_sheets, with_marks

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 20_000
CLIPBOARD = "粘贴的表格"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XLS_BEGINS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS = 0x2F
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER_KINDS = (
    (b"%PDF", " PDF 文件"),
    (b"{\\rtf", " RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"SQLite format 3", "数据库文件"),
    (b"MIME-Version", "网页存档"),
)
_HTML = re.compile(r"<(!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)


def read_table(path: str | Path, kind: FileKind | None = None) -> Table:
    """The table in a file; of several sheets the first with a header that fits `kind` (any, if None).

    Raises `FileProblem` for everything that keeps the file from being read.
    """
    path = Path(path)
    data = _read_bytes(path)
    if data.startswith(_OLE):
        _refuse_other_ole(data, path.name)
    if data.startswith(_OLE) or data.startswith(_ZIP):
        return _from_workbook(data, path.name, kind)
    for magic, what in _OTHER_KINDS:
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(magic):
            raise _not_a_table(path.name, what)
    return _from_text(data, path.name, kind)


def table_from_text(text: str, kind: FileKind | None = None) -> Table:
    """The table that was copied in WPS or Excel: tabs between cells, quotes around line breaks."""
    rows = _split(whole_characters(text), kind)
    if not rows:
        raise FileProblem("剪贴板里没有表格；请在 WPS 或 Excel 中选中连同表头的一块，复制后再粘贴。")
    _limit(len(rows) > MAX_ROWS, CLIPBOARD)
    return Table(rows, CLIPBOARD)


def _read_bytes(path: Path) -> bytes:
    name = path.name
    try:
        if path.is_dir():
            raise FileProblem(f"“{name}”是一个文件夹；请选择其中的 .xlsx、.xls 或 .csv 文件。")
        if not path.is_file():
            raise FileProblem(f"找不到文件“{name}”；请检查它是否已移走、改名，或优盘已拔出。")
        if path.stat().st_size > MAX_BYTES:
            raise FileProblem(f"“{name}”超过 {MAX_BYTES >> 20} MB；请删去其中的图片和无关工作表后再试。")
        data = path.read_bytes()
    except PermissionError as problem:
        reason = "没有读取权限，或正被别的程序占用"
        raise FileProblem(f"打不开“{name}”：{reason}；请关闭它或换个位置再试。") from problem
    except (OSError, ValueError) as problem:
        raise FileProblem(f"读不出“{name}”：磁盘或优盘出错；请把文件复制到本机后再试。") from problem
    if name.startswith("~$"):
        raise FileProblem(f"“{name}”是 WPS 或 Excel 打开文件时的临时文件；请选择名称不带“~$”的那个。")
    if not data.strip(b"\x00 \t\r\n"):
        raise FileProblem(f"“{name}”是空文件；请重新导出或换一个文件。")
    return data


def _refuse_other_ole(data: bytes, name: str) -> None:
    """Old Office containers say in their directory what they hold."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or _is_locked_xls(data):
        raise password_problem(name)
    if holds("WordDocument") and not holds("Workbook"):
        raise _not_a_table(name, "文字文档（.doc 或 .wps）")
    if holds("PowerPoint Document"):
        raise _not_a_table(name, "演示文稿")


def _is_locked_xls(data: bytes) -> bool:
    """Whether a FILEPASS record is among the first of the workbook stream ([MS-XLS] 2.4.117)."""
    place = data.find(_XLS_BEGINS)
    for _ in range(3):
        if place < 0:
            return False
        record, length = struct.unpack_from("<HH", data.ljust(place + 4, b"\0"), place)
        if record == _FILEPASS:
            return True
        place += 4 + length
    return False


def _not_a_table(name: str, what: str) -> FileProblem:
    return FileProblem(f"“{name}”是{what}，不是表格；请把其中的表格复制到 WPS 表格，另存为 .xlsx 后再试。")


def _limit(too_long: bool, name: str) -> None:
    if too_long:
        raise FileProblem(f"“{name}”超过 {MAX_ROWS} 行；请只保留这次会议需要的行后再试。")


def _from_workbook(data: bytes, name: str, kind: FileKind | None) -> Table:
    if data.startswith(_ZIP):
        for part, what in ((b"word/document", "文字文档（.docx）"), (b"ppt/presentation", "演示文稿")):
            if part in data and b"xl/workbook" not in data:
                raise _not_a_table(name, what)
    sheets = [
        (str(sheet["name"]), with_marks(build_rows(sheet["rows"], sheet["merges"]), sheet), sheet)
        for sheet in read_sheets(data, name, MAX_ROWS)
    ]
    filled = [sheet for sheet in sheets if sheet[1]]
    if not filled:
        _refuse_unreckoned(any(sheet["marks"].get("unknown") for *_, sheet in sheets), name)
        raise FileProblem(f"“{name}”里没有内容；请检查是否存错了文件。")
    fitting = [sheet for sheet in filled if header_score(sheet[1], kind) >= 100]
    title, rows, sheet = (fitting or filled)[0]
    _limit(bool(sheet["too_long"]), name)
    unread = tuple(other for other, *_ in fitting[1:])
    return Table(rows, name, title if len(sheets) > 1 else "", unread, hidden_columns(sheet))


def _refuse_unreckoned(is_unreckoned: bool, name: str) -> None:
    if is_unreckoned:
        raise FileProblem(f"“{name}”里全是没有算出结果的公式；请用 WPS 打开、保存一次后再试。")


def _from_text(data: bytes, name: str, kind: FileKind | None) -> Table:
    text = decode(data)
    if text is None:
        raise FileProblem(f"“{name}”不是能读的表格；请用 WPS 或 Excel 打开，另存为 .xlsx 后再试。")
    beginning = text[:4000]
    if "urn:schemas-microsoft-com:office:spreadsheet" in beginning and beginning.lstrip().startswith("<?xml"):
        raise FileProblem(f"“{name}”是 XML 格式的表格，这里读不了；请用 WPS 打开，另存为 .xlsx 后再试。")
    rows = read_html_rows(text) if _HTML.search(beginning) else _split(text, kind)
    if not rows:
        raise FileProblem(f"“{name}”里没有表格内容；请检查是否存错了文件。")
    _limit(len(rows) > MAX_ROWS, name)
    return Table(rows, name)


def _split(text: str, kind: FileKind | None) -> tuple[Row, ...]:
    return split_table(text, lambda rows: header_score(rows, kind), MAX_ROWS)
