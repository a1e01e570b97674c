"""Which row a seat is in, however the roster writes it."""

from __future__ import annotations

import pytest

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.service.door.sections import UNPLACED, section_of, sections


@pytest.mark.parametrize(
    ("place", "section"),
    [
        ("3排05座", "3排"),
        ("３排５号", "3排"),
        ("第三排 5", "3排"),
        ("十二排1座", "12排"),
        ("二十一排", "21排"),
        ("东区2排3座", "东区2排"),
        ("3-12", "3排"),
        ("A03-5", "A3排"),
        ("A12", "A区"),
        ("主席台", UNPLACED),
        ("", UNPLACED),
    ],
)
def test_a_seat_is_in_its_section(place: str, section: str) -> None:
    assert section_of(place) == section


def test_sections_stand_in_the_order_of_their_numbers() -> None:
    places = ("10排1座", "2排1座", "", "1排9座", "2排2座")
    seats = [Seat(f"s{n}", n, "县民政局", f"甲{n}", place=place) for n, place in enumerate(places)]
    assert sections(seats) == ["1排", "2排", "10排", UNPLACED]
