"""What the desk sees of the hall and does to it, beside a window on the same disk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk_office import Meeting, beside

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.service.hall import Hall
from huifeng_desktop.service.registrar import Press


@pytest.fixture
def hall(meeting: Meeting) -> Iterator[Hall]:
    """The desk's side of a meeting with three items of ten, five and five minutes."""
    meeting.add_items(10, 5, 5)
    with beside(meeting) as other:
        yield Hall(other.session)


def runs(meeting: Meeting) -> list[Run]:
    meeting.session.catch_up(force=True)
    return [row.run for row in meeting.podium.rows()]


def test_it_follows_the_window(meeting: Meeting, hall: Hall, clock: FixedClock) -> None:
    assert (hall.hall().is_opened, hall.hall().timer is not None) == (False, True)
    meeting.podium.declare_opened()
    meeting.podium.start()
    clock.advance(541.5)
    facts = hall.hall()
    assert facts.is_opened and facts.timer is not None
    assert (facts.timer.elapsed_s, facts.timer.number) == (541.5, 1)


def test_every_button_is_on_disk_when_it_returns(meeting: Meeting, hall: Hall, clock: FixedClock) -> None:
    def press(button: Press) -> bool:
        clock.advance(30)
        return hall.press(button, hall.hall().stand).done

    assert press(Press.GO) and runs(meeting) == [Run.RUNNING, Run.IDLE, Run.IDLE]
    assert press(Press.PAUSE) and runs(meeting)[0] is Run.PAUSED
    assert press(Press.RESUME) and runs(meeting)[0] is Run.RUNNING
    assert press(Press.MORE) and press(Press.MORE) and press(Press.LESS)
    assert press(Press.GO) and runs(meeting) == [Run.FINISHED, Run.RUNNING, Run.IDLE]
    meeting.session.catch_up(force=True)
    assert (meeting.podium.rows()[0].granted_s, meeting.podium.rows()[0].spoken_s) == (60, 150)


def test_a_press_that_crosses_one_in_the_window_finishes_one_speech_only(
    meeting: Meeting, hall: Hall
) -> None:
    meeting.podium.start()
    seen = hall.hall().stand
    meeting.podium.finish_and_next()
    outcome = hall.press(Press.GO, seen)

    assert not outcome.done and "没有执行" in outcome.sentence
    assert runs(meeting) == [Run.FINISHED, Run.RUNNING, Run.IDLE]


@pytest.mark.parametrize("press", [Press.PAUSE, Press.RESUME, Press.MORE, Press.LESS])
def test_what_does_not_fit_is_refused_with_a_sentence(meeting: Meeting, hall: Hall, press: Press) -> None:
    outcome = hall.press(press, hall.hall().stand)
    assert not outcome.done and outcome.sentence.endswith("。")
    assert runs(meeting) == [Run.IDLE] * 3


def test_after_the_last_item_there_is_nothing_to_start(meeting: Meeting, hall: Hall) -> None:
    sentences = [hall.press(Press.GO, hall.hall().stand).sentence for _ in range(5)]
    assert "没有等待的议题" in sentences[3]
    assert hall.hall().timer is None and hall.hall().stand == ""
    assert not hall.press(Press.GO, "").done


def test_the_figures_are_counted_at_most_once_a_second(
    meeting: Meeting, hall: Hall, clock: FixedClock
) -> None:
    assert (hall.hall().expected, hall.hall().present) == (3, 0)
    meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED)
    assert hall.hall().present == 0
    clock.advance(1)
    assert hall.hall().present == 1
