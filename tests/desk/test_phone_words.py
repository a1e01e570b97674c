"""What a telephone's page says is true, small and whole, whatever the meeting and the form hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browser import Chrome, chromium, resize
from desk_fakes import MEETING, START
from desk_office import PEOPLE
from local_desk import LocalDesk, ticket_in
from phone_meeting import PhoneMeeting, phone_meeting

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.desk.phones.pages import Pages
from huifeng_desktop.domain.imported import RosterRow
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.phones import Document, PhoneLevel
from huifeng_desktop.paths import resource_path
from huifeng_desktop.service.door.guests import AgendaLine, Guests, Standing, Visit
from huifeng_desktop.service.door.sign_in import DeskMeeting

OUYANG, TAIL = "欧阳建", "0001"
UYGHUR = "买买提·阿卜杜热依木·艾则孜"
NO_BREAK = "\u2060"


@pytest.fixture
def hall(tmp_path: Path, clock: FixedClock) -> Iterator[PhoneMeeting]:
    with phone_meeting(tmp_path / "data", clock) as held:
        yield held


@pytest.mark.parametrize("char", ["会", "𬱖", '"', "&"])
def test_no_page_is_larger_than_thirty_kilobytes_whatever_stands_on_it(char: str) -> None:
    pages, long = Pages(resource_path("web")), char * 400
    meeting = DeskMeeting("m1", long, START, long, True, has_pins=True, asks_signature=True)
    agenda = [AgendaLine(number, long, long) for number in range(1, 61)]
    files = [Document(f"{number:012}", long, 1 << 24, "0" * 64, START, "x") for number in range(40)]
    visit = Visit(
        Standing.SIGNED_IN, long, long, long, long, START, deputy=long, agenda=agenda, documents=files
    )

    own, wait = pages.guest(meeting, visit), pages.waiting(meeting, visit)
    assert max(len(bytes(own.body)), len(bytes(wait.body))) < 30_000
    assert f"另有 {60 - bytes(own.body).count(b'<li><b>')} 项".encode() in bytes(own.body)


def test_one_endless_title_or_unit_takes_no_room_from_the_others() -> None:
    agenda = [
        AgendaLine(1, "议" * 5000, "单" * 5000),
        *(AgendaLine(n, f"议题{n}", "县财政局") for n in range(2, 20)),
    ]
    page = Pages(resource_path("web")).guest(
        MEETING, Visit(Standing.SIGNED_IN, OUYANG, at=START, agenda=agenda)
    )
    text = bytes(page.body).decode()
    assert all(f"议题{n}" in text for n in range(2, 20)) and "另有" not in text
    assert f"{'议' * 59}…" in text and f"{'单' * 39}…" in text and "议" * 60 not in text


def test_who_only_waits_is_not_told_that_he_has_signed_in(hall: PhoneMeeting) -> None:
    hall.phones.set_rules(PhoneLevel.STRICT, signature=False)
    phone = hall.phone()
    phone.sign_in(OUYANG, TAIL)
    again = phone.scan().text
    assert "已经签" not in again and "已签到" not in again and 'href="/s/me"' in again


def test_a_refusal_is_told_to_whoever_of_the_persons_posts_asks(hall: PhoneMeeting) -> None:
    hall.phones.set_rules(PhoneLevel.STRICT, signature=False)
    first = Seat("p1", 1, "县水利局", "王磊", "局长", phone="13900000055")
    second = Seat("p2", 2, "县河长办", "王磊", "主任", phone="13900000055", same_person="p1")
    for seat in (first, second):
        hall.meeting.door.add_walk_in(seat)
    hall.phone().sign_in("王磊", "0055")
    hall.look()
    (waiting,) = hall.phones.waiting()
    hall.phones.refuse(waiting.proposal, reason="不是本人")
    guests = Guests(hall.meeting.session)
    assert [guests.visit(seat_id).standing for seat_id in ("p1", "p2")] == [Standing.REFUSED] * 2


def test_a_telephone_with_a_pass_finds_back_from_an_old_page(hall: PhoneMeeting, clock: FixedClock) -> None:
    """Who opens the page of ten minutes ago from the chat's list must not think that he is not signed in."""
    phone, stranger, old = hall.phone(), hall.phone(), hall.desk.code()
    ticket = ticket_in(phone.scan().text)
    phone.sign_in(OUYANG, TAIL)
    clock.advance(600)
    page = phone.get(f"/s/{old}")
    assert page.status_code == 410 and 'href="/s/me"' in page.text
    form = {"ticket": ticket, "name": OUYANG, "digits": TAIL, "who": "self"}
    cookies = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
    late = hall.desk.request("POST", "/s/sign-in", data=form, headers={"Cookie": cookies})
    assert late.status_code == 410 and 'href="/s/me"' in late.text
    assert 'href="/s/me"' not in stranger.get(f"/s/{old}").text


