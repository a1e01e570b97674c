"""JSON lines: merged rather than piled up, and never in the way of whoever speaks."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from typing import Any

from huifeng_desktop.desk.lines import LineWriter, read_lines


def test_counts_are_added_up_and_nothing_is_lost() -> None:
    into, out = os.pipe()
    lines = LineWriter(out)
    lines.start({"ready": True})
    for _ in range(500):
        lines.signed(2)
    lines.say("code", payload="a")
    lines.say("code", payload="b")
    lines.stop()
    os.close(out)

    with os.fdopen(into, encoding="utf-8") as reader:
        told = [json.loads(line) for line in reader]
    assert told[0] == {"ready": True}
    assert sum(line.get("count", 0) for line in told) == 1000
    assert [line["payload"] for line in told if line.get("event") == "code"][-1] == "b"


def test_a_full_pipe_blocks_nobody() -> None:
    """GIVEN a reader that sleeps WHEN far more is said than a pipe holds THEN saying it returns."""
    into, out = os.pipe()
    lines = LineWriter(out)
    lines.start({"ready": True})
    for number in range(200):
        lines.say(f"event-{number}", text="x" * 2000)
        lines.signed(1)
    lines.stop()
    os.close(into)  # the writing thread now gets an error and ends
    lines.stop()
    os.close(out)


def test_input_is_handed_on_line_by_line_and_its_end_is_told() -> None:
    into, out = os.pipe()
    got: list[Mapping[str, Any]] = []
    ended = threading.Event()
    read_lines(into, got.append, ended.set)
    os.write(out, b'{"command":"a"}\n{"comm')
    os.write(out, b'and":"b"}\nnonsense\n[]\n')
    os.close(out)

    assert ended.wait(5)
    os.close(into)
    assert got == [{"command": "a"}, {"command": "b"}]
