"""What the system says about this machine's addresses."""

from __future__ import annotations

import ctypes
from ctypes import pointer

from huifeng_desktop.desk.network import windows as windows
from huifeng_desktop.desk.network.cards import list_addresses, url_host
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
