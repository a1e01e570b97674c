"""Every command's JSON, as CONTRACT.md has it, and what loading twice adds."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import call, done, new_meeting

from huifeng_desktop.app import open_folder
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.paths import default_data_dir

ROSTER = """禾川县重点工作推进会参会名单,,,,
序号,单位,姓 名,职务,身份,电话
1,县领导,沈国栋,县委书记,县领导,13900000001
2,县审计局,欧阳建,局长,,13900000002
3,,王 磊,副局长,出席,
4,县档案馆,空缺,馆长,,
5,县地方志编纂中心,鞠雅文,主任,列席,
"""
AGENDA = (
    "序号,议题,发言人,单位,类型,时长\n1,审计工作,欧阳建,县审计局,汇报,6分30秒\n2,财政工作,,,多媒体汇报,\n"
)
RECORDS = "姓名,单位,签到时间,离场时间\n欧阳建,县审计局,14:30:01,15:00\n王磊,县审计局,下午2:25,\n"
TOTALS = {
    *("expected", "present", "in_person", "approved_deputy", "unapproved_substitute", "on_leave", "absent"),
    *("late", "left_early", "leave_all", "observers", "observers_present", "staff", "pending"),
    *("attendance_rate", "in_person_rate", "punctual_rate"),
}
SEAT = [
    *("seq", "unit", "name", "post", "category", "disposition", "signed_in_at", "left_at", "late_minutes"),
    *("left_early_minutes", "flags", "pending", "counted", "stood_in_by", "reasons"),
]


def written(path: Path, text: str, encoding: str = "gb18030") -> Path:
    """A file as an office would have it."""
    path.write_bytes(text.encode(encoding))
    return path


@pytest.fixture
def meeting(tmp_path: Path) -> str:
    """A meeting with roster, agenda and records, held."""
    meeting = new_meeting("--rule-set", "ladder-points", "--counts", "--convener", "县委")
    for kind, text in (("roster", ROSTER), ("agenda", AGENDA), ("records", RECORDS)):
        done("load", meeting, written(tmp_path / f"{kind}.csv", text), "--as", kind)
    done("declare", meeting, "--opened", "2026-03-12T14:30", "--adjourned", "2026-03-12T15:55")
    return meeting


def test_loading_tells_rows_accepted_and_problems(tmp_path: Path) -> None:
    meeting = new_meeting()
    roster = written(tmp_path / "r.csv", ROSTER)
    lines = RECORDS + "无名氏,县审计局,14:25,\n王磊,县审计局,25:99,\n"

    first = done("load", meeting, roster, "--as", "roster")
    records = done("load", meeting, written(tmp_path / "s.csv", lines), "--as", "records")

    assert (first["rows"], first["accepted"]) == (5, 5)
    assert {problem["severity"] for problem in first["problems"]} <= {"warning"}
    assert (records["rows"], records["accepted"]) == (4, 2)
    errors = [one for one in records["problems"] if one["severity"] == "error"]
    assert [one["row"] for one in errors] == [4, 5]
    assert all(list(one) == ["row", "column", "value", "problem", "severity"] for one in records["problems"])


@pytest.mark.parametrize(
    ("kind", "text"),
    [("roster", ROSTER), ("agenda", AGENDA), ("records", RECORDS)],
    ids=("roster", "agenda", "records"),
)
def test_loading_the_same_file_twice_adds_nothing(meeting: str, tmp_path: Path, kind: str, text: str) -> None:
    before = done("results", meeting), done("verify")["events"], done("badges", meeting)

    again = done("load", meeting, written(tmp_path / "again.csv", text, "utf-8-sig"), "--as", kind)

    assert again["accepted"] == again["rows"] > 0
    assert (done("results", meeting), done("verify")["events"], done("badges", meeting)) == before


def test_badges_are_thirteen_digits_with_a_luhn_digit(meeting: str) -> None:
    badges = done("badges", meeting)

    assert [list(one) for one in badges] == [["seq", "unit", "name", "badge"]] * 5
    assert [one["name"] for one in badges] == ["沈国栋", "欧阳建", "王磊", "", "鞠雅文"]
    for badge in (one["badge"] for one in badges):
        digits = [int(digit) for digit in reversed(badge)]
        doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
        assert len(digits) == 13 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def test_results_have_the_shape_of_the_contract(meeting: str) -> None:
    found = done("results", meeting)

    assert list(found) == ["meeting", "totals", "seats", "speaking"]
    assert {"id", "title", "start", "opened", "adjourned", "rule_set"} <= set(found["meeting"])
    assert found["meeting"]["start"] == "2026-03-12T14:30:00"
    assert found["meeting"]["adjourned"] == "2026-03-12T15:55:00"
    assert set(found["totals"]) >= TOTALS
    assert [list(seat) for seat in found["seats"]] == [SEAT] * 5
    assert [seat["category"] for seat in found["seats"]] == [
        "leader",
        "member",
        "member",
        "vacant",
        "observer",
    ]
    assert [seat["disposition"] for seat in found["seats"]] == [
        "absent",
        "in_person",
        "in_person",
        None,
        "absent",
    ]
    late = found["seats"][1]
    assert (late["signed_in_at"], late["late_minutes"], late["left_at"]) == (
        "2026-03-12T14:30:01",
        1,
        "2026-03-12T15:00:00",
    )
    assert (late["left_early_minutes"], late["counted"], late["pending"]) == (55, "late", False)
    assert late["reasons"] == ["14:30 签到（导入）", "迟到 1 分钟", "15:00 离场，早退 55 分钟"]
    assert [(row["kind"], row["limit_s"], row["spoken_s"], row["over_s"]) for row in found["speaking"]] == [
        ("report", 390, None, 0),
        ("multimedia_report", 900, None, 0),
    ]
    assert set(found["speaking"][0]) >= {
        "seq",
        "title",
        "speaker",
        "unit",
        "kind",
        "limit_s",
        "spoken_s",
        "over_s",
    }


def test_the_ledger_has_the_shape_of_the_contract(meeting: str) -> None:
    found = done("ledger", "--year", 2026)
    (row,) = (one for one in found["persons"] if one["name"] == "欧阳建")

    assert list(row) == [
        *("name", "unit", "expected", "present", "late", "left_early", "unapproved_substitute", "absent"),
        *("on_leave", "counted", "tier", "suggestion", "points", "evidence"),
    ]
    assert (row["counted"], row["tier"], row["points"]) == (1, 1, 1)
    assert row["suggestion"] == "达到第一档，建议通报批评"
    assert row["evidence"][0]["meeting"] == meeting and row["evidence"][0]["provisional"] is True
    assert {one["unit"] for one in found["units"]} == {"县领导", "县审计局"}
    assert done("ledger", "--from", "2026-03-12", "--to", "2026-03-12")["meetings"] == 1
    assert done("ledger", "--from", "2026-03-13", "--to", "2026-12-31")["meetings"] == 0
    assert done("ledger", "--year", 2026, "--sealed-only")["persons"] == []


def test_whether_a_meeting_counts_follows_its_convener_unless_said(tmp_path: Path) -> None:
    for options in ((), ("--convener", "县委、县政府"), ("--convener", "县委", "--no-counts"), ("--counts",)):
        meeting = new_meeting("--rule-set", "阶梯制", *options)
        done("load", meeting, written(tmp_path / "r.csv", ROSTER), "--as", "roster")
        done("declare", meeting, "--opened", "2026-03-12T14:30", "--adjourned", "2026-03-12T15:55")

    assert done("ledger", "--year", 2026)["meetings"] == 2


def test_a_headcount_flags_those_who_are_gone(meeting: str, tmp_path: Path) -> None:
    seen = written(tmp_path / "h.csv", "姓名,单位,在场\n王磊,县审计局,否\n沈国栋,县领导,是\n")

    told = done("headcount", meeting, seen, "--at", "2026-03-12T15:05")
    seats = {one["name"]: one for one in done("results", meeting)["seats"]}

    assert told["at"] == "2026-03-12T15:05:00" and told["accepted"] == 2
    assert (seats["王磊"]["flags"], seats["王磊"]["pending"]) == (["signed_then_gone"], True)
    assert (seats["沈国栋"]["flags"], seats["沈国栋"]["pending"]) == (["seen_not_signed", "exempt"], True)


def test_a_headcount_without_a_time_counts_for_a_meeting_that_is_still_to_come(tmp_path: Path) -> None:
    meeting = done("new", "--title", "试用", "--start", "2098-03-12T14:30")["meeting"]
    done("load", meeting, written(tmp_path / "r.csv", ROSTER), "--as", "roster")
    done("load", meeting, written(tmp_path / "s.csv", RECORDS), "--as", "records")
    done("headcount", meeting, written(tmp_path / "h.csv", "姓名,在场\n王磊,否\n"))

    seats = {one["name"]: one for one in done("results", meeting)["seats"]}
    assert seats["王磊"]["flags"] == ["signed_then_gone"]


def test_verify_counts_the_events(meeting: str) -> None:
    found = done("verify")

    assert found["ok"] is True and found["events"] >= 6


def test_export_writes_the_papers(meeting: str, tmp_path: Path) -> None:
    found = done("export", meeting, "--out", tmp_path / "out")

    assert found["files"] and all(Path(name).stat().st_size > 0 for name in found["files"])


@pytest.mark.parametrize("only", ["xlsx", "docx", "pdf", "csv"])
def test_export_gives_what_there_is_in_one_format(meeting: str, tmp_path: Path, only: str) -> None:
    found = done("export", meeting, "--out", tmp_path / "out", "--only", only, "--order", "strokes")

    assert found["files"] and {Path(name).suffix for name in found["files"]} == {f".{only}"}
    assert found["warnings"] == []


@pytest.mark.parametrize(("only", "recorded"), [("docx", {"agenda", "circular"}), ("csv", set())])
def test_papers_of_a_command_are_on_the_list_of_prints(
    meeting: str, tmp_path: Path, only: str, recorded: set[str]
) -> None:
    done("export", meeting, "--out", tmp_path / "out", "--only", only)

    with open_folder(default_data_dir(), "test") as folder:
        log = folder.office.open(meeting).state.log
    printed = {event.subject for event in log if event.kind is EventKind.PRINTED}
    assert printed >= recorded and bool(printed) == bool(recorded) and "details" not in printed


def test_statistics_count_nothing() -> None:
    meeting = new_meeting()

    assert done("results", meeting)["meeting"]["rule_set"] == "statistics"


def test_for_a_person_the_commands_speak_chinese(meeting: str) -> None:
    told = call("results", meeting).out.splitlines()

    assert told[0].startswith("应到 3，实到 2（66.7%），请假未派人 0（请假合计 0），缺席 1，迟到 1，早退 1")
    assert told[2] == "2\t县审计局\t欧阳建\t14:30\t本人到会，迟到 1 分，早退 55 分"
