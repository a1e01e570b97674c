"""The picture while somebody speaks: item and speaker above, figures, state and bar below."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from huifeng_desktop.ui.stage.scene import (
    AMBER,
    CENTRE,
    GROUND,
    MUTE,
    NORMAL,
    OVER,
    RIGHT,
    WHITE,
    Frame,
    Plate,
    Scene,
    TextRun,
    advance,
    stacked,
)
from huifeng_desktop.ui.stage.view import (
    StagePhase,
    StageView,
    bottom_text,
    item_text,
    limit_text,
    phase_words,
    speaker_text,
    urgency,
)

LEAST_DIGITS, MOST_DIGITS = 0.462, 0.54
"""Height of the figures as a part of the picture; the house asks for 45 % at least."""
_SMALLEST_INLINE_TITLE = 48
_PHASE_COLOURS = {StagePhase.AMBER: AMBER, StagePhase.OVER: OVER}


def phase_colour(view: StageView) -> str:
    """The colour of figures, state and bar."""
    return _PHASE_COLOURS.get(urgency(view), NORMAL)


def countdown_scene(view: StageView, frame: Frame) -> Scene:
    """Everything of the countdown on this frame."""
    if frame.compact:
        return preview(view, frame)
    limit = frame.height * (1 - LEAST_DIGITS) - frame.px(74 + 78 + 26)
    runs, plates, below = head(view, frame, limit)
    bar = QRectF(frame.margin, frame.height - frame.px(74), frame.room, frame.px(26))
    footer, mark = _footer(view, frame, bar.top() - frame.px(78))
    digits = _digits_box(frame, below, bar.top() - frame.px(78))
    return Scene((*runs, *footer), digits, bar, mark, plates=plates)


def head(view: StageView, frame: Frame, limit: float) -> tuple[tuple[TextRun, ...], tuple[Plate, ...], float]:
    """Item and speaker, or in the speaker's place the words to him, above `limit`; and the bottom edge."""
    heading, below = _heading(view, frame)
    if view.message:
        words, plate = _message_band(view, frame, below + frame.px(10), limit)
        return (*heading, *words), (plate,), plate.box.bottom()
    speaker, below = _speaker(view, frame, below)
    return (*heading, *speaker), (), below


def _message_band(view: StageView, frame: Frame, top: float, limit: float) -> tuple[list[TextRun], Plate]:
    """Dark on amber over the whole width: the one thing that the speaker must not overlook."""
    room, edge = frame.room - frame.px(60), frame.px(22)
    sizes = (84, 70, 58, 48, 40)
    blocks = (frame.fit(view.message, size, room, smallest=min(size, 36), bold=True) for size in sizes)
    fitting = (block for block in blocks if top + block.height + edge <= limit)
    block = next(fitting, None) or frame.fit(view.message, 40, room, smallest=24, bold=True, max_lines=1)
    box = QRectF(frame.margin, top, frame.room, block.height + edge)
    runs = stacked(block, box.left(), top + edge / 2, box.width(), GROUND, CENTRE)
    return runs, Plate(box, AMBER, frame.px(14))


def _heading(view: StageView, frame: Frame) -> tuple[list[TextRun], float]:
    """Number, title and limit on one line, or the title under them if it is long; and the bottom edge."""
    top, small = frame.px(46), frame.font(44)
    number_width = advance(item_text(view), small) + frame.px(44) if item_text(view) else 0.0
    limit_width = advance(limit_text(view), small)
    room = frame.room - number_width - limit_width - frame.px(60)
    inline = frame.fit(view.title, 60, room, smallest=_SMALLEST_INLINE_TITLE, bold=True)
    one_line = inline.lines == (view.title,)
    row = frame.px(80 if one_line else 64)
    number_box = QRectF(frame.margin, top, number_width, row)
    limit_box = QRectF(frame.margin + frame.room - limit_width, top, limit_width, row)
    runs = [TextRun(limit_text(view), small, limit_box, MUTE, RIGHT)]
    if item_text(view):
        runs.append(TextRun(item_text(view), small, number_box, MUTE))
    if one_line:
        title_box = QRectF(frame.margin + number_width, top, room, row)
        return [*runs, TextRun(view.title, inline.font, title_box, WHITE)], top + row
    size = 44 if view.message else 58
    block = frame.fit(view.title, size, frame.room, smallest=30, bold=True)
    return [*runs, *stacked(block, frame.margin, top + row, frame.room, WHITE)], top + row + block.height


