"""The other pictures: sign-in with the code, clock, welcome, message, blackout."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from huifeng_desktop.ui.stage.agenda import agenda_scene
from huifeng_desktop.ui.stage.countdown import countdown_scene
from huifeng_desktop.ui.stage.scene import (
    AMBER,
    CENTRE,
    LEFT,
    MUTE,
    NORMAL,
    WHITE,
    Frame,
    Scene,
    TextRun,
    advance,
    stacked,
)
from huifeng_desktop.ui.stage.view import StageMode, StageView

_BLACK = "#000000"
_AT_THE_DESK, _REQUEST = "请到签到台签到", 112


def compose(view: StageView, frame: Frame) -> Scene:
    """The scene of any mode."""
    if view.mode is StageMode.COUNTDOWN:
        return countdown_scene(view, frame)
    if view.mode is StageMode.AGENDA:
        return agenda_scene(view, frame)
    if view.mode is StageMode.ROLL_CALL:
        return _roll_call(view, frame)
    if view.mode is StageMode.SIGN_IN:
        return _sign_in(view, frame)
    if view.mode is StageMode.CLOCK:
        return _clock(view, frame)
    if view.mode is StageMode.WELCOME:
        return _welcome(view, frame)
    if view.mode is StageMode.MESSAGE:
        return _message(view, frame)
    return Scene(ground=_BLACK)


def _where(view: StageView) -> str:
    return "　".join(part for part in (view.start_text, view.place) if part)


def _headline(view: StageView, frame: Frame) -> tuple[list[TextRun], float]:
    """The meeting's name at the top, its time and place below; and the bottom edge."""
    title = frame.fit(view.meeting_title, 68, frame.room, smallest=44, bold=True)
    top = frame.px(46)
    runs = stacked(title, frame.margin, top, frame.room, WHITE) if view.meeting_title else []
    top += title.height
    if _where(view) and not frame.compact:
        where = frame.fit(_where(view), 42, frame.room, smallest=30, max_lines=1)
        runs += stacked(where, frame.margin, top + frame.px(6), frame.room, MUTE)
        top += where.height + frame.px(6)
    return runs, top


def _sign_in(view: StageView, frame: Frame) -> Scene:
    """The code at the left, what to do and the two figures at the right; without a code, words only."""
    runs, top = _headline(view, frame)
    area = QRectF(frame.margin, top + frame.px(40), frame.room, frame.height - top - frame.px(94))
    code = None
    if view.qr_payload:
        side = min(area.height(), frame.room * 0.5)
        code = QRectF(area.left(), area.top() + (area.height() - side) / 2, side, side)
        area.setLeft(code.right() + frame.px(76))
    else:
        width = advance(_AT_THE_DESK, frame.font(_REQUEST, bold=True))
        area = QRectF(frame.margin + (frame.room - width) / 2, area.top(), width, area.height())
    return Scene((*runs, *_sign_in_column(view, frame, area)), code=code)


def _sign_in_column(view: StageView, frame: Frame, area: QRectF) -> list[TextRun]:
    """Request, figures and a hint under each other, together in the middle of the column."""
    request = "请扫码签到" if view.qr_payload else _AT_THE_DESK
    head = frame.fit(request, _REQUEST, area.width(), smallest=60, bold=True, max_lines=1)
    hint = frame.fit(view.message, 42, area.width(), smallest=22, max_lines=3)
    hint_height = hint.height if view.message and not frame.compact else 0.0
    gap = frame.px(30)
    row = min(frame.px(230), (area.height() - head.height - hint_height - 2 * gap) / 2)
    top = area.top() + (area.height() - head.height - hint_height - 2 * gap - 2 * row) / 2
    runs = stacked(head, area.left(), top, area.width(), WHITE)
    top += head.height + gap
    runs += _figures(view, frame, QRectF(area.left(), top, area.width(), row))
    if hint_height:
        runs += stacked(hint, area.left(), top + 2 * row + gap, area.width(), MUTE)
    return runs


def _figures(view: StageView, frame: Frame, place: QRectF) -> list[TextRun]:
    """应到 and 实到 under each other in one size. No names here, ever."""
    caption_font = frame.font(56)
    left = place.left() + advance("应到", caption_font) + frame.px(44)
    room = place.right() - left
    widest = "0" * max(len(str(view.expected or 0)), len(str(view.present or 0)))
    size = min(200.0, place.height() / frame.px(1.2))
    font = frame.fit(widest, size, room, smallest=60, bold=True, max_lines=1).font
    runs = []
    top = place.top()
    for caption, value, colour in (("应到", view.expected, WHITE), ("实到", view.present, NORMAL)):
        if value is None:
            continue
        caption_box = QRectF(place.left(), top, left - place.left(), place.height())
        runs.append(TextRun(caption, caption_font, caption_box, MUTE))
        runs.append(TextRun(str(value), font, QRectF(left, top, room, place.height()), colour))
        top += place.height()
    return runs


