"""Counting as WPS and Word do, the limits of 8000 and 5000 字, and the minutes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huifeng_desktop.rules.script_length import SCRIPT_LIMITS, measure, speaking_minutes


@pytest.mark.parametrize(
    ("text", "words", "characters", "with_spaces"),
    [
        ("", 0, 0, 0),
        ("　 \n\t", 0, 0, 3),
        ("同志们：", 4, 4, 4),
        ("Hello World", 2, 10, 11),
        ("2025年GDP增长6.5%", 6, 14, 14),
        ("“十四五”——圆满……", 11, 11, 11),
        ("买买提·艾则孜", 7, 7, 7),
        ("①②气温℃", 5, 5, 5),
        ("你好,世界", 5, 5, 5),
        ("don’t 2020–2025", 2, 14, 15),
        ("a\nb\r\nc", 3, 3, 3),
        ("𬱖𡋾𠅤", 3, 3, 3),
        ("葛\U000e0100", 1, 1, 1),
        # Verified with Word by others: published counts of short texts.
        ("Let's say ‘你好’ 100 times per day, 勤勉", 12, 29, 36),
        ("東京2024オリンピック", 9, 12, 12),
        ("Hello、World。", 4, 12, 12),
        ("１２３４５", 5, 5, 5),
        ("👍👎👏", 1, 3, 3),
        ("こんにちは👋", 6, 6, 6),
        ("foo\u200bbar", 1, 6, 6),
    ],
)
def test_a_text_is_counted_as_in_wps(text: str, words: int, characters: int, with_spaces: int) -> None:
    length = measure(text)
    assert (length.words, length.characters, length.characters_and_spaces) == (words, characters, with_spaces)


@given(st.text(max_size=200), st.text(max_size=200))
def test_two_paragraphs_have_the_sum_of_their_counts(first: str, second: str) -> None:
    assert measure(f"{first}\n{second}") == measure(first) + measure(second)


@given(st.text(alphabet="字，。a1 .’\n“”·😀", max_size=200))
def test_no_count_is_larger_than_the_next(text: str) -> None:
    length = measure(text)
    assert 0 <= length.words <= length.characters <= length.characters_and_spaces <= len(text)


def test_limits_are_those_of_the_documents() -> None:
    assert [(limit.code, limit.words) for limit in SCRIPT_LIMITS] == [
        ("city", 8000),
        ("other", 5000),
        ("town", 5000),
    ]
    assert all(str(limit.words) in limit.source for limit in SCRIPT_LIMITS)
    assert [limit.source[:2] for limit in SCRIPT_LIMITS] == ["武汉", "武汉", "镇《"]
    assert [SCRIPT_LIMITS[1].excess(words) for words in (4999, 5000, 5001)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("words", "shortest", "longest", "middle"),
    [(1, 1, 1, 1), (3300, 17, 22, 20), (5000, 25, 33, 29), (8000, 40, 53, 47), (3000, 15, 20, 18)],
)
def test_minutes_at_150_to_200_a_minute(words: int, shortest: int, longest: int, middle: int) -> None:
    minutes = speaking_minutes(words)
    assert (minutes.shortest, minutes.longest, minutes.middle) == (shortest, longest, middle)
