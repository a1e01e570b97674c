"""The text of a .docx as WPS counts it: the body, and apart from it text boxes, footnotes, endnotes.

Left out as there: headers, footers, comments, list numbers, deleted text, and pinyin above characters.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.script_problems import damaged, not_a_script
from huifeng_desktop.service.ports import Script

MAX_UNPACKED = 200 << 20

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = {
    *(_W + name for name in ("del", "moveFrom", "rt")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_MARKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "sym": "□"}
_NOTES = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)


def read_docx(data: bytes, name: str) -> Script:
    """What the document says. Raises `FileProblem`."""
    try:
        _refuse_other_packages(data, name)
        text, aside = _texts(OpcPackage.open(io.BytesIO(data)))
    except FileProblem:
        raise
    except Exception as problem:  # a broken file can break the library anywhere
        raise damaged(name) from problem
    return Script(name, text, aside)


def _refuse_other_packages(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
    folders = {part.filename.partition("/")[0] for part in parts}
    for sign, what in (("OFD.xml", " OFD 版式文件"), ("xl", "表格"), ("ppt", "演示文稿")):
        if sign in folders:
            raise not_a_script(name, what)
    if "word" not in folders:
        raise not_a_script(name, "压缩包")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise FileProblem(f"“{name}”里的图片或附件太大；请删去后再试，或复制全文后粘贴。")


def _texts(package: OpcPackage) -> tuple[str, str]:
    main = package.main_document_part
    body: list[str] = []
    aside: list[str] = []
    _collect(_tree(main), body, aside)
    for relation in main.rels.values():
        if relation.reltype in _NOTES and not relation.is_external:
            _collect(_tree(relation.target_part), aside, aside)
    return "".join(body).rstrip("\n"), "".join(aside).strip("\n")


def _tree(part: Part) -> Any:
    return parse_xml(part.blob)


def _collect(element: Any, sink: list[str], boxes: list[str]) -> None:
    """Append the texts inside `element` in order; those of text boxes go apart."""
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _W + "t":
            sink.append(child.text or "")
        elif child.tag in _MARKS:
            sink.append(_MARKS[child.tag])
        else:
            _collect(child, boxes if child.tag == _W + "txbxContent" else sink, boxes)
        if child.tag == _W + "p":
            sink.append("\n")
