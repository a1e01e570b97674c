"""Text that must fit: first smaller, then on more lines, and only then shortened.

A line never ends or begins at the point inside a name (阿布都热依木·阿布都克里木), a number stays in
one piece, and no line begins with a closing mark.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from huifeng_desktop.ui import theme

_POINTS = "·・•．."
_NOT_FIRST = "，。、；：！？）》〉」』”’】…—％%" + _POINTS
_NOT_LAST = "（《〈「『“‘【" + _POINTS
_SHRINK_BEFORE_WRAP = 0.75
_STEP = 0.96


@dataclass(frozen=True)
class Fitted:
    """Lines and the one font they are set in."""

    lines: tuple[str, ...]
    font: QFont

    @property
    def line_height(self) -> float:
        """Pixels from line to line: closer than the font's own leading, which is wide for Chinese."""
        return self.font.pixelSize() * 1.26

    @property
    def height(self) -> float:
        """Pixels of the whole block."""
        return self.line_height * len(self.lines)

    def holds(self, text: str) -> bool:
        """Whether nothing of `text` was shortened; spaces at the ends of lines are not missed."""
        return "".join("".join(self.lines).split()) == "".join(text.split())


def fit_text(text: str, font: QFont, width: float, smallest: float, max_lines: int = 2) -> Fitted:
    """Set `text` in at most `max_lines` of `width` pixels, no smaller than `smallest` pixels."""
    wished = font.pixelSize() * _SHRINK_BEFORE_WRAP if max_lines > 1 else smallest
    single = _shrunk(text, font, width, max(smallest, wished))
    if single is not None or max_lines == 1:
        return single or _elided((text,), _resized(font, smallest), width)
    size = font.pixelSize() * 0.92
    while size > smallest:
        lines = wrap(text, _resized(font, size), width)
        if _fits(lines, _resized(font, size), width, max_lines):
            return Fitted(_balanced(text, _resized(font, size), width, len(lines)), _resized(font, size))
        size *= _STEP
    lines = wrap(text, _resized(font, smallest), width)
    kept = (*lines[: max_lines - 1], "".join(lines[max_lines - 1 :]))
    return _elided(kept, _resized(font, smallest), width)


def wrap(text: str, font: QFont, width: float) -> tuple[str, ...]:
    """Fill lines of `width` one after the other, breaking only where it is allowed."""
    metrics = QFontMetricsF(font)
    lines, rest = [], text.strip()
    while metrics.horizontalAdvance(rest) > width:
        end = _longest_start(rest, metrics, width)
        if end == 0:
            break
        lines.append(rest[:end].strip())
        rest = rest[end:].strip()
    return (*lines, rest)


def may_break(text: str, place: int) -> bool:
    """Whether a line may end before the character at `place`."""
    before, after = text[place - 1], text[place]
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return not (_is_latin(before) and _is_latin(after))


def _longest_start(text: str, metrics: QFontMetricsF, width: float) -> int:
    """How many characters go on the first line, 0 if there is no place to break."""
    best = 0
    for place in range(1, len(text)):
        if metrics.horizontalAdvance(text[:place].rstrip()) > width:
            break
        if may_break(text, place):
            best = place
    return best


def _balanced(text: str, font: QFont, width: float, count: int) -> tuple[str, ...]:
    """The same number of lines, but no last line of two lonely characters."""
    narrow, wide = width / count, width
    for _ in range(8):
        middle = (narrow + wide) / 2
        lines = wrap(text, font, middle)
        narrow, wide = (narrow, middle) if _fits(lines, font, middle, count) else (middle, wide)
    return wrap(text, font, wide)


def _fits(lines: tuple[str, ...], font: QFont, width: float, count: int) -> bool:
    """`wrap` leaves an unbreakable rest too long; it is always the last line."""
    return len(lines) <= count and QFontMetricsF(font).horizontalAdvance(lines[-1]) <= width


def _shrunk(text: str, font: QFont, width: float, smallest: float) -> Fitted | None:
    """One line in a font between `smallest` and the wished size, or None."""
    wished = font.pixelSize()
    advance = QFontMetricsF(font).horizontalAdvance(text)
    size = wished if advance <= width else int(wished * width / advance)
    while size >= smallest:
        candidate = _resized(font, size)
        if QFontMetricsF(candidate).horizontalAdvance(text) <= width:
            return Fitted((text,), candidate)
        size -= 1
    return None


def _elided(lines: tuple[str, ...], font: QFont, width: float) -> Fitted:
    metrics = QFontMetricsF(font)
    return Fitted(tuple(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines), font)


def _resized(font: QFont, size: float) -> QFont:
    return theme.sized(font, max(1, int(size)), bold=font.bold())


def _is_latin(character: str) -> bool:
    return character.isascii() and not character.isspace()
