"""Records are told apart by what they hold, and hold nothing else."""

from __future__ import annotations

from dataclasses import field, replace

import pytest

from huifeng_desktop.domain.record import record


@record
class Mark:
    place: int
    words: tuple[str, ...] = field(default=())


def test_equal_content_is_an_equal_record_also_as_a_key() -> None:
    assert {Mark(1, ("甲",)): "here"}[Mark(1, ("甲",))] == "here"
    assert Mark(1) != Mark(2)


def test_a_changed_copy_leaves_the_first_alone() -> None:
    first = Mark(1)
    assert (replace(first, place=2), first) == (Mark(2), Mark(1))


def test_nothing_can_be_hung_on_a_record() -> None:
    with pytest.raises(AttributeError):
        setattr(Mark(1), "other", 3)  # noqa: B010 - the type checker would refuse the plain way
