"""Days that somebody was given: said while they run, and said when they are past."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from after_parts import START, Parts, make_parts

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.service.after.rulings import Case
from huifeng_desktop.ui.after.evidence import evidence
from huifeng_desktop.ui.after.words import case_line, case_tag, choice_words, question


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return make_parts(tmp_path / "data")


def the_case(parts: Parts, name: str) -> Case:
    (seat,) = [one for one in parts.session.state.seats if one.name == name]
    case = parts.context.rulings.case(seat.seat_id)
    assert case is not None
    return case


def told(parts: Parts, name: str) -> list[tuple[str, str]]:
    return [(line.when, line.text) for line in evidence(the_case(parts, name), parts.session)]


def asks_orally(parts: Parts, name: str) -> None:
    seat_id = the_case(parts, name).verdict.seat.seat_id
    body = {"approval": "oral", "reason": "因公"}
    parts.session.state_facts([Fact(EventKind.LEAVE_RECORDED, START, seat_id, body)])


def test_an_oral_leave_says_until_when_and_then_that_the_day_is_past(parts: Parts) -> None:
    asks_orally(parts, "吴堃")
    verdict = the_case(parts, "吴堃").verdict
    assert (case_tag(verdict).text, case_line(verdict)) == ("3 月 17 日前补", "口头请假，待补手续")
    parts.clock.advance(timedelta(days=8).total_seconds())
    verdict = the_case(parts, "吴堃").verdict
    assert (case_tag(verdict).text, question(verdict)) == ("待认定", "手续未补？")
    assert case_line(verdict) == "口头请假，3 月 17 日前没有补手续"
    assert ("3 月 17 日", "口头请假补手续的期限已过") in told(parts, "吴堃")


def test_an_explanation_is_never_asked_for_until_a_day_that_is_past(parts: Parts) -> None:
    parts.clock.advance(timedelta(days=8).total_seconds())
    case = the_case(parts, "欧阳建")
    assert choice_words(case, Decision.DEFERRED, parts.session).aside == "要求 3 月 25 日前书面说明"


def test_a_deferred_case_keeps_its_day_and_says_when_it_is_past(parts: Parts) -> None:
    seat_id = the_case(parts, "欧阳建").verdict.seat.seat_id
    parts.context.rulings.rule(seat_id, Decision.DEFERRED, by="刘芳")
    parts.clock.advance(timedelta(days=4).total_seconds())
    assert case_tag(the_case(parts, "欧阳建").verdict).text == "暂缓，3 月 17 日前"
    assert not any("期限已过" in text for _, text in told(parts, "欧阳建"))
    parts.clock.advance(timedelta(days=4).total_seconds())
    assert case_tag(the_case(parts, "欧阳建").verdict).text == "暂缓已到期"
    assert ("3 月 17 日", "书面说明的期限已过") in told(parts, "欧阳建")
