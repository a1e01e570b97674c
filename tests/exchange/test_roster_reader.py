"""Rosters: headers, names and every doubt that the preview shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_files import csv_text, marks, table, texts, write_xlsx

from huifeng_desktop.domain.imported import FileKind, ProblemCode, RosterRow, Severity
from huifeng_desktop.domain.people import Category
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.columns import find_header
from huifeng_desktop.exchange.roster import read_roster
from huifeng_desktop.exchange.source import read_table

HEAD = ["序号", "单位", "姓名", "职务", "身份", "电话", "座位", "备注"]
W, E = Severity.WARNING, Severity.ERROR


def one(name: str, **columns: str) -> RosterRow:
    """The row that a roster of one person gives."""
    (row,) = read_roster(table(["姓名", *columns], [name, *columns.values()])).rows
    return row


def test_a_roster_with_titles_merges_and_signatures(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "参会名单.xlsx",
        [
            ["全县重点工作推进会参会名单", "", "", "", "", "", "", ""],
            ["时间：2026年3月12日", "", "", "", "", "", "", ""],
            ["", "", "", "", "", "", "", ""],
            HEAD,
            [1, "县领导", "刘海波", "县委常委、县委办公室主任", "县领导", "", "", ""],
            [2, "县发展和\n改革局", "欧阳建", "党组书记、局长", "", 13800000016, "3排5座", ""],
            [3, "", "李 想", "副局长", "列席", "139-0000-2207", "", "代"],
            ["", "", "", "", "", "", "", ""],
            HEAD,
            [4, "县档案馆", "空缺", "馆长", "", "", "", ""],
            [5, "县科协", "", "主席", "", "", "", ""],
            ["合计", "", "5人", "", "", "", "", ""],
            ["填表人：张三", "", "", "", "审核人：李四", "", "", ""],
        ],
        ["A1:H1", "B6:B7"],
    )
    reading = read_roster(read_table(path))
    assert reading.rows == [
        RosterRow(5, "县领导", "刘海波", "县委常委、县委办公室主任", Category.LEADER),
        RosterRow(6, "县发展和改革局", "欧阳建", "党组书记、局长", Category.MEMBER, "13800000016", "3排5座"),
        RosterRow(7, "县发展和改革局", "李想", "副局长", Category.OBSERVER, "13900002207", "", "代"),
        RosterRow(10, "县档案馆", "", "馆长", Category.VACANT),
        RosterRow(11, "县科协", "", "主席", Category.VACANT),
    ]
    assert reading.row_count == 5
    assert marks(reading) == [(10, "姓名", ProblemCode.VACANT, W), (11, "姓名", ProblemCode.VACANT, W)]
    assert texts(reading, 10) == ["空缺，不计应到"]
    assert reading.columns == tuple(HEAD)


@pytest.mark.parametrize(
    "header",
    [
        ["参会单位", "姓 名", "职务职级", "联系电话", "座次"],
        ["部门", "参会人", "岗位", "手机号码", "座位号"],
        ["工作单位", "人员姓名", "职 务", "手机", "座位"],
        ["单位/部门", "姓名（必填）", "职务（职级）", "电 话", "座位 "],
        ["单位名称", " 姓\n名 ", "职务/职级", "联系方式", "席位"],
        ["單位", "姓名*", "职务：", "电话", "座位"],
    ],
)
def test_header_synonyms_in_any_order(header: list[str]) -> None:
    order = [2, 0, 4, 1, 3]
    values = ["县水利局", "王磊", "局长", "13800000016", "3-5"]
    reading = read_roster(table([header[i] for i in order], [values[i] for i in order]))
    unit = "" if header[0] == "單位" else "县水利局"
    assert reading.rows == [RosterRow(2, unit, "王磊", "局长", Category.MEMBER, "13800000016", "3-5")]


def test_a_header_in_the_tenth_row_is_found_and_no_later() -> None:
    title = ["县委办公室"]
    assert find_header(table(*[title] * 9, ["单位", "姓名"], ["a", "b"]).rows, FileKind.ROSTER) is not None
    with pytest.raises(FileProblem, match=r"名单\.xlsx.*“姓名”.*县委办公室"):
        read_roster(table(*[title] * 10, ["单位", "姓名"], ["a", "b"]))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["单位", "职务"], ["县水利局", "局长"]], ("“姓名”", "“单位”“职务”")),
        ([["单位", "姓名"], ["县水利局", ""]], ("没有一个姓名",)),
        ([["单位", "姓名", "职务"], ["县水利局", "空缺", "局长"]], ("没有一个姓名",)),
        ([["单位", "姓名"]], ("没有一个姓名",)),
        (
            [["序号", "姓名", "职务", "序号", "姓名", "职务"], [1, "王磊", "", 2, "李伟", ""]],
            ("两个“姓名”栏",),
        ),
    ],
)
def test_a_roster_without_names_is_a_problem_of_the_file(
    rows: list[list[object]], words: tuple[str, ...]
) -> None:
    with pytest.raises(FileProblem) as caught:
        read_roster(table(*rows))
    assert all(word in str(caught.value) for word in ("名单.xlsx", *words))


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("王 磊", "王磊"),
        ("王　磊", "王磊"),
        (" 李\u200b想 ", "李想"),
        ("欧阳建", "欧阳建"),
        ("万俟晓", "万俟晓"),
        ("才仁卓玛", "才仁卓玛"),
        ("赵镕", "赵镕"),
        ("陈䶮", "陈䶮"),
        ("周㛃㐱", "周㛃㐱"),
        ("𬱖𡋾𠅤", "𬱖𡋾𠅤"),
        ("买买提·艾则孜", "买买提·艾则孜"),
        ("ＡＢ", "AB"),
    ],
)
def test_names_that_need_no_remark(written: str, stored: str) -> None:
    reading = read_roster(table(["姓名"], [written]))
    assert [row.name for row in reading.rows] == [stored]
    assert reading.problems == []


@pytest.mark.parametrize("dot", "・•．.‧∙")
def test_dots_in_ethnic_names_become_one(dot: str) -> None:
    reading = read_roster(table(["姓名"], [f"阿布都热依木{dot}阿布都克里木"]))
    assert reading.rows[0].name == "阿布都热依木·阿布都克里木"
    assert texts(reading, 2) == ["间隔号已统一"]
    assert marks(reading) == [(2, "姓名", ProblemCode.NORMALISED, W)]


@pytest.mark.parametrize("name", ["何?", "何 ？", "何\ufffd", "何□", "何\ue863", "张*"])
def test_a_name_that_lost_a_character_is_not_taken(name: str) -> None:
    reading = read_roster(table(["姓名"], [name], ["王磊"]))
    assert [row.name for row in reading.rows] == ["王磊"]
    assert marks(reading) == [(2, "姓名", ProblemCode.LOST_CHARACTER, E)]
    assert texts(reading, 2) == ["姓名缺字，请补"]


def test_a_gbk_file_shows_its_lost_characters(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(
        csv_text([["单位", "姓名"], ["县统计局", "何䶮"], ["县水利局", "王磊"]]).encode("gbk", "replace")
    )
    reading = read_roster(read_table(path))
    assert marks(reading) == [(2, "姓名", ProblemCode.LOST_CHARACTER, E)]


@pytest.mark.parametrize("cell", ["王磊、李想", "王磊，李想", "王磊\n李想", "王磊/李想"])
def test_two_persons_in_one_cell_are_not_taken_for_one(cell: str) -> None:
    reading = read_roster(table(["姓名", "单位"], [cell, "a"], ["周喆", "b"]))
    assert marks(reading) == [(2, "姓名", ProblemCode.UNREADABLE, E)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("王磊2", ProblemCode.UNREADABLE),
        ("王磊（代）", ProblemCode.UNREADABLE),
        ("啊" * 26, ProblemCode.OUT_OF_RANGE),
        ("李伟（女）", ProblemCode.NORMALISED),
        ("李伟(女，回族)", ProblemCode.NORMALISED),
    ],
)
def test_odd_names_are_taken_with_a_warning(name: str, code: ProblemCode) -> None:
    reading = read_roster(table(["姓名"], [name]))
    assert marks(reading) == [(2, "姓名", code, W)]
    assert len(reading.rows) == 1


def test_a_sex_behind_the_name_is_not_part_of_it() -> None:
    assert one("李伟（女）").name == "李伟"


def test_same_names_and_duplicates() -> None:
    reading = read_roster(
        table(
            ["单位", "姓名", "职务"],
            ["县水利局", "李伟", "副局长"],
            ["柳渡镇", "李 伟", "镇长"],
            ["团县委", "李伟", "书记"],
            ["县水利局", "李伟", "副局长"],
            ["县委办公室", "刘海波", "主任"],
            ["县委办公室", "刘海波", "兼工委书记"],
        )
    )
    assert marks(reading) == [
        (2, "姓名", ProblemCode.SAME_NAME, W),
        (3, "姓名", ProblemCode.SAME_NAME, W),
        (4, "姓名", ProblemCode.SAME_NAME, W),
        (5, "姓名", ProblemCode.DUPLICATE, E),
        (6, "姓名", ProblemCode.SAME_NAME, W),
        (7, "姓名", ProblemCode.SAME_NAME, W),
    ]
    assert texts(reading, 2) == ["另有 2 人同名"]
    assert texts(reading, 5) == ["与第 2 行重复，请删去一行"]
    assert "一人两职" in texts(reading, 7)[0]
    assert [row.row for row in reading.rows] == [2, 3, 4, 6, 7]


@pytest.mark.parametrize(
    ("first", "second", "is_near"),
    [
        (("a", "王建国"), ("b", "王建囯"), True),
        (("a", "王建国"), ("b", "王建同"), True),
        (("a", "王建国"), ("a", "王建果"), True),
        (("a", "王建国"), ("b", "王建果"), False),
        (("a", "王建国"), ("a", "王建军"), False),
        (("a", "王未"), ("a", "王末"), True),
        (("a", "王未"), ("b", "王末"), False),
        (("a", "余"), ("a", "李"), False),
    ],
)
def test_names_that_look_or_sound_alike(
    first: tuple[str, str], second: tuple[str, str], is_near: bool
) -> None:
    reading = read_roster(table(["单位", "姓名"], first, second))
    assert marks(reading) == ([(3, "姓名", ProblemCode.NEAR_DUPLICATE, W)] if is_near else [])
    assert not is_near or first[1] in texts(reading, 3)[0]


def test_more_than_two_of_a_unit_are_allowed_with_a_warning() -> None:
    rows = [["县教育和体育局", name, "", "出席"] for name in ("马俊", "赵镕", "孙赟", "陈昇")]
    rows += [["县领导", name, "", "县领导"] for name in ("甲甲", "乙乙", "丙丙")]
    rows += [["县融媒体中心", name, "", "工作人员"] for name in ("丁丁", "戊子", "己丑")]
    sheet = table(["单位", "姓名", "职务", "身份"], *rows)
    assert marks(read_roster(sheet)) == [
        (4, "单位", ProblemCode.OVER_CAP, W),
        (5, "单位", ProblemCode.OVER_CAP, W),
    ]
    assert texts(read_roster(sheet), 4) == ["超过每单位 2 人"]
    assert read_roster(sheet, cap=None).problems == []
    assert read_roster(sheet, cap=4).problems == []


def test_acting_heads_are_nothing_to_doubt() -> None:
    assert read_roster(table(["姓名", "职务"], ["何静", "副局长（主持工作）"])).problems == []


def test_units_come_down_from_merged_blank_and_heading_rows() -> None:
    reading = read_roster(
        table(
            ["单位", "姓名", "职务"],
            ["一、县委部门", "", ""],
            ["县委办公室", "", ""],
            ["", "周喆", "主任"],
            ["", "吴堃", "副主任"],
            ["二、乡镇", "", ""],
            ["青石镇", "郑珺", "镇长"],
            ["柳渡镇", "", ""],
            ["双桥镇", "王翀", "镇长"],
            ["请各单位于 3 月 10 日前报送。", "", ""],
        )
    )
    assert [(row.unit, row.name) for row in reading.rows] == [
        ("县委办公室", "周喆"),
        ("县委办公室", "吴堃"),
        ("青石镇", "郑珺"),
        ("双桥镇", "王翀"),
    ]
    assert marks(reading) == [(8, "姓名", ProblemCode.MISSING, E)]


def test_words_of_category_and_telephone() -> None:
    reading = read_roster(
        table(
            ["单位", "姓名", "身份", "电话", "身份证号"],
            ["a", "甲甲", "参会人员", "abc", "110101199001011234"],
            ["b", "乙乙", "看客", "", ""],
            ["c", "丙丙", "记者", "110101199001011234", ""],
            ["d", "", "", "13800000016", ""],
        )
    )
    assert marks(reading) == [
        (2, "电话", ProblemCode.UNREADABLE, W),
        (3, "身份", ProblemCode.UNREADABLE, E),
        (4, "电话", ProblemCode.CONFLICT, W),
        (5, "姓名", ProblemCode.MISSING, E),
    ]
    assert [(row.category, row.phone) for row in reading.rows] == [
        (Category.MEMBER, "abc"),
        (Category.STAFF, ""),
    ]
    assert "1101011990" not in repr(reading)


def test_three_thousand_rows_are_quick_enough_to_preview() -> None:
    rows = [[f"单位{i // 2}", f"王{chr(0x4E00 + i)}{chr(0x5000 + i % 997)}", "局长"] for i in range(3000)]
    reading = read_roster(table(["单位", "姓名", "职务"], *rows))
    assert len(reading.rows) == reading.row_count == 3000


def test_a_pin_is_read_and_one_that_is_none_is_never_repeated() -> None:
    reading = read_roster(
        table(["姓名", "签到口令"], ["欧阳建", "８２４６ 01"], ["陆川", "暗号"], ["何平", ""], ["李想", "12"])
    )
    assert [row.pin for row in reading.rows] == ["824601", "", "", ""]
    assert marks(reading) == [
        (3, "口令", ProblemCode.UNREADABLE, W),
        (5, "口令", ProblemCode.UNREADABLE, W),
    ]
    assert {one.value for one in reading.problems} == {"（未显示）"}
