"""A second desk over HTTP: who is let in, what is told, and that nothing is entered twice."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from desk_fakes import FakeRegistrar
from desk_office import Meeting, held_by
from local_desk import LocalDesk

from huifeng_desktop.app.folder import open_registrar
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.imported import Approval, RosterRow
from huifeng_desktop.domain.people import Deputy

NONCE = "0123456789abcdef"


class SecondDesk:
    """A meeting, its desk, and one second desk that is open."""

    def __init__(self, meeting: Meeting, desk: LocalDesk) -> None:
        self.meeting, self.desk = meeting, desk
        self.listed: list[list[dict[str, Any]]] = []
        self.desk.parts.second._told = lambda lines: self.listed.append(list(lines))
        self.open("d1", "东门 刘芳")
        self.path = "/d/" + self.listed[-1][0]["key"]

    def open(self, ident: str, name: str) -> None:
        async def work() -> None:
            self.desk.parts.second.open(ident, name, "http://127.0.0.1:8000")

        self.desk.run(work())

    def revoke(self, ident: str) -> None:
        async def work() -> None:
            self.desk.parts.second.revoke(ident)

        self.desk.run(work())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.desk.request("GET", self.path + path, **more)

    def enter(self, nonce: str = NONCE, **body: Any) -> Any:
        body = {"nonce": nonce, "method": "typed", **body}
        return self.desk.request("POST", f"{self.path}/entry", json=body).json()

    def undo(self, event: str, reason: str, nonce: str = NONCE) -> Any:
        body = {"nonce": nonce, "event": event, "reason": reason}
        return self.desk.request("POST", f"{self.path}/undo", json=body).json()

    def log(self, kind: EventKind) -> list[Any]:
        self.meeting.session.catch_up(force=True)
        return [event for event in self.meeting.session.state.log if event.kind is kind]


@pytest.fixture
def second(data_dir: Path, clock: FixedClock) -> Iterator[SecondDesk]:
    with held_by(data_dir, clock) as meeting:
        meeting_id = meeting.session.meeting_id
        desk = LocalDesk(
            FakeRegistrar(clock, []), clock, opened=lambda: open_registrar(data_dir, meeting_id, clock)
        )
        yield SecondDesk(meeting, desk)
        desk.close()


# -- who is let in -----------------------------------------------------------------------------------


def test_without_the_key_of_an_open_desk_there_is_nothing(second: SecondDesk) -> None:
    for path in ("/d/abcdefghjk/", "/d/abcdefghjk/people", "/d//people", f"{second.path}x/search?q=a"):
        answer = second.desk.request("GET", path)
        assert answer.status_code == 404 and "欧阳" not in answer.text
    assert "已收回" in second.desk.request("GET", "/d/abcdefghjk/").text


def test_who_guesses_is_slowed_and_who_holds_a_key_never(second: SecondDesk) -> None:
    codes = [second.desk.request("GET", f"/d/guess{n}/people").status_code for n in range(40)]
    assert codes[0] == 404 and codes[-1] == 429
    assert second.get("/people").status_code == 200


def test_one_desk_is_taken_back_and_the_other_goes_on(second: SecondDesk) -> None:
    second.open("d2", "西门")
    other = "/d/" + second.listed[-1][1]["key"]
    second.revoke("d1")
    assert second.get("/people").status_code == 404
    assert second.desk.request("POST", f"{second.path}/entry", json={}).status_code == 404
    assert second.desk.request("GET", f"{other}/people").status_code == 200
    assert [one["id"] for one in second.listed[-1]] == ["d2"]


@pytest.mark.parametrize("page", ["entry", "undo"])
def test_taken_back_while_an_entry_comes_in_nothing_is_entered(second: SecondDesk, page: str) -> None:
    """A body may take its time; what counts is whether the desk is open when it is here."""
    given = second.enter(seat=second.meeting.seat_id("陆川"))
    bodies = {
        "entry": {"nonce": NONCE + "1", "method": "typed", "seat": second.meeting.seat_id("欧阳建")},
        "undo": {"nonce": NONCE + "2", "event": given["event"], "reason": "误签"},
    }
    whole = json.dumps(bodies[page]).encode()

    async def slowly() -> AsyncIterator[bytes]:
        yield whole[:10]
        second.desk.parts.second.revoke("d1")
        yield whole[10:]

    refused = second.desk.request("POST", f"{second.path}/{page}", content=slowly())
    assert refused.status_code == 404
    assert len(second.log(EventKind.SIGN_IN)) == 1 and second.log(EventKind.ANNULLED) == []


def test_nothing_runs_on_the_page_but_its_own_files(second: SecondDesk) -> None:
    page = second.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert "<script>" not in page.text and "onclick" not in page.text
    assert second.get("/remote.js").status_code == 404 and second.get("/live.js").status_code == 200


def test_a_form_from_another_site_enters_nothing(second: SecondDesk) -> None:
    body = {"nonce": NONCE, "method": "typed", "seat": second.meeting.seat_id("陆川")}
    for path in ("/entry", "/undo"):
        answer = second.desk.request(
            "POST", second.path + path, json=body, headers={"Origin": "http://evil.example"}
        )
        assert answer.status_code == 403
    assert second.log(EventKind.SIGN_IN) == []


def test_the_window_hears_who_uses_it(second: SecondDesk) -> None:
    second.enter(seat=second.meeting.seat_id("陆川"))
    second.enter(seat=second.meeting.seat_id("陆川"))
    line = second.listed[-1][0]
    assert (line["address"], line["entries"], line["name"]) == ("10.0.0.1", 1, "东门 刘芳")
    assert line["seen"] == second.meeting.session.now().wall.isoformat(timespec="minutes")


# -- looking -----------------------------------------------------------------------------------------


def test_no_telephone_leaves_the_desk_but_the_tail_of_namesakes(second: SecondDesk) -> None:
    rows = [
        RosterRow(2, "县审计局", "欧阳建", "局长", phone="13900000001"),
        RosterRow(3, "县林业局", "李伟", "局长", phone="13911112222"),
        RosterRow(4, "柳渡镇", "李伟", "镇长", phone="13933334444"),
    ]
    second.meeting.load(*rows)
    people = {row["unit"]: row for row in second.get("/people").json()["rows"]}
    assert people["县林业局"]["tail"] == "2222" and "tail" not in people["县审计局"]
    for path in ("/people", "/search?q=2222", "/search?q=139", "/latest", "/"):
        assert "1390000" not in second.get(path).text and "13911" not in second.get(path).text
    assert [row["unit"] for row in second.get("/search?q=2222").json()["rows"]] == ["县林业局"]


def test_everybody_is_listed_but_vacant_posts(second: SecondDesk) -> None:
    assert [row["seq"] for row in second.get("/people").json()["rows"]] == [1, 2, 3]


# -- entering ----------------------------------------------------------------------------------------


def test_an_entry_says_which_desk_and_a_repeated_nonce_is_the_same_entry(second: SecondDesk) -> None:
    seat = second.meeting.seat_id("陆川")
    first = second.enter(seat=seat, method="ticked")
    assert (first["headline"], first["tone"]) == ("陆　川　签到成功", "ok")
    assert second.enter(seat=seat, method="ticked") == first
    event = second.log(EventKind.SIGN_IN)[0]
    assert (event.body["station"], event.body["method"]) == ("东门 刘芳", "ticked")
    again = second.enter("another-nonce", seat=seat)
    assert again["headline"].startswith("陆　川　已签到 ") and again["tone"] == "warn"
    assert len(second.log(EventKind.SIGN_IN)) == 1


def test_badges_known_unknown_misread_and_of_another_meeting(second: SecondDesk) -> None:
    assert second.enter("nonce-1-1", badge=second.meeting.badge("何平"), method="badge")["tone"] == "ok"
    assert second.enter("nonce-2-2", badge="2000000000008", method="badge")["headline"] == "未知证件"
    assert second.enter("nonce-3-3", badge="2000000000001", method="badge")["headline"] == "没有扫清楚"
    office = second.meeting.folder.office
    plan = second.meeting.session.plan
    other = Meeting(
        second.meeting.folder,
        office.create(type(plan)("老干部座谈会", plan.start + timedelta(days=1))),
    )
    other.load(RosterRow(2, "县老干部局", "高山", "局长"))
    said = second.enter("nonce-4-4", badge=other.badge("高山"), method="badge")
    assert said["headline"] == "不是本次会议" and "老干部座谈会" in said["detail"]


def test_a_deputy_with_the_word_of_who_approved(second: SecondDesk) -> None:
    seat = second.meeting.seat_id("陆川")
    deputy = {"name": "周明", "post": "办公室主任"}
    body: dict[str, Any] = {"seat": seat, "deputy": deputy, "deputy_approved": True, "approved_by": "王县长"}
    assert second.enter(**body) == second.enter(**body)
    words = second.log(EventKind.DEPUTY_RECORDED)
    assert [word.body["approved_by"] for word in words] == ["王县长"]
    assert second.meeting.session.totals().approved_deputy == 1


def test_what_an_approved_leave_names_is_not_asked_again(second: SecondDesk) -> None:
    seat = second.meeting.seat_id("陆川")
    second.meeting.door.record_leave(
        seat, reason="因公", approval=Approval.APPROVED, deputy=Deputy("周明", "主任")
    )
    rows = second.get("/search?q=陆川").json()["rows"]
    assert rows[0]["deputy"] == {"name": "周明", "post": "主任"} and rows[0]["word"] == "请假"


def test_a_closed_door_and_an_adjourned_meeting_take_nothing(second: SecondDesk) -> None:
    second.meeting.door.set_open(False)
    said = second.enter(seat=second.meeting.seat_id("陆川"))
    assert (said["headline"], said["tone"]) == ("没有签到", "over") and "关闭" in said["detail"]


# -- taking back -------------------------------------------------------------------------------------


def test_taken_back_with_a_reason_once(second: SecondDesk) -> None:
    entry = second.enter(seat=second.meeting.seat_id("陆川"))["event"]
    assert second.undo(entry, " ", "nonce-u-0")["headline"] == "没有撤销"
    done = second.undo(entry, "签错了人", "nonce-u-1")
    assert done == {"headline": "已撤销", "detail": "已撤销 陆川 的签到。", "tone": "ok"}
    assert second.undo(entry, "签错了人", "nonce-u-1") == done
    assert second.undo(entry, "再来", "nonce-u-2")["detail"] == "这条签到已经撤销，不用再撤。"
    assert [event.body for event in second.log(EventKind.ANNULLED)] == [
        {"reason": "签错了人", "by": "东门 刘芳", "station": "东门 刘芳"}
    ]
    assert second.get("/latest").json()["entries"] == []


def test_only_sign_ins_can_be_taken_back_here(second: SecondDesk) -> None:
    roster = second.log(EventKind.ROSTER_LOADED)[0]
    assert second.undo(roster.event_id, "试试")["headline"] == "没有撤销"
    assert second.undo("nothing", "试试")["headline"] == "没有撤销"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"nonce": "short", "method": "typed", "seat": "s"}',
        json.dumps({"nonce": NONCE, "method": "typed"}).encode(),
        json.dumps({"nonce": NONCE, "method": "phone", "seat": "s"}).encode(),
        json.dumps({"nonce": NONCE, "method": "typed", "seat": "s", "badge": "b"}).encode(),
        json.dumps({"nonce": NONCE, "method": "typed", "seat": "s\u0000"}).encode(),
    ],
)
def test_nonsense_is_malformed(second: SecondDesk, body: bytes) -> None:
    for path in ("/entry", "/undo"):
        answer = second.desk.request("POST", second.path + path, content=body)
        assert answer.status_code == 422
    assert second.log(EventKind.REFUSED) == []
