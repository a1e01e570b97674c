"""How a page follows the meeting: what the hand did at once, what others did soon, together and once."""

from __future__ import annotations

from during_parts import Room
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.touched import Touched
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.ui.following import Following


def _follow(room: Room, *, own_at_once: bool = True) -> tuple[Following, list[Touched], QObject]:
    shown: list[Touched] = []
    owner = QObject()
    return Following(room.context, shown.append, owner, own_at_once=own_at_once), shown, owner


def _others(room: Room, *seat_ids: str) -> None:
    with room.other_desk() as desk:
        for seat_id in seat_ids:
            desk.sign_in(seat_id, Method.BADGE)
    room.session.catch_up()


def test_what_others_did_is_shown_together_and_once(room: Room, qtbot: QtBot) -> None:
    follow, shown, owner = _follow(room)
    _others(room, "s2")
    _others(room, "s3")
    assert (shown, follow.is_waiting) == ([], True)
    qtbot.waitUntil(lambda: bool(shown))
    assert [one.seats for one in shown] == [frozenset({"s2", "s3"})] and not follow.is_waiting
    del owner


def test_what_the_hand_did_takes_along_what_waits(room: Room) -> None:
    follow, shown, owner = _follow(room)
    _others(room, "s2")
    room.context.door.sign_in("s3", Method.TYPED)
    assert [one.seats for one in shown] == [frozenset({"s2", "s3"})]
    assert not follow.is_waiting and not follow._pause.isActive() and room.context.spare.is_idle()
    del owner


def test_where_something_else_answers_the_hand_its_figures_wait_too(room: Room, qtbot: QtBot) -> None:
    follow, shown, owner = _follow(room, own_at_once=False)
    room.context.door.sign_in("s3", Method.TYPED)
    assert (shown, follow.is_waiting) == ([], True)
    qtbot.waitUntil(lambda: len(shown) == 1)
    del owner
