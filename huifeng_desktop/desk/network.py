"""Which addresses this machine has, best first for phones in the room: LAN, never a virtual card."""

from __future__ import annotations

import ipaddress
import re
import socket
import sys
from dataclasses import dataclass

_VIRTUAL = re.compile(
    r"^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|podman|tun|tap|wg|ppp|utun|zt|tailscale)"
    r"|vethernet|virtual|vmware|vpn|hyper-v",
    re.IGNORECASE,
)
_SIOCGIFADDR = 0x8915


@dataclass(frozen=True, slots=True)
class NetworkAddress:
    """One IPv4 address of this machine; `interface` may be "" where the system does not tell."""

    interface: str
    address: str

    @property
    def is_virtual(self) -> bool:
        """Whether the name is that of a VPN, a container bridge or a virtual machine."""
        return bool(_VIRTUAL.search(self.interface))


def list_addresses() -> list[NetworkAddress]:
    """All IPv4 addresses except loopback, the likeliest LAN first; empty without a network."""
    found = _interfaces() if sys.platform == "linux" else _by_host_name()
    return sorted((one for one in found if not _ip(one).is_loopback), key=rank)


def rank(address: NetworkAddress) -> tuple[bool, bool, bool, str]:
    """Sort key: real before virtual, with a network before self-assigned, private before public."""
    ip = _ip(address)
    return address.is_virtual, ip.is_link_local, not ip.is_private, address.interface


def url_host(host: str) -> str:
    """A host as it stands in a URL: IPv6 addresses in brackets."""
    return f"[{host}]" if ":" in host else host


def _ip(address: NetworkAddress) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(address.address)


def _interfaces() -> list[NetworkAddress]:
    """Ask the Linux kernel for the first address of every card."""
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        for _, name in socket.if_nameindex():
            request = name.encode()[:15].ljust(256, b"\0")
            try:
                answer = fcntl.ioctl(asker.fileno(), _SIOCGIFADDR, request)
            except OSError:
                continue  # a card without an IPv4 address
            found.append(NetworkAddress(name, socket.inet_ntoa(answer[20:24])))
    return found


def _by_host_name() -> list[NetworkAddress]:
    """What the resolver knows about this machine: addresses without the names of their cards."""
    try:
        addresses = socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []
    return [NetworkAddress("", address) for address in addresses]
