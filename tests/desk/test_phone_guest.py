"""Phones against a real meeting: the device cookie, the levels, the own page, documents, the end."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_office import PEOPLE
from phone_meeting import PhoneMeeting, phone_meeting

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Deputy
from huifeng_desktop.domain.phones import Document, PhoneLevel
from huifeng_desktop.errors import FileProblem, UserProblem
from huifeng_desktop.service.before.documents import MOST_DOCUMENTS, SIZE_LIMIT, TOTAL_LIMIT
from huifeng_desktop.service.door.signatures import Signatures

OUYANG, LU = "欧阳建", "陆川"
TAIL = "0001"
DRAWN = "0a0k5k0u5u3c-8c14bo5kge6e"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; ALP-AL00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/107.0.5304.141 Mobile Safari/537.36 XWEB/5023 MicroMessenger/8.0.32.2300(0x2800205D) "
    "WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64"
)


@pytest.fixture
def hall(tmp_path: Path, clock: FixedClock) -> Iterator[PhoneMeeting]:
    with phone_meeting(tmp_path / "data", clock) as held:
        yield held


def add_document(hall: PhoneMeeting, tmp_path: Path, name: str = "会议材料（一）.pdf") -> Document:
    """A file of the meeting, not approved yet."""
    source = tmp_path / name
    source.write_bytes(b"%PDF-1.7 " + name.encode())
    return hall.documents.add(source)


def told_of(hall: PhoneMeeting, name: str, digest: str) -> None:
    """An approved document as a merged file may tell of it."""
    at = hall.clock.reading().wall
    body = {"name": name, "size": 9, "sha256": digest, "by": ""}
    added = Fact(EventKind.DOCUMENT_ADDED, at, "merged", body)
    approved = Fact(EventKind.DOCUMENT_APPROVED, at, "merged", {"approved_by": "韩立民"})
    hall.meeting.session.state_facts([added, approved])


# -- the device --------------------------------------------------------------------------------------


def test_the_cookie_is_random_signed_and_out_of_reach_of_scripts(hall: PhoneMeeting) -> None:
    one, other = hall.phone(), hall.phone()
    one.scan(), other.scan()

    (line,) = one.set_cookies
    assert re.match(
        r"huifeng_phone=[0-9a-f]{16}\.[\w-]{20}; HttpOnly; Max-Age=43200; Path=/s/; SameSite=lax$", line
    )
    assert one.cookies != other.cookies
    one.scan()
    assert len(one.set_cookies) == 1, "a telephone keeps its name"


def test_a_second_name_from_one_telephone_is_signed_in_and_flagged(hall: PhoneMeeting) -> None:
    phone = hall.phone()
    assert phone.sign_in(OUYANG, TAIL).status_code == 201
    second = phone.sign_in(LU, hall.tail(LU))

    assert second.status_code == 201 and "陆　川　已签到" in second.text
    assert "请到签到台核实本人到会" in second.text and OUYANG not in second.text
    hall.look()
    (case,) = (one for one in hall.meeting.rulings.cases() if one.is_open)
    assert case.verdict.seat.name == LU


@pytest.mark.parametrize("cookie", ["", "0123456789abcdef.AAAAAAAAAAAAAAAAAAAA", "x", "%C3%BC.x", "a.b.c"])
def test_a_made_up_cookie_is_no_telephone(hall: PhoneMeeting, cookie: str) -> None:
    phone = hall.phone()
    phone.cookies = {"huifeng_phone": cookie, "huifeng_seat": f"{hall.meeting.seat_id(OUYANG)}.AAAA"}
    assert phone.get("/s/me").status_code == 403
    assert phone.scan().status_code == 200
    assert phone.cookies["huifeng_phone"] != cookie, "it gets a name of its own"


def test_the_telephone_is_known_again_after_a_crash_of_the_desk(hall: PhoneMeeting) -> None:
    phone = hall.phone()
    phone.sign_in(OUYANG, TAIL)
    hall.restart()
    after = hall.phone()
    after.cookies = phone.cookies

    assert "这部手机已经提交过签到" in after.scan().text
    assert after.get("/s/me").status_code == 200
    after.sign_in(LU, hall.tail(LU))
    hall.look()
    assert hall.meeting.rulings.cases()[0].verdict.seat.name == LU


def test_one_persons_pass_is_worth_nothing_on_another_telephone(hall: PhoneMeeting) -> None:
    phone, thief = hall.phone(), hall.phone()
    phone.sign_in(OUYANG, TAIL)
    thief.scan()
    thief.cookies["huifeng_seat"] = phone.cookies["huifeng_seat"]
    assert thief.get("/s/me").status_code == 403


# -- 严格 --------------------------------------------------------------------------------------------


def test_the_level_is_heeded_at_once_by_the_running_desk(hall: PhoneMeeting, clock: FixedClock) -> None:
    phone = hall.phone()
    assert phone.scan().status_code == 200
    hall.phones.set_rules(PhoneLevel.STRICT, signature=False)
    asked = phone.sign_in(OUYANG, TAIL)

    assert asked.status_code == 202
    assert "等待确认" in asked.text and "还没有签上" in asked.text and "已签到" not in asked.text
    assert '<meta http-equiv="refresh" content="8;url=/s/me">' in asked.text
    hall.look()
    (row,) = hall.phones.waiting()
    clock.advance(90)
    assert "等待确认" in phone.get("/s/me").text
    hall.phones.confirm([row.proposal])
    mine = phone.get("/s/me")
    assert mine.status_code == 200 and "欧阳建　已签到" in mine.text and "14:00" in mine.text


def test_who_is_refused_is_sent_to_the_desk(hall: PhoneMeeting) -> None:
    hall.phones.set_rules(PhoneLevel.STRICT, signature=False)
    phone = hall.phone()
    phone.sign_in(OUYANG, TAIL)
    hall.look()
    hall.phones.refuse(hall.phones.waiting()[0].proposal, reason="本人不在会场")
    answer = phone.get("/s/me")
    assert answer.status_code == 409 and "签到没有确认" in answer.text and "本人不在" not in answer.text


# -- the own page ------------------------------------------------------------------------------------


def test_the_own_page_shows_agenda_and_seat_and_nobody_else(hall: PhoneMeeting, tmp_path: Path) -> None:
    hall.meeting.add_items(10, 5)
    hidden, shown = add_document(hall, tmp_path, "草稿.docx"), add_document(hall, tmp_path)
    hall.documents.approve(shown.document_id, by="韩立民")
    text = hall.phone().sign_in(OUYANG, TAIL).text

    assert "议题1" in text and "议题2" in text and "会议材料（一）.pdf" in text
    assert hidden.name not in text and hidden.document_id not in text
    assert LU not in text and "何平" not in text and "韩立民" not in text


def test_a_deputy_named_by_an_approved_leave_is_told_so(hall: PhoneMeeting) -> None:
    seat_id, deputy = hall.meeting.seat_id(OUYANG), Deputy("李想", "股长")
    hall.meeting.door.record_leave(
        seat_id, reason="出差", approval=Approval.APPROVED, approved_by="韩立民", deputy=deputy
    )
    fields = {"who": "deputy", "deputy_name": "李想", "deputy_post": "股长"}
    approved = hall.phone().sign_in(OUYANG, TAIL, **fields)
    unknown = hall.phone().sign_in(LU, hall.tail(LU), **fields)

    assert "代　欧阳建" in approved.text and "代会已按请假批准" in approved.text
    assert "代会情况待签到台核实" in unknown.text


def test_the_page_stays_small_however_long_the_agenda(hall: PhoneMeeting, tmp_path: Path) -> None:
    hall.meeting.add_items(*[5] * 60)
    for number in range(MOST_DOCUMENTS):
        one = add_document(hall, tmp_path, f"{'材' * 70}{number}.pdf")
        hall.documents.approve(one.document_id, by="韩立民")
    page = hall.phone().sign_in(OUYANG, TAIL)
    assert "另有 20 项" in page.text and len(page.content) < 30_000


def test_an_undone_sign_in_closes_the_page(hall: PhoneMeeting) -> None:
    phone = hall.phone()
    phone.sign_in(OUYANG, TAIL)
    hall.look()
    entry = next(one for one in reversed(hall.meeting.session.state.log) if one.kind == "sign_in")
    hall.meeting.door.undo(entry.event_id, reason="不是本人")
    assert phone.get("/s/me").status_code == 403


def test_with_the_meeting_everything_ends(hall: PhoneMeeting, tmp_path: Path, clock: FixedClock) -> None:
    document = add_document(hall, tmp_path)
    hall.documents.approve(document.document_id, by="韩立民")
    phone = hall.phone()
    phone.sign_in(OUYANG, TAIL)
    settings, key = hall.meeting.folder.settings, f"phone_secret-{hall.meeting.session.meeting_id}"
    assert settings.get(key)
    hall.meeting.podium.declare_opened()
    clock.advance(3600)
    hall.meeting.podium.declare_adjourned()

    assert phone.get("/s/me").status_code == 410
    over = phone.get(f"/s/doc/{document.document_id}")
    assert over.status_code == 410 and "会议已经结束" in over.text
    assert phone.scan().status_code == 409
    hall.restart()
    again = hall.phone()
    again.cookies = phone.cookies
    assert again.get("/s/me").status_code in (403, 410)
    assert settings.get(key) is None, "the key is gone with the meeting"


def test_wechat_is_served_like_any_other_browser(hall: PhoneMeeting) -> None:
    phone = hall.phone()
    page = phone.get(f"/s/{hall.desk.code()}", **{"User-Agent": WECHAT, "Accept": "text/html,*/*"})
    assert page.status_code == 200 and "width=device-width" in page.text
    assert phone.sign_in(OUYANG, TAIL).status_code == 201


# -- signatures --------------------------------------------------------------------------------------


def test_a_signature_is_asked_for_where_the_meeting_wants_it(hall: PhoneMeeting) -> None:
    plain = hall.phone().scan()
    hall.phones.set_rules(PhoneLevel.STANDARD, signature=True)
    page = hall.phone().scan()

    assert "<canvas" not in plain.text and "<script" not in plain.text
    assert '<script src="/s/pad.js" defer></script>' in page.text and len(page.content) < 30_000
    policy = page.headers["content-security-policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy and "connect-src" not in policy
    assert hall.phone().get("/s/pad.js").headers["content-type"].startswith("text/javascript")


def test_a_signature_is_durable_with_the_sign_in(hall: PhoneMeeting) -> None:
    hall.phones.set_rules(PhoneLevel.STANDARD, signature=True)
    phone = hall.phone()
    answer = phone.sign_in(OUYANG, TAIL, signature=DRAWN)
    assert "已手写签名" in answer.text
    hall.look()
    written = Signatures(hall.meeting.session).signature_of(hall.meeting.seat_id(OUYANG))
    assert written is not None and written.signature.to_text() == DRAWN


@pytest.mark.parametrize("drawn", ["<svg>", "0a0k", "zz" * 5000])
def test_what_is_no_signature_is_dropped_without_harm(hall: PhoneMeeting, drawn: str) -> None:
    hall.phones.set_rules(PhoneLevel.STANDARD, signature=True)
    answer = hall.phone().sign_in(OUYANG, TAIL, signature=drawn)
    assert answer.status_code == 201 and "已手写签名" not in answer.text


def test_one_person_does_not_fill_the_log(hall: PhoneMeeting, clock: FixedClock) -> None:
    """Every repeated entry is kept as evidence, a signature with it; a program could send them all day."""
    statuses = [hall.phone().sign_in(OUYANG, TAIL).status_code for _ in range(20)]
    hall.look()
    log = hall.meeting.session.state.log
    assert statuses[:9] == [201, *[200] * 8] and set(statuses[9:]) == {429}
    assert sum(event.kind is EventKind.REFUSED for event in log) == 8
    assert hall.phone().sign_in(LU, hall.tail(LU)).status_code == 201, "nobody else is held up"
    clock.advance(31)
    assert hall.phone().sign_in(OUYANG, TAIL).status_code == 200


# -- documents ---------------------------------------------------------------------------------------


def test_an_approved_document_is_downloaded_under_its_own_name(hall: PhoneMeeting, tmp_path: Path) -> None:
    document = add_document(hall, tmp_path)
    path = f"/s/doc/{document.document_id}"
    phone, stranger = hall.phone(), hall.phone()
    phone.sign_in(OUYANG, TAIL)
    held = phone.get(path).status_code
    hall.documents.approve(document.document_id, by="韩立民")
    answer = phone.get(path)

    assert (held, answer.status_code) == (404, 200)
    assert answer.content == "%PDF-1.7 会议材料（一）.pdf".encode()
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"document.pdf\"; filename*=UTF-8''"
        "%E4%BC%9A%E8%AE%AE%E6%9D%90%E6%96%99%EF%BC%88%E4%B8%80%EF%BC%89.pdf"
    )
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert stranger.get(path).status_code == 403
    assert phone.get("/s/doc/..%2F..%2Fhuifeng.db").status_code == 404
    hall.documents.hold_back(document.document_id)
    assert phone.get(path).status_code == 404


def test_a_document_whose_file_did_not_come_along_is_not_offered(hall: PhoneMeeting, tmp_path: Path) -> None:
    document = add_document(hall, tmp_path)
    hall.documents.approve(document.document_id, by="韩立民")
    (stored,) = (hall.meeting.folder.path / "documents").rglob(document.sha256)
    stored.unlink()
    assert not hall.documents.is_here(document)
    phone = hall.phone()
    assert document.name not in phone.sign_in(OUYANG, TAIL).text
    gone = phone.get(f"/s/doc/{document.document_id}")
    assert gone.status_code == 404 and "文件没有找到" in gone.text


@pytest.mark.parametrize("digest", ["../../huifeng.db", "/etc/passwd", "", "A" * 64, "0" * 63])
def test_a_merged_record_never_points_outside_the_shelf(hall: PhoneMeeting, digest: str) -> None:
    """A colleague's file may say what it likes of its documents; nothing else is handed out or deleted."""
    told_of(hall, "材料.pdf", digest)
    phone = hall.phone()
    assert "材料.pdf" not in phone.sign_in(OUYANG, TAIL).text
    assert phone.get("/s/doc/merged").status_code == 404
    with pytest.raises(UserProblem, match="已经移除"):
        hall.documents.remove("merged")
    assert (hall.meeting.folder.path / "huifeng.db").is_file()


