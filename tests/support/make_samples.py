"""Writes the office's files of the sample meeting into resources/samples/hechuan.

    python tests/support/make_samples.py [--out DIR]

The same run always writes the same files: people come from hechuan_people.txt, the special cases
from the tables below, all other arrival times from a seeded generator. It knows nothing of
huifeng_desktop, so that the files are what an office sends, not what our readers like best.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
SAMPLE_DIR = HERE.parent.parent / "resources" / "samples" / "hechuan"
MEETING = "全县重点工作推进会"
SEED = 20260312
SEATS_IN_A_ROW = 14
UNMERGED = ("镇", "乡", "街道")
"""Endings of units whose names are blank below the first row instead of merged."""

Cell = str | int | None
Key = tuple[str, str]


@dataclass(frozen=True)
class Person:
    """One line of the roster."""

    unit: str
    name: str
    post: str
    category: str
    remark: str

    @property
    def key(self) -> Key:
        return (self.unit, self.name)

    @property
    def is_vacant(self) -> bool:
        return self.name in ("", "空缺")


# -- who does what -----------------------------------------------------------------------------------

TWO_POSTS = ("县直机关工委", "刘海波")
"""The second post of 刘海波; he signs once, at 县委办公室."""

LEAVE: dict[Key, tuple[str, str, str, str, str]] = {
    # person: reason, approval, approved by, deputy, deputy's post
    ("县领导", "严学军"): ("因公（赴市参加会议）", "已批", "沈国栋", "", ""),
    ("县科协", "田家和"): ("因病", "已批", "苏敏", "", ""),
    ("县公安局", "熊志勇"): ("因公（赴市参加会议）", "已批", "邵建华", "关小东", "党委委员、政治处主任"),
    ("县自然资源局", "史文杰"): ("因公（外出培训）", "已批", "邵建华", "", ""),
    ("县卫生健康局", "尹国华"): ("因公（陪同上级调研）", "已批", "才仁卓玛", "周喆", "副局长"),
    ("县统计局", "何平"): ("因公", "口头", "韩立民", "", ""),
    ("县气象局", "倪海洋"): ("因公（赴省参加会议）", "已批", "邵建华", "", ""),
    ("县烟草专卖局", "鲁志强"): ("因公", "已批", "邵建华", "蒋玉兰", "副局长"),
    ("东坪镇", "涂美玲"): ("其他", "已批", "韩立民", "", ""),
    ("白杨镇", "闻国强"): ("因公（外出招商）", "已批", "韩立民", "饶新民", "党委委员、组织委员"),
}
LEAVE_CANCELLED: Key = ("县自然资源局", "史文杰")

SUBSTITUTES: dict[Key, tuple[str, str, str]] = {
    # invited person: who came, the post, 代会批准 as the door wrote it down
    ("县公安局", "熊志勇"): ("关小东", "党委委员、政治处主任", "是"),
    ("县卫生健康局", "尹国华"): ("周喆", "副局长", "是"),
    ("县烟草专卖局", "鲁志强"): ("蒋玉兰", "副局长", ""),
    ("白杨镇", "闻国强"): ("饶新民", "党委委员、组织委员", ""),
    ("县林业局", "陆川"): ("陈昇", "股长", ""),
    ("县综合行政执法局（县城市管理局）", "常振华"): ("宋小雨", "办公室主任", "否"),
}
ABSENT: tuple[Key, ...] = (
    ("柳渡镇", "吴堃"),
    ("县文联", "王翀"),
    ("县城市建设投资集团有限公司", "艾明辉"),
    ("县地方志编纂中心", "鞠雅文"),
)
"""Nobody came and nobody asked; the last one is 列席."""

ARRIVALS: dict[Key, str] = {
    ("县审计局", "欧阳建"): "14:41:00",
    ("竹溪乡", "阿布都热依木·阿布都克里木"): "14:39:00",
    ("石梁镇", "骆宏伟"): "14:35:00",
    ("县妇联", "郑珺"): "14:33:00",
    ("县市场监督管理局", "高峰"): "14:31:10",
    ("县林业局", "陆川"): "14:41:00",
    ("县综合行政执法局（县城市管理局）", "常振华"): "14:27:05",
    ("县商务局", "黄敏"): "14:20:00",
    ("县水利局", "王磊"): "14:29:00",
    ("柳渡镇", "李伟"): "14:29:05",
    ("县卫生健康局", "尹国华"): "14:28:00",
    ("石梁镇", "万俟晓"): "14:28:10",
    ("县政协办公室", "区少芬"): "14:22:10",
    ("县农业农村局", "段玉珍"): "下午2:24",
    ("县自然资源局", "史文杰"): "2026-03-12 14:25:10",
}
PASSAGES: dict[Key, tuple[str, str]] = {
    # exit, return; the first two left early, 石坚 within the tolerance of five minutes
    ("县红十字会", "查良平"): ("14:58:00", ""),
    ("国网××省电力有限公司禾川县供电公司", "耿大勇"): ("15:31:00", ""),
    ("县人武部", "石坚"): ("15:51:30", ""),
    ("县应急管理局", "钱江涛"): ("14:46:20", "14:53:05"),
    ("县法院", "方志诚"): ("14:48:10", "14:59:40"),
    ("县政府办公室", "冯志宏"): ("15:02:30", "15:09:15"),
    ("县农村信用合作联社", "祝国良"): ("15:20:00", "15:33:25"),
}
RECORD_REMARKS: dict[Key, str] = {
    ("县农业农村局", "段玉珍"): "纸质签到补录",
    ("县自然资源局", "史文杰"): "已请假，本人到会",
    ("县林业局", "陆川"): "自称代局长参加，无代会批准，待核实",
    ("县综合行政执法局（县城市管理局）", "常振华"): "未经批准",
}
NOT_SEEN: dict[Key, str] = {
    ("县商务局", "黄敏"): "",
    ("县红十字会", "查良平"): "14:58已登记离场",
    ("县政府办公室", "冯志宏"): "15:02已登记离场",
}
AGENDA: tuple[tuple[str, str, str, str, Cell], ...] = (
    ("主持", "主持人开场并通报到会情况", "韩立民", "", "3:00"),
    ("汇报", "发展改革工作", "邹永昌", "县发展和改革局", "6:00"),
    ("汇报", "民政工作", "顾海棠", "县民政局", "5分钟"),
    ("汇报", "司法行政工作", "单志远", "县司法局", "5分钟"),
    ("汇报", "民族宗教工作", "买买提·艾则孜", "县民族宗教事务局", "4分钟"),
    ("多媒体汇报", "财政工作", "赵镕", "县财政局", "6:00"),
    ("汇报", "人社工作", "曾庆华", "县人力资源和社会保障局", "五分钟"),
    ("汇报", "审计工作", "欧阳建", "县审计局", "4分00秒"),
    ("汇报", "统计工作", "汤敏芝", "县统计局", 3),
    ("汇报", "信访工作", "薛桂香", "县信访局", "４：００"),
    ("汇报", "档案工作", "秦𬱖", "县档案馆", "3:00"),
    ("讲话", "县领导讲话", "沈国栋", "", "30分钟"),
    ("主持", "主持人小结", "韩立民", "", "7:00"),
)


# -- people ------------------------------------------------------------------------------------------


def read_people(source: Path = HERE / "hechuan_people.txt") -> list[Person]:
    """Everybody of hechuan_people.txt in its order."""
    people: list[Person] = []
    unit = category = ""
    for line in filter(None, source.read_text(encoding="utf-8").splitlines()):
        if line.startswith("["):
            unit, _, category = line.strip("[]").partition(" | ")
        elif not line.startswith("#"):
            who, _, remark = line.partition(" # ")
            name, post = who.split(" ", 1)
            people.append(Person(unit, name.strip("－"), post, category or "出席", remark))
    return people


def written_name(name: str) -> str:
    """As typists write it: two characters set out, and whatever dot the keyboard gave."""
    if name == "空缺":
        return name
    if len(name) == 2:
        return f"{name[0]} {name[1]}" if name in ("李想", "扎西") else f"{name[0]}　{name[1]}"
    return name.replace("·", "•" if name.startswith("阿") else "・")


def phone_of(number: int, person: Person) -> Cell:
    """A number that cannot be anybody's; leaders and every ninth give none, townships' are numeric."""
    if person.is_vacant or person.category == "县领导" or number % 9 == 0:
        return None
    digits = f"{(138, 139, 136, 137)[number % 4]}0000{number:04d}"
    return int(digits) if person.unit.endswith(UNMERGED) else digits


def places_of(people: Iterable[Person]) -> dict[Key, str]:
    """Seats: leaders in the first row, the others behind them; staff and vacant posts have none."""
    places: dict[Key, str] = {}
    seated = [p for p in people if not p.is_vacant and p.category != "工作人员" and p.key != TWO_POSTS]
    leaders = [p for p in seated if p.category == "县领导"]
    for number, person in enumerate(leaders):
        places[person.key] = f"1排{number + 1}号"
    for number, person in enumerate(p for p in seated if p.category != "县领导"):
        places[person.key] = f"{number // SEATS_IN_A_ROW + 2}排{number % SEATS_IN_A_ROW + 1}号"
    return places


# -- workbooks ---------------------------------------------------------------------------------------


def new_sheet(
    titles: Sequence[str], header: Sequence[str], widths: Sequence[int]
) -> tuple[Workbook, Worksheet]:
    """A workbook whose sheet begins with merged title rows and a header."""
    book = Workbook()
    sheet = book.active
    for number, title in enumerate(titles, start=1):
        sheet.append([title])
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(header))
        heads = number == 1
        sheet.cell(number, 1).alignment = Alignment(horizontal="center" if heads else "left", wrap_text=True)
        sheet.cell(number, 1).font = Font(name="宋体", size=18 if heads else 11, bold=heads)
    sheet.append(list(header))
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(len(titles) + 1, column).font = Font(name="宋体", size=11, bold=True)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"1:{len(titles) + 1}"
    return book, sheet


def merge_units(sheet: Worksheet, column: int, first_row: int) -> None:
    """Merge equal neighbours of the unit column; townships' repeats are left blank instead."""
    units = [sheet.cell(row, column).value for row in range(first_row, sheet.max_row + 1)]
    top = first_row
    for unit, group in groupby(units):
        bottom = top + len(list(group)) - 1
        for below in range(top + 1, bottom + 1):
            sheet.cell(below, column).value = None
        if bottom > top and not unit.endswith(UNMERGED):
            sheet.merge_cells(start_row=top, end_row=bottom, start_column=column, end_column=column)
        top = bottom + 1


