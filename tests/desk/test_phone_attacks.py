"""What somebody in the hall's network may try with a program instead of a telephone."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from desk_fakes import FakeRegistrar
from desk_office import PEOPLE
from local_desk import LocalDesk, ticket_in
from phone_meeting import PhoneMeeting, phone_meeting

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.desk.phones.codes import CodeSigner, TicketBook
from huifeng_desktop.desk.phones.entry import PhoneLimits
from huifeng_desktop.domain import second_factor
from huifeng_desktop.domain.imported import RosterRow
from huifeng_desktop.exchange.papers.office_papers import OfficePapers

OUYANG, TAIL, LU = "欧阳建", "0001", "陆川"
TWO_HOURS = 2 * 3600


@pytest.fixture
def hall(tmp_path: Path, clock: FixedClock) -> Iterator[PhoneMeeting]:
    with phone_meeting(tmp_path / "data", clock) as held:
        yield held


# -- guessing ----------------------------------------------------------------------------------------


def tries_until(limits: PhoneLimits, people: list[str], seconds: int, address: str = "10.0.0.9") -> int:
    """How many wrong tries a program gets that misses no chance, a look a second."""
    return sum(limits.take(address, name, float(now)) for now in range(seconds) for name in people)


def test_what_a_guesser_gets_in_two_hours_is_bounded() -> None:
    """Of 10 000 tails; the figures are those of the README."""
    assert tries_until(PhoneLimits(), [OUYANG], TWO_HOURS) <= 250
    assert tries_until(PhoneLimits(), [f"与会者{number}" for number in range(60)], TWO_HOURS) <= 1750


def test_two_hundred_telephones_behind_one_address_with_their_slips_all_come_in() -> None:
    """A guest network shows the desk one address; every third mistypes twice, all within a minute."""
    limits, now = PhoneLimits(), 0.0
    for number in range(200):
        now += 0.3
        name = f"与会者{number}"
        for is_right in (False, False, True) if number % 3 == 0 else (True,):
            assert limits.pages.take("10.0.0.9", now) and limits.take("10.0.0.9", name, now)
            if is_right:
                limits.give_back("10.0.0.9", name, now)


def test_a_name_nobody_has_and_a_number_that_is_wrong_take_the_same_steps(
    hall: PhoneMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.meeting.load(*PEOPLE, RosterRow(6, "县民宗局", "沈一鸣", "局长", phone="13900000077", pin="246810"))
    compared: Counter[str] = Counter()
    true_same = second_factor._same

    def counted(known: str, given: str) -> bool:
        compared[asked] += 1
        return true_same(known, given)

    monkeypatch.setattr(second_factor, "_same", counted)
    told = {}
    for asked in (OUYANG, "沈一鸣", "无此人"):
        answer = hall.phone().sign_in(asked, "9999")
        plain = answer.text.replace(asked, "").replace(ticket_in(answer.text), "")
        told[asked] = (answer.status_code, sorted(answer.headers.keys()), plain)
    assert len({str(one) for one in told.values()}) == 1
    assert len(set(compared.values())) == 1 and len(compared) == 3


def test_who_asks_without_a_cookie_takes_nothing_from_other_addresses(hall: PhoneMeeting) -> None:
    asked = [hall.desk.request("GET", "/s/me", address="10.0.0.9").status_code for _ in range(70)]
    assert set(asked) == {403, 429}
    assert hall.desk.request("GET", "/s/me", address="10.0.0.7").status_code == 403


# -- forged and used again ---------------------------------------------------------------------------


def test_a_ticket_is_worth_nothing_in_another_meeting_or_with_a_changed_end(hall: PhoneMeeting) -> None:
    true = ticket_in(hall.phone().scan().text)
    ident, expires, tries, mark = true.split(".")
    forged = [
        f"{ident}.{int(expires) + 3600}.{tries}.{mark}",
        f"{ident}.{expires}.99.{mark}",
        f"{'0' * 16}.{expires}.{tries}.{mark}",
        f"{ident}.{expires}.{tries}.",
        f"{ident}.{expires}.{tries}",
        "....",
        "",
        f"{true}\x00",
        "é" * 40,
    ]
    for ticket in forged:
        assert hall.desk.send_form(ticket, name=OUYANG, digits=TAIL).status_code == 410, ticket


@pytest.mark.parametrize("cookie", ["huifeng_seat", "huifeng_phone"])
def test_no_changed_cookie_opens_a_page(hall: PhoneMeeting, cookie: str) -> None:
    phone = hall.phone()
    phone.sign_in(OUYANG, TAIL)
    whole = dict(phone.cookies)
    assert phone.get("/s/me").status_code == 200
    for place in range(len(whole[cookie])):
        char = "A" if whole[cookie][place] != "A" else "B"
        changed = whole[cookie][:place] + char + whole[cookie][place + 1 :]
        phone.cookies = {**whole, cookie: changed}
        answer = phone.get("/s/me")
        assert answer.status_code in (403, 429) and OUYANG not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/s/doc/../../meetings.db",
        "/s/doc/..%2f..%2fmeetings.db",
        "/s/doc/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/s/doc/..%5c..%5cmeetings.db",
        "/s/doc//etc/passwd",
        "/s/doc/%00",
        "/s/doc/",
        "/s/me/../doc/x",
        "/s/%2e%2e/api/summary",
        "/S/me",
        "/s/pad.js/..",
    ],
)
def test_no_path_leads_anywhere_else(hall: PhoneMeeting, path: str) -> None:
    phone = hall.phone()
    phone.sign_in(OUYANG, TAIL)
    answer = phone.get(path)
    assert answer.status_code in (307, 401, 403, 404, 410)
    assert "SQLite" not in answer.text and "root:" not in answer.text
    assert answer.headers.get("location", "http://127.0.0.1:8000/").startswith("http://127.0.0.1:8000/")


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST"])
def test_pages_are_only_read(hall: PhoneMeeting, verb: str) -> None:
    for path in ("/s/me", "/s/doc/x", f"/s/{hall.desk.code()}", "/"):
        answer = hall.desk.request(verb, path)
        assert answer.status_code == 405 and "access-control-allow-origin" not in answer.headers


# -- what is typed ends up on paper and in tables ----------------------------------------------------

FORMULAS = ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "<b>x</b>")


def test_what_a_telephone_types_is_no_formula_in_any_table(hall: PhoneMeeting, tmp_path: Path) -> None:
    rows = [
        RosterRow(row, "县直单位", f"与会者{row}", "主任", phone=f"1390000{row:04}") for row in range(6, 12)
    ]
    hall.meeting.load(*PEOPLE, *rows)
    for row, formula in zip(rows, FORMULAS, strict=True):
        named = {"who": "deputy", "deputy_name": formula, "deputy_post": formula}
        assert hall.phone().sign_in(row.name, row.phone[-4:], **named).status_code == 201
    hall.look()
    tables = OfficePapers().export(hall.meeting.session, tmp_path, "csv")
    cells = [cell for file in tables for cell in table(file)]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@＝")]
    for file in OfficePapers().export(hall.meeting.session, tmp_path, "xlsx"):
        for sheet in openpyxl.load_workbook(file):
            kinds = {cell.data_type for line in sheet.iter_rows() for cell in line}
            assert "f" not in kinds, (file.name, sheet.title)


def table(file: Path) -> list[str]:
    """Every cell."""
    rows: list[list[Any]] = list(csv.reader(StringIO(file.read_bytes().decode("utf-8-sig"))))
    return [cell for row in rows for cell in row]


def test_the_door_that_was_stopped_takes_no_form_that_was_open(hall: PhoneMeeting) -> None:
    ticket = ticket_in(hall.phone().scan().text)
    hall.meeting.door.set_open(False)
    answer = hall.desk.send_form(ticket, name=OUYANG, digits=TAIL)
    assert answer.status_code == 409 and "现在不能签到" in answer.text
    hall.meeting.door.set_open(True)
    assert hall.desk.send_form(hall.desk.open_form(), name=OUYANG, digits=TAIL).status_code == 201


def test_a_form_of_before_a_crash_of_the_desk_is_told_to_scan_again(
    desk: LocalDesk, clock: FixedClock
) -> None:
    """The desk that is started anew signs with another secret."""
    before = TicketBook(b"of the run before", "m1").issue(clock.reading().mono)
    code = CodeSigner(b"of the run before", "m1").code(clock.reading().mono)
    for answer in (desk.send_form(before), desk.request("GET", f"/s/{code}")):
        assert answer.status_code == 410 and "请重新扫描大屏幕上的签到码" in answer.text
    assert desk.send_form(desk.open_form()).status_code == 201


def test_a_flood_of_forms_without_a_ticket_keeps_nothing(desk: LocalDesk) -> None:
    for number in range(50):
        assert desk.send_form(f"{number:016x}.9999999999.3.forged").status_code == 410
    assert desk.send_form(desk.open_form()).status_code == 201


def test_old_codes_cost_a_busy_desk_nothing(registrar: FakeRegistrar, clock: FixedClock) -> None:
    """Who has no pass is answered without a question to the writer's thread, however full its queue is."""
    desk = LocalDesk(registrar, clock, capacity=0)
    try:
        assert desk.request("GET", f"/s/{desk.code()}").status_code == 503
        assert desk.request("GET", "/s/nonsense").status_code == 410
        assert desk.send_form("nonsense").status_code == 410
    finally:
        desk.close()
