"""The columns that files may have, the words offices head them with, and where the header stands.

Column names are the user's words, because they also name the cell in a `RowProblem`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huifeng_desktop.domain.imported import FileKind
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.table import Row, Table, is_blank, text_of

SEQ, UNIT, NAME, POST, CATEGORY = "序号", "单位", "姓名", "职务", "身份"
PHONE, PLACE, NOTE, PIN = "电话", "座位", "备注", "口令"
TITLE, SPEAKER, KIND, DURATION, SLOT = "议题", "发言人", "类型", "时长", "起止时间"
REASON, APPROVAL, APPROVER = "事由", "审批", "批准人"
DEPUTY, DEPUTY_POST, DEPUTY_APPROVED = "代会人", "代会人职务", "代会批准"
SIGNED_IN, LEFT, RETURNED = "签到时间", "离场时间", "返回时间"
SEEN, TAKEN_AT = "在场", "清点时间"

HEADER_ROWS = 10

_WORDS: Mapping[str, str] = {
    SEQ: "序号 编号 序 号 no no. 排序 顺序",
    UNIT: "单位 部门 工作单位 参会单位 单位名称 所在单位 部门单位 单位部门 单位/部门 部门/单位 部门名称 "
    "汇报单位 发言单位 责任单位 科室 处室 参会单位名称",
    NAME: "姓名 参会人 参会人员 人员姓名 参会人姓名 参会人员姓名 参会者 名字 与会人员 与会人 "
    "出席人员 请假人 请假人姓名 请假人员 人员 参会领导",
    POST: "职务 职务职级 岗位 职位 职务/职级 单位及职务 单位职务 职务职称 行政职务 现任职务 职级",
    CATEGORY: "身份 参会身份 类别 人员类别 参会类别 身份类别 参会类型 参会性质 出席类别",
    PHONE: "电话 手机 联系电话 手机号码 手机号 联系方式 电话号码 移动电话",
    PLACE: "座位 座次 座位号 座号 席位 座位编号 排座",
    NOTE: "备注 说明 附注 备注说明",
    PIN: "口令 签到口令 pin pin码 签到密码",
    TITLE: "议题 议程 汇报内容 发言内容 事项 会议议题 会议议程 内容 议程内容 发言题目 题目 "
    "环节 议程事项 汇报议题 汇报事项",
    SPEAKER: "发言人 汇报人 主讲人 发言人员 汇报人员 发言人姓名 汇报人姓名 主讲 姓名 发言者 讲话人",
    KIND: "类型 发言类型 类别 发言类别 汇报类型 形式 发言形式 汇报形式",
    DURATION: "时长 限时 时间(分钟) 发言时间 时长(分钟) 限时(分钟) 汇报时间 汇报时长 发言时长 用时 计划用时 "
    "规定时间 时限 计划时长 计划时间 发言限时 分钟",
    SLOT: "起止时间 时间 时段 时间段 时间安排 起讫时间",
    REASON: "事由 请假事由 请假原因 原因 请假理由 理由 事由说明",
    APPROVAL: "审批 审批情况 审批状态 是否批准 审批结果 批准情况 批假情况 是否审批",
    APPROVER: "批准人 审批人 批准领导 审批领导 批假人",
    DEPUTY: "代会人 代会人员 替会人 代会人姓名 替会人员 替会人姓名 代会者 代参会人 代为参会人员 替代人员",
    DEPUTY_POST: "代会人职务 替会人职务 代会职务 代会人员职务 替会人员职务",
    DEPUTY_APPROVED: "代会批准 是否批准代会 代会是否批准 批准代会 代会审批 是否准予代会 准予代会",
    SIGNED_IN: "签到时间 签到 到会时间 报到时间 到场时间 入场时间 到达时间 签到时刻",
    LEFT: "离场时间 离会时间 离场 离会 退场时间 签退时间 签退 中途离场时间 离开时间",
    RETURNED: "返回时间 返回 返场时间 回场时间 回会时间 归会时间 返会时间",
    SEEN: "在场 是否在场 清点 是否在会 在会 清点结果 在场情况 清点情况",
    TAKEN_AT: "清点时间 点名时间 清点时刻",
}

_PERSON = (SEQ, UNIT, NAME)
_DEPUTY = (DEPUTY, DEPUTY_POST)
_TIMES = (SIGNED_IN, LEFT, RETURNED)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of file; of each group in `needed` at least one must be there."""

    columns: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]