@pytest.mark.parametrize("name", ['x.pdf"\r\nSet-Cookie: a=b', "x.p\ndf", "x.汉字", "x", "x.html"])
def test_a_merged_name_writes_no_header_of_its_own(hall: PhoneMeeting, tmp_path: Path, name: str) -> None:
    told_of(hall, name, add_document(hall, tmp_path).sha256)
    phone = hall.phone()
    phone.sign_in(OUYANG, TAIL)
    answer = phone.get("/s/doc/merged")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith('attachment; filename="document"; filename*=')
    assert answer.headers["content-disposition"].isprintable()


def test_downloads_of_one_telephone_are_bounded(hall: PhoneMeeting) -> None:
    phone, other = hall.phone(), hall.phone()
    phone.sign_in(OUYANG, TAIL), other.sign_in(LU, hall.tail(LU))
    statuses = [phone.get("/s/doc/none").status_code for _ in range(61)]
    assert statuses[-1] == 429 and set(statuses[:60]) == {404}
    assert other.get("/s/me").status_code == 200


def test_a_removed_document_leaves_the_folder(hall: PhoneMeeting, tmp_path: Path) -> None:
    document = add_document(hall, tmp_path)
    (stored,) = (hall.meeting.folder.path / "documents").rglob(document.sha256)
    hall.documents.remove(document.document_id)
    assert not stored.exists() and hall.documents.all() == []
    with pytest.raises(UserProblem, match="已经移除"):
        hall.documents.approve(document.document_id, by="韩立民")


