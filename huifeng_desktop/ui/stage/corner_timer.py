"""The translucent timer over somebody's slides: figures, one word, a bar, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from huifeng_desktop.ui.stage.countdown import phase_colour
from huifeng_desktop.ui.stage.scene import AMBER, CENTRE, MUTE, Frame, Scene, TextRun, advance
from huifeng_desktop.ui.stage.view import StageMode, StageView, is_timed, phase_words

PLATE_OPACITY = 0.93
"""As much of the slide shines through as leaves every figure a contrast of 7:1 on a white one."""


def compose_timer(view: StageView, frame: Frame) -> Scene:
    """The time left; the time of day where nothing is timed; nothing at all in a blackout."""
    if view.mode is StageMode.BLACKOUT:
        return Scene(opacity=0.0)
    digits = QRectF(frame.margin, frame.px(90), frame.room, frame.px(560))
    row = QRectF(frame.margin, frame.px(700), frame.room, frame.px(200))
    if not is_timed(view):
        words = view.message or view.meeting_title
        return Scene(_words(words, row, frame, MUTE), digits, opacity=PLATE_OPACITY, rounded=True)
    bar = QRectF(frame.margin, frame.px(940), frame.room, frame.px(64))
    if view.message:
        runs = _words(view.message, row, frame, AMBER)
        return Scene(runs, digits, bar, opacity=PLATE_OPACITY, rounded=True)
    font = frame.fit(phase_words(view), 170, frame.room - frame.px(180), smallest=90, max_lines=1).font
    width, side = advance(phase_words(view), font), frame.px(120)
    left = frame.margin + (frame.room - width - side - frame.px(60)) / 2
    mark = QRectF(left, row.center().y() - side / 2, side, side)
    place = QRectF(mark.right() + frame.px(60), row.top(), width, row.height())
    run = TextRun(phase_words(view), font, place, phase_colour(view))
    return Scene((run,), digits, bar, mark, opacity=PLATE_OPACITY, rounded=True)


def _words(words: str, row: QRectF, frame: Frame, colour: str) -> tuple[TextRun, ...]:
    fitted = frame.fit(words, 170, row.width(), smallest=90, max_lines=1)
    return (TextRun(fitted.lines[0], fitted.font, row, colour, CENTRE),) if words else ()
