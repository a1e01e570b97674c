"""The countdown with the agenda under it: the same figures, and the next items in a row."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from huifeng_desktop.ui.stage.countdown import LEAST_DIGITS, head, phase_colour, preview
from huifeng_desktop.ui.stage.fit import Fitted
from huifeng_desktop.ui.stage.scene import MUTE, PANEL, WHITE, Frame, Plate, Scene, TextRun, advance, stacked
from huifeng_desktop.ui.stage.view import ComingItem, StageView, limit_text, phase_words
from huifeng_desktop.wording import more_words

_COLUMNS = 3
_STATE_ROW, _STRIP, _LEAST_STRIP, _GAP, _AIR = 52, 176, 92, 18, 44
_CAPTION, _LEADING, _LEGIBLE = 26, 1.26, 24
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
    top = row.bottom() + frame.px(_GAP)
    strip = QRectF(frame.margin, top, frame.room, max(strip_bottom - top, frame.px(_LEAST_STRIP)))
    coming, panels = _strip(view, frame, strip)
    states, mark, bar = _state(view, frame, row, more_words(view.following - len(panels)))
    return Scene((*runs, *states, *coming), digits, bar, mark, plates=(*plates, *panels))


def _state(view: StageView, frame: Frame, row: QRectF, more: str) -> tuple[list[TextRun], QRectF, QRectF]:
    """Mark and word at the left, what the strip has no room for at the right, the bar between them."""
    side = frame.px(36)
    mark = QRectF(row.left(), row.center().y() - side / 2, side, side)
    font = frame.font(42, bold=True)
    left = mark.right() + frame.px(30)
    width = advance(phase_words(view), font)
    runs = [
        TextRun(phase_words(view), font, QRectF(left, row.top(), width, row.height()), phase_colour(view))
    ]
    start, end = left + width + frame.px(44), row.right()
    if more:
        small = frame.font(36)
        box = QRectF(end - advance(more, small), row.top(), advance(more, small), row.height())
        runs.append(TextRun(more, small, box, MUTE))
        end = box.left() - frame.px(36)
    thick = frame.px(24)
    return runs, mark, QRectF(start, row.center().y() - thick / 2, end - start, thick)


def _strip(view: StageView, frame: Frame, strip: QRectF) -> tuple[list[TextRun], list[Plate]]:
    """The nearest items in equal fields, fewer where titles are long; a sentence where nothing follows."""
    if not view.coming:
        fitted = frame.fit("这是最后一项", 42, strip.width(), smallest=30, max_lines=1)
        return [TextRun(fitted.lines[0], fitted.font, strip, MUTE)], []
    for columns in range(min(_COLUMNS, len(view.coming)), 0, -1):
        boxes = _boxes(frame, strip, min(columns, len(view.coming)))
        fields = [_Field.of(item, frame, box) for item, box in zip(view.coming, boxes, strict=False)]
        if all(field.is_whole for field in fields):
            break
    runs = [run for place, field in enumerate(fields) for run in field.runs(frame, is_next=place == 0)]
    return runs, [Plate(box, PANEL, frame.px(12)) for box in boxes]


def _boxes(frame: Frame, strip: QRectF, columns: int) -> list[QRectF]:
    gap = frame.px(22)
    width = (strip.width() - gap * (columns - 1)) / columns
    return [
        QRectF(strip.left() + place * (width + gap), strip.top(), width, strip.height())
        for place in range(columns)
    ]


@dataclass(frozen=True)
class _Field:
    """One of the items that follow, its title as large as its box allows."""

    item: ComingItem
    box: QRectF
    title: Fitted
    least_px: float

    @classmethod
    def of(cls, item: ComingItem, frame: Frame, box: QRectF) -> _Field:
        """As large as the box allows; what is still too long for it is not whole."""
        inner = _inner(frame, box)
        room, least_px = inner.height() - frame.px(_CAPTION) * _LEADING, frame.px(_LEGIBLE) - 1
        for size, smallest, lines in ((42, 30, 2), (34, 26, 2), (30, 24, 3)):
            title = frame.fit(item.title, size, inner.width(), smallest=smallest, bold=True, max_lines=lines)
            if title.holds(item.title) and title.height <= room:
                return cls(item, box, title, least_px)
        title = frame.fit(item.title, 30, inner.width(), smallest=12, bold=True, max_lines=1)
        return cls(item, box, title, least_px)

    @property
    def is_whole(self) -> bool:
        """Whether the whole title stands there in a size that can be read from the last row."""
        return self.title.holds(self.item.title) and self.title.font.pixelSize() >= self.least_px

    def runs(self, frame: Frame, *, is_next: bool) -> list[TextRun]:
        """Number and limit above the title; the unit below where there is room for it."""
        item, inner = self.item, _inner(frame, self.box)
        words = f"{'下一项' if is_next else f'第 {item.number} 项'}　{limit_text(item)}"
        caption = frame.fit(words, _CAPTION, inner.width(), smallest=18, max_lines=1)
        unit = frame.fit(item.unit, _CAPTION, inner.width(), smallest=18, max_lines=1)
        parts = [(caption, MUTE), (self.title, WHITE)]
        if item.unit and caption.height + self.title.height + unit.height <= inner.height():
            parts.append((unit, MUTE))
        spare = max(inner.height() - sum(part.height for part, _ in parts), 0.0)
        top, runs = inner.top() + spare / 2, list[TextRun]()
        for part, colour in parts:
            runs += stacked(part, inner.left(), top, inner.width(), colour)
            top += part.height
        return runs


def _inner(frame: Frame, box: QRectF) -> QRectF:
    return box.adjusted(frame.px(22), frame.px(6), -frame.px(22), -frame.px(6))
