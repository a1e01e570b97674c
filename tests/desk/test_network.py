"""Which address phones are sent to."""

from __future__ import annotations

from huifeng_desktop.desk.network import NetworkAddress, list_addresses, rank, url_host


def test_lan_comes_before_everything_virtual() -> None:
    found = [
        NetworkAddress("docker0", "172.17.0.1"),
        NetworkAddress("tun0", "10.8.0.2"),
        NetworkAddress("eth1", "169.254.3.4"),
        NetworkAddress("ppp0", "100.64.0.9"),
        NetworkAddress("eth2", "8.8.4.4"),
        NetworkAddress("wlan0", "192.168.43.1"),
        NetworkAddress("br-9f2c", "172.18.0.1"),
    ]
    names = [one.interface for one in sorted(found, key=rank)]
    assert names[:3] == ["wlan0", "eth2", "eth1"]
    assert set(names[3:]) == {"docker0", "tun0", "ppp0", "br-9f2c"}


def test_listing_never_contains_loopback() -> None:
    assert not any(one.address.startswith("127.") for one in list_addresses())


def test_addresses_in_urls() -> None:
    assert url_host("::1") == "[::1]"
    assert url_host("192.168.1.8") == "192.168.1.8"
