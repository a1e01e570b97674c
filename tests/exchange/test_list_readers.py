"""Agenda, leave, attendance records and headcounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from office_files import marks, table, texts, write_xlsx

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.imported import (
    AgendaRow,
    Approval,
    FileKind,
    HeadcountRow,
    LeaveRow,
    ProblemCode,
    Reading,
    RecordRow,
    Severity,
)
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.agenda import read_agenda
from huifeng_desktop.exchange.gateway import FileImports, TableSource
from huifeng_desktop.exchange.leave import read_leave
from huifeng_desktop.exchange.records import read_headcount, read_records

DAY = date(2026, 3, 12)
W, E = Severity.WARNING, Severity.ERROR


def at(hour: int, minute: int, second: int = 0) -> datetime:
    """A moment of the meeting's day."""
    return datetime(2026, 3, 12, hour, minute, second)


def test_an_agenda_in_the_manner_of_tianjin() -> None:
    reading = read_agenda(
        table(
            ["会议议程"],
            ["序号", "议题", "发言人", "单位", "类型", "时长"],
            [1, "主持人开场并通报到会情况", "", "", "主持", "3:00"],
            [2, "发展改革工作", "欧阳 建", "县发展和改革局", "汇报", "6分钟"],
            [6, "财政工作", "", "县财政局", "PPT汇报", time(6, 0)],
            [7, "讨论", "", "", "讨论", ""],
            [12, "县领导讲话", "", "", "领导讲话", "半小时"],
            ["", "合计", "", "", "", "85:00"],
        )
    )
    assert reading.rows == [
        AgendaRow(3, "主持人开场并通报到会情况", "", "", ItemKind.HOSTING, 180),
        AgendaRow(4, "发展改革工作", "欧阳建", "县发展和改革局", ItemKind.REPORT, 360),
        AgendaRow(5, "财政工作", "", "县财政局", ItemKind.MULTIMEDIA_REPORT, 360),
        AgendaRow(6, "讨论", "", "", ItemKind.OTHER, None),
        AgendaRow(7, "县领导讲话", "", "", ItemKind.ADDRESS, 1800),
    ]
    assert (reading.problems, reading.row_count) == ([], 5)


@pytest.mark.parametrize(
    ("speaker", "kind", "duration", "expected", "problems"),
    [
        ("王磊", "", "", ItemKind.OTHER, [("时长", ProblemCode.MISSING, W)]),
        ("王磊", "", "4", ItemKind.OTHER, []),
        ("", "", "5", ItemKind.CUSTOM, []),
        ("", "", "", ItemKind.CUSTOM, [("时长", ProblemCode.MISSING, W)]),
        ("", "宣读文件", "5", ItemKind.CUSTOM, [("类型", ProblemCode.UNREADABLE, W)]),
        ("", "宣读文件", "", None, [("类型", ProblemCode.UNREADABLE, E)]),
        ("", "汇报", "很久", None, [("时长", ProblemCode.UNREADABLE, E)]),
        ("", "汇报", "0", None, [("时长", ProblemCode.OUT_OF_RANGE, E)]),
        ("", "汇报", "12", ItemKind.REPORT, [("时长", ProblemCode.OVER_RULE, W)]),
        ("", "汇报", "10", ItemKind.REPORT, []),
        ("", "多媒体", "15:01", ItemKind.MULTIMEDIA_REPORT, [("时长", ProblemCode.OVER_RULE, W)]),
        ("", "交流发言", "6", ItemKind.OTHER, [("时长", ProblemCode.OVER_RULE, W)]),
        ("何?", "汇报", "6", None, [("发言人", ProblemCode.LOST_CHARACTER, E)]),
        ("县发改局 何?", "汇报", "6", None, [("发言人", ProblemCode.LOST_CHARACTER, E)]),
    ],
)
def test_types_and_limits_of_one_item(
    speaker: str,
    kind: str,
    duration: str,
    expected: ItemKind | None,
    problems: list[tuple[str, ProblemCode, Severity]],
) -> None:
    reading = read_agenda(table(["议题", "发言人", "类型", "时长"], ["某事", speaker, kind, duration]))
    assert [row.kind for row in reading.rows] == ([] if expected is None else [expected])
    assert marks(reading) == [(2, *problem) for problem in problems]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("王 磊", "王磊"),
        ("买买提 . 艾则孜", "买买提·艾则孜"),
        ("王磊、李想", "王磊、李想"),
        ("县水利局局长 王磊", "县水利局局长 王磊"),
    ],
)
def test_speakers_as_agendas_write_them(written: str, stored: str) -> None:
    assert read_agenda(table(["议题", "汇报人"], ["某事", written])).rows[0].speaker == stored


