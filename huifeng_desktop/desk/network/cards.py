"""Asks the system which addresses this machine has; how they are judged is in `service.networks`."""

from __future__ import annotations

import re
import socket
import sys
from ipaddress import IPv4Address
from pathlib import Path

from huifeng_desktop.service.door.networks import NetworkAddress, rank

_SIOCGIFADDR = 0x8915
_CARDS = Path("/sys/class/net")
_DOWN = frozenset({"down", "lowerlayerdown", "notpresent", "dormant"})
_REAL_NAMES = re.compile(r"^(eth|en|wl|bond|team|br\d|vlan|usb|ap)")
"""Cards that may have no device of their own and yet lead out: bridges, bonds, a container's eth0."""


def list_addresses() -> list[NetworkAddress]:
    """All IPv4 addresses except loopback, the best for telephones first; empty without a network."""
    found = [one for one in _ask_system() if not IPv4Address(one.address).is_loopback]
    return sorted(found, key=rank)


def url_host(host: str) -> str:
    """A host as it stands in a URL: IPv6 addresses in brackets."""
    return f"[{host}]" if ":" in host else host


def _ask_system() -> list[NetworkAddress]:
    if sys.platform == "linux":
        found = _linux_cards()
    else:
        from huifeng_desktop.desk.network.windows import list_adapters

        found = list_adapters() or _by_host_name()
    return found


def _linux_cards() -> list[NetworkAddress]:
    """Ask the kernel for the first address of every card that is connected."""
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        for _, name in socket.if_nameindex():
            request = name.encode()[:15].ljust(256, b"\0")
            try:
                answer = fcntl.ioctl(asker.fileno(), _SIOCGIFADDR, request)
            except OSError:
                continue  # a card without an IPv4 address
            if _state(name) not in _DOWN:
                address = socket.inet_ntoa(answer[20:24])
                found.append(NetworkAddress(name, address, is_software=_is_software(name)))
    return found


def _state(name: str) -> str:
    """What the kernel says of a card; an address outlasts a cable that was pulled out."""
    try:
        return (_CARDS / name / "operstate").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _is_software(name: str) -> bool:
    """Whether no device stands behind a card whose name does not say either that it leads out."""
    if _REAL_NAMES.match(name) or not _CARDS.is_dir():
        return False
    return not (_CARDS / name / "device").exists()


def _by_host_name() -> list[NetworkAddress]:
    """What the resolver knows about this machine: addresses without the names of their cards."""
    try:
        addresses = socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []
    return [NetworkAddress("", address) for address in addresses]
