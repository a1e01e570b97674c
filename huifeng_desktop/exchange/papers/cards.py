"""席卡 and badges as pages to be cut.

A 席卡 is 20×10 cm when it stands: two faces on one sheet, the far one turned, folded between them.
A badge carries the number as a QR code and in digits, for scanner, phone and eye.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.exchange.papers.setting.paper import clean
from huifeng_desktop.service.printed.marks import Align, Box, Face, Line, Mark, Modules, Page, Text
from huifeng_desktop.wording import CATEGORY

_A4_WIDTH, _A4_HEIGHT = 210.0, 297.0
CARD_WIDTH, CARD_HEIGHT = 200.0, 100.0
CARD_LEFT, CARD_TOP = (_A4_WIDTH - CARD_WIDTH) / 2, 40.0
NAME_PT = 130.0

_MASK = 3
"""Any mask is valid; finding the best one takes ten times as long."""

_BADGE_WIDTH, _BADGE_HEIGHT, _BADGES_ACROSS, _BADGES_DOWN = 90.0, 54.0, 2, 5
_BADGE_LEFT, _BADGE_TOP = (_A4_WIDTH - 2 * _BADGE_WIDTH) / 2, (_A4_HEIGHT - 5 * _BADGE_HEIGHT) / 2


def card_pages(seats: Sequence[Seat]) -> list[Page]:
    """One sheet for each person."""
    return [_card(seat) for seat in with_card(seats)]


def with_card(seats: Sequence[Seat]) -> list[Seat]:
    """Those who sit behind a card: not staff, not vacant posts."""
    return [seat for seat in seats if seat.name and seat.category is not Category.STAFF]


def _card(seat: Seat) -> Page:
    name = clean(seat.display_name)
    fold = CARD_TOP + CARD_HEIGHT
    size = NAME_PT if len(name) <= 4 else NAME_PT * 4.2 / len(name)
    inside = (CARD_LEFT + 10, CARD_WIDTH - 20, CARD_HEIGHT - 20)
    marks: list[Mark] = [
        Box(CARD_LEFT, CARD_TOP, CARD_WIDTH, 2 * CARD_HEIGHT, 0.15),
        Line(CARD_LEFT, fold, CARD_LEFT + CARD_WIDTH, fold, 0.15, dashed=True),
        Text(inside[0], CARD_TOP + 10, inside[1], inside[2], name, size, Face.TITLE, turned=True),
        Text(inside[0], fold + 10, inside[1], inside[2], name, size, Face.TITLE),
        Text(CARD_LEFT, fold + CARD_HEIGHT + 4, CARD_WIDTH, 6, where_words(seat), 10, Face.SONG),
    ]
    return Page(_A4_WIDTH, _A4_HEIGHT, tuple(marks))


def where_words(seat: Seat) -> str:
    """For whoever sets the cards out, below the cut."""
    words = (str(seat.seq), seat.unit, seat.post, seat.place)
    return clean("　".join(filter(None, words)))


# -- badges ----------------------------------------------------------------------------------------


def badge_pages(seats: Sequence[Seat], title: str) -> list[Page]:
    """Ten badges a page, with lines to cut along."""
    held = with_badge(seats)
    size = _BADGES_ACROSS * _BADGES_DOWN
    return [
        Page(_A4_WIDTH, _A4_HEIGHT, tuple(_badges(held[at : at + size], title)))
        for at in range(0, len(held), size)
    ]


def with_badge(seats: Sequence[Seat]) -> list[Seat]:
    """Those who hold a badge number."""
    return [seat for seat in seats if seat.badge and seat.name]


def _badges(seats: Sequence[Seat], title: str) -> Iterator[Mark]:
    for place, seat in enumerate(seats):
        left = _BADGE_LEFT + place % _BADGES_ACROSS * _BADGE_WIDTH
        top = _BADGE_TOP + place // _BADGES_ACROSS * _BADGE_HEIGHT
        yield from _badge(seat, clean(title), left, top)


def _badge(seat: Seat, title: str, left: float, top: float) -> Iterator[Mark]:
    words = 54.0
    x = left + 4
    yield Box(left, top, _BADGE_WIDTH, _BADGE_HEIGHT, 0.15)
    yield Text(x, top + 3, _BADGE_WIDTH - 8, 8, title, 10.5, Face.HEAD, wraps=True)
    yield Text(x, top + 13, words, 14, clean(seat.display_name), 26, Face.TITLE, Align.LEFT)
    yield Text(x, top + 28, words, 9, clean(seat.unit), 10.5, Face.BODY, Align.LEFT, wraps=True)
    yield Text(x, top + 37, words, 7, clean(seat.post), 10.5, Face.BODY, Align.LEFT, wraps=True)
    yield Text(x, top + 45, words, 6, _kind_and_place(seat), 10.5, Face.KAI, Align.LEFT)
    yield Modules(left + 61, top + 15, 24, qr_modules(seat.badge))
    yield Text(left + 56, top + 42, 33, 5, spaced(seat.badge), 9, Face.SONG)


def _kind_and_place(seat: Seat) -> str:
    kind = CATEGORY[seat.category]
    return clean(f"{kind}　座位 {seat.place}" if seat.place else kind)


def spaced(badge: str) -> str:
    """Thirteen digits in groups, to be typed from the paper: 1 234567 890123."""
    return f"{badge[:1]} {badge[1:7]} {badge[7:]}"


def qr_modules(payload: str) -> tuple[tuple[bool, ...], ...]:
    """The code without its quiet zone."""
    import qrcode  # takes a while and is needed by badges only
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(payload)
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())