def test_over_the_rule_is_told_in_words() -> None:
    reading = read_agenda(table(["议题", "类型", "限时"], ["甲", "汇报", "12分钟"], ["", "汇报", "5"]))
    assert texts(reading, 2) == ["超过汇报 10 分钟的规定"]
    assert texts(reading, 3) == ["缺议题，请补"]


def test_ranges_of_the_clock_serve_as_durations() -> None:
    rows = read_agenda(
        table(["时间", "内容", "汇报人"], ["14:30-14:33", "开场", ""], ["14:33—14:39", "财政", "王磊"])
    ).rows
    assert [row.limit_s for row in rows] == [180, 360]


def test_a_clock_time_alone_is_no_duration() -> None:
    assert read_agenda(table(["时间", "内容", "类型"], ["14:30", "开场", "主持"])).rows[0].limit_s is None


def test_an_ambiguous_time_cell_is_told() -> None:
    reading = read_agenda(table(["议题", "类型", "时长"], ["培训", "讲话", time(1, 30)]))
    assert reading.rows[0].limit_s == 90
    assert texts(reading, 2) == ["按 1 分 30 秒读取，如为小时请写成“90 分钟”"]


def test_leave_with_and_without_a_deputy() -> None:
    reading = read_leave(
        table(
            ["姓名", "单位", "请假事由", "审批情况", "批准人", "代会人员", "代会人职务"],
            ["王 磊", "县水利局", "赴省里开会", "已批", "县委办", "李想", "副局长"],
            ["周喆", "县司法局", "住院做手术", "口头", "", "无", ""],
            ["吴堃", "县财政局", "因公", "未批", "", "", ""],
            ["郑珺", "县文联", "因公", "", "", "", ""],
            ["王翀", "县科协", "因公", "", "刘海波", "", ""],
            ["陈昇", "县科协", "因公", "看情况", "", "", ""],
        )
    )
    assert reading.rows[0] == LeaveRow(
        2, "王磊", "县水利局", "赴省里开会", Approval.APPROVED, "县委办", "李想", "副局长"
    )
    assert reading.rows[1] == LeaveRow(3, "周喆", "县司法局", "因病", Approval.ORAL)
    assert [row.approval for row in reading.rows[2:]] == [
        Approval.NOT_APPROVED,
        Approval.NOT_APPROVED,
        Approval.APPROVED,
    ]
    assert marks(reading) == [(5, "审批", ProblemCode.MISSING, W), (7, "审批", ProblemCode.UNREADABLE, E)]
    assert "手术" not in repr(reading)


def test_a_list_of_leave_without_an_approval_column_is_approved() -> None:
    assert read_leave(table(["姓名", "单位"], ["王磊", "县水利局"])).rows[0].approval is Approval.APPROVED


def test_records_with_times_and_deputies() -> None:
    reading = read_records(
        table(
            [
                "姓名",
                "单位",
                "签到时间",
                "离会时间",
                "返回时间",
                "代会人",
                "代会人职务",
                "是否批准代会",
                "备注",
            ],
            ["王磊", "县水利局", "14:25", "", "", "", "", "", ""],
            ["李想", "县发改局", datetime(2026, 3, 12, 14, 28), "下午3:05", "15时20分", "", "", "", "接电话"],
            ["某局长", "县林业局", "14:41", "", "", "赵股长", "股长", "否", ""],
            ["周喆", "县司法局", "14:20", "", "", "吴堃", "副局长", "√", ""],
            ["郑珺", "县文联", "", "", "", "", "", "", "未到"],
        ),
        DAY,
    )
    assert reading.rows == [
        RecordRow(2, "王磊", "县水利局", at(14, 25)),
        RecordRow(3, "李想", "县发改局", at(14, 28), at(15, 5), at(15, 20), note="接电话"),
        RecordRow(
            4,
            "某局长",
            "县林业局",
            at(14, 41),
            deputy_name="赵股长",
            deputy_post="股长",
            deputy_approved=False,
        ),
        RecordRow(
            5, "周喆", "县司法局", at(14, 20), deputy_name="吴堃", deputy_post="副局长", deputy_approved=True
        ),
        RecordRow(6, "郑珺", "县文联", note="未到"),
    ]
    assert reading.problems == []


