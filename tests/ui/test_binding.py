"""The binding must not eat references to constants: PySide6 6.12 on Python 3.11 aborts after minutes."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject


def test_wrapped_calls_leave_the_count_of_none_alone() -> None:
    probe = QObject()
    before = sys.getrefcount(None)
    for _ in range(10_000):
        probe.setObjectName("a")
    assert abs(sys.getrefcount(None) - before) < 1_000
