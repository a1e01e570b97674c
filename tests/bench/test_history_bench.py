"""操作记录 of 25 000 events: opened, filtered, searched. The floor is opening that meeting itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hall import fill

from huifeng_desktop.app import open_folder
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.service.audit.kinds import AuditGroup
from huifeng_desktop.service.audit.trail import Audit, AuditFilter
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.door.sign_in import Method, SignInRequest

SEATS, EVENTS = 3000, 25_000


def _ms(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return (time.process_time() - began) * 1000


@pytest.mark.bench
def test_a_long_history_opens_at_once(tmp_path: Path) -> None:
    with open_folder(tmp_path, "console", SystemClock()) as folder:
        meeting = fill(folder, SEATS)
        session = folder.office.open(meeting)
        seats = session.state.seats
        Door(session).register(
            [
                SignInRequest(f"n{number}", seat_id=seats[number % SEATS].seat_id, method=Method.TYPED)
                for number in range(EVENTS)
            ]
        )
        floor = _ms(lambda: folder.office.open(meeting))
        audit, name = Audit(session), seats[7].name
        opening = _ms(audit.refresh) + _ms(lambda: audit.find(AuditFilter()))
        grouped = _ms(lambda: audit.find(AuditFilter(group=AuditGroup.REFUSED)))
        person = _ms(lambda: audit.find(AuditFilter(seat=seats[7].seat_id)))
        warming = _ms(lambda: audit.warm(EVENTS * 2))
        text = _ms(lambda: audit.find(AuditFilter(text=name)))
        assert audit.count > EVENTS and audit.find(AuditFilter(text=name))
    print(
        f"\nhistory of {EVENTS} events: opened in {opening:.0f} ms, by kind {grouped:.0f} ms, "
        f"one person {person:.0f} ms, text {text:.0f} ms (put into words beforehand in {warming:.0f} ms); "
        f"the meeting itself opens in {floor:.0f} ms"
    )
    assert opening <= floor / 2 and text <= floor / 2 and person <= floor / 2
