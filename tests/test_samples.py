"""The sample meeting adds up to the figures that rehearsal and README promise.

Read with openpyxl and csv and judged by a few lines of plain Python, so that neither our readers nor
our rules can hide a wrong sample.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import time
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "samples" / "hechuan"
SCENARIO: dict[str, Any] = tomllib.loads((FOLDER / "scenario.toml").read_text(encoding="utf-8"))
START, END, LAST_EXIT = time(14, 30), time(15, 55), time(15, 50)

Row = dict[str, Any]
Key = tuple[str, str]


def plain_name(name: str) -> str:
    """A name without the typist's spaces and with one kind of dot."""
    return "".join(name.split()).replace("•", "·").replace("・", "·")


def sheet_rows(folder: Path, name: str) -> list[Row]:
    """The rows below the header of the third row, units carried down."""
    grid = list(load_workbook(folder / name).active.values)
    header = ["".join(str(cell).split()) for cell in grid[2]]
    rows = [dict(zip(header, values, strict=True)) for values in grid[3:]]
    for above, row in pairwise(rows):
        if "单位" in row:
            row["单位"] = row["单位"] or above["单位"]
    return rows


def record_rows(folder: Path) -> list[Row]:
    """The rows of the door's record."""
    lines = (folder / "签到记录.csv").read_text(encoding="gb18030").splitlines()
    return list(csv.DictReader(lines[1:]))


def key(row: Row) -> Key:
    return (row["单位"], plain_name(row["姓名"] or ""))


def time_of(text: str) -> time:
    """The time of day in 14:25:10, 下午2:24 and 2026-03-12 14:25:10."""
    clock = text.split()[-1].removeprefix("下午")
    hour, minute, second = map(int, f"{clock}:00".split(":")[:3])
    return time(hour + 12 * text.startswith("下午"), minute, second)


def seconds_of(limit: Any) -> int:
    """The length that a 时长 cell means; every form that the sample uses."""
    text = str(limit).replace("五", "5").replace("：", ":").replace("分钟", ":00").rstrip("秒")
    minutes, _, seconds = text.replace("分", ":").partition(":")
    return int(minutes) * 60 + int(seconds or 0)


ROSTER = sheet_rows(FOLDER, "参会名单.xlsx")
HOLDERS = [row for row in ROSTER if row["姓名"] not in (None, "空缺")]
EXPECTED = [row for row in HOLDERS if row["身份"] in ("县领导", "出席", None)]
LEAVE = {key(row): row for row in sheet_rows(FOLDER, "请假情况.xlsx")}
RECORDS = {key(row): row for row in record_rows(FOLDER)}
HEADCOUNT = {key(row): row["在场"] == "是" for row in sheet_rows(FOLDER, "会中清点.xlsx")}
AGENDA = sheet_rows(FOLDER, "会议议程.xlsx")
RULINGS = {(one["unit"], one["name"]): one for one in SCENARIO["rulings"]}


def record_of(seat: Key) -> Row | None:
    """The seat's record; 刘海波 signed once for both of his posts."""
    return RECORDS.get(("县委办公室", "刘海波") if seat[1] == "刘海波" else seat)


def disposition(seat: Key) -> str:
    """How a seat ends by the files alone, no ruling considered."""
    record, leave = record_of(seat), LEAVE.get(seat)
    if record is None:
        return "on_leave" if leave and leave["审批情况"] in ("已批", "口头") else "absent"
    if not record["代会人"]:
        return "in_person"
    named = leave is not None and leave["审批情况"] == "已批" and leave["代会人"] == record["代会人"]
    approved = record["代会批准"] == "是" or (record["代会批准"] == "" and named)
    return "approved_deputy" if approved else "unapproved_substitute"


ENDS = {key(row): disposition(key(row)) for row in EXPECTED}
LATE = {seat for seat, row in RECORDS.items() if time_of(row["签到时间"]) > START}
LEFT_EARLY = {
    seat
    for seat, row in RECORDS.items()
    if row["离场时间"] and not row["返回时间"] and time_of(row["离场时间"]) < LAST_EXIT
}
IN_PERSON = {seat for seat, end in ENDS.items() if end == "in_person"}


def percent(part: int, whole: int) -> str:
    return f"{int(Fraction(part * 1000, whole) + Fraction(1, 2)) / 10}%"


# -- the figures -------------------------------------------------------------------------------------


def test_the_five_dispositions_add_up_to_the_figures_of_the_meeting() -> None:
    assert len(EXPECTED) == len(ENDS) == 126
    assert Counter(ENDS.values()) == {
        "in_person": 112,
        "approved_deputy": 4,
        "unapproved_substitute": 2,
        "on_leave": 5,
        "absent": 3,
    }


