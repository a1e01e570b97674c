"""The words and figures of the stage, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huifeng_desktop.ui.stage.view import (
    StageMode,
    StagePhase,
    StageView,
    bottom_text,
    digits_text,
    item_text,
    limit_text,
    phase_words,
    progress,
    speaker_text,
    urgency,
)

VIEW = StageView(
    StageMode.COUNTDOWN, 6, "财政工作", "赵　镕", "县财政局", limit_s=360.0, phase=StagePhase.NORMAL
)


@pytest.mark.parametrize(
    ("elapsed", "shown"),
    [
        (0.0, "6:00"),
        (0.001, "6:00"),
        (0.999, "6:00"),
        (1.0, "5:59"),
        (1.001, "5:59"),
        (138.0, "3:42"),
        (300.0, "1:00"),
        (359.0, "0:01"),
        (359.999, "0:01"),
        (360.0, "0:00"),
        (360.999, "0:00"),
        (361.0, "+0:01"),
        (361.999, "+0:01"),
        (395.0, "+0:35"),
        (420.0, "+1:00"),
        (1114.2, "+12:34"),
    ],
)
def test_time_left_is_rounded_up_and_then_counts_up(elapsed: float, shown: str) -> None:
    assert digits_text(replace(VIEW, elapsed_s=elapsed)) == shown


@pytest.mark.parametrize(
    ("limit", "shown"), [(390, "6:30"), (900, "15:00"), (7200, "120:00"), (0, "0:00"), (45, "0:45")]
)
def test_the_whole_limit_stands_at_the_start(limit: float, shown: str) -> None:
    assert digits_text(replace(VIEW, limit_s=limit)) == shown


def test_tenths_added_up_do_not_shift_a_second() -> None:
    elapsed = sum([0.1] * 600)  # 59.99999999999999…
    assert digits_text(replace(VIEW, elapsed_s=elapsed)) == "5:00"


def test_a_leaders_overrun_stays_at_zero_and_asks_for_nothing() -> None:
    view = replace(VIEW, elapsed_s=500.0, phase=StagePhase.OVER, show_overrun=False)
    assert digits_text(view) == "0:00"
    assert phase_words(view) == "已到时"
    assert phase_words(replace(view, show_overrun=True)) == "已到时，请结束发言"


def test_without_a_limit_the_time_spoken_is_shown() -> None:
    view = replace(VIEW, limit_s=None, elapsed_s=61.9)
    assert (digits_text(view), limit_text(view), progress(view)) == ("1:01", "不限时", 0.0)


@pytest.mark.parametrize(
    ("phase", "amber_at", "words"),
    [
        (StagePhase.IDLE, 60.0, "未开始"),
        (StagePhase.NORMAL, 60.0, "进行中"),
        (StagePhase.AMBER, 60.0, "剩余不足 1 分钟"),
        (StagePhase.AMBER, 30.0, "剩余不足 30 秒"),
        (StagePhase.AMBER, 90.0, "剩余不足 1 分 30 秒"),
        (StagePhase.PAUSED, 60.0, "已暂停"),
    ],
)
def test_every_phase_has_its_words(phase: StagePhase, amber_at: float, words: str) -> None:
    assert phase_words(replace(VIEW, phase=phase, amber_at_s=amber_at)) == words


@pytest.mark.parametrize(
    ("elapsed", "colour_of"),
    [
        (100.0, StagePhase.NORMAL),
        (300.0, StagePhase.AMBER),
        (359.0, StagePhase.AMBER),
        (360.0, StagePhase.OVER),
    ],
)
def test_a_pause_keeps_the_colour_of_the_time_left(elapsed: float, colour_of: StagePhase) -> None:
    assert urgency(replace(VIEW, phase=StagePhase.PAUSED, elapsed_s=elapsed)) is colour_of


def test_lines_leave_out_what_is_not_known() -> None:
    assert (item_text(VIEW), speaker_text(VIEW), limit_text(VIEW)) == (
        "第 6 项",
        "县财政局　赵　镕",
        "限时 6:00",
    )
    bare = StageView(StageMode.COUNTDOWN, title="休会")
    assert (item_text(bare), speaker_text(bare), bottom_text(bare)) == ("", "", "")
    assert bottom_text(replace(VIEW, next_title="人社工作")) == "下一项　人社工作"
    prompted = replace(VIEW, next_title="人社工作", message="请抓紧时间")
    assert bottom_text(prompted) == "下一项　人社工作", "words to the speaker have their own place"


@pytest.mark.parametrize(
    ("elapsed", "part"), [(-1.0, 0.0), (0.0, 0.0), (180.0, 0.5), (360.0, 1.0), (900.0, 1.0)]
)
def test_progress_stays_between_nothing_and_all(elapsed: float, part: float) -> None:
    assert progress(replace(VIEW, elapsed_s=elapsed)) == part