def finish(book: Workbook, path: Path, header_row: int) -> None:
    """Rule the table and save without the time of saving, so that equal content is equal bytes."""
    line = Side(style="thin")
    for row in book.active.iter_rows(min_row=header_row):
        for cell in row:
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.alignment = Alignment(vertical="center")
    buffer = io.BytesIO()
    book.save(buffer)
    stamp = datetime(2026, 3, 10, 9, 0)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-03-10T01:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, stamp.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)


def write_roster(people: Sequence[Person], path: Path) -> None:
    """参会名单: unit cells merged, columns in the office's own order."""
    titles = (
        f"{MEETING}参会名单",
        "时间：2026年3月12日（星期四）14:30　地点：县行政中心三楼会议室　请各单位于会前15分钟签到入场",
    )
    header = ("序号", "单　位", "职　务", "姓　名", "身份", "座位号", "联系电话", "备  注")
    book, sheet = new_sheet(titles, header, (6, 38, 30, 30, 10, 10, 15, 32))
    places = places_of(people)
    phones = {p.key: phone_of(number, p) for number, p in enumerate(people, start=1)}
    phones[TWO_POSTS] = phones[("县委办公室", "刘海波")]
    for number, person in enumerate(people, start=1):
        category = None if person.unit.endswith(UNMERGED) else person.category
        name = written_name(person.name) or None
        place, phone = places.get(person.key), phones[person.key]
        sheet.append([number, person.unit, person.post, name, category, place, phone, person.remark or None])
    merge_units(sheet, 2, 4)
    finish(book, path, 3)


