"""Names as people write them, and badges that a scanner cannot misread unnoticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huifeng_desktop.domain.badge import is_badge, luhn_digit, make_badge
from huifeng_desktop.domain.people import (
    Category,
    Seat,
    display_name,
    is_vacant_name,
    mask_phone,
    name_key,
    normalise_name,
    unit_key,
)

ETHNIC = "阿布都热依木·阿布都克里木"


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("王 磊", "王磊"),
        ("王　磊", "王磊"),
        (" 欧阳建\n", "欧阳建"),
        ("买买提・艾则孜", "买买提·艾则孜"),
        ("买买提•艾则孜", "买买提·艾则孜"),
        ("买买提．艾则孜", "买买提·艾则孜"),
        ("买买提.艾则孜", "买买提·艾则孜"),
        ("买买提 · 艾则孜", "买买提·艾则孜"),
        (ETHNIC, ETHNIC),
        ("赵\u200b镕", "赵镕"),
        ("䶮 㛃", "䶮㛃"),
        ("𬱖 𡋾𠅤", "𬱖𡋾𠅤"),
        ("Ａｎｎａ", "Anna"),
        ("才仁卓玛", "才仁卓玛"),
    ],
)
def test_a_name_is_stored_in_one_form(raw: str, stored: str) -> None:
    assert normalise_name(raw) == stored
    assert name_key(raw) == name_key(stored)


@given(st.text())
def test_storing_a_stored_name_changes_nothing(raw: str) -> None:
    stored = normalise_name(raw)

    assert normalise_name(stored) == stored and name_key(stored) == name_key(raw)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王磊", "王　磊"),
        ("𬱖𡋾", "𬱖　𡋾"),
        ("欧阳建", "欧阳建"),
        ("扎西", "扎　西"),
        ("Li", "Li"),
        ("", ""),
        ("甲", "甲"),
    ],
)
def test_two_characters_are_set_out_in_print(name: str, shown: str) -> None:
    assert display_name(name) == shown
    assert normalise_name(shown) == name


def test_near_duplicates_stay_apart() -> None:
    assert len({name_key(name) for name in ("王建国", "王建囯", "王建同")}) == 3


def test_units_are_one_in_any_width_of_brackets_and_spaces() -> None:
    assert unit_key("县综合行政执法局（县城市管理局）") == unit_key("县综合行政执法局 (县城市管理局)")
    assert unit_key("县水利局") != unit_key("县林业局")


@pytest.mark.parametrize("word", ["空缺", " 空 缺 ", "（空缺）", "暂缺", "待定"])
def test_words_for_a_vacant_post(word: str) -> None:
    assert is_vacant_name(word)


@pytest.mark.parametrize("name", ["空海", "王空", "缺一", ""])
def test_names_that_are_not_vacant_posts(name: str) -> None:
    assert not is_vacant_name(name)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13900000016", "139****0016"), ("0728-3222222", "072****2222"), ("12345", "****"), ("", "")],
)
def test_a_telephone_is_masked(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


def test_a_seat_survives_json_with_every_field() -> None:
    seat = Seat("s1", 7, "县水利局", "𬱖·阿", "局长", Category.LEADER, "139", "3 排", "兼", "2", "p", "s0")

    assert Seat.from_json(seat.to_json()) == seat
    assert Seat.from_json({**Seat("s1", 1, "u", "n").to_json(), "later": 1}) == Seat("s1", 1, "u", "n")


# -- badges ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("digits", "check"), [("7992739871", "3"), ("0", "0"), ("18", "2"), ("411111111111111", "1")]
)
def test_the_check_digit_is_luhns(digits: str, check: str) -> None:
    assert luhn_digit(digits) == check


def test_three_thousand_badges_differ_and_are_always_the_same() -> None:
    def make() -> list[str]:
        taken: set[str] = set()
        for n in range(3000):
            taken.add(make_badge("m", f"s{n}", taken))
        return sorted(taken)

    badges = make()

    assert len(badges) == 3000 and badges == make()
    assert all(is_badge(badge) for badge in badges)


def test_a_number_that_is_taken_is_not_given_again() -> None:
    first = make_badge("m", "s1", set())
    second = make_badge("m", "s1", {first})

    assert first != second and is_badge(second)
    assert make_badge("other", "s1", set()) != first


@given(st.integers(0, 2999), st.integers(0, 12), st.integers(1, 9))
def test_one_misread_digit_is_noticed(seat: int, place: int, shift: int) -> None:
    badge = make_badge("m", f"s{seat}", set())
    wrong = str((int(badge[place]) + shift) % 10)

    assert not is_badge(badge[:place] + wrong + badge[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "2", "２000000000008", "200000000000a", "20000000000080", "²000000000008"]
)
def test_what_is_not_a_badge(text: str) -> None:
    assert not is_badge(text)
