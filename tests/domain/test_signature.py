"""A signature from a telephone is read strictly, and reads the same again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huifeng_desktop.domain.signature import HEIGHT, MOST_POINTS, MOST_STROKES, TEXT_LIMIT, WIDTH, Signature

_POINT = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1))
_STROKES = st.lists(st.lists(_POINT, min_size=1, max_size=8).map(tuple), min_size=1, max_size=6).map(tuple)
NAME = Signature((((10, 20), (200, 30), (210, 120)), ((300, 40), (420, 200), (590, 230))))


def test_a_signature_reads_as_it_was_written() -> None:
    assert Signature.parse(NAME.to_text()) == NAME
    assert NAME.to_text() == "0a0k5k0u5u3c-8c14bo5kge6e"
    assert NAME.bounds == (10, 20, 590, 230)


@given(_STROKES)
def test_what_is_read_can_be_written_again(strokes: tuple[tuple[tuple[int, int], ...], ...]) -> None:
    text = Signature(strokes).to_text()
    drawn = Signature.parse(text)
    assert drawn is None or (drawn.strokes == strokes and drawn.to_text() == text)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    drawn = Signature.parse(text)
    assert drawn is None or drawn.to_text() == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0a0k",  # a dot
        "0a0k" * 20,  # one place, twenty times
        "0a0k5k0u5u3",  # half a point
        "-0a0k5k0u5u3c8c14bo5kge6e",
        "0a0k5k0u5u3c--8c14bo5kge6e",
        "0A0K5K0U5U3C8C14BO5KGE6E",
        "0a0k5k0u5u3c8c14bo5kgo6e",  # 600 is right of the grid
        "0a0k5k0u5u3c8c14bo5kge6o",  # 240 is below it
        "0a0k5k0u5u3c８c14bo5kge6e",
        "0a0k5k0u5u3c8c14bo5kge6e\n",
        "<svg/onload=alert(1)>",
    ],
)
def test_what_is_no_signature_is_refused(text: str) -> None:
    assert Signature.parse(text) is None


def test_there_is_a_limit() -> None:
    point, far = "0a0k", "ge6e"
    assert Signature.parse(point * (MOST_POINTS - 1) + far) is not None
    assert Signature.parse(point * MOST_POINTS + far) is None
    assert Signature.parse("-".join([point] * (MOST_STROKES - 1) + [far])) is not None
    assert Signature.parse("-".join([point] * MOST_STROKES + [far])) is None
    assert TEXT_LIMIT < 5_000
