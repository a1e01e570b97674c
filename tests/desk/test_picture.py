"""What the stage page and the remote are told, and what they are never told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from desk_fakes import FakeRegistrar, timer

from huifeng_desktop.desk.screens.picture import has_changed, remote_picture, stage_picture
from huifeng_desktop.desk.screens.stage_wish import Called, StageWish
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.service.registrar import HallFacts

NO_WISH = StageWish()


@pytest.fixture
def hall(registrar: FakeRegistrar) -> HallFacts:
    return registrar.hall_now


def test_without_a_window_the_meeting_decides(hall: HallFacts) -> None:
    assert stage_picture(replace(hall, is_opened=False), NO_WISH)["mode"] == "sign_in"
    assert stage_picture(hall, NO_WISH)["mode"] == "countdown"
    assert stage_picture(replace(hall, timer=None), NO_WISH)["mode"] == "welcome"


@pytest.mark.parametrize(
    "mode", ["clock", "welcome", "sign_in", "message", "blackout", "countdown", "agenda"]
)
def test_the_window_decides_where_there_is_one(hall: HallFacts, mode: str) -> None:
    assert stage_picture(hall, StageWish(mode))["mode"] == mode


def test_black_is_black(hall: HallFacts) -> None:
    assert stage_picture(hall, StageWish("blackout", "请控制时间")) == {"mode": "blackout"}


def test_the_agenda_is_the_countdown_with_what_follows(hall: HallFacts) -> None:
    following = (
        (7, AgendaItem("i7", "人社工作", unit="县人社局", kind=ItemKind.REPORT)),
        (9, AgendaItem("i9", "讲话")),
    )
    told = stage_picture(replace(hall, coming=following, following=5), StageWish("agenda"))
    assert (told["title"], told["elapsed"]) == ("财政工作", 12)
    assert [(one["head"], one["title"], one["unit"]) for one in told["coming"]] == [
        ("下一项　限时 10:00", "人社工作", "县人社局"),
        ("第 9 项　限时 5:00", "讲话", ""),
    ]
    assert told["more"] == "其后还有 3 项"
    whole = stage_picture(replace(hall, coming=following, following=2), StageWish("agenda"))
    assert whole["more"] == ""
    assert "coming" not in stage_picture(replace(hall, coming=following), StageWish("countdown"))
    assert stage_picture(replace(hall, timer=None), StageWish("agenda"))["mode"] == "welcome"


def test_who_is_called_stands_there_with_unit_and_post_alone(hall: HallFacts) -> None:
    wish = StageWish.from_line(
        {
            "mode": "roll_call",
            "called": {"name": "王　磊", "unit": "县水利局", "post": "局长", "phone": "139"},
        }
    )
    assert stage_picture(hall, wish) == {
        "mode": "roll_call",
        "name": "王　磊",
        "unit": "县水利局",
        "post": "局长",
    }


@pytest.mark.parametrize("mode", ["sign_in", "welcome"])
def test_the_code_is_there_while_phones_may_sign_in(hall: HallFacts, mode: str) -> None:
    with_code = stage_picture(hall, StageWish(mode, code="http://192.168.1.20:8765/s/Zm9v"))
    assert (with_code["request"], with_code["expected"], with_code["present"]) == ("请扫码签到", 12, 3)
    assert len({len(row) for row in with_code["code"]} | {len(with_code["code"])}) == 1
    without = stage_picture(hall, StageWish(mode))
    assert (without["request"], without["code"]) == ("请到签到台签到", ())


def test_amber_comes_with_the_bells_of_the_type(hall: HallFacts) -> None:
    marks = [{"unit": "percent", "value": 50, "count": 1, "tone": "soft"}]
    wish = StageWish.from_line({"mode": "countdown", "cues": {"multimedia_report": marks}})
    told = stage_picture(hall, wish)
    assert (told["amber"], told["words"]["amber"]) == (180, "剩余不足 3 分钟")
    assert remote_picture(hall, wish.cues)["amber"] == 180
    assert stage_picture(hall, NO_WISH)["amber"] == 60


def test_the_item_before_the_hall(hall: HallFacts) -> None:
    told = stage_picture(hall, StageWish(message="请控制时间"))
    assert (told["item"], told["title"], told["unit"], told["speaker"]) == (
        "第 6 项",
        "财政工作",
        "县财政局",
        "赵　镕",
    )
    assert (told["limit"], told["state"], told["elapsed"], told["allowed"]) == (
        "限时 6:00",
        "running",
        12,
        360,
    )
    assert told["words"]["amber"] == "剩余不足 1 分钟"
    assert told["next"] == "下一项　人社工作　县人力资源和社会保障局"
    assert told["message"] == "请控制时间"


def test_granted_time_is_part_of_the_limit(hall: HallFacts) -> None:
    told = stage_picture(replace(hall, timer=timer(granted_s=90)), NO_WISH)
    assert (told["allowed"], told["limit"]) == (450, "限时 7:30")


def test_short_speeches_turn_amber_at_half(hall: HallFacts) -> None:
    told = stage_picture(replace(hall, timer=timer(limit_s=45)), NO_WISH)
    assert told["amber"] == 22.5 and told["words"]["amber"] == "剩余不足 22 秒"


def test_without_a_limit_the_time_counts_up(hall: HallFacts) -> None:
    told = stage_picture(replace(hall, timer=timer(limit_s=None)), NO_WISH)
    assert (told["allowed"], told["limit"]) == (None, "不限时")


def test_a_leaders_overrun_stays_with_the_operator(hall: HallFacts) -> None:
    """GIVEN a leader 154 s over WHEN the stage is told THEN not even the seconds are in it."""
    over = replace(hall, timer=timer(elapsed_s=514.0, kind=ItemKind.ADDRESS))
    told = stage_picture(over, NO_WISH)
    assert told["elapsed"] == 360 and told["held"] and not told["overrun"]
    assert told["words"]["over"] == "已到时"
    assert "514" not in json.dumps(told) and "154" not in json.dumps(told)

    assert stage_picture(over, StageWish(leaders_too=True))["elapsed"] == 514
    assert remote_picture(over)["elapsed"] == 514


def test_nobodys_attendance_is_ever_told(hall: HallFacts) -> None:
    for mode in ("sign_in", "countdown", "clock", "welcome"):
        told = json.dumps(stage_picture(hall, StageWish(mode)), ensure_ascii=False)
        assert "欧阳建" not in told and "买买提" not in told and "139" not in told
    counted = stage_picture(hall, StageWish("sign_in"))
    assert (counted["expected"], counted["present"]) == (12, 3)


@pytest.mark.parametrize(
    ("line", "wish"),
    [
        ({}, NO_WISH),
        ({"mode": "dance", "message": 3, "leaders_too": "yes"}, NO_WISH),
        ({"mode": "clock", "message": " 请安静 "}, StageWish("clock", "请安静")),
        ({"mode": None, "leaders_too": True}, StageWish(leaders_too=True)),
        ({"message": "长" * 900}, StageWish(message="长" * 200)),
        ({"mode": "roll_call", "called": {"name": "王磊"}}, StageWish("roll_call", called=Called("王磊"))),
        ({"mode": "roll_call", "called": {"name": 3}}, NO_WISH),
        ({"mode": "agenda", "code": 5, "cues": "soon"}, StageWish("agenda")),
    ],
)
def test_wishes_are_read_with_care(line: dict[str, Any], wish: StageWish) -> None:
    assert StageWish.from_line(line) == wish


@pytest.mark.parametrize(
    ("run", "go", "hold", "adjustable"),
    [
        (Run.IDLE, "开始", "", False),
        (Run.RUNNING, "结束并下一项", "pause", True),
        (Run.PAUSED, "结束并下一项", "resume", True),
    ],
)
def test_the_remote_offers_what_fits(hall: HallFacts, run: Run, go: str, hold: str, adjustable: bool) -> None:
    told = remote_picture(replace(hall, timer=timer(run)))
    assert (told["go"], told["hold"], told["adjustable"]) == (go, hold, adjustable)
    assert told["stand"] == f"i6:{run.value}"


def test_the_last_item_is_ended_and_nothing_follows(hall: HallFacts) -> None:
    assert remote_picture(replace(hall, timer=timer(next_item=None)))["go"] == "结束发言"
    assert remote_picture(replace(hall, timer=None))["mode"] == "none"


def test_time_alone_is_no_change(hall: HallFacts) -> None:
    before = stage_picture(hall, NO_WISH)
    later = stage_picture(replace(hall, timer=timer(elapsed_s=12.3)), NO_WISH)
    assert not has_changed(before, later, 0.3)
    assert has_changed(before, later, 0.0)
    paused = stage_picture(replace(hall, timer=timer(Run.PAUSED)), NO_WISH)
    assert has_changed(before, paused, 0.0) and not has_changed(paused, paused, 9.0)
