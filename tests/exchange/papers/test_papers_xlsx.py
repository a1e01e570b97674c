"""The workbooks reopened with another library: every figure, the print settings, no formula."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from made_up_meeting import (
    ETHNIC,
    LONG_UNIT,
    PEOPLE,
    large_meeting,
    made_up_meeting,
    new_session,
    seats_of,
    with_agenda,
)
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.rule_set import Quorum, RuleSet
from huifeng_desktop.exchange.papers.details import details
from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.exchange.papers.remarks import leave_kind
from huifeng_desktop.exchange.papers.setting.layout import PAGE_WIDTH_PX
from huifeng_desktop.exchange.papers.setting.workbook import workbook_bytes
from huifeng_desktop.exchange.papers.statistics import statistics
from huifeng_desktop.service.after.rulings import Rulings

HEADER = "序号"


def opened(file: Path) -> Worksheet:
    return load_workbook(file).active


def grid(sheet: Worksheet) -> list[list[object]]:
    """The table from its header row on, blanks as "", line breaks taken out."""
    rows = [["" if cell is None else cell for cell in row] for row in sheet.values]
    start = next(place for place, row in enumerate(rows) if row[0] == HEADER)
    return [
        [cell.replace("\n", "") if isinstance(cell, str) else cell for cell in row] for row in rows[start:]
    ]


def lines(sheet: Worksheet) -> list[str]:
    """Every line that runs across the table."""
    return [str(row[0]) for row in sheet.values if isinstance(row[0], str) and row[1] is None]


@pytest.fixture
def sheets(tmp_path: Path) -> dict[str, Worksheet]:
    session, clock = made_up_meeting(tmp_path / "data")
    with_agenda(session, clock)
    files = OfficePapers().export(session, tmp_path / "out", "xlsx")
    others = ("签到表", "建议", "会务用")
    assert [file.name for file in files if not any(one in file.name for one in others)] == [
        "全县重点工作推进会_20260312-1430_签到明细.xlsx",
        "全县重点工作推进会_20260312-1430_出席情况统计表.xlsx",
        "全县重点工作推进会_20260312-1430_发言用时表.xlsx",
    ]
    return {file.stem.split("_")[-1]: opened(file) for file in files}


def test_details_say_of_every_seat_what_happened(sheets: dict[str, Worksheet]) -> None:
    header, *rows = grid(sheets["签到明细"])
    assert "".join(map(str, header)) == "序号单位姓名职务身份签到时间签到方式结果代会人及职务批准人备注"
    told = {row[2]: row[5:] for row in rows[:17]}
    assert told["沈国栋"] == ["14:20", "扫码", "本人到会", "", "", ""]
    assert told["王　磊"] == ["3月11日 17:05", "补录", "本人到会", "", "", ""]
    assert told["欧阳建"] == ["14:41", "扫码", "本人到会，迟到 11 分", "", "", ""]
    assert told[ETHNIC] == ["14:10", "扫码", "本人到会，早退 24 分", "", "", "15:31 离场"]
    assert told["尹国华"] == ["14:22", "键入", "准予代会", "周　喆（副局长）", "韩立民", "因公请假"]
    assert told["陆　川"] == [
        "14:36",
        "键入",
        "擅自替会，迟到 6 分",
        "陈　昇（股长）",
        "",
        "代会待核实；待认定",
    ]
    assert told["倪海洋"] == ["", "", "请假", "", "韩立民", "因病请假"]
    assert told["吴　堃"] == ["", "", "缺席", "", "", ""]
    assert told["何　平"] == ["", "", "请假", "", "韩立民", "其他，口头请假待补（3 月 17 日前）"]
    assert told["史文杰"] == ["14:28", "扫码", "本人到会", "", "韩立民", "销假"]
    assert told["黄　敏"][-1] == "签到后离场（15:05 清点不在）；待认定"
    assert told["空缺"] == ["", "", "—", "", "", "空缺，不计应到"]
    assert told["司马岚"][2] == "到会" and told["李　伟"][2] == "未到" and told["文　昊"][2] == "未到"


def test_details_keep_house_order_with_observers_and_staff_last(sheets: dict[str, Worksheet]) -> None:
    rows = grid(sheets["签到明细"])[1:18]
    assert [row[0] for row in rows] == list(range(1, 18))
    assert [row[4] for row in rows] == [
        "县领导",
        *["出席"] * 10,
        "空缺",
        *["出席"] * 2,
        *["列席"] * 2,
        "工作人员",
    ]


def test_statistics_add_up_unit_by_unit(sheets: dict[str, Worksheet]) -> None:
    header, *rows = grid(sheets["出席情况统计表"])
    assert "".join(map(str, header)) == "序号单位应到实到本人准予代会擅自替会请假迟到早退缺席到会率备注"
    units = {row[1]: row[2:] for row in rows}
    assert units["县水利局"] == [2, 2, 2, 0, 0, 0, 0, 0, 0, "100.0%", ""]
    assert units["县审计局"] == [1, 1, 1, 0, 0, 0, 1, 0, 0, "100.0%", "欧阳建迟到 11 分"]
    assert units["县卫生健康局"] == [1, 1, 0, 1, 0, 0, 0, 0, 0, "100.0%", "尹国华准予代会"]
    assert units["县林业局"] == [1, 1, 0, 0, 1, 0, 0, 0, 0, "100.0%", "陆川擅自替会，迟到 6 分（待认定）"]
    assert units["柳渡镇"] == [1, 0, 0, 0, 0, 0, 0, 0, 1, "0.0%", "吴堃缺席"]
    assert units["县档案馆"] == [0, 0, 0, 0, 0, 0, 0, 0, 0, "—", "职务空缺 1 个"]
    assert "县文联" not in units and "县融媒体中心" not in units
    assert units["合计"] == [13, 10, 8, 1, 1, 2, 1, 1, 1, "76.9%", ""]
    for place in range(2, 11):
        assert sum(row[place] for row in rows[:13]) == units["合计"][place - 2]  # type: ignore[misc]


def test_statistics_write_the_identity_out_and_leave_room_to_sign(sheets: dict[str, Worksheet]) -> None:
    text = "\n".join(lines(sheets["出席情况统计表"]))
    assert "应到 13 ＝ 本人 8 ＋ 准予代会 1 ＋ 擅自替会 1 ＋ 请假（未派人）2 ＋ 缺席 1" in text
    assert "到会率 76.9%，本人到会率 61.5%，准时率 90.0%" in text
    assert (
        "请假合计 3 人（派人代会 1 人，未派人 2 人）；列席 2 人，到 1 人；工作人员 1 人；职务空缺 1 个"
        in text
    )
    assert text.splitlines()[-1].startswith("记录人：＿") and "监督人：" in text and "审核人：" in text
    assert "时间：2026 年 3 月 12 日（星期四）14:30　　地点：县行政中心三楼会议室" in text
    assert "尚有 2 件待认定" in text


def test_speaking_times_with_what_was_granted_corrected_and_skipped(sheets: dict[str, Worksheet]) -> None:
    header, *rows = grid(sheets["发言用时表"])
    assert "".join(map(str, header)) == "序号议题发言人单位类型限时另加实际暂停超时更正说明"
    assert rows[0] == [
        1,
        "发展改革工作",
        "邹永昌",
        "县发展和改革局",
        "汇报",
        "6:00",
        "−0:30",
        "6:12",
        "",
        "0:42",
        "",
    ]
    assert rows[1][5:10] == ["15:00", "", "10:00", "", ""]
    assert rows[2][5:] == ["不限", "", "32:20", "", "", "31:40 更正为 32:20（刚才忘按了）"]
    assert rows[3][1] == "@议题" and rows[3][7] == "跳过"
    assert rows[4][1:] == ["汇报小计", "", "", "2 项", "21:00", "−0:30", "16:12", "", "0:42", ""]
    assert rows[5][1:10] == ["合计", "", "", "4 项", "26:00", "−0:30", "48:32", "", "0:42"]
    below = lines(sheets["发言用时表"])
    assert any("汇报计划 21:00，实际 16:12" in line for line in below)
    assert any(line.startswith("按类型：汇报 6:12（超时 0:42）；多媒体汇报 10:00") for line in below)


@pytest.mark.parametrize("name", ["签到明细", "出席情况统计表", "发言用时表"])
def test_every_sheet_prints_on_a4_across_one_page(sheets: dict[str, Worksheet], name: str) -> None:
    sheet = sheets[name]
    page = sheet.page_setup
    assert (int(page.paperSize), page.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (page.fitToWidth or 1, page.fitToHeight) == (1, 0)
    header = next(cell.row for cell in sheet["A"] if cell.value == HEADER)
    assert sheet.print_title_rows == f"${header}:${header}"
    last = sheet.cell(sheet.max_row, sheet.max_column).coordinate.strip("0123456789")
    assert sheet.print_area == f"'{name}'!$A$1:${last}${sheet.max_row}"
    assert "第 &P 页　共 &N 页" in sheet.oddFooter.center.text
    groups = sheet.column_dimensions.values()
    assert sum(7 * one.width * (one.max - one.min + 1) for one in groups) <= PAGE_WIDTH_PX


def test_no_cell_is_a_formula_and_no_telephone_is_printed_in_full(sheets: dict[str, Worksheet]) -> None:
    cells = [cell for sheet in sheets.values() for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    said = [str(cell.value) for cell in cells]
    assert not any("1380" in text for text in said) and {text for text in said if "138" in text} == {
        "138****0016"
    }


def test_names_are_set_smaller_rather_than_broken(sheets: dict[str, Worksheet]) -> None:
    sheet = sheets["签到明细"]
    cell = next(cell for cell in sheet["C"] if cell.value == ETHNIC)
    assert cell.alignment.shrink_to_fit and not cell.alignment.wrap_text
    unit = next(cell for cell in sheet["B"] if cell.value == LONG_UNIT)
    assert unit.alignment.wrap_text and sheet.row_dimensions[unit.row].height > 40


def test_a_long_name_stays_readable_and_numbers_are_never_wrapped(tmp_path: Path) -> None:
    seats = [replace(seat, badge="2000000000008") for seat in seats_of(PEOPLE[1:2])]
    session, _ = new_session(tmp_path / "data", seats)
    speaker = "阿布都热依木·阿布都克里木"
    items = [AgendaItem("i1", "议题" * 20, speaker, LONG_UNIT, ItemKind.REPORT, 360)]
    body = {"items": [item.to_json() for item in items], "source": "test"}
    session.state_facts([Fact(EventKind.AGENDA_LOADED, session.now().wall, body=body)])
    papers = OfficePapers()
    speaking = opened(papers.export_one(session, "speaking", tmp_path / "s.xlsx"))
    assert speaking.column_dimensions["C"].width >= 22, "十三个字缩到八成以内"
    badges = opened(papers.export_one(session, "badges", tmp_path / "b.xlsx"))
    header = next(row for row in badges.iter_rows() if row[0].value == HEADER)
    numbers = badges.cell(header[0].row + 1, len(header))
    assert numbers.alignment.shrink_to_fit and not numbers.alignment.wrap_text
    assert numbers.data_type == "s" and numbers.number_format == "@"


def test_rulings_and_sealing_show(tmp_path: Path) -> None:
    session, clock = made_up_meeting(tmp_path / "data")
    rulings = Rulings(session)
    rulings.rule("s8", Decision.APPROVED_DEPUTY, by="林静", reason="突发山火，本人在医院")
    rulings.rule("s13", Decision.DEFERRED, by="林静")
    session_rows = {str(row[2]): row for row in details(session).rows}
    assert session_rows["陆　川"][7] == "准予代会，迟到 6 分"
    assert session_rows["陆　川"][10] == "代会待核实；已认定：有正当理由，准予代会（林静）"
    assert "医院" not in str(details(session))
    assert str(session_rows["黄　敏"][10]).endswith("暂缓，要求书面说明（林静）")
    rulings.rule("s13", Decision.IN_PERSON, by="林静")
    clock.advance(10 * 86_400)
    rulings.rule("s11", Decision.ON_LEAVE, by="林静")
    rulings.seal(by="郭晓燕")
    assert "由郭晓燕封存" in details(session).above[1]


def test_a_legal_meeting_prints_its_quorum(tmp_path: Path) -> None:
    rules = RuleSet("statutory", "法定会议", in_person_only=True, quorum=Quorum(2, 3, strict=False))
    session, _ = made_up_meeting(tmp_path / "data", rule_set=rules)
    below = statistics(session).below
    assert "法定人数：实到须不少于应到的 2/3；应到 13，实到 8，未达到。" in below


def test_an_empty_meeting_has_papers_too(tmp_path: Path) -> None:
    session, _ = large_meeting(tmp_path / "data", 0)
    sheet = load_workbook(BytesIO(workbook_bytes(statistics(session)))).active
    assert grid(sheet)[1][1:4] == ["合计", 0, 0]
    assert "应到 0 ＝" in "\n".join(lines(sheet))


@pytest.mark.parametrize(
    ("reason", "printed"),
    [("感冒住院", "因病"), ("赴市参加会议", "因公"), ("家中有事", "其他"), ("", "其他")],
)
def test_leave_reasons_are_printed_in_three_words_only(reason: str, printed: str) -> None:
    assert leave_kind(reason) == printed
