"""Which networks are offered to the secretary, in which order, and where an address has gone."""

from __future__ import annotations

import pytest

from huifeng_desktop.service.door.networks import NetworkAddress, NetworkKind, follow, offered, rank

WLAN = NetworkAddress("wlan0", "192.168.1.20")
CABLE = NetworkAddress("enp3s0", "10.20.0.7")


@pytest.mark.parametrize(
    ("interface", "address", "description", "kind"),
    [
        ("wlan0", "10.42.0.1", "", NetworkKind.HOTSPOT),
        ("本地连接* 2", "192.168.137.1", "Microsoft Wi-Fi Direct Virtual Adapter #2", NetworkKind.HOTSPOT),
        ("本地连接* 1", "169.254.8.9", "Microsoft Wi-Fi Direct Virtual Adapter", NetworkKind.UNCONNECTED),
        ("wlp2s0", "192.168.43.7", "", NetworkKind.WIRELESS),
        ("WLAN", "192.168.1.20", "Intel(R) Wi-Fi 6 AX201 160MHz", NetworkKind.WIRELESS),
        ("以太网", "10.20.0.7", "Realtek PCIe GbE Family Controller", NetworkKind.WIRED),
        ("eth0", "10.42.3.9", "", NetworkKind.WIRED),
        ("eth0", "8.8.4.4", "", NetworkKind.PUBLIC),
        ("eth0", "169.254.3.4", "", NetworkKind.UNCONNECTED),
        ("docker0", "172.17.0.1", "", NetworkKind.VIRTUAL),
        ("tun0", "10.42.0.1", "", NetworkKind.VIRTUAL),
        ("wg0", "10.0.0.2", "", NetworkKind.VIRTUAL),
        ("vEthernet (Default Switch)", "172.20.0.1", "Hyper-V Virtual Ethernet Adapter", NetworkKind.VIRTUAL),
        ("以太网 2", "192.168.56.1", "VirtualBox Host-Only Ethernet Adapter", NetworkKind.VIRTUAL),
        ("以太网 3", "2.0.0.1", "Sangfor SSL VPN CS Support System VNIC", NetworkKind.VIRTUAL),
        ("", "192.168.1.20", "", NetworkKind.WIRED),
    ],
)
def test_kinds(interface: str, address: str, description: str, kind: NetworkKind) -> None:
    assert NetworkAddress(interface, address, description).kind is kind


def test_a_card_without_a_device_is_virtual() -> None:
    assert NetworkAddress("office", "10.0.0.2", is_software=True).is_virtual


def test_the_own_hotspot_and_the_halls_networks_come_first_and_virtual_ones_never() -> None:
    found = [
        NetworkAddress("docker0", "172.17.0.1"),
        NetworkAddress("eth9", "169.254.3.4"),
        CABLE,
        NetworkAddress("ppp0", "100.64.0.9"),
        WLAN,
        NetworkAddress("wlan1", "10.42.0.1"),
    ]
    assert [one.interface for one in offered(found)] == ["wlan1", "wlan0", "enp3s0", "eth9"]
    assert {one.interface for one in sorted(found, key=rank)[-2:]} == {"docker0", "ppp0"}


def test_an_address_is_followed_on_its_own_card_only() -> None:
    moved = NetworkAddress("wlan0", "192.168.1.31")
    assert follow(WLAN.address, "wlan0", [CABLE, WLAN]) == WLAN.address
    assert follow(WLAN.address, "wlan0", [CABLE, moved]) == moved.address
    assert follow(WLAN.address, "wlan0", [CABLE]) is None
    assert follow(WLAN.address, "wlan0", [NetworkAddress("wlan0", "169.254.1.1")]) is None
    assert follow(WLAN.address, "wlan0", []) is None
