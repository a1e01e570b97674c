"""What the system says about this machine's addresses, and who has come from another one."""

from __future__ import annotations

import asyncio
import ctypes
from ctypes import pointer

import pytest
from starlette.types import Message

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.desk.network import windows as windows
from huifeng_desktop.desk.network.cards import list_addresses, url_host
from huifeng_desktop.desk.phones.visitors import Visitors
from huifeng_desktop.service.door.networks import NetworkAddress, rank


def test_listing_is_ranked_and_never_contains_loopback() -> None:
    found = list_addresses()
    assert not any(one.address.startswith("127.") for one in found)
    assert found == sorted(found, key=rank)


def test_addresses_in_urls() -> None:
    assert url_host("::1") == "[::1]"
    assert url_host("192.168.1.8") == "192.168.1.8"


_kept: list[object] = []
"""A pointer alone keeps nothing alive."""


def adapter(friendly: str, description: str, state: int, *addresses: tuple[int, str]) -> windows.Adapter:
    """A card as Windows lists it, with its addresses in a chain."""
    made = windows.Adapter(friendly=friendly, description=description, state=state)
    for family, address in reversed(addresses):
        ip = (ctypes.c_ubyte * 4)(*(int(part) for part in address.split(".")))
        place = windows.SocketAddress(family=family, ip=ip)
        link = windows.UnicastAddress(address=pointer(place), next=made.unicast)
        _kept.extend((place, link))
        made.unicast = pointer(link)
    return made


def test_the_cards_of_windows() -> None:
    """Two cards up, one of them with an IPv6 address first, and one down."""
    down = adapter("以太网 2", "Realtek", 2, (2, "10.0.0.9"))
    wired = adapter("以太网", "Realtek PCIe", 1, (23, "0.0.0.0"), (2, "10.20.0.7"))
    wired.next = pointer(down)
    wireless = adapter("WLAN", "Intel(R) Wi-Fi 6", 1, (2, "192.168.1.20"))
    wireless.next = pointer(wired)

    assert list(windows.walk(pointer(wireless))) == [
        NetworkAddress("WLAN", "192.168.1.20", "Intel(R) Wi-Fi 6"),
        NetworkAddress("以太网", "10.20.0.7", "Realtek PCIe"),
    ]
    assert list(windows.walk(ctypes.POINTER(windows.Adapter)())) == []


def test_the_structures_are_laid_out_as_the_system_lays_them_out() -> None:
    """Offsets on 64-bit Windows, as the headers give them."""
    assert (windows.Adapter.friendly.offset, windows.Adapter.state.offset) == (72, 104)
    assert (windows.UnicastAddress.address.offset, windows.SocketAddress.ip.offset) == (16, 4)


@pytest.mark.parametrize(
    ("client", "server", "counts"),
    [
        ("10.0.0.7", "192.168.1.8", True),
        ("192.168.1.8", "192.168.1.8", False),
        ("127.0.0.2", "127.0.0.1", False),
        ("::1", "192.168.1.8", False),
        ("::ffff:127.0.0.1", "192.168.1.8", False),
    ],
)
def test_only_another_device_proves_that_telephones_get_through(
    clock: FixedClock, client: str, server: str, counts: bool
) -> None:
    told: list[int] = []
    visitors = Visitors(clock, lambda count, at: told.append(count))
    scope = {"type": "http", "path": "/s/me", "client": (client, 5000), "server": (server, 8520)}

    async def load() -> None:
        await visitors.watch(scope, _nowhere)({"type": "http.response.body", "body": b"", "more_body": False})

    asyncio.run(load())
    assert told == ([1] if counts else [])


async def _nowhere(message: Message) -> None:
    """Where the page goes."""
