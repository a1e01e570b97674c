"""The countdown with the agenda under it: the same figures, and the next items in a row."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from huifeng_desktop.ui.stage.countdown import LEAST_DIGITS, head, phase_colour, preview
from huifeng_desktop.ui.stage.scene import MUTE, PANEL, WHITE, Frame, Plate, Scene, TextRun, advance, stacked
from huifeng_desktop.ui.stage.view import ComingItem, StageView, limit_text, phase_words

_COLUMNS = 3
_STATE_ROW, _STRIP, _LEAST_STRIP, _GAP, _AIR = 52, 176, 92, 18, 44
_SPILL = 8
"""Round figures stand a little below their line."""


def agenda_scene(view: StageView, frame: Frame) -> Scene:
    """Figures first: the row of items takes what they leave."""
    if frame.compact:
        return preview(view, frame)
    strip_bottom, fixed = frame.height - frame.px(30), frame.px(_STATE_ROW + 3 * _GAP + _SPILL)
    least = frame.height * LEAST_DIGITS
    runs, plates, below = head(view, frame, strip_bottom - fixed - least - frame.px(_LEAST_STRIP))
    free = strip_bottom - below - fixed - frame.px(_STRIP)
    height = max(free - frame.px(_AIR), least)
    top = below + frame.px(_GAP) + max(free - height, 0.0) / 2
    digits = QRectF(frame.margin * 0.75, top, frame.width - frame.margin * 1.5, height)
    row = QRectF(frame.margin, digits.bottom() + frame.px(_GAP + _SPILL), frame.room, frame.px(_STATE_ROW))
    state, mark, bar = _state(view, frame, row)
    top = row.bottom() + frame.px(_GAP)
    strip = QRectF(frame.margin, top, frame.room, max(strip_bottom - top, frame.px(_LEAST_STRIP)))
    coming, panels = _strip(view, frame, strip)
    return Scene((*runs, state, *coming), digits, bar, mark, plates=(*plates, *panels))


def _state(view: StageView, frame: Frame, row: QRectF) -> tuple[TextRun, QRectF, QRectF]:
    """Mark and word at the left, the bar in the rest of the line."""
    side = frame.px(36)
    mark = QRectF(row.left(), row.center().y() - side / 2, side, side)
    font = frame.font(42, bold=True)
    left = mark.right() + frame.px(30)
    width = advance(phase_words(view), font)
    run = TextRun(phase_words(view), font, QRectF(left, row.top(), width, row.height()), phase_colour(view))
    start = left + width + frame.px(44)
    thick = frame.px(24)
    return run, mark, QRectF(start, row.center().y() - thick / 2, row.right() - start, thick)


def _strip(view: StageView, frame: Frame, strip: QRectF) -> tuple[list[TextRun], list[Plate]]:
    """The nearest items in equal fields; a sentence where nothing follows."""
    coming = view.coming[:_COLUMNS]
    if not coming:
        fitted = frame.fit("这是最后一项", 42, strip.width(), smallest=30, max_lines=1)
        return [TextRun(fitted.lines[0], fitted.font, strip, MUTE)], []
    gap = frame.px(22)
    width = (strip.width() - gap * (_COLUMNS - 1)) / _COLUMNS
    runs: list[TextRun] = []
    plates = []
    for place, item in enumerate(coming):
        box = QRectF(strip.left() + place * (width + gap), strip.top(), width, strip.height())
        plates.append(Plate(box, PANEL, frame.px(12)))
        runs += _field(item, frame, box, is_next=place == 0)
    return runs, plates


def _field(item: ComingItem, frame: Frame, box: QRectF, *, is_next: bool) -> list[TextRun]:
    """Number and limit above the title; the unit below where there is room for it."""
    inner = box.adjusted(frame.px(22), frame.px(6), -frame.px(22), -frame.px(6))
    words = f"{'下一项' if is_next else f'第 {item.number} 项'}　{limit_text(item)}"
    caption = frame.fit(words, 30, inner.width(), smallest=22, max_lines=1)
    lines = 2 if inner.height() > frame.px(120) else 1
    title = frame.fit(item.title, 42, inner.width(), smallest=24, bold=True, max_lines=lines)
    unit = frame.fit(item.unit, 30, inner.width(), smallest=20, max_lines=1)
    parts = [(caption, MUTE), (title, WHITE)]
    if item.unit and caption.height + title.height + unit.height <= inner.height():
        parts.append((unit, MUTE))
    spare = max(inner.height() - sum(part.height for part, _ in parts), 0.0)
    top, runs = inner.top() + spare / 2, list[TextRun]()
    for part, colour in parts:
        runs += stacked(part, inner.left(), top, inner.width(), colour)
        top += part.height
    return runs
