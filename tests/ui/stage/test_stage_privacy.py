"""Four audiences, four views: nothing of a person's record reaches the hall but name, unit and post."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import datetime

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.service.podium import TimerView
from huifeng_desktop.ui.projection.views import called_view, countdown_view, meeting_view
from huifeng_desktop.ui.stage.view import StageMode, StageView, digits_text

PRIVATE = ("13900008016", "3 排 7 号", "因病请假", "2000000000008", "ouyangjian", "digest")


def _says(view: StageView) -> str:
    return "|".join(str(part) for part in astuple(view))


def test_who_is_called_is_named_with_unit_and_post_alone() -> None:
    phone, place, note, badge, pinyin, pin = PRIVATE
    seat = Seat("s1", 1, "县审计局", "欧阳建", "局长", phone=phone, place=place, note=note, badge=badge)
    view = called_view(replace(seat, pinyin=pinyin, pin=pin))
    assert (view.speaker, view.unit, view.title) == ("欧阳建", "县审计局", "局长")
    assert not [word for word in PRIVATE if word in _says(view)]


def test_the_pictures_of_the_meeting_name_nobody() -> None:
    start = datetime(2026, 3, 12, 14, 30).astimezone()
    plan = MeetingPlan("全县重点工作推进会", start, place="县行政中心三楼会议室", convener="县委办公室")
    for mode in (StageMode.SIGN_IN, StageMode.WELCOME, StageMode.CLOCK):
        view = meeting_view(mode, plan, start)
        assert (view.speaker, view.unit, view.expected, view.present) == ("", "", None, None)
        assert plan.convener not in _says(view)


def test_a_leaders_overrun_is_the_operators_alone_until_it_is_switched_on() -> None:
    timer = TimerView(
        AgendaItem("i1", "县领导讲话", "严学军", kind=ItemKind.ADDRESS), 1, Run.RUNNING, 1900.0, 1800, 0, None
    )
    assert digits_text(countdown_view(timer)) == "0:00"
    assert digits_text(countdown_view(timer, show_leader_overrun=True)) == "+1:40"
