"""Whatever is typed behind the program's name: a status, one line on stderr, valid JSON, no traceback."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from command import call, done, new_meeting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

COMMANDS = {
    "new": (
        "--title",
        "--start",
        "--end",
        "--place",
        "--convener",
        "--rule-set",
        "--counts",
        "--no-counts",
        "--series",
    ),
    "list": (),
    "load": ("--as",),
    "declare": ("--opened", "--adjourned"),
    "headcount": ("--at",),
    "badges": (),
    "results": (),
    "ledger": ("--year", "--from", "--to", "--sealed-only", "--rule-set"),
    "export": ("--only", "--order", "--circular"),
    "pack": (),
    "merge": (),
    "archive": (),
    "remove": ("--by", "--confirm", "--archive"),
    "verify": (),
}
"""Those that end by themselves, without the options that name a file to write."""

WORDS = (
    *(
        "2026-03-12T14:30",
        "2026-02-30T14:30",
        "2026-03-12",
        "14:30",
        "0001-01-01T00:00",
        "+292277-01-01T00:00",
    ),
    *(
        "2026",
        "-1",
        "0",
        "1e9",
        "９９",
        "roster",
        "agenda",
        "leave",
        "records",
        "xlsx",
        "pdf",
        "pinyin",
        "units",
    ),
    *(
        "ladder",
        "阶梯制",
        "没有的",
        "会",
        "",
        " ",
        "--",
        "-",
        "--json",
        "--help",
        "\u0000",
        "\ud800",
        "会\n议",
        "𬱖",
        "/",
        ".",
    ),
)


@pytest.fixture
def places(data_dir: Path, tmp_path: Path) -> tuple[str, ...]:
    """A meeting and files of several kinds, as arguments."""
    meeting = new_meeting()
    (tmp_path / "名单.csv").write_text("单位,姓名\n县审计局,欧阳建\n", encoding="utf-8")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 truncated")
    done("load", meeting, tmp_path / "名单.csv", "--as", "roster")
    done("pack", meeting, "--out", tmp_path / "包.huifeng")
    return (meeting, *(str(tmp_path / name) for name in ("名单.csv", "坏.xlsx", "包.huifeng", "没有", "")))


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_call_ends_in_a_traceback(places: tuple[str, ...], data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(sorted(COMMANDS)))
    values = st.sampled_from([*places, places[0], *WORDS])
    options = st.sampled_from([*COMMANDS[command], "--data", "--nonsense"])
    pairs = st.tuples(options, values).filter(lambda pair: pair[0] != "--data" or not pair[1])
    rest = data.draw(st.lists(st.one_of(values.map(lambda one: (one,)), pairs), max_size=4))
    arguments = [command, *(word for words in rest for word in words)]
    called = call(*arguments)
    check(arguments, called.status, called.out, called.err)


def check(arguments: list[str], status: int, out: str, err: str) -> None:
    """What CONTRACT.md says of any call."""
    asked_help = status == 0 and any("-h" in word[:3] for word in arguments)
    assert status in (0, 1, 2), arguments
    assert "Traceback" not in out + err, arguments
    assert len(err.splitlines()) == (0 if status == 0 else 1), (arguments, err)
    if status == 0 and "--json" in arguments and not asked_help:
        json.loads(out)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str) -> None:
    called = call(command, "--help")
    assert (called.status, called.err) == (0, "")
    assert called.out.startswith(f"用法：huifeng-desktop {command}")
    assert not re.search(r"usage|options|arguments|show|--\S+ [A-Z]", called.out)


@pytest.mark.skipif(os.name != "posix", reason="a path of this kind")
@pytest.mark.parametrize("command", ["export", "pack", "archive"])
def test_a_place_that_cannot_be_written_is_told(
    places: tuple[str, ...], tmp_path: Path, command: str
) -> None:
    file = tmp_path / "名单.csv"
    called = call(command, places[0], "--out", file / "里面")
    assert called.status == 1 and called.out == "" and called.complaint
    assert file.is_file()
