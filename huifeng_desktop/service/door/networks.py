"""The networks that this machine is in, best first for the telephones in the room.

Pure: `desk` asks the system, the window shows, both judge by these rules. A virtual card is never
offered: no telephone in the room is behind a VPN, a container bridge or a virtual machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network

_VIRTUAL = re.compile(
    r"^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|podman|tun|tap|wg|ppp|utun|zt|tailscale|dummy)"
    r"|vethernet|virtual(?!.{0,8}wi-?fi)|vmware|virtualbox|hyper-v|vpn|tap-windows|wintun|wireguard|sangfor"
    r"|easyconnect|bluetooth|loopback",
    re.IGNORECASE,
)
_WI_FI_DIRECT = re.compile(r"wi-?fi direct|hosted network", re.IGNORECASE)
"""What Windows calls the card of its own hotspot, with "virtual" in the name."""
_WIRELESS = re.compile(r"^(wl|wifi|ath|ra\d)|wlan|wi-?fi|wireless|无线", re.IGNORECASE)
_HOTSPOTS = IPv4Network("192.168.137.0/24"), IPv4Network("10.42.0.0/16")
"""Windows and NetworkManager give these to whoever joins the laptop's own hotspot."""


class NetworkKind(StrEnum):
    """What a card is, best first for telephones."""

    HOTSPOT = "hotspot"
    """This laptop's own; nothing stands between it and the telephones."""
    WIRELESS = "wireless"
    """Where the telephones most likely are, too."""
    WIRED = "wired"
    """The house's network; telephones reach it if their Wi-Fi belongs to it."""
    PUBLIC = "public"
    """An address of the internet: seldom the hall's."""
    UNCONNECTED = "unconnected"
    """The card has given itself an address, for nobody else did."""
    VIRTUAL = "virtual"
    """VPN, container, virtual machine."""


_ORDER = tuple(NetworkKind)


@dataclass(frozen=True, slots=True)
class NetworkAddress:
    """One IPv4 address of this machine; `interface` may be "" where the system does not tell.

    `description` is what the driver calls the card; `is_software` that no device stands behind it.
    """

    interface: str
    address: str
    description: str = ""
    is_software: bool = False

    @property
    def kind(self) -> NetworkKind:
        """What it is, by name and address."""
        ip, names = IPv4Address(self.address), f"{self.interface}\n{self.description}"
        is_hotspot = any(ip in net for net in _HOTSPOTS) and self.address.endswith(".1")
        if _WI_FI_DIRECT.search(names):
            return NetworkKind.UNCONNECTED if ip.is_link_local else NetworkKind.HOTSPOT
        if self.is_software or any(_VIRTUAL.search(name) for name in names.split("\n")):
            return NetworkKind.VIRTUAL
        if ip.is_link_local:
            return NetworkKind.UNCONNECTED
        if is_hotspot:
            return NetworkKind.HOTSPOT
        if not ip.is_private:
            return NetworkKind.PUBLIC
        return NetworkKind.WIRELESS if _WIRELESS.search(names) else NetworkKind.WIRED

    @property
    def is_virtual(self) -> bool:
        """Whether no telephone in the room can be behind it."""
        return self.kind is NetworkKind.VIRTUAL


def rank(address: NetworkAddress) -> tuple[int, str, str]:
    """Sort key: the laptop's hotspot and the hall's networks first, virtual cards at the very end."""
    return _ORDER.index(address.kind), address.interface, address.address


def offered(found: Iterable[NetworkAddress]) -> list[NetworkAddress]:
    """What the secretary may choose from, best first; never a virtual card."""
    return sorted((one for one in found if not one.is_virtual), key=rank)


def follow(address: str, interface: str, found: Sequence[NetworkAddress]) -> str | None:
    """Where an address that was chosen is now: the same, another of the same card, or None: it is gone.

    Another card is never taken: the secretary has opened the desk to this network only.
    """
    if any(one.address == address for one in found):
        return address
    same = [one for one in found if one.interface == interface and one.kind is not NetworkKind.UNCONNECTED]
    return min(same, key=rank).address if same else None