def _clock(view: StageView, frame: Frame) -> Scene:
    """The meeting's name and the time of day."""
    runs, top = _headline(view, frame)
    bottom = frame.height - frame.px(120)
    height = min((bottom - top) * 0.8, frame.height * 0.5)
    box = QRectF(frame.margin, (top + bottom) / 2 - height / 2 + frame.px(10), frame.room, height)
    if view.message:
        hint = frame.fit(view.message, 46, frame.room, smallest=30, max_lines=1)
        runs += stacked(hint, frame.margin, frame.height - frame.px(48) - hint.height, frame.room, MUTE)
    return Scene(tuple(runs), box)


def _welcome(view: StageView, frame: Frame) -> Scene:
    """The meeting's name with time and place, 应到 and 实到 below, the code at the right."""
    room, code = QRectF(frame.margin, 0, frame.room, frame.height), None
    if view.qr_payload:
        side = min(frame.height * 0.56, frame.room * 0.36)
        top = (frame.height - side) / 2 - frame.px(40)
        code = QRectF(frame.margin + frame.room - side, top, side, side)
        room.setRight(code.left() - frame.px(70))
    align = LEFT if code else CENTRE
    title = frame.fit(view.meeting_title, 128, room.width(), smallest=72, bold=True, max_lines=3)
    if not title.holds(view.meeting_title):
        title = frame.fit(view.meeting_title, 78, room.width(), smallest=36, bold=True, max_lines=6)
    where = frame.fit(_where(view), 54, room.width(), smallest=32)
    gap, row = frame.px(46), 0.0 if view.expected is None or frame.compact else frame.px(190)
    top = max((frame.height - title.height - gap - where.height - row) / 2, frame.px(30))
    runs = stacked(title, room.left(), top, room.width(), WHITE, align)
    top += title.height + gap
    runs += stacked(where, room.left(), top, room.width(), MUTE, align)
    if row:
        place = QRectF(room.left(), top + where.height + frame.px(40), room.width(), row - frame.px(40))
        runs += _figure_row(view, frame, place, centred=code is None)
    if code is not None and not frame.compact:
        under = QRectF(code.left(), code.bottom() + frame.px(14), code.width(), frame.px(70))
        runs.append(TextRun("扫码签到", frame.font(52, bold=True), under, WHITE, CENTRE))
    return Scene(tuple(run for run in runs if run.text), code=code)


def _figure_row(view: StageView, frame: Frame, place: QRectF, *, centred: bool) -> list[TextRun]:
    """应到 and 实到 beside each other. No names here, ever."""
    small, large = frame.font(48), frame.font(118, bold=True)
    parts = (
        ("应到", small, MUTE),
        (f"{view.expected or 0}", large, WHITE),
        ("实到", small, MUTE),
        (f"{view.present or 0}", large, NORMAL),
    )
    widths = [advance(text, font) for text, font, _ in parts]
    gaps = (frame.px(24), frame.px(90), frame.px(24), 0.0)
    left = place.left() + ((place.width() - sum(widths) - sum(gaps)) / 2 if centred else 0)
    runs = []
    for (text, font, colour), width, gap in zip(parts, widths, gaps, strict=True):
        runs.append(TextRun(text, font, QRectF(left, place.top(), width, place.height()), colour))
        left += width + gap
    return runs


def _roll_call(view: StageView, frame: Frame) -> Scene:
    """Unit and post small, the name as large as the width allows; a name is never broken."""
    name = frame.fit(view.speaker, 330, frame.room, smallest=44, bold=True, max_lines=1)
    size = name.font.pixelSize() / frame.px(1)
    unit = frame.fit(view.unit, min(110, size * 0.85), frame.room, smallest=40, max_lines=2)
    post = frame.fit(view.title, min(76, size * 0.7), frame.room, smallest=36, max_lines=2)
    gap = frame.px(44)
    blocks = [(unit, MUTE), (name, WHITE), (post, MUTE)]
    shown = [(block, colour) for block, colour in blocks if "".join(block.lines)]
    if frame.compact:
        shown = shown[:2]
    top = (frame.height - sum(block.height for block, _ in shown) - gap * (len(shown) - 1)) / 2
    runs: list[TextRun] = []
    for block, colour in shown:
        runs += stacked(block, frame.margin, top, frame.room, colour, CENTRE)
        top += block.height + gap
    if not frame.compact:
        caption = QRectF(frame.margin, frame.px(46), frame.room, frame.px(60))
        runs.append(TextRun("点名", frame.font(44), caption, MUTE))
    return Scene(tuple(runs))


def _message(view: StageView, frame: Frame) -> Scene:
    """One sentence in the middle: the usual few words as large as the width allows."""
    block = frame.fit(view.message, 280, frame.room, smallest=150, bold=True, max_lines=1)
    if not block.holds(view.message):
        block = frame.fit(view.message, 150, frame.room, smallest=64, bold=True, max_lines=3)
    top = (frame.height - block.height) / 2
    runs = stacked(block, frame.margin, top, frame.room, AMBER, CENTRE)
    if view.speaker and not frame.compact:
        to = frame.fit(view.speaker, 46, frame.room, smallest=30, max_lines=1)
        runs.append(
            TextRun(to.lines[0], to.font, QRectF(frame.margin, frame.px(46), frame.room, frame.px(80)), MUTE)
        )
    return Scene(tuple(runs))
