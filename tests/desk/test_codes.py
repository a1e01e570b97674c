"""Codes and tickets: pure functions of time, so every boundary can be stood upon."""

from __future__ import annotations

import pytest

from huifeng_desktop.desk.phones.codes import SLOT_S, TICKET_S, CodeSigner, TicketBook, new_secret

SECRET = b"s" * 32


def test_code_holds_for_its_slot_and_the_next_one() -> None:
    signer = CodeSigner(SECRET, "m1")
    code = signer.code(1500.0)

    assert signer.code(1514.999) == code
    assert signer.code(1515.0) != code
    assert signer.accepts(code, 1529.999)
    assert not signer.accepts(code, 1530.0)
    assert not signer.accepts(code, 1499.999), "a code of the future is refused"


def test_code_is_bound_to_secret_and_meeting() -> None:
    code = CodeSigner(SECRET, "m1").code(0)
    assert not CodeSigner(SECRET, "m2").accepts(code, 0)
    assert not CodeSigner(new_secret(), "m1").accepts(code, 0)
    assert SLOT_S == 15


@pytest.mark.parametrize("junk", ["", "x", "签到", "\ud800", "A" * 5000])
def test_junk_is_no_code(junk: str) -> None:
    assert not CodeSigner(SECRET, "m1").accepts(junk, 0)


def test_ticket_lasts_two_minutes() -> None:
    book = TicketBook(SECRET, "m1")
    text = book.issue(1000.0)

    assert book.read(text, 1000.0 + TICKET_S - 0.001) is not None
    assert book.read(text, 1000.0 + TICKET_S) is None


def test_ticket_serves_one_purpose_only() -> None:
    book = TicketBook(SECRET, "m1")
    ticket = book.read(book.issue(0), 1)
    assert ticket is not None

    assert book.use(ticket, "first", 1)
    assert book.use(ticket, "first", 2), "the same form sent twice is let through"
    assert not book.use(ticket, "second", 3)


def test_used_tickets_are_forgotten_only_when_they_are_too_old() -> None:
    book = TicketBook(SECRET, "m1")
    text = book.issue(0)
    ticket = book.read(text, 0)
    other = book.read(book.issue(100), 100)
    assert ticket is not None and other is not None
    book.use(ticket, "first", 0)

    assert not book.use(ticket, "second", TICKET_S - 1)
    assert book.use(other, "third", TICKET_S)
    assert book.read(text, TICKET_S) is None


@pytest.mark.parametrize("junk", ["", ".", "...", "a.b.c.d", "00.99999.3.", "\ud800.1.2.3", "签.1.2.3"])
def test_junk_is_no_ticket(junk: str) -> None:
    assert TicketBook(SECRET, "m1").read(junk, 0) is None


def test_a_ticket_cannot_be_prolonged() -> None:
    book = TicketBook(SECRET, "m1")
    ident, expires, tries, mark = book.issue(0).split(".")
    assert book.read(f"{ident}.{int(expires) + 60}.{tries}.{mark}", 0) is None
    assert book.read(f"{ident}.{expires}.99.{mark}", 0) is None