def test_the_scenario_promises_what_the_files_give() -> None:
    ends = Counter(ENDS.values())
    present = ends["in_person"] + ends["approved_deputy"] + ends["unapproved_substitute"]
    late = len(LATE & IN_PERSON)
    observers = [key(row) for row in HOLDERS if row["身份"] == "列席"]
    figures = {
        "expected": len(EXPECTED),
        "present": present,
        **ends,
        "late": late,
        "left_early": len(LEFT_EARLY),
        "leave_all": ends["on_leave"] + ends["approved_deputy"],
        "observers": len(observers),
        "observers_present": sum(seat in RECORDS for seat in observers),
        "staff": sum(row["身份"] == "工作人员" for row in HOLDERS),
        "attendance_rate": percent(present, 126),
        "in_person_rate": percent(ends["in_person"], 126),
        "punctual_rate": percent(present - late, present),
        "counted": late + ends["unapproved_substitute"] + ends["absent"],
    }
    promised = SCENARIO["expected"]
    assert {name: promised[name] for name in figures} == figures
    assert (present, late, len(LEFT_EARLY)) == (118, 5, 2)
    assert (figures["attendance_rate"], figures["in_person_rate"]) == ("93.7%", "88.9%")


def test_whoever_counts_is_no_leader_and_counts_once() -> None:
    leaders = {key(row) for row in EXPECTED if row["身份"] == "县领导"}
    missed = {seat for seat, end in ENDS.items() if end in ("unapproved_substitute", "absent")}
    assert len(leaders) == 11
    assert len((LATE & IN_PERSON) | missed) == 10
    assert not leaders & (LATE | LEFT_EARLY | missed)
    assert LEFT_EARLY <= IN_PERSON - LATE


def test_speaking_times_add_up() -> None:
    planned = [seconds_of(row["时长"]) for row in AGENDA]
    spoken = [seconds_of(SCENARIO["speaking"][str(row["序号"])]) for row in AGENDA]
    reports = [place for place, row in enumerate(AGENDA) if row["类型"] in ("汇报", "多媒体汇报")]
    assert len(AGENDA) == 13 and len(reports) == 10
    assert sum(planned) == sum(spoken) == 85 * 60
    assert sum(planned[place] for place in reports) == 45 * 60
    assert sum(spoken[place] for place in reports) == 46 * 60 + 30
    over = [place + 1 for place in range(13) if spoken[place] - planned[place] > 10]
    assert over == SCENARIO["expected"]["over_limit"] == [2, 4, 6, 10, 12]


def test_seven_in_ten_arrive_in_the_last_ten_minutes() -> None:
    arrivals = [time_of(row["签到时间"]) for row in RECORDS.values()]
    rush = sum(time(14, 20) <= at <= START for at in arrivals)
    assert 0.68 <= rush / len(arrivals) <= 0.75


# -- the cases ---------------------------------------------------------------------------------------


def test_late_comers_are_the_known_five_and_a_substitute() -> None:
    assert {seat[1]: RECORDS[seat]["签到时间"] for seat in LATE} == {
        "欧阳建": "14:41:00",
        "阿布都热依木·阿布都克里木": "14:39:00",
        "骆宏伟": "14:35:00",
        "郑珺": "14:33:00",
        "高峰": "14:31:10",
        "陆川": "14:41:00",
    }
    assert RECORDS[("县林业局", "陆川")]["代会人"] == "陈昇"


def test_exactly_one_signed_and_was_gone_at_the_headcount() -> None:
    taken = SCENARIO["headcount"]["at"].time()

    def is_out(row: Row) -> bool:
        left, back = row["离场时间"], row["返回时间"]
        return bool(left) and time_of(left) <= taken and (not back or time_of(back) > taken)

    unseen = {seat for seat, seen in HEADCOUNT.items() if not seen and record_of(seat)}
    out = {seat for seat, row in RECORDS.items() if is_out(row)}
    assert unseen - out == {("县商务局", "黄敏")}
    assert out == {("县红十字会", "查良平"), ("县政府办公室", "冯志宏")}
    assert all(record_of(seat) for seat, seen in HEADCOUNT.items() if seen)
    assert HEADCOUNT.keys() >= ENDS.keys()


def test_the_headcount_sheet_states_its_time() -> None:
    title = load_workbook(FOLDER / "会中清点.xlsx").active["A2"].value
    assert "清点时间" in title and "15:05" in title


def test_the_rulings_change_no_figure_but_settle_every_doubt() -> None:
    doubtful = {seat for seat, one in RULINGS.items() if one["doubtful"]}
    assert doubtful == {("县林业局", "陆川"), ("县商务局", "黄敏"), ("县统计局", "何平")}
    for seat, ruling in RULINGS.items():
        decided = "in_person" if ruling["decision"] == "late" else ruling["decision"]
        assert decided == ENDS[seat]
        assert ruling["by"] == "林静"


