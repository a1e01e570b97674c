"""What the window says about papers that were printed and have changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from huifeng_desktop.wording import clock_time, day

if TYPE_CHECKING:
    from huifeng_desktop.service.printed.choices import PaperPart
    from huifeng_desktop.service.printed.reprints import Due

PAPER_WORDS = {
    "sign_sheet": "签到表",
    "signed_sheet": "签到表（已签）",
    "slip": "到会情况",
    "details": "签到明细",
    "statistics": "出席情况统计表",
    "speaking": "发言用时表",
    "circular": "通报（草稿）",
    "proposals": "拟处理建议",
    "agenda": "会议议程",
    "staff_agenda": "会议议程（会务用）",
    "leave_form": "请假单",
    "minutes": "纪要参会名单",
    "script": "主持稿参考",
    "cards": "席卡",
    "badges": "证件",
    "seat_plan": "座位图",
    "charts": "会议图表",
}
_FEW = 2


def count_of(dues: Sequence[Due]) -> int:
    """Pages and cards to print again; where something is only to be thrown away, that counts too."""
    return sum(len(due.again) or len(due.void) for due in dues)


def paper_words(paper: str) -> str:
    """What a paper is called; its own name where it has no other."""
    return PAPER_WORDS.get(paper, paper)


def due_words(due: Due) -> str:
    """席卡：重印 2 张，王垚（县水利局）、…；作废 1 张，…."""
    if [part.key for part in due.again] == [""]:
        return f"{paper_words(due.paper)}：全份"
    said = []
    if due.again:
        said.append(_parts(due.again, "重印"))
    if due.void:
        said.append(_parts(due.void, "作废"))
    return f"{paper_words(due.paper)}：{'；'.join(said)}"


def _parts(parts: Sequence[PaperPart], verb: str) -> str:
    pages = [part.key for part in parts if part.label == f"第 {part.key} 页"]
    if len(pages) == len(parts):
        return f"{verb}第 {_runs([int(page) for page in pages])} 页"
    named = "、".join(part.label for part in parts[:_FEW])
    more = "等" if len(parts) > _FEW else ""
    return f"{verb} {len(parts)} 张，{named}{more}"


def _runs(numbers: Sequence[int]) -> str:
    """3、5—8."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def summary(dues: Sequence[Due]) -> str:
    """One line: 印过的材料有 3 处变动：签到表第 3 页，席卡 2 张."""
    return f"印过的材料有 {count_of(dues)} 处要重印：" + "；".join(_short(due) for due in dues)


def _short(due: Due) -> str:
    name = paper_words(due.paper)
    if [part.key for part in due.again] == [""]:
        return name
    if not due.again:
        return f"{name}作废 {len(due.void)} 张"
    if all(part.label == f"第 {part.key} 页" for part in due.again):
        return f"{name}第 {_runs([int(part.key) for part in due.again])} 页"
    return f"{name} {len(due.again)} 张"


def printed_words(at: datetime) -> str:
    """3 月 12 日 09:10 已印."""
    local = at.astimezone()
    return f"{day(local)} {clock_time(local)} 已导出"


def people(warning: str) -> list[str]:
    """The persons whom a sentence about lacking characters names, each with unit and characters."""
    named = warning.partition("：")[2].rstrip("。")
    return named.replace("”、", "”\n").split("\n")
