"""The network changes, goes and comes back: the desk follows, on the chosen card only, and tells once.

The cards are told by a file; their addresses are of 127.0.0.0/8, where this machine can listen.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from child import ChildDesk
from desk_fakes import make_seats

BADGE = make_seats(12)[0].badge


class Network:
    """The cards of the machine, as the desk sees them."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def set(self, **cards: str) -> None:
        """These are the addresses now."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps(cards), encoding="utf-8")
        fresh.replace(self.file)


@pytest.fixture
def network(tmp_path: Path) -> Network:
    network = Network(tmp_path / "cards.json")
    network.set(wlan0="127.0.0.2", eth0="127.0.0.9")
    return network


@pytest.fixture
def child(tmp_path: Path, network: Network) -> Iterator[ChildDesk]:
    """As the window starts it: for phones, on the address that the secretary chose."""
    with ChildDesk.start(tmp_path, "--host", "127.0.0.2", "--cards", str(network.file)) as running:
        yield running


def of(event: str, **values: object) -> Any:
    """Whether a line tells this event with these values."""
    return lambda line: line.get("event") == event and values.items() <= line.items()


def is_served(url: str) -> bool:
    """Whether the desk answers at the address of this URL."""
    return httpx.get(httpx.URL(url).join("/healthz")).status_code == 200


def code_at(child: ChildDesk, host: str) -> str:
    """The next code that leads to `host`."""
    line = child.read_until(
        lambda line: line.get("event") == "code" and line["payload"].startswith(f"http://{host}:")
    )
    return str(line["payload"])


def test_another_address_of_the_same_card_is_followed_at_the_same_port(
    child: ChildDesk, network: Network
) -> None:
    before = code_at(child, "127.0.0.2")
    network.set(wlan0="127.0.0.3", eth0="127.0.0.9")
    after = code_at(child, "127.0.0.3")
    told = child.read_until(of("network"))

    assert httpx.URL(before).port == httpx.URL(after).port
    assert (told["turn"], told["at"]) == ("moved", f"127.0.0.3:{httpx.URL(after).port}")
    assert is_served(after)
    with pytest.raises(httpx.ConnectError):
        is_served(before)
    answer = httpx.post(
        f"http://127.0.0.3:{httpx.URL(after).port}/api/sign-ins",
        json={"badge": BADGE, "nonce": "n1"},
        headers={"Authorization": f"Bearer {child.ready['token']}"},
    )
    assert answer.status_code == 201


def test_a_network_that_goes_takes_the_code_along_and_brings_it_back(
    child: ChildDesk, network: Network
) -> None:
    first = code_at(child, "127.0.0.2")
    network.set(eth0="127.0.0.9")
    assert child.read_until(of("code"))["payload"] == ""
    assert child.read_until(of("network"))["turn"] == "lost"
    with pytest.raises(httpx.ConnectError):
        is_served(first)
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.9", httpx.URL(first).port or 0), 5)

    network.set(wlan0="127.0.0.2", eth0="127.0.0.9")
    again = code_at(child, "127.0.0.2")
    assert child.read_until(of("network"))["turn"] == "back"
    assert is_served(again)


def test_tablets_and_the_remote_are_told_anew_under_their_keys(tmp_path: Path, network: Network) -> None:
    with ChildDesk.start(tmp_path, "--no-phones", "--cards", str(network.file)) as child:
        for screen in ("stage", "remote"):
            child.tell(command=f"open_{screen}", host="127.0.0.2")
        before = {screen: child.read_until(of(screen)) for screen in ("stage", "remote")}
        network.set(wlan0="127.0.0.4", eth0="127.0.0.9")
        after = {screen: child.read_until(of(screen)) for screen in ("stage", "remote")}

        for screen in ("stage", "remote"):
            assert after[screen]["url"] == before[screen]["url"].replace("127.0.0.2", "127.0.0.4")
            assert httpx.get(after[screen]["url"]).status_code == 200
        assert after["remote"]["pin"] == before["remote"]["pin"]
        child.tell(command="close_stage")
        child.read_until(of("stage"))
        with pytest.raises(httpx.ConnectError):
            is_served(after["stage"]["url"])
        assert httpx.get(f"{child.ready['url']}/healthz").status_code == 200, "loopback stays"


def test_codes_of_phones_that_were_closed_are_not_told_again(tmp_path: Path, network: Network) -> None:
    with ChildDesk.start(tmp_path, "--no-phones", "--cards", str(network.file)) as child:
        child.tell(command="open_phones", host="127.0.0.2")
        code_at(child, "127.0.0.2")
        child.tell(command="open_stage", host="127.0.0.2")
        child.read_until(of("stage"))
        child.tell(command="close_phones")
        child.read_until(of("phones"))
        network.set(wlan0="127.0.0.4")
        child.read_until(of("stage"))
        child.tell(command="close_stage")
        lines = []
        while not of("stage", open=False)(line := child.read()):
            lines.append(line["event"])
        assert "code" not in lines


def test_a_desk_on_every_card_tells_the_address_that_is_there(tmp_path: Path, network: Network) -> None:
    with ChildDesk.start(tmp_path, "--host", "0.0.0.0", "--cards", str(network.file)) as child:
        assert child.ready["url"].startswith("http://127.0.0.1:")
        code_at(child, "127.0.0.2")
        network.set(eth0="127.0.0.9")
        payload = code_at(child, "127.0.0.9")
        assert is_served(payload)


def test_nothing_listens_beyond_this_machine_until_it_is_opened(child: ChildDesk, tmp_path: Path) -> None:
    with ChildDesk.start(tmp_path, "--no-phones") as quiet:
        port = httpx.URL(quiet.ready["url"]).port or 0
        assert quiet.ready["url"].startswith("http://127.0.0.1:")
        with pytest.raises(ConnectionError):
            socket.create_connection(("127.0.0.2", port), 5)


def test_the_usual_port_is_taken_where_it_is_free(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
        with ChildDesk.start(tmp_path, "--usual", str(port)) as elsewhere:
            assert httpx.URL(elsewhere.ready["url"]).port != port
    with ChildDesk.start(tmp_path, "--usual", str(port)) as there:
        assert httpx.URL(there.ready["url"]).port == port
