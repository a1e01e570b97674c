"""Scripts as offices send them, and every way in which they can be wrong."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.parser import parse_xml
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.script_problems import MAX_CHARACTERS
from huifeng_desktop.exchange.scripts import MAX_BYTES, FileScripts
from huifeng_desktop.rules.script_length import measure
from huifeng_desktop.service.ports import Script

TEXT = "同志们：\n今天开会，讲3点意见。"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def _read(path: Path) -> Script:
    return FileScripts().open_file(path)


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _docx(path: Path, *extras: str) -> Path:
    """A document with a paragraph, a table, a page head, and XML put into the paragraph."""
    document = docx.Document()
    paragraph = document.add_paragraph("同志们：")
    document.add_table(1, 1).cell(0, 0).text = "今天开会，讲3点意见。"
    document.sections[0].header.paragraphs[0].text = "页眉不算"
    for extra in extras:
        paragraph._p.append(parse_xml(extra))
    document.save(str(path))
    return path


def _pdf(*pages: str, password: str | None = None) -> bytes:
    """Pages of Latin lines in a font that every reader knows; "" is a page without text."""
    writer = PdfWriter()
    for page in pages:
        _add_page(writer, page)
    if password is not None:
        writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    sink = io.BytesIO()
    writer.write(sink)
    return sink.getvalue()


def _add_page(writer: PdfWriter, text: str) -> None:
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    stream = DecodedStreamObject()
    shown = " ".join(f"({line}) Tj T*" for line in text.splitlines())
    stream.set_data(f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode())
    page = writer.add_blank_page(595, 842)
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(stream)


def _refusal(path: Path) -> str:
    with pytest.raises(FileProblem) as caught:
        _read(path)
    sentence = str(caught.value)
    assert path.name in sentence and "\n" not in sentence and sentence.endswith("。")
    return sentence


# -- what can be read --------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    path = _written(tmp_path / "讲话.txt", TEXT.replace("\n", "\r\n").encode(encoding))
    assert _read(path) == Script("讲话.txt", TEXT)


def test_a_document_gives_its_body_without_the_page_head(tmp_path: Path) -> None:
    script = _read(_docx(tmp_path / "讲话.docx"))
    assert script.text.split() == TEXT.split() and script.aside == ""
    assert not script.is_approximate


def test_a_text_box_is_kept_apart_and_counted_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent {_W}><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    run = f"<w:r {_W} {_MC}><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    script = _read(_docx(tmp_path / "讲话.docx", run))
    assert (script.text.split(), script.aside) == (TEXT.split(), "框内")


def test_deleted_text_and_pinyin_are_not_counted(tmp_path: Path) -> None:
    deleted = f"<w:del {_W}><w:r><w:delText>删去</w:delText></w:r></w:del>"
    ruby = (
        f"<w:r {_W}><w:ruby><w:rt><w:r><w:t>kǎn</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>㛃</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    script = _read(_docx(tmp_path / "讲话.docx", deleted, ruby))
    assert script.text.startswith("同志们：㛃\n")


def test_footnotes_are_kept_apart(tmp_path: Path) -> None:
    path = _with_footnote(_docx(tmp_path / "讲话.docx"), "注一")
    assert _read(path).aside == "注一"


def _with_footnote(path: Path, text: str) -> Path:
    """The package with a footnotes part, as WPS writes it."""
    note = f"<w:footnote w:id='1'><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    changes = {
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rIdN" Type="{kind}" Target="footnotes.xml"/></Relationships>',
        ),
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/word/footnotes.xml" ContentType="{content}"/></Types>',
        ),
    }
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            old, new = changes.get(name, ("", ""))
            package.writestr(name, data.decode().replace(old, new) if old else data)
        package.writestr("word/footnotes.xml", f"<w:footnotes {_W}>{note}</w:footnotes>")
    return path


def test_a_pdf_gives_its_lines_without_page_numbers(tmp_path: Path) -> None:
    path = _written(tmp_path / "speech.pdf", _pdf("Dear friends\n- 1 -", "2 / 2\n2026 is here"))
    script = _read(path)
    assert script.text.split() == ["Dear", "friends", "2026", "is", "here"]
    assert script.is_approximate


def test_a_pdf_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    path = _written(tmp_path / "speech.pdf", _pdf("Dear friends", password=""))
    assert PdfReader(path).is_encrypted and _read(path).text == "Dear friends"


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = _docx(tmp_path / "a.docx").rename(tmp_path / "讲话.txt")
    assert measure(_read(path).text).words == measure(TEXT).words


def test_pasted_text_is_taken_as_it_is() -> None:
    assert FileScripts().open_text("同志们：\r\n开会。").text == "同志们：\n开会。"
    assert FileScripts().open_text("王\ud800").text == "王\ufffd"


# -- what cannot -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.txt", b"", "空文件"),
        ("白.txt", "　\n　".encode(), "里没有文字"),
        ("老.doc", _OLE + "WordDocument".encode("utf-16-le"), "旧格式"),
        ("锁.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("表.xls", _OLE + "Workbook".encode("utf-16-le"), "表格"),
        ("图.pdf", b"\x89PNG\r\n\x1a\n\0\0", "图片"),
        ("网.txt", b"\xef\xbb\xbf<!DOCTYPE html><p>a", "网页"),
        ("富.rtf", b"{\\rtf1 a}", "RTF"),
        ("乱.txt", bytes(range(256)), "不是能读的文稿"),
        ("断.docx", b"PK\x03\x04 broken", "已损坏"),
        ("断.pdf", b"%PDF-1.7 broken", "已损坏"),
        ("锁.pdf", _pdf("a", password="secret"), "密码"),
        ("扫描.pdf", _pdf("", ""), "扫描件"),
        ("长.pdf", _pdf(*["a"] * 201), "200 页"),
        ("长.txt", b"a" * (MAX_CHARACTERS + 1), "20 万"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_counted_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    assert words in _refusal(_written(tmp_path / name, data))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("OFD.xml", "OFD"),
        ("xl/workbook.xml", "表格"),
        ("ppt/presentation.xml", "演示文稿"),
        ("a.txt", "压缩包"),
    ],
)
def test_another_package_is_named(tmp_path: Path, part: str, words: str) -> None:
    path = tmp_path / "讲话.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(part, "a")
    assert words in _refusal(path)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "讲话.docx"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    assert f"{MAX_BYTES >> 20} MB" in _refusal(path)


def test_a_package_that_unpacks_to_more_than_memory_is_refused(tmp_path: Path) -> None:
    path = _docx(tmp_path / "讲话.docx")
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("word/media/a.bmp", "w") as part,
    ):
        for _ in range(201):
            part.write(bytes(1 << 20))
    assert "太大" in _refusal(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "找不到" in _refusal(tmp_path / "没有.docx")
    assert "找不到" in _refusal(tmp_path)


def test_an_empty_clipboard_is_refused() -> None:
    with pytest.raises(FileProblem, match="剪贴板里没有文字"):
        FileScripts().open_text(" \n")
