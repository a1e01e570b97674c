"""For whom a telephone was used: a person is one, in whatever post; somebody else is named."""

from __future__ import annotations

from story import moment, seat

from huifeng_desktop.domain.phones import PhoneBook


def test_two_posts_of_one_person_share_no_telephone() -> None:
    book, first, second = PhoneBook(), seat("s1", "甲"), seat("s3", "甲", "县统计局", same_person="s1")
    assert book.use("d1", second, moment("14:00")) is None
    assert book.use("d1", first, moment("14:01")) is None
    assert book.shared_with("d1", second) is None


def test_whoever_used_a_telephone_first_is_named_to_all_others() -> None:
    book, first, other, third = PhoneBook(), seat("s1", "甲"), seat("s2", "乙"), seat("s4", "丁")
    assert book.use("d1", first, moment("14:00")) is None
    for one in (other, third):
        shared = book.use("d1", one, moment("14:01"))
        assert shared is not None and (shared.name, shared.at) == ("甲", moment("14:00"))
    assert book.shared_with("d1", first) is None and book.shared_with("d2", other) is None
    assert book.use("", other, moment("14:02")) is None, "a browser without cookies is no telephone"
