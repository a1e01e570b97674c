"""What the cases of telephones say in 会后: the question, the line in the list, the evidence."""

from __future__ import annotations

from pathlib import Path

from desk_office import held_by

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.phones import PhoneLevel
from huifeng_desktop.service.door.phones import Phones
from huifeng_desktop.service.door.sign_in import Method, SignInRequest
from huifeng_desktop.ui.after.evidence import evidence
from huifeng_desktop.ui.after.words import case_line, question


def test_shared_telephones_and_unanswered_proposals_are_cases(data_dir: Path, clock: FixedClock) -> None:
    with held_by(data_dir, clock) as meeting:

        def phone(name: str, device: str) -> str:
            seat_id = meeting.seat_id(name)
            request = SignInRequest(name + device, seat_id=seat_id, method=Method.PHONE, device=device)
            meeting.door.register([request])
            return seat_id

        phone("欧阳建", "a")
        second = meeting.rulings.case(phone("陆川", "a"))
        Phones(meeting.session).set_rules(PhoneLevel.STRICT, signature=False)
        asked = meeting.rulings.case(phone("何平", "b"))

        assert second is not None and asked is not None
        assert question(second.verdict) == "代人签到？"
        assert case_line(second.verdict) == "这部手机 14:00 已为县审计局欧阳建签到"
        assert second.choices[:2] == (Decision.IN_PERSON, Decision.ABSENT)
        assert question(asked.verdict) == "申报未确认？"
        assert case_line(asked.verdict) == "14:00 用手机申报签到，没有确认"
        told = [line.text for line in evidence(asked, meeting.session)]
        assert "用手机申报签到，等待确认" in told and "没有签到" in told

        phones = Phones(meeting.session)
        phones.confirm([one.proposal for one in phones.waiting()], by="刘芳")
        confirmed = meeting.rulings.case(asked.verdict.seat.seat_id)
        assert confirmed is not None
        assert "签到（手机，刘芳 14:00 确认，按申报时间记）" in [
            line.text for line in evidence(confirmed, meeting.session)
        ]