def test_leave_is_as_many_cases_as_the_office_knows() -> None:
    assert len(LEAVE) == 10
    assert [seat for seat, row in LEAVE.items() if row["审批情况"] == "口头"] == [("县统计局", "何平")]
    assert ("县自然资源局", "史文杰") in IN_PERSON & LEAVE.keys()
    assert sum(row["代会人"] is not None for row in LEAVE.values()) == 4


# -- the people --------------------------------------------------------------------------------------


def test_only_the_wanted_names_occur_twice() -> None:
    substitutes = [row["代会人"] for row in RECORDS.values() if row["代会人"]]
    names = Counter([*(key(row)[1] for row in HOLDERS), *substitutes])
    assert {name: count for name, count in names.items() if count > 1} == {"李伟": 3, "刘海波": 2}


WANTED_NAMES = """
    欧阳建 上官文清 司马岚 万俟晓 买买提·艾则孜 扎西 才仁卓玛 巴特尔 赵镕 孙赟 吴堃 郑珺 王翀
    刘䶮 何㛃 田㐱 秦𬱖 陶𡋾 姚𠅤 王建国 王建囯 王建同 单志远 解春雷 仇玉琴 曾庆华 区少芬
    查良平 盖文斌 翟秀英 马俊 王磊 李想
"""


def test_every_kind_of_name_is_invited() -> None:
    assert set(WANTED_NAMES.split()) <= {key(row)[1] for row in EXPECTED}


def test_names_are_typed_as_people_type_them() -> None:
    typed = {row["姓名"] for row in HOLDERS}
    assert {"王　磊", "李 想", "买买提・艾则孜", "阿布都热依木•阿布都克里木"} <= typed


def test_no_unit_but_one_sends_more_than_two() -> None:
    sent = Counter(row["单位"] for row in EXPECTED if row["身份"] != "县领导")
    assert {unit: count for unit, count in sent.items() if count > 2} == {"县教育和体育局": 3}
    assert len(sent) == 78


def test_vacant_posts_are_listed_but_not_expected() -> None:
    vacant = [row for row in ROSTER if row["姓名"] in (None, "空缺")]
    assert [(row["单位"], row["职务"]) for row in vacant] == [("县档案馆", "馆长"), ("马鞍乡", "乡长")]


def test_phones_are_fictional_and_tell_two_posts_from_two_people() -> None:
    phones = Counter(str(row["联系电话"]) for row in ROSTER if row["联系电话"])
    assert all(phone[:2] == "13" and phone[3:7] == "0000" and len(phone) == 11 for phone in phones)
    shared = [phone for phone, count in phones.items() if count > 1]
    assert [[key(row) for row in ROSTER if str(row["联系电话"]) == phone] for phone in shared] == [
        [("县委办公室", "刘海波"), ("县直机关工委", "刘海波")]
    ]


def test_no_two_people_share_a_seat_in_the_hall() -> None:
    places = Counter(row["座位号"] for row in ROSTER if row["座位号"])
    assert set(places.values()) == {1} and places["3排7号"] == 1


def test_every_file_speaks_of_people_on_the_roster() -> None:
    known = {key(row) for row in HOLDERS}
    doubles = {(one["unit"], one["name"]) for one in SCENARIO["double_scans"]}
    assert known >= LEAVE.keys() | RECORDS.keys() | HEADCOUNT.keys() | RULINGS.keys() | doubles
    leaders = {row["姓名"] for row in EXPECTED if row["身份"] == "县领导"}
    for item in AGENDA:
        speaker = (item["发言单位"], item["发言人"])
        assert speaker in RECORDS if item["发言单位"] else item["发言人"] in leaders


# -- the files ---------------------------------------------------------------------------------------


def test_units_are_merged_or_blank_below_the_first_row() -> None:
    sheet = load_workbook(FOLDER / "参会名单.xlsx").active
    merged = [area for area in sheet.merged_cells.ranges if area.min_col == area.max_col == 2]
    blank = [row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 2).value is None]
    covered = {row for area in merged for row in range(area.min_row + 1, area.max_row + 1)}
    assert len(merged) > 20 and set(blank) > covered


def test_the_record_cannot_be_taken_for_utf_8() -> None:
    with pytest.raises(UnicodeDecodeError):
        (FOLDER / "签到记录.csv").read_bytes().decode("utf-8")


def content(folder: Path) -> Iterable[Any]:
    """Everything that the generated files say."""
    for path in sorted(folder.glob("*.xlsx")):
        yield path.name, [list(row) for row in load_workbook(path).active.values]
    yield (folder / "签到记录.csv").read_bytes()


def test_the_generator_makes_the_files_that_ship(tmp_path: Path) -> None:
    maker = ROOT / "tests" / "support" / "make_samples.py"
    subprocess.run([sys.executable, str(maker), "--out", str(tmp_path)], check=True)
    assert list(content(tmp_path)) == list(content(FOLDER))
