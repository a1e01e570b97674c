"""Rate limits: per key, refilled by time, bounded in memory."""

from __future__ import annotations

from huifeng_desktop.desk.http.limits import RateLimit


def test_burst_then_refill() -> None:
    limit = RateLimit(burst=2, per_second=0.5)

    assert [limit.take("a", 0) for _ in range(3)] == [True, True, False]
    assert limit.retry_after("a", 0) == 2
    assert not limit.has_room("a", 1.9)
    assert limit.take("a", 2)


def test_keys_do_not_share() -> None:
    limit = RateLimit(burst=1, per_second=1)
    assert limit.take("a", 0) and limit.take("b", 0)


def test_given_back_attempts_do_not_count() -> None:
    limit = RateLimit(burst=1, per_second=0.001)
    for _ in range(5):
        assert limit.take("a", 0)
        limit.give_back("a", 0)


def test_a_flood_of_keys_is_forgotten_again() -> None:
    limit = RateLimit(burst=1, per_second=1)
    for number in range(40_000):
        limit.take(str(number), number / 100_000)
    assert limit.tracked <= 16_384
    limit.take("late", 100)
    assert limit.tracked == 1


def test_time_going_backwards_gives_nothing() -> None:
    limit = RateLimit(burst=1, per_second=1)
    limit.take("a", 100)
    assert not limit.take("a", 50)
