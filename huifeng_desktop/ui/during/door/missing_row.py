"""The row of one who is missing: the telephone number, and what came of the last call to it."""

from __future__ import annotations

from huifeng_desktop.domain.attendance import Call, CallWord
from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.ui.during.people_table import PersonRow
from huifeng_desktop.ui.during.words import joined
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import clock_time

_CALLS = {
    CallWord.REACHED: ("已联系", Tone.NEUTRAL),
    CallWord.COMING: ("在路上", Tone.OK),
    CallWord.NO_ANSWER: ("没接通", Tone.WARN),
}


def missing_row(seat: Seat, call: Call | None = None) -> PersonRow:
    """One missing person, with the telephone number, and what came of the last call to it."""
    mark = "县领导" if seat.category is Category.LEADER else str(seat.seq)
    phone = _grouped(seat.phone) or "无电话"
    where = joined("" if seat.category is Category.LEADER else seat.unit, seat.post)
    words, tone = call_words(call)
    return PersonRow(
        seat.seat_id, mark, seat.display_name, where, phone, None, seat.seat_id, more=words, more_tone=tone
    )


def call_words(call: Call | None) -> tuple[str, Tone]:
    """预计 14:40, or 在路上 14:21: the word and when it was said."""
    if call is None:
        return "", Tone.PLAIN
    word, tone = _CALLS[call.word]
    if call.expected:
        return f"在路上 预计 {call.expected}", tone
    return f"{word} {clock_time(call.at)}", tone


def _grouped(phone: str) -> str:
    """138 0000 0016: easier to dial from."""
    digits = phone.strip()
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}" if len(digits) == 11 and digits.isdigit() else digits
