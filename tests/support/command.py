"""The program called by its commands, in this process; its streams and status."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unittest import mock

from huifeng_desktop.cli.main import main

SAMPLE_MEETING = ("--title", "全县重点工作推进会", "--start", "2026-03-12T14:30")


@dataclass(frozen=True)
class Called:
    """How a call ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line on stderr."""
        (line,) = self.err.splitlines()
        assert "Traceback" not in line
        return line


def call(*arguments: object) -> Called:
    """Run one command."""
    out, err = io.StringIO(), io.StringIO()
    with _hooks_kept(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main([str(one) for one in arguments])
        except SystemExit as end:
            status = int(str(end.code or 0))
    return Called(status, out.getvalue(), err.getvalue())


def done(*arguments: object) -> Any:
    """Run one command with --json that must succeed; its document."""
    called = call(*arguments, "--json")
    assert (called.status, called.err) == (0, ""), called
    return called.document


def new_meeting(*options: object) -> str:
    """The id of a new meeting."""
    meeting: str = done("new", *SAMPLE_MEETING, *options)["meeting"]
    return meeting


@contextlib.contextmanager
def _hooks_kept() -> Iterator[None]:
    """What the program installs for its own process does not stay in this one."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    hooks = sys.excepthook, threading.excepthook
    try:
        with mock.patch("faulthandler.enable", lambda file: file.close()):
            yield
    finally:
        for handler in [one for one in root.handlers if one not in before]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
        sys.excepthook, threading.excepthook = hooks