LAYOUTS: Mapping[FileKind, Layout] = {
    FileKind.ROSTER: Layout((*_PERSON, POST, CATEGORY, PHONE, PLACE, NOTE, PIN), ((NAME,),)),
    FileKind.AGENDA: Layout((SEQ, TITLE, SPEAKER, UNIT, KIND, DURATION, SLOT), ((TITLE,),)),
    FileKind.LEAVE: Layout((*_PERSON, REASON, APPROVAL, APPROVER, *_DEPUTY), ((NAME,),)),
    FileKind.RECORDS: Layout((*_PERSON, *_TIMES, *_DEPUTY, DEPUTY_APPROVED, NOTE), ((NAME,), _TIMES)),
    FileKind.HEADCOUNT: Layout((*_PERSON, SEEN, TAKEN_AT), ((NAME,),)),
}


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and which field each column of the file holds."""

    row: int
    places: Mapping[str, int]
    texts: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields that were found, in the file's order."""
        return tuple(sorted(self.places, key=lambda column: self.places[column]))


_BRACKETS = re.compile(r"[(\[{【].*?[)\]}】]")


def header_key(text: str) -> str:
    """What spellings of one header share: width, case, spaces and trailing marks ignored."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
    return plain.strip("*:;。.、") or plain


_COLUMN_WORDS = {column: frozenset(map(header_key, words.split())) for column, words in _WORDS.items()}


def match_columns(row: Row, layout: Layout) -> list[tuple[int, str]]:
    """(place, column) for every cell that heads a column of this layout."""
    found = []
    for place, cell in enumerate(row.cells):
        column = _column_of(text_of(cell), layout) if isinstance(cell, str) else None
        if column:
            found.append((place, column))
    return found


def _column_of(text: str, layout: Layout) -> str | None:
    key = header_key(text)
    for candidate in (key, header_key(_BRACKETS.sub("", key))):
        for column in layout.columns:
            if candidate and candidate in _COLUMN_WORDS[column]:
                return column
    return None


def find_header(rows: Sequence[Row], kind: FileKind) -> Header | None:
    """The row among the first ten that heads the most columns and all that are needed."""
    layout = LAYOUTS[kind]
    best: Header | None = None
    for row in rows[:HEADER_ROWS]:
        places: dict[str, int] = {}
        for place, column in match_columns(row, layout):
            places.setdefault(column, place)
        complete = all(any(column in places for column in group) for group in layout.needed)
        if complete and (best is None or len(places) > len(best.places)):
            best = Header(row.number, places, tuple(text_of(cell) for cell in row.cells))
    return best


def header_score(rows: Sequence[Row], kind: FileKind | None = None) -> int:
    """How many known columns one of the first rows heads; a complete header counts far more."""
    kinds = (kind,) if kind else tuple(FileKind)
    scores = [len(match_columns(row, LAYOUTS[one])) for one in kinds for row in rows[:HEADER_ROWS]]
    complete = any(find_header(rows, one) for one in kinds)
    return max(scores, default=0) + (100 if complete else 0)


def require_header(table: Table, kind: FileKind) -> Header:
    """The header, or a `FileProblem` that says which columns were looked for and which were found."""
    header = find_header(table.rows, kind)
    if header is None:
        raise _missing_columns(table, kind)
    row = next(row for row in table.rows if row.number == header.row)
    if [column for _, column in match_columns(row, LAYOUTS[kind])].count(NAME) > 1:
        where = f"“{table.described}”第 {header.row} 行"
        raise FileProblem(f"{where}有两个“姓名”栏；请把并排的几组改成上下一组再导入。")
    return header


def _missing_columns(table: Table, kind: FileKind) -> FileProblem:
    layout = LAYOUTS[kind]
    looked = "、".join("“" + "”或“".join(group) + "”" for group in layout.needed)
    candidates = table.rows[:HEADER_ROWS]
    likely = max(candidates, key=lambda row: (len(match_columns(row, layout)), _filled(row)), default=None)
    texts = [text_of(cell)[:12] for cell in likely.cells if not is_blank(cell)][:8] if likely else []
    found = f"只见到“{'”“'.join(texts)}”" if texts else "前十行没有内容"
    where = f"“{table.described}”的前十行里"
    return FileProblem(f"{where}没有找到{looked}一栏，{found}；请检查表头，或换一个文件。")


def _filled(row: Row) -> int:
    return sum(not is_blank(cell) for cell in row.cells)
