"""Who may hold a connection to the desk, and for how long: one flood must not shut the others out.

Pure: time is an argument in monotonic seconds, and connections are known by what `Visitor` names.
Room is made by dropping whoever has kept the desk waiting longest, at the address that holds the
most; nobody who is being served is dropped. The secretary's own machine is always admitted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from ipaddress import ip_address
from typing import Protocol

PER_ADDRESS = 200
"""A whole hall may come through one address of a guest network, so it is not a handful."""
IN_ALL = 2000


class Visitor(Protocol):
    """One connection."""

    address: str
    """The other side, without its port."""
    waiting_since: float | None
    """Since when the desk waits for it; None while a request of it is being served."""

    @property
    def deadline(self) -> float:
        """When it must have sent, or taken, what is under way."""
        ...

    def drop(self) -> None:
        """End it without another word."""


def is_loopback(address: str) -> bool:
    """Whether somebody on this machine speaks; "" is a socket of this machine as well."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address == ""
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_loopback


class Doorman:
    """Counts connections by address and ends those that take too long."""

    def __init__(
        self,
        *,
        per_address: int = PER_ADDRESS,
        in_all: int = IN_ALL,
        is_home: Callable[[str], bool] = is_loopback,
    ) -> None:
        self._per_address = per_address
        self._in_all = in_all
        self._is_home = is_home
        self._inside: dict[str, dict[Visitor, None]] = {}
        self.count = 0
        """How many connections there are."""

    def admit(self, visitor: Visitor) -> bool:
        """Whether it may stay; somebody else may have to go for it."""
        is_home = self._is_home(visitor.address)
        same = self._inside.get(visitor.address, {})
        if not is_home and len(same) >= self._per_address and not self._drop_one(same):
            return False
        if self.count >= self._in_all and not self._make_room() and not is_home:
            return False
        self._inside.setdefault(visitor.address, {})[visitor] = None
        self.count += 1
        return True

    def leave(self, visitor: Visitor) -> None:
        """It has ended; one that was not admitted or was dropped is not here any more."""
        same = self._inside.get(visitor.address, {})
        if visitor in same:
            del same[visitor]
            self.count -= 1
        if not same:
            self._inside.pop(visitor.address, None)

    def sweep(self, now: float) -> None:
        """Drop everybody who has taken too long."""
        for same in list(self._inside.values()):
            for visitor in [one for one in same if one.deadline <= now]:
                self._drop(visitor)

    def _make_room(self) -> bool:
        """Drop one of the address that holds the most; of this machine only when there is no other."""
        strangers = [same for address, same in self._inside.items() if not self._is_home(address)]
        home = [same for address, same in self._inside.items() if self._is_home(address)]
        return any(self._drop_one(same) for same in (*_fullest_first(strangers), *_fullest_first(home)))

    def _drop_one(self, same: Iterable[Visitor]) -> bool:
        """Drop the one that has kept the desk waiting longest; False when all are being served."""
        waiting = [(one.waiting_since, number, one) for number, one in enumerate(same)]
        idle = [(since, number, one) for since, number, one in waiting if since is not None]
        if not idle:
            return False
        self._drop(min(idle)[2])
        return True

    def _drop(self, visitor: Visitor) -> None:
        self.leave(visitor)
        visitor.drop()


def _fullest_first(groups: Iterable[Collection[Visitor]]) -> list[Collection[Visitor]]:
    return sorted(groups, key=len, reverse=True)
