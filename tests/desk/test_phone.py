"""The phone pages, over the same application that phones reach."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from desk_fakes import MEETING
from local_desk import LocalDesk, ticket_in

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.desk.writer import DeskBusy
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.errors import StorageProblem


def test_the_form_tells_the_meeting_and_nobody(desk: LocalDesk) -> None:
    page = desk.request("GET", f"/s/{desk.code()}")

    assert page.status_code == 200
    for words in (
        "全县重点工作推进会",
        "3 月 12 日（星期四）下午 2:30",
        "县行政中心三楼会议室",
        "代他人到会",
    ):
        assert words in page.text
    assert not any(seat.name in page.text for seat in desk.registrar.seats if seat.name)


def test_every_page_is_small_and_free_of_script(desk: LocalDesk) -> None:
    ticket = desk.open_form()
    pages = [
        desk.request("GET", f"/s/{desk.code()}"),
        desk.request("GET", "/s/nonsense"),
        desk.send_form(ticket, digits="9999"),
        desk.send_form(desk.open_form()),
    ]
    for page in pages:
        policy = page.headers["content-security-policy"]
        assert len(page.content) < 30_000
        assert "<script" not in page.text and " on" not in re.findall(r"<[a-z]+ on\w+=", page.text)
        assert "default-src 'none'" in policy and "form-action 'self'" in policy
        assert "unsafe" not in policy and re.search(r"style-src 'sha256-[\w+/]+=*'", policy)
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cache-control"] == "no-store"


def test_signing_in(desk: LocalDesk) -> None:
    answer = desk.send_form(desk.open_form())

    assert answer.status_code == 201
    for words in ("欧阳建　已签到", "县审计局　局长", "座位　3 排 7 号", "14:00"):
        assert words in answer.text
    assert "迟到" not in answer.text
    assert desk.committed == [1]


def test_late_arrival_is_told_so(desk: LocalDesk, clock: FixedClock) -> None:
    clock.advance(41 * 60)
    assert "迟到 11 分钟" in desk.send_form(desk.open_form()).text


def test_signing_in_again_is_harmless(desk: LocalDesk, clock: FixedClock) -> None:
    desk.send_form(desk.open_form())
    clock.advance(600)
    again = desk.send_form(desk.open_form())

    assert again.status_code == 200
    assert "14:00" in again.text and "此前已签到" in again.text


@pytest.mark.parametrize("digits", ["8 0 1 6", "８０１６", " 8016 "])
def test_digits_may_be_typed_in_any_way(desk: LocalDesk, digits: str) -> None:
    assert desk.send_form(desk.open_form(), digits=digits).status_code == 201


def test_names_are_matched_as_people_write_them(desk: LocalDesk) -> None:
    answer = desk.send_form(desk.open_form(), name="买买提 • 艾则孜", digits="2345")
    assert answer.status_code == 201


def test_badge_tail_serves_where_no_phone_is_known(desk: LocalDesk) -> None:
    seat = desk.registrar.seats[5]
    answer = desk.send_form(desk.open_form(), name=seat.name, digits=seat.badge[-4:])
    assert answer.status_code == 201


def test_previous_code_is_accepted_and_older_ones_are_not(desk: LocalDesk, clock: FixedClock) -> None:
    code = desk.code()
    clock.advance(29 - clock.reading().mono % 15)
    previous = desk.request("GET", f"/s/{code}")
    clock.advance(1)
    older = desk.request("GET", f"/s/{code}")

    assert (previous.status_code, older.status_code) == (200, 410)
    assert "签到码已更新" in older.text


def test_slow_typist_is_not_thrown_out_before_two_minutes(desk: LocalDesk, clock: FixedClock) -> None:
    early, late = desk.open_form(), desk.open_form()
    clock.advance(119)
    assert desk.send_form(early).status_code == 201
    clock.advance(1)
    expired = desk.send_form(late)
    assert expired.status_code == 410 and "页面已过期" in expired.text


def test_one_ticket_serves_one_person(desk: LocalDesk) -> None:
    ticket = desk.open_form()
    desk.send_form(ticket)
    second = desk.send_form(ticket, name="买买提·艾则孜", digits="2345")

    assert second.status_code == 410 and "已经用过" in second.text
    assert desk.committed == [1]


def test_double_tap_gets_the_same_answer(desk: LocalDesk) -> None:
    ticket = desk.open_form()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: desk.send_form(ticket), range(8)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1


def test_whichever_is_wrong_the_answer_is_the_same(desk: LocalDesk) -> None:
    wrong_name = desk.send_form(desk.open_form(), name="欧阳健")
    wrong_digits = desk.send_form(desk.open_form(), digits="8017")

    def without_entries(text: str) -> str:
        return re.sub(r'value="[^"]*"', "", text)

    assert (wrong_name.status_code, wrong_digits.status_code) == (422, 422)
    assert without_entries(wrong_name.text) == without_entries(wrong_digits.text)
    assert "姓名或后四位数字不对" in wrong_name.text


def test_a_slip_can_be_corrected_without_scanning_again(desk: LocalDesk, clock: FixedClock) -> None:
    slip = desk.send_form(desk.open_form(), digits="8017")
    clock.advance(100)
    assert desk.send_form(ticket_in(slip.text)).status_code == 201


def test_corrections_run_out(desk: LocalDesk) -> None:
    ticket = desk.open_form()
    for attempt in range(3):
        ticket = ticket_in(desk.send_form(ticket, digits=f"111{attempt}").text)
    assert desk.send_form(ticket, digits="1119").status_code == 410


def test_guessing_at_one_person_is_stopped_for_a_while(desk: LocalDesk, clock: FixedClock) -> None:
    statuses = [desk.send_form(desk.open_form(), digits=f"{n:04}").status_code for n in range(9)]
    right_but_blocked = desk.send_form(desk.open_form())
    other_person = desk.send_form(desk.open_form(), name="买买提·艾则孜", digits="2345")

    assert statuses == [422] * 8 + [429]
    assert right_but_blocked.status_code == 429
    assert int(right_but_blocked.headers["retry-after"]) > 1
    assert other_person.status_code == 201
    clock.advance(31)
    assert desk.send_form(desk.open_form()).status_code == 201


def test_guesses_side_by_side_count_too(desk: LocalDesk) -> None:
    tickets = [desk.open_form() for _ in range(40)]
    with ThreadPoolExecutor(40) as pool:
        answers = pool.map(lambda n: desk.send_form(tickets[n], digits=f"{n:04}").status_code, range(40))
    assert sorted(answers) == [422] * 8 + [429] * 32


def test_what_is_missing_is_asked_for(desk: LocalDesk) -> None:
    ticket = desk.open_form()
    no_name = desk.send_form(ticket, name="　")
    no_digits = desk.send_form(ticket, digits="80l6")
    no_deputy = desk.send_form(ticket, who="deputy")

    assert "请填写姓名" in no_name.text
    assert "请填写手机号" in no_digits.text and 'value="欧阳建"' in no_digits.text
    assert "请填写您本人的姓名和职务" in no_deputy.text
    assert {no_name.status_code, no_digits.status_code, no_deputy.status_code} == {422}
    assert desk.send_form(ticket).status_code == 201, "an incomplete form does not use up the ticket"


def test_deputy_is_registered_for_checking(desk: LocalDesk) -> None:
    deputy = {"who": "deputy", "deputy_name": "李 想", "deputy_post": "股长"}
    answer = desk.send_form(desk.open_form(), **deputy)

    assert answer.status_code == 201
    assert "李　想　已签到" in answer.text and "代　欧阳建" in answer.text
    assert "待签到台核实" in answer.text


def test_deputy_who_comes_after_the_invited_person_is_not_shown_as_signed_in(desk: LocalDesk) -> None:
    desk.send_form(desk.open_form())
    deputy = {"who": "deputy", "deputy_name": "李想", "deputy_post": "股长"}
    answer = desk.send_form(desk.open_form(), **deputy)

    assert answer.status_code == 200
    assert "欧阳建　已签到" in answer.text and "李" not in answer.text


def test_markup_in_entries_stays_text(desk: LocalDesk) -> None:
    evil = '"><img src=x onerror=alert(1)>'
    answer = desk.send_form(desk.open_form(), name=evil, digits="8016")

    assert "<img" not in answer.text
    assert "&gt;&lt;img" in answer.text


def test_markup_in_the_roster_stays_text(desk: LocalDesk) -> None:
    evil = Seat("s99", 99, "<b>局</b>", "<i>甲</i>", "<u>长</u>", phone="13900000099", badge="99")
    desk.registrar.seats.append(evil)
    desk.registrar.by_id["s99"] = evil
    desk.registrar.meeting_now = replace(MEETING, title="<script>1</script>")
    answer = desk.send_form(desk.open_form(), name="<i>甲</i>", digits="0099")

    assert answer.status_code == 201
    assert not re.search(r"<(i|b|u|script)>(甲|局|长|1)", answer.text)


def test_two_persons_of_one_name_and_number_go_to_the_desk(desk: LocalDesk) -> None:
    desk.registrar.seats.append(Seat("s98", 98, "县林业局", "欧阳建", phone="13800008016", badge="98"))
    answer = desk.send_form(desk.open_form())

    assert answer.status_code == 409 and "请到签到台签到" in answer.text
    assert "县林业局" not in answer.text and desk.committed == []


def test_closed_meeting_and_closed_gate(desk: LocalDesk) -> None:
    ticket = desk.open_form()
    desk.registrar.meeting_now = replace(MEETING, is_open=False)
    assert desk.request("GET", f"/s/{desk.code()}").status_code == 409
    assert desk.send_form(ticket).status_code == 409
    desk.parts.gate.is_open = False
    assert desk.request("GET", f"/s/{desk.code()}").status_code == 403
    assert desk.send_form(ticket).status_code == 403


def test_forms_from_other_pages_are_refused(desk: LocalDesk) -> None:
    form = {"ticket": desk.open_form(), "name": "欧阳建", "digits": "8016"}
    statuses = [
        desk.request("POST", "/s/sign-in", data=form, headers={"Origin": origin}).status_code
        for origin in ("http://evil.example", "null", "https://127.0.0.1:8000", "http://127.0.0.1:8000")
    ]
    assert statuses == [403, 403, 403, 201]


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"a=1&" * 100, b"ticket=%ff%00", b"x" * 17_000])
def test_nonsense_forms_are_refused_as_pages(desk: LocalDesk, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = desk.request("POST", "/s/sign-in", content=body, headers=headers)

    assert answer.status_code in (410, 413)
    assert answer.headers["content-type"].startswith("text/html")


def test_disk_trouble_is_told_and_the_same_form_can_be_sent_again(desk: LocalDesk) -> None:
    ticket = desk.open_form()
    desk.registrar.trouble = StorageProblem("磁盘已满：/secret/path。")
    refused = desk.send_form(ticket)
    desk.registrar.trouble = None

    assert refused.status_code == 503 and "签到没有记下" in refused.text
    assert "/secret" not in refused.text
    assert desk.send_form(ticket).status_code == 201


def test_who_is_on_disk_is_never_told_that_nothing_was_noted_down(
    desk: LocalDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry may be taken and the person's own page not be found, then or later."""

    def broken(seat_id: str) -> None:
        raise StorageProblem("磁盘出错。")

    def busy(ask: object) -> None:
        raise DeskBusy

    ticket = desk.open_form()
    desk.request("GET", "/s/me")  # the key of the cookies is known from now on
    monkeypatch.setattr(desk.registrar.guests, "visit", broken)
    kept = desk.send_form(ticket)
    monkeypatch.setattr(desk.writer, "guests", busy)
    later = desk.request("GET", "/s/me")
    assert desk.registrar.groups == [1]
    assert (
        kept.status_code == 202 and "已经记下" in kept.text and "huifeng_seat" in kept.headers["set-cookie"]
    )
    assert 'content="5;url=/s/me"' in kept.text
    assert later.status_code == 503 and "没有记下" not in later.text and 'content="5"' in later.text


def test_lost_pages_are_answered_as_pages(desk: LocalDesk) -> None:
    assert "请重新扫描" in desk.request("GET", "/s/sign-in").text
    assert desk.request("GET", "/s/a/b").status_code == 404