def write_agenda(path: Path) -> None:
    """会议议程: limits in the many ways in which people write them."""
    titles = (f"{MEETING}议程", "2026年3月12日（星期四）14:30—15:55　主持人：县委副书记、县长韩立民")
    header = ("序号", "类型", "议　题", "发言人", "发言单位", "时长", "备注")
    book, sheet = new_sheet(titles, header, (6, 12, 34, 20, 30, 10, 16))
    for number, (kind, title, speaker, unit, limit) in enumerate(AGENDA, start=1):
        note = "播放演示文稿" if kind == "多媒体汇报" else None
        sheet.append([number, kind, title, speaker, unit or None, limit, note])
    finish(book, path, 3)


def write_leave(people: Sequence[Person], path: Path) -> None:
    """请假情况: who asked, who approved, who comes instead."""
    titles = (f"{MEETING}请假情况", "截至2026年3月12日14:00　登记人：林静")
    approval = ("请假事由", "审批情况", "批准人", "代会人", "代会人职务")
    header = ("序号", "单位", "姓名", "职务", *approval, "备注")
    book, sheet = new_sheet(titles, header, (6, 24, 12, 26, 24, 10, 10, 10, 24, 20))
    asked = [person for person in people if person.key in LEAVE]
    for number, person in enumerate(asked, start=1):
        reason, word, by, deputy, post = LEAVE[person.key]
        note = "3月12日11:20电话报告" if word == "口头" else None
        who = (number, person.unit, written_name(person.name), person.post)
        sheet.append([*who, reason, word, by, deputy or None, post or None, note])
    finish(book, path, 3)


