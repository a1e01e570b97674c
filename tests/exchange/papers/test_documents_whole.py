"""What a strict reader of DOCX stumbles over: order of elements, missing parts, cells without text."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from fake_printer import FakePrinter
from made_up_meeting import made_up_meeting, with_agenda

from huifeng_desktop.exchange.papers.office_papers import OfficePapers

ORDER = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "w:rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "w:tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "w:tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "w:tblCellMar": "top left bottom right",
    "w:sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
}
"""The children of each element in the order of ECMA-376, Part 1; WPS repairs a file that has another."""

Parts = dict[str, BaseOxmlElement]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[set[str], Parts]]:
    """By paper: the names of all parts of the file, and those that are XML."""
    folder = tmp_path_factory.mktemp("documents")
    session, clock = made_up_meeting(folder / "data")
    with_agenda(session, clock)
    found = {}
    for file in OfficePapers(FakePrinter()).export(session, folder / "out", "docx"):
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            assert archive.testzip() is None and len(names) == len(set(names))
            parts = {n: parse_xml(archive.read(n)) for n in names if n.endswith((".xml", ".rels"))}
        found[file.stem.split("_")[-1]] = (set(names), parts)
    return found


def _all(documents: dict[str, tuple[set[str], Parts]], name: str) -> Iterator[BaseOxmlElement]:
    for _, parts in documents.values():
        for part, root in parts.items():
            if part.startswith("word/"):
                yield from root.iter(qn(name))


@pytest.mark.parametrize("name", ORDER)
def test_children_stand_in_the_order_of_the_standard_and_once(
    documents: dict[str, tuple[set[str], Parts]], name: str
) -> None:
    order = [qn(f"w:{child}") for child in ORDER[name].split()]
    elements = list(_all(documents, name))
    assert elements
    for element in elements:
        places = [order.index(child.tag) for child in element]
        assert places == sorted(places)
        repeated = {place for place in places if places.count(place) > 1}
        assert not repeated or name == "w:sectPr", "页眉页脚引用可以有几个"


def test_every_part_that_is_referred_to_is_there_and_has_a_type(
    documents: dict[str, tuple[set[str], Parts]],
) -> None:
    for names, parts in documents.values():
        for part in (one for one in parts if one.endswith(".rels")):
            folder = posixpath.dirname(posixpath.dirname(part))
            for relation in parts[part]:
                assert relation.get("TargetMode") != "External", "不引用外面的东西"
                target = relation.get("Target").lstrip("/")
                at_root = relation.get("Target").startswith("/")
                assert posixpath.normpath(target if at_root else posixpath.join(folder, target)) in names
        types = parts["[Content_Types].xml"]
        known = {one.get("PartName") or one.get("Extension") for one in types}
        for name in names - {"[Content_Types].xml"}:
            assert f"/{name}" in known or name.rpartition(".")[2] in known


def test_every_cell_ends_with_a_paragraph_and_every_drawing_has_its_own_number(
    documents: dict[str, tuple[set[str], Parts]],
) -> None:
    assert all(cell[-1].tag == qn("w:p") for cell in _all(documents, "w:tc"))
    for _, parts in documents.values():
        numbers = [one.get("id") for one in parts["word/document.xml"].iter(qn("wp:docPr"))]
        assert len(numbers) == len(set(numbers))
