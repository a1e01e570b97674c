"""Reading a roster: who is invited, unit by unit, in the file's own order (the house order)."""

from __future__ import annotations

import re
import unicodedata

from huifeng_desktop.domain.imported import FileKind, ProblemCode, Reading, RosterRow, RowProblem, Severity
from huifeng_desktop.domain.people import Category, is_vacant_name
from huifeng_desktop.domain.second_factor import is_second_factor
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.cells import CellProblem, parse_category, parse_phone
from huifeng_desktop.exchange.columns import (
    CATEGORY,
    NAME,
    NOTE,
    PHONE,
    PIN,
    PLACE,
    POST,
    UNIT,
    Header,
    require_header,
)
from huifeng_desktop.exchange.lines import Line, about_table, gathered, lines_below
from huifeng_desktop.exchange.names import clean_unit, read_name
from huifeng_desktop.exchange.roster_checks import Entry, check_roster
from huifeng_desktop.exchange.table import Table

DEFAULT_CAP = 2
"""每处室参会不超过2人 (政协文风会风材料)."""

_NUMBERED_HEADING = re.compile(r"^(?:第?[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）])\s*")
_NOTE_LIKE = re.compile(r"[。；;：:！!]|^.{21,}$", re.DOTALL)


def read_roster(table: Table, *, cap: int | None = DEFAULT_CAP) -> Reading[RosterRow]:
    """The roster rows of a table; `cap` is the most expected persons of one unit before a warning.

    Raises `FileProblem` if there is no 姓名 column or if no row holds a name.
    """
    header = require_header(table, FileKind.ROSTER)
    with_units = _with_units(lines_below(table, header, FileKind.ROSTER))
    lines = [line for line, _ in with_units]
    _refuse_without_names(table, lines)
    entries = [Entry(line, _read_row(line, unit)) for line, unit in with_units]
    check_roster([entry for entry in entries if not entry.line.refused], cap)
    return Reading(
        rows=[entry.row for entry in entries if not entry.line.refused],
        problems=about_table(table, header) + _without_units(header, with_units) + gathered(lines),
        row_count=len(lines),
        columns=header.columns,
        source=table.described,
    )


def _refuse_without_names(table: Table, lines: list[Line]) -> None:
    if any(line.text(NAME) and not is_vacant_name(line.text(NAME)) for line in lines):
        return
    where = f"“{table.described}”的“姓名”一栏"
    if any(line.is_unknown(NAME) for line in lines):
        raise FileProblem(f"{where}是没有算出结果的公式；请用 WPS 打开、保存一次后再试。")
    raise FileProblem(f"{where}没有一个姓名；请检查是否存错了文件。")


def _without_units(header: Header, found: list[tuple[Line, str]]) -> list[RowProblem]:
    """One warning for a list whose units stand with the posts, as under 单位及职务."""
    title = header.texts[header.places[POST]] if POST in header.places else ""
    if UNIT in header.places or "单位" not in title or any(unit for _, unit in found):
        return []
    text = f"“{title}”只作职务读入，没有单位就不能按单位统计；请在原表分出“单位”一栏再导入"
    return [RowProblem(header.row, UNIT, "", ProblemCode.MISSING, text, Severity.WARNING)]


def _with_units(lines: list[Line]) -> list[tuple[Line, str]]:
    """The data rows with their unit: a blank one takes the unit, or the section title, above it."""
    carried = ""
    found: list[tuple[Line, str]] = []
    for index, line in enumerate(lines):
        following = lines[index + 1 :]
        heading = _heading(line, following)
        if heading is not None:
            carried = heading or carried
        elif line.own_columns:
            carried = clean_unit(line.text(UNIT)) or ("" if line.is_unknown(UNIT) else carried)
            found.append((line, carried))
    return found


def _heading(line: Line, following: list[Line]) -> str | None:
    """The unit or section that a row of one cell announces, "" for a note; None for a data row."""
    text = line.lone_text
    if not text or text.isdigit() or is_vacant_name(text):
        return None
    if not line.is_heading and (line.text(NAME) or line.text(POST)):
        return None
    if line.is_heading or _NUMBERED_HEADING.match(text):
        return "" if _NOTE_LIKE.search(text) else clean_unit(_NUMBERED_HEADING.sub("", text))
    if _NOTE_LIKE.search(text):
        return ""
    if following and not following[0].text(UNIT) and following[0].text(NAME):
        return clean_unit(text)
    return None if line.own_columns else ""


def _read_row(line: Line, unit: str) -> RosterRow:
    name, category = _person(line)
    if line.has_column(UNIT) and not unit and not line.is_unknown(UNIT):
        line.doubt(UNIT, ProblemCode.MISSING, "没有单位，请补")
    return RosterRow(
        row=line.number,
        unit=unit,
        name=name,
        post=line.text(POST),
        category=category,
        phone=_phone(line),
        place=line.text(PLACE),
        note=line.text(NOTE),
        pin=_pin(line),
    )


def _person(line: Line) -> tuple[str, Category]:
    """Name and category; a vacant seat has no name."""
    category = line.attempt(CATEGORY, parse_category, Category.MEMBER)
    said_vacant = is_vacant_name(line.text(NAME))
    if not said_vacant and line.text(NAME):
        if category is Category.VACANT:
            line.refuse(CATEGORY, ProblemCode.CONFLICT, "有姓名又写空缺，请改其中一处")
        return read_name(line, NAME), category
    if line.is_unknown(NAME):
        line.refuse(NAME, ProblemCode.MISSING, "缺姓名，请补或删去此行")
        return "", category
    if said_vacant or line.own(POST) or category is Category.VACANT:
        line.doubt(NAME, ProblemCode.VACANT, "空缺，不计应到")
        return "", Category.VACANT
    line.refuse(NAME, ProblemCode.MISSING, "缺姓名，请补或删去此行")
    return "", category


def _pin(line: Line) -> str:
    """口令: four to eight digits, whatever their width; one that is none is not shown anywhere."""
    pin = unicodedata.normalize("NFKC", line.text(PIN)).replace(" ", "")
    if pin and not is_second_factor(pin):
        line.doubt(
            PIN,
            ProblemCode.UNREADABLE,
            "口令应为 4 到 8 位数字，没有读入；开头有 0 的请设为文本",
            "（未显示）",
        )
        return ""
    return pin


def _phone(line: Line) -> str:
    """The digits; what is no number is kept as written, an identity number never."""
    text = line.text(PHONE)
    if not text:
        return ""
    try:
        phone = parse_phone(text)
    except CellProblem as problem:
        is_private = problem.code is ProblemCode.CONFLICT
        line.doubt(PHONE, problem.code, str(problem), "（未显示）" if is_private else text)
        return text if problem.code is ProblemCode.UNREADABLE else ""
    if phone.endswith("000000"):
        line.doubt(PHONE, ProblemCode.LOST_CHARACTER, "末尾一串 0，像丢了数字，请核对")
    return phone
