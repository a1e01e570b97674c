"""Work in pieces gives way to the clock, goes on after it, and ends with the window."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from huifeng_desktop.ui.spare_time import PIECE_MS, SpareTime


class Counting(QObject):
    """Has so many pieces to do."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.left, self.done = pieces, 0

    def piece(self) -> bool:
        """One of them."""
        self.done, self.left = self.done + 1, self.left - 1
        return self.left > 0


def test_everything_is_done_piece_by_piece_and_what_waits_waits_once(qtbot: QtBot) -> None:
    spare, first, second = SpareTime(), Counting(3), Counting(2)
    for _ in range(2):
        spare.ask(first, first.piece)
        spare.ask(second, second.piece)
    assert first.done == 0, "never inside the call that asks"
    qtbot.waitUntil(spare.is_idle)
    assert (first.done, second.done) == (3, 2)
    spare.ask(second, second.piece)
    qtbot.waitUntil(spare.is_idle)
    assert second.done == 3


def test_no_piece_is_begun_just_before_a_tick(qtbot: QtBot) -> None:
    spare, work, rooms = SpareTime(), Counting(2), [PIECE_MS - 1, 0, PIECE_MS, 3, 90]
    asked = list[tuple[float, int]]()

    def room() -> float:
        asked.append((rooms[0], work.done))
        return rooms.pop(0)

    spare.heed(room)
    spare.ask(work, work.piece)
    qtbot.waitUntil(spare.is_idle)
    assert asked == [(PIECE_MS - 1, 0), (0, 0), (PIECE_MS, 0), (3, 1), (90, 1)] and work.done == 2


def test_what_paints_needs_more_room_than_what_reads(qtbot: QtBot) -> None:
    spare, work, rooms = SpareTime(), Counting(1), [20, 20, 40]
    spare.heed(lambda: rooms.pop(0))
    spare.ask(work, work.piece, 30)
    qtbot.waitUntil(spare.is_idle)
    assert rooms == [] and work.done == 1


def test_work_goes_with_its_owner_and_nothing_begins_after_the_end(qtbot: QtBot) -> None:
    spare, gone, stays = SpareTime(), Counting(5), Counting(1)
    spare.ask(gone, gone.piece)
    gone.deleteLater()
    with qtbot.waitSignal(gone.destroyed):
        pass
    done = gone.done
    spare.ask(stays, stays.piece)
    qtbot.waitUntil(spare.is_idle)
    assert gone.done == done and stays.done == 1
    spare.ask(stays, stays.piece)
    spare.stop()
    spare.ask(stays, stays.piece)
    assert spare.is_idle() and stays.done == 1


def test_a_piece_that_fails_is_not_tried_for_ever(qtbot: QtBot) -> None:
    spare, after, tries = SpareTime(), Counting(1), list[int]()

    def failing() -> bool:
        tries.append(1)
        raise ValueError("a bug")

    with qtbot.captureExceptions() as caught:
        spare.ask(spare, failing)
        spare.ask(after, after.piece)
        qtbot.waitUntil(spare.is_idle)
    assert len(tries) == len(caught) == 1 and after.done == 1
