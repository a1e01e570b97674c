"""The network cards of Windows with their names, by the system's own list (iphlpapi).

The structures are laid out as in iptypes.h; only their first members are named, the rest is never
looked at. They can be filled and walked on any system, which is how they are tested.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from ctypes import (
    POINTER,
    Structure,
    c_char_p,
    c_int,
    c_ubyte,
    c_uint32,
    c_uint64,
    c_ushort,
    c_void_p,
    c_wchar_p,
)
from typing import Any

from huifeng_desktop.service.door.networks import NetworkAddress

_AF_INET = 2
_UP = 1
_SKIP_ANYCAST_MULTICAST_DNS = 0x2 | 0x4 | 0x8
_NO_ERROR, _BUFFER_OVERFLOW = 0, 111
_FIRST_SIZE = 16 * 1024


class SocketAddress(Structure):
    """sockaddr_in."""

    _fields_ = (("family", c_ushort), ("port", c_ushort), ("ip", c_ubyte * 4))


class UnicastAddress(Structure):
    """IP_ADAPTER_UNICAST_ADDRESS, as far as the address."""


UnicastAddress._fields_ = (
    ("head", c_uint64),
    ("next", POINTER(UnicastAddress)),
    ("address", POINTER(SocketAddress)),
    ("length", c_int),
)


class Adapter(Structure):
    """IP_ADAPTER_ADDRESSES, as far as its state."""


Adapter._fields_ = (
    ("head", c_uint64),
    ("next", POINTER(Adapter)),
    ("name", c_char_p),
    ("unicast", POINTER(UnicastAddress)),
    ("anycast", c_void_p),
    ("multicast", c_void_p),
    ("dns", c_void_p),
    ("suffix", c_wchar_p),
    ("description", c_wchar_p),
    ("friendly", c_wchar_p),
    ("physical", c_ubyte * 8),
    ("physical_length", c_uint32),
    ("flags", c_uint32),
    ("mtu", c_uint32),
    ("kind", c_uint32),
    ("state", c_uint32),
)


def walk(first: Any) -> Iterator[NetworkAddress]:
    """The IPv4 addresses of every card that is up; `first` is a pointer to an `Adapter`, or null."""
    while first:
        adapter = first.contents
        unicast = adapter.unicast if adapter.state == _UP else None
        while unicast:
            socket_address = unicast.contents.address.contents
            if socket_address.family == _AF_INET:
                address = ".".join(str(part) for part in socket_address.ip)
                yield NetworkAddress(adapter.friendly or "", address, adapter.description or "")
            unicast = unicast.contents.next
        first = adapter.next


def list_adapters() -> list[NetworkAddress]:
    """Every IPv4 address with its card; empty when the system does not say, and elsewhere."""
    found: list[NetworkAddress] = []
    if sys.platform == "win32":
        size, state = c_uint32(_FIRST_SIZE), _BUFFER_OVERFLOW
        while state == _BUFFER_OVERFLOW:
            buffer = ctypes.create_string_buffer(size.value)
            state = ctypes.windll.iphlpapi.GetAdaptersAddresses(
                _AF_INET, _SKIP_ANYCAST_MULTICAST_DNS, None, buffer, ctypes.byref(size)
            )
        if state == _NO_ERROR:
            found = list(walk(ctypes.cast(buffer, POINTER(Adapter))))
    return found
