"""Before print: whose names hold characters that the chosen font lacks.

A name printed with a box or a question mark is the mistake an office does not forgive, so every
person concerned is named with the unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.service.printed.marks import PdfPrinter


def glyph_warnings(state: MeetingState, printer: PdfPrinter, options: PaperOptions) -> list[str]:
    """Sentences, one for the font of the documents and one for what this machine cannot draw at all."""
    unusual = "".join(sorted({char for text in _texts(state) for char in text if _is_unusual(char)}))
    if not unusual:
        return []
    family, found = options.body_family, []
    if people := _people(state, printer.lacking(unusual, family)):
        found.append(f"“{family}”缺字，会用别的字体代替，请看清样：{people}。")
    if people := _people(state, printer.undrawable(unusual)):
        found.append(f"本机字体都缺字，PDF 上会是空框，请装全字库字体再打印：{people}。")
    return found


def _is_unusual(char: str) -> bool:
    """Whether any font in use might lack it: everything outside GB2312."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return char != "·"
    return False


def _texts(state: MeetingState) -> Iterator[str]:
    for seat in state.seats:
        yield seat.name
        yield seat.unit
        yield seat.post
    for item in state.items:
        yield item.speaker


def _people(state: MeetingState, lacking: frozenset[str]) -> str:
    """Everybody with one of these characters in name, unit or post; speakers from elsewhere too."""
    named = [words for seat in state.seats if (words := _person(seat, lacking))]
    known = {seat.name for seat in state.seats}
    for item in state.items:
        if item.speaker not in known and (missing := lacking & set(item.speaker)):
            named.append(f"{item.speaker}（{item.unit or '发言人'}）{_characters(missing)}")
    return "、".join(dict.fromkeys(named))


def _person(seat: Seat, lacking: frozenset[str]) -> str:
    missing = lacking & set(seat.name + seat.unit + seat.post)
    return f"{seat.name or seat.post}（{seat.unit}）{_characters(missing)}" if missing else ""


def _characters(missing: frozenset[str]) -> str:
    return "“" + "".join(sorted(missing)) + "”"