def test_who_has_tried_too_often_is_told_how_long_to_wait(desk: LocalDesk) -> None:
    for _ in range(8):
        desk.send_form(desk.open_form(), digits="1234")
    refused = desk.send_form(desk.open_form(), digits="1234")
    assert refused.status_code == 429 and refused.headers["retry-after"] == "30"
    assert "请过 30 秒再试" in refused.text


def test_an_ethnic_name_is_never_broken_at_its_dot(hall: PhoneMeeting) -> None:
    hall.meeting.load(*PEOPLE, RosterRow(6, "县民宗局", UYGHUR, "局长", phone="13900000077"))
    page = hall.phone().sign_in(UYGHUR, "0077").text
    assert UYGHUR.replace("·", f"{NO_BREAK}·{NO_BREAK}") in page


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\x00", "\x1b", "\n"])
def test_no_invisible_mark_of_a_form_reaches_the_record(hall: PhoneMeeting, mark: str) -> None:
    named = {"deputy_name": f"李{mark}想", "deputy_post": f"股{mark}长"}
    assert hall.phone().sign_in(OUYANG, TAIL, who="deputy", **named).status_code == 201
    hall.look()
    seat = next(one for one in hall.meeting.session.state.seats if one.name == OUYANG)
    arrival = hall.meeting.session.state.facts_of(seat).arrival
    assert arrival is not None and arrival.deputy is not None
    assert (arrival.deputy.name, arrival.deputy.post) == ("李想", "股长")


def test_what_is_no_utf8_is_not_put_down_as_a_name_of_boxes(hall: PhoneMeeting) -> None:
    ticket = ticket_in(hall.phone().scan().text)
    body = f"ticket={ticket}&name=%E6%AC%A7%E9%98%B3%E5%BB%BA&digits={TAIL}&who=deputy&deputy_post=x"
    answer = hall.desk.request("POST", "/s/sign-in", content=f"{body}&deputy_name=%C0%EE%CF%EB".encode())
    assert answer.status_code == 422 and "填写您本人的姓名和职务" in answer.text
    assert not re.search("\ufffd", answer.text)
    hall.look()
    assert all(one.kind != "sign_in" for one in hall.meeting.session.state.log)


WHOLE = "13900000001"
WIDE = WHOLE.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


@pytest.mark.parametrize("typed", [WHOLE, "139 0000 0001", "139-0000-0001", WIDE, "0001"])
def test_who_types_the_whole_number_has_given_its_tail(hall: PhoneMeeting, typed: str) -> None:
    assert hall.phone().sign_in(OUYANG, typed).status_code == 201


@pytest.mark.parametrize("typed", ["139000000", "000100010001", "0" * 40, "13900000002", "a0001", "00O1"])
def test_half_a_number_or_another_is_none(hall: PhoneMeeting, typed: str) -> None:
    refused = hall.phone().sign_in(OUYANG, typed)
    assert refused.status_code == 422 and len(refused.content) < 30_000


def test_a_meeting_without_a_place_leaves_no_empty_line(desk: LocalDesk) -> None:
    desk.registrar.meeting_now = replace(desk.registrar.meeting_now, place="")
    assert "<br></div>" not in desk.request("GET", f"/s/{desk.code()}").text


@pytest.mark.browser
@pytest.mark.parametrize("size", [(360, 640), (390, 844), (412, 915)])
def test_the_name_stands_in_one_line_and_in_large_type_breaks_elsewhere(
    browser: Chrome, tmp_path: Path, size: tuple[int, int]
) -> None:
    visit = Visit(Standing.SIGNED_IN, UYGHUR, "县民宗局", "局长", at=START)
    meeting = DeskMeeting("m1", "全县重点工作推进会", START, "县行政中心三楼会议室", True)
    file = tmp_path / "page.html"
    file.write_bytes(bytes(Pages(resource_path("web")).guest(meeting, visit).body))
    resize(browser, *size)
    browser.get(file.as_uri())
    assert lines_of_the_name(browser) == [UYGHUR]
    for _ in range(3):
        browser.execute_script(_LARGER)
        lines = lines_of_the_name(browser)
        assert "".join(lines) == UYGHUR and len(lines) > 1
        assert not any(line.startswith("·") or line.endswith("·") for line in lines)


_LARGER = """for (const one of [...document.querySelectorAll('.card, .card *')].reverse())
  one.style.fontSize = parseFloat(getComputedStyle(one).fontSize) * 1.3 + 'px'"""
_LINES = """const text = document.querySelector('.card b').firstChild, range = document.createRange();
const lines = new Map();
for (let at = 0; at < text.length; at += 1) {
  if (text.data[at] === '\\u2060') continue;
  range.setStart(text, at); range.setEnd(text, at + 1);
  const top = Math.round(range.getBoundingClientRect().top);
  lines.set(top, (lines.get(top) || '') + text.data[at]);
}
return [...lines.values()]"""


def lines_of_the_name(browser: Chrome) -> list[str]:
    """How the browser breaks it."""
    return list(browser.execute_script(_LINES))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("profile"), 360, 640) as driver:
        yield driver
