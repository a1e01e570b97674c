"""Who may hold a connection: by address, in all, and for how long; no sockets, no clock."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest

from huifeng_desktop.desk.http.doorman import Doorman, is_loopback


@dataclass(eq=False)
class FakeVisitor:
    """Somebody at the door."""

    address: str
    waiting_since: float | None = 0.0
    deadline: float = math.inf
    dropped: bool = False

    def drop(self) -> None:
        self.dropped = True


def crowd(doorman: Doorman, address: str, count: int, since: float | None = 0.0) -> list[FakeVisitor]:
    """So many connections of one address, the first the oldest."""
    visitors = [FakeVisitor(address, None if since is None else since + n) for n in range(count)]
    for visitor in visitors:
        doorman.admit(visitor)
    return visitors


def test_one_address_gives_way_to_itself() -> None:
    doorman = Doorman(per_address=3, in_all=100)
    flood = crowd(doorman, "10.0.0.1", 5)
    other = FakeVisitor("10.0.0.2")

    assert doorman.admit(other) and not other.dropped
    assert [one.dropped for one in flood] == [True, True, False, False, False]
    assert doorman.count == 4


def test_nobody_who_is_being_served_has_to_go() -> None:
    doorman = Doorman(per_address=2, in_all=100)
    served = crowd(doorman, "10.0.0.1", 2, since=None)

    assert not doorman.admit(FakeVisitor("10.0.0.1"))
    assert not any(one.dropped for one in served)
    assert doorman.count == 2


def test_full_in_all_the_fullest_address_gives_way() -> None:
    doorman = Doorman(per_address=10, in_all=6)
    phone = FakeVisitor("10.0.0.2", waiting_since=-99)
    doorman.admit(phone)
    flood = crowd(doorman, "10.0.0.1", 5)

    assert doorman.admit(FakeVisitor("10.0.0.3"))
    assert flood[0].dropped and not phone.dropped
    assert doorman.count == 6


def test_the_secretarys_own_machine_is_always_admitted() -> None:
    doorman = Doorman(per_address=2, in_all=4)
    served = crowd(doorman, "10.0.0.1", 2, since=None) + crowd(doorman, "10.0.0.2", 2, since=None)

    assert not doorman.admit(FakeVisitor("10.0.0.3"))
    assert all(doorman.admit(FakeVisitor(home)) for home in ("127.0.0.1", "::1", "127.0.0.1"))
    assert not any(one.dropped for one in served)


def test_a_stranger_may_push_out_an_idle_one_of_the_own_machine_only_at_last() -> None:
    doorman = Doorman(per_address=10, in_all=4)
    home, stranger = crowd(doorman, "127.0.0.1", 3), FakeVisitor("10.0.0.1", waiting_since=50)
    doorman.admit(stranger)

    doorman.admit(FakeVisitor("10.0.0.2", waiting_since=None))
    assert stranger.dropped and not any(one.dropped for one in home)
    assert doorman.admit(FakeVisitor("10.0.0.3"))
    assert [one.dropped for one in home] == [True, False, False]


def test_who_takes_too_long_is_dropped() -> None:
    doorman = Doorman()
    slow, quick = FakeVisitor("10.0.0.1", deadline=10), FakeVisitor("10.0.0.1", deadline=11)
    doorman.admit(slow)
    doorman.admit(quick)

    doorman.sweep(10)

    assert (slow.dropped, quick.dropped, doorman.count) == (True, False, 1)


def test_leaving_twice_or_without_admission_changes_nothing() -> None:
    doorman = Doorman()
    visitor = FakeVisitor("10.0.0.1")
    doorman.leave(visitor)
    doorman.admit(visitor)
    doorman.leave(visitor)
    doorman.leave(visitor)
    assert doorman.count == 0


@pytest.mark.parametrize(
    ("address", "is_home"),
    [
        ("127.0.0.1", True),
        ("127.8.0.3", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("", True),
        ("192.168.1.8", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("no address", False),
    ],
)
def test_what_this_machine_is(address: str, is_home: bool) -> None:
    assert is_loopback(address) is is_home