def write_headcount(people: Sequence[Person], path: Path) -> None:
    """会中清点 at 15:05: everybody who is invited or 列席, and whether the seat is filled."""
    titles = (f"{MEETING}会中清点表", "清点时间：2026年3月12日15:05　清点人：林静、郭晓燕")
    header = ("序号", "单位", "姓名", "职务", "在场", "备注")
    book, sheet = new_sheet(titles, header, (6, 38, 30, 30, 8, 22))
    listed = [p for p in people if not p.is_vacant and p.category != "工作人员"]
    for number, person in enumerate(listed, start=1):
        missing = not comes(person) or person.key in NOT_SEEN
        who = (number, person.unit, person.name, person.post)
        sheet.append([*who, "否" if missing else "是", headcount_remark(person)])
    finish(book, path, 3)


def headcount_remark(person: Person) -> str | None:
    """What the counter noted beside the tick."""
    if person.key in SUBSTITUTES:
        return f"{SUBSTITUTES[person.key][0]}代"
    if person.key == TWO_POSTS:
        return "在县委办公室席"
    if person.key in LEAVE and not comes(person):
        return "请假"
    return NOT_SEEN.get(person.key) or None


# -- the door ----------------------------------------------------------------------------------------


def comes(person: Person) -> bool:
    """Whether the person, or somebody instead, is at the meeting."""
    away = person.key in ABSENT or (person.key in LEAVE and person.key != LEAVE_CANCELLED)
    return not person.is_vacant and (person.key in SUBSTITUTES or not away)


def arrival_of(person: Person, dice: random.Random) -> str:
    """A time of day: staff long before, leaders just before, seven in ten in the last ten minutes."""
    if person.key in ARRIVALS:
        return ARRIVALS[person.key]
    if person.category == "工作人员":
        first, last = 13 * 3600 + 40 * 60, 13 * 3600 + 55 * 60
    elif person.category == "县领导":
        first, last = 14 * 3600 + 24 * 60, 14 * 3600 + 29 * 60
    elif dice.random() < 0.77:
        first, last = 14 * 3600 + 20 * 60, 14 * 3600 + 29 * 60 + 30
    else:
        first, last = 13 * 3600 + 58 * 60, 14 * 3600 + 20 * 60
    second = dice.randrange(first, last)
    return f"{second // 3600}:{second // 60 % 60:02d}:{second % 60:02d}"


def write_records(people: Sequence[Person], path: Path) -> None:
    """签到记录: what the door wrote down, in order of arrival, in the encoding of old office programs."""
    dice = random.Random(SEED)
    methods = ("扫码", "扫码", "手机", "手机", "手工")
    rows = []
    for person in people:
        if not comes(person) or person.key == TWO_POSTS:
            continue
        arrived, method = arrival_of(person, dice), methods[dice.randrange(len(methods))]
        deputy = SUBSTITUTES.get(person.key, ("", "", ""))
        passage = PASSAGES.get(person.key, ("", ""))
        how = "手工" if person.key in SUBSTITUTES or person.key in RECORD_REMARKS else method
        remark = RECORD_REMARKS.get(person.key, "")
        rows.append([arrived, person.unit, person.name, *deputy, *passage, how, remark])
    rows.sort(key=lambda row: row[0].removeprefix("2026-03-12 ").replace("下午2", "14"))
    deputy_columns = ("代会人", "代会人职务", "代会批准")
    header = ("签到时间", "单位", "姓名", *deputy_columns, "离场时间", "返回时间", "签到方式", "备注")
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([[f"{MEETING}签到记录"], header, *rows])


def make_samples(folder: Path) -> None:
    """Write all five files."""
    folder.mkdir(parents=True, exist_ok=True)
    people = read_people()
    write_roster(people, folder / "参会名单.xlsx")
    write_agenda(folder / "会议议程.xlsx")
    write_leave(people, folder / "请假情况.xlsx")
    write_records(people, folder / "签到记录.csv")
    write_headcount(people, folder / "会中清点.xlsx")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=SAMPLE_DIR, help="folder to write into")
    make_samples(parser.parse_args().out)