@pytest.mark.parametrize(
    ("times", "column", "code", "severity"),
    [
        (("14:25", "14:20", "", ""), "离场时间", ProblemCode.CONFLICT, E),
        (("14:25", "", "15:00", ""), "返回时间", ProblemCode.CONFLICT, E),
        (("14:25", "15:00", "14:50", ""), "返回时间", ProblemCode.CONFLICT, E),
        (("", "", "", "李想"), "签到时间", ProblemCode.MISSING, E),
        (("1926-03-12 14:25", "", "", ""), "签到时间", ProblemCode.OUT_OF_RANGE, E),
        (("早到", "", "", ""), "签到时间", ProblemCode.UNREADABLE, E),
        (("2:25", "", "", ""), "签到时间", ProblemCode.OUT_OF_RANGE, W),
        (("14:25", "", "", "李?"), "代会人", ProblemCode.LOST_CHARACTER, E),
    ],
)
def test_records_that_cannot_be(
    times: tuple[str, str, str, str], column: str, code: ProblemCode, severity: Severity
) -> None:
    reading = read_records(
        table(
            ["姓名", "签到时间", "离场时间", "返回时间", "代会人"],
            ["王磊", *times],
            ["周喆", "14:20", "", "", ""],
        ),
        DAY,
    )
    assert marks(reading) == [(2, column, code, severity)]
    assert len(reading.rows) == (1 if severity is E else 2)
    assert "请" in texts(reading, 2)[0]


@pytest.mark.parametrize("title", ["清点时间：下午3点05分", "清点时间：2026年3月12日 15:05　清点人：林静"])
def test_a_headcount_of_those_seen(title: str) -> None:
    reading = read_headcount(table([title], ["姓名", "单位"], ["王磊", "县水利局"]), DAY)
    assert reading.rows == [HeadcountRow(3, "王磊", "县水利局", True)]
    assert reading.taken_at == at(15, 5)


def test_a_headcount_that_ticks_leaves_the_others_blank() -> None:
    reading = read_headcount(
        table(["姓名", "在场", "清点时间"], ["王磊", "√", "15:05"], ["李想", "", ""]), DAY
    )
    assert [row.seen for row in reading.rows] == [True, False]
    assert reading.taken_at == at(15, 5)


def test_a_headcount_that_says_no_must_say_it_everywhere() -> None:
    reading = read_headcount(table(["姓名", "是否在场"], ["王磊", "是"], ["李想", "否"], ["周喆", ""]), DAY)
    assert [row.seen for row in reading.rows] == [True, False]
    assert marks(reading) == [(4, "在场", ProblemCode.MISSING, E)]


def understood(source: TableSource, kind: FileKind) -> Reading[Any]:
    """The table as the program reads it for this kind."""
    readers: dict[FileKind, Callable[[], Reading[Any]]] = {
        FileKind.ROSTER: lambda: source.roster(2),
        FileKind.AGENDA: source.agenda,
        FileKind.LEAVE: source.leave,
        FileKind.RECORDS: lambda: source.records(DAY),
        FileKind.HEADCOUNT: lambda: source.headcount(DAY),
    }
    return readers[kind]()


@pytest.mark.parametrize(
    ("kind", "text", "word"),
    [
        (FileKind.AGENDA, "姓名\t单位\n王磊\t县水利局", "“议题”"),
        (FileKind.LEAVE, "议题\t时长\n开场\t3", "“姓名”"),
        (FileKind.RECORDS, "姓名\t单位\n王磊\t县水利局", "“签到时间”或“离场时间”或“返回时间”"),
        (FileKind.HEADCOUNT, "单位\n县水利局", "“姓名”"),
        (FileKind.AGENDA, "议题\t时长\n", "没有内容"),
        (FileKind.LEAVE, "姓名\t单位\n", "没有内容"),
    ],
)
def test_a_missing_column_is_named(kind: FileKind, text: str, word: str) -> None:
    with pytest.raises(FileProblem) as caught:
        understood(FileImports().open_text(text, kind), kind)
    assert word in str(caught.value)


def test_one_door_for_every_kind_of_file(tmp_path: Path) -> None:
    header = ["姓名", "单位", "签到时间", "议题", "在场"]
    path = write_xlsx(tmp_path / "全.xlsx", [header, ["王磊", "县水利局", at(14, 25, 10), "开场", "是"]])
    for kind in FileKind:
        reading = understood(FileImports().open_file(path, kind), kind)
        assert (len(reading.rows), reading.source) == (1, "全.xlsx")