def test_what_cannot_be_handed_out_is_said_in_a_sentence(hall: PhoneMeeting, tmp_path: Path) -> None:
    def refused(name: str, content: bytes, words: str) -> None:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(FileProblem, match=words):
            hall.documents.add(tmp_path / name)

    refused("工具.exe", b"MZ", "不是能发放的文件类型")
    refused("页面.html", b"<html>", "不是能发放的文件类型")
    refused("空.pdf", b"", "是空文件")
    refused("大.pdf", bytes(SIZE_LIMIT + 1), "超过 20 MB")
    refused("长" * 78 + ".pdf", b"x", "最多 80 个")
    with pytest.raises(FileProblem, match="读不出来"):
        hall.documents.add(tmp_path / "没有.pdf")
    add_document(hall, tmp_path, "一.pdf")
    refused("一.pdf", b"x", "已有同名文件")
    with pytest.raises(UserProblem, match="写明批准人"):
        hall.documents.approve(hall.documents.all()[0].document_id, by=" ")


def test_all_documents_together_are_bounded(hall: PhoneMeeting, tmp_path: Path) -> None:
    for number in range(TOTAL_LIMIT // SIZE_LIMIT):
        (tmp_path / f"{number}.pdf").write_bytes(bytes([number]) * SIZE_LIMIT)
        hall.documents.add(tmp_path / f"{number}.pdf")
    with pytest.raises(FileProblem, match="合计不能超过 100 MB"):
        add_document(hall, tmp_path)
    assert len(list((hall.meeting.folder.path / "documents").rglob("*"))) == 1 + TOTAL_LIMIT // SIZE_LIMIT


def test_no_name_number_or_cookie_reaches_the_log(
    hall: PhoneMeeting, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pinned = [replace(row, pin="824601") if row.name == LU else row for row in PEOPLE]
    hall.meeting.load(*pinned)
    add_document(hall, tmp_path)
    phone = hall.phone()
    assert phone.sign_in(LU, "999999").status_code == 422
    assert phone.sign_in(LU, "824601").status_code == 201
    phone.get("/s/me"), phone.get("/s/doc/none")

    words = "".join(record.getMessage() for record in caplog.records if record.name != "httpx")
    for secret in (LU, OUYANG, "824601", "999999", *phone.cookies.values()):
        assert secret not in words
    assert "会务发的口令" in phone.scan().text, "the form says that PINs are there"
