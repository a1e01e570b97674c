"""Names of persons in cells: what is put right silently, what is told, what only a person can mend."""

from __future__ import annotations

import re
import unicodedata

from huifeng_desktop.domain.imported import ProblemCode
from huifeng_desktop.domain.people import MIDDLE_DOT, normalise_name
from huifeng_desktop.exchange.lines import Line

LONGEST_NAME = 25

_LOST = re.compile("[?？�□〓*＊\ue000-\uf8ff]")
_REMARK = re.compile(r"[(（]\s*([男女]|[男女]?[,，、]?\s*[一-鿿]{1,6}族)\s*[)）]\s*$")
_SEVERAL = re.compile(r"[、,，;；/\n]")
_WEST = re.compile(r"[A-Za-z]")


def read_name(line: Line, column: str) -> str:
    """The stored form of a name; "" for a blank cell. Doubts are noted on the line."""
    raw = line.raw(column)
    if not raw.strip():
        return ""
    spoken = _REMARK.sub("", raw)
    if spoken != raw:
        line.doubt(column, ProblemCode.NORMALISED, f"姓名后的“{raw[len(spoken) :].strip()}”未读入")
    name = normalise_name(spoken)
    if is_lost(raw):
        line.refuse(column, ProblemCode.LOST_CHARACTER, "姓名缺字，请补")
    elif _holds_several(spoken):
        line.refuse(column, ProblemCode.UNREADABLE, "一格里像有几个姓名，请每人一行")
    elif not name:
        line.refuse(column, ProblemCode.MISSING, "缺姓名，请补")
    else:
        _doubt_form(line, column, spoken, name)
    return name


def is_lost(text: str) -> bool:
    """Whether a character of the name did not survive an encoding or a font."""
    return bool(_LOST.search(text))


def clean_unit(text: str) -> str:
    """A unit without the spaces that line breaks and alignment put between ideographs."""
    return re.sub(r"(?<![\x21-\x7e])\s+|\s+(?![\x21-\x7e])", "", text).strip()


def _holds_several(raw: str) -> bool:
    parts = [re.sub(r"\s", "", part) for part in _SEVERAL.split(raw.strip())]
    return sum(len(part) >= 2 for part in parts) >= 2 and not _WEST.search(raw)


def _doubt_form(line: Line, column: str, raw: str, name: str) -> None:
    compact = re.sub(r"\s+", "", unicodedata.normalize("NFC", raw))
    if MIDDLE_DOT in name and compact.count(MIDDLE_DOT) != name.count(MIDDLE_DOT):
        line.doubt(column, ProblemCode.NORMALISED, "间隔号已统一")
    if any(char.isdigit() for char in name):
        line.doubt(column, ProblemCode.UNREADABLE, "姓名含数字，请核对")
    if any(char in name for char in "()[]【】"):
        line.doubt(column, ProblemCode.UNREADABLE, "姓名含括号，请核对")
    if len(name) > LONGEST_NAME:
        line.doubt(column, ProblemCode.OUT_OF_RANGE, f"姓名超过 {LONGEST_NAME} 字，请核对")