def _speaker(view: StageView, frame: Frame, top: float) -> tuple[list[TextRun], float]:
    """Unit and name on one line, or the name under the unit; names are never broken."""
    line = speaker_text(view)
    if not line:
        return [], top
    block = frame.fit(line, 46, frame.room, smallest=38, max_lines=1)
    if block.lines == (line,):
        return stacked(block, frame.margin, top, frame.room, WHITE), top + block.height
    runs: list[TextRun] = []
    for part in filter(None, (view.unit, view.speaker)):
        block = frame.fit(part, 44, frame.room, smallest=30, max_lines=1)
        runs += stacked(block, frame.margin, top, frame.room, WHITE)
        top += block.height
    return runs, top


def _footer(view: StageView, frame: Frame, top: float) -> tuple[list[TextRun], QRectF]:
    """The state with its mark at the left, what comes next at the right."""
    row, side = frame.px(60), frame.px(38)
    mark = QRectF(frame.margin, top + (row - side) / 2, side, side)
    font = frame.font(44, bold=True)
    left = mark.right() + frame.px(46)
    words = phase_words(view)
    width = advance(words, font)
    runs = [TextRun(words, font, QRectF(left, top, width, row), phase_colour(view))]
    start = left + width + frame.px(60)
    room = frame.margin + frame.room - start
    text = bottom_text(view)
    if text:
        fitted = frame.fit(text, 44, room, smallest=30, max_lines=1)
        if fitted.lines != (text,):
            fitted = frame.fit(text, 30, room, smallest=16)
        runs += stacked(fitted, start, top + max((row - fitted.height) / 2, 0), room, MUTE, RIGHT)
    return runs, mark


def _digits_box(frame: Frame, top: float, bottom: float) -> QRectF:
    """In the middle of what is left, as high as it allows, never below the house's measure."""
    free = bottom - top
    height = min(max(free * 0.86, frame.height * LEAST_DIGITS), frame.height * MOST_DIGITS)
    middle = max(top + height / 2 + frame.px(12), (top + bottom) / 2)
    return QRectF(frame.margin * 0.75, middle - height / 2, frame.width - frame.margin * 1.5, height)


def preview(view: StageView, frame: Frame) -> Scene:
    """The small picture beside the controls: title, figures, speaker, bar."""
    row, edge = frame.px(150), frame.px(36)
    title = "　".join(part for part in (item_text(view), view.title) if part)
    head = frame.fit(title, 96, frame.room - row, smallest=84, max_lines=1)
    foot = frame.fit(view.message or speaker_text(view), 96, frame.room, smallest=84, max_lines=1)
    bottom = frame.height - frame.px(62) - row
    runs = [
        TextRun(
            head.lines[0],
            head.font,
            QRectF(frame.margin + row / 2, edge, frame.room - row, row),
            WHITE,
            CENTRE,
        ),
        TextRun(
            foot.lines[0],
            foot.font,
            QRectF(frame.margin, bottom, frame.room, row),
            AMBER if view.message else WHITE,
            CENTRE,
        ),
    ]
    height = frame.height * LEAST_DIGITS
    middle = (edge + row + bottom) / 2
    digits = QRectF(frame.margin, middle - height / 2, frame.room, height)
    bar = QRectF(frame.margin, frame.height - frame.px(56), frame.room, frame.px(28))
    side = max(frame.px(70), 8.0)
    mark = QRectF(frame.margin, edge + (row - side) / 2, side, side)
    return Scene(tuple(run for run in runs if run.text), digits, bar, mark)
