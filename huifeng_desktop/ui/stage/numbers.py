"""A large number on every screen while the operator chooses one; clicks go through it.

On the screen that the stage fills the number is a part of the stage: a desktop keeps a full-screen
window above every other, whatever is asked for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QScreen
from PySide6.QtWidgets import QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.stage.placement import TIMER_FLAGS
from huifeng_desktop.ui.stage.scene import CENTRE, GROUND, MUTE, WHITE, Frame, stacked
from huifeng_desktop.ui.stage.screens import shares_area

_PART_OF_HEIGHT, _PART_BESIDE_DIALOG, _SHAPE, _GAP = 0.42, 0.27, 1.45, 24


class ScreenNumber(QWidget):
    """Number and name of one screen; a window of its own, or a part of the stage that fills the screen."""

    def __init__(self, number: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.number, self.name = number, name
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def stand_on(self, screen: QScreen, box: QRect) -> None:
        """Show as a window above the others, at `box` of the desktop."""
        self.setWindowFlags(TIMER_FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setScreen(screen)
        self.setGeometry(box)
        self.show()

    def stand_in(self, stage: QWidget, box: QRect) -> None:
        """Show within the stage, at `box` of the desktop."""
        self.setGeometry(QRect(stage.mapFromGlobal(box.topLeft()), box.size()))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dark plate with the number above the name; its edge shows on the stage, which is as dark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QPainterPath()
        plate.addRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 24, 24)
        painter.fillPath(plate, QColor(GROUND))
        painter.strokePath(plate, QPen(QColor(MUTE), 3))
        frame = Frame(QSizeF(self.size()), theme.ui_font())
        figure = frame.fit(self.number, 620, frame.room, smallest=200, bold=True, max_lines=1)
        words = frame.fit(self.name, 96, frame.room, smallest=48)
        top = (frame.height - figure.font.pixelSize() * 1.1 - words.height) / 2
        runs = stacked(figure, frame.margin, top - frame.px(70), frame.room, WHITE, CENTRE)
        below = frame.height - words.height - frame.px(60)
        for run in (*runs, *stacked(words, frame.margin, below, frame.room, MUTE, CENTRE)):
            painter.setFont(run.font)
            painter.setPen(QColor(run.colour))
            painter.drawText(run.box, run.align | Qt.TextFlag.TextDontClip, run.text)


def number_box(screen: QRect, dialog: QRect) -> QRect:
    """The middle of a screen, or the corner of it that leaves the dialog free."""
    beside = screen.intersects(dialog)
    height = round(screen.height() * (_PART_BESIDE_DIALOG if beside else _PART_OF_HEIGHT))
    box = QRect(0, 0, min(round(height * _SHAPE), screen.width()), height)
    box.moveCenter(screen.center())
    if not beside:
        return box
    inner = screen.adjusted(_GAP, _GAP, -_GAP, -3 * _GAP)
    places = []
    for move, corner in (
        (QRect.moveBottomLeft, inner.bottomLeft()),
        (QRect.moveBottomRight, inner.bottomRight()),
        (QRect.moveTopLeft, inner.topLeft()),
        (QRect.moveTopRight, inner.topRight()),
    ):
        place = QRect(box)
        move(place, corner)
        places.append(place)
    return next((place for place in places if not place.intersects(dialog)), places[0])


def show_numbers(
    screens: Sequence[QScreen], dialog: QWidget, stage_on: Callable[[QScreen], QWidget | None]
) -> list[ScreenNumber]:
    """One plate a screen, numbered from 1 as in every label; screens that repeat each other share one.

    `stage_on` names the stage's window where it fills a screen.
    """
    plates: list[ScreenNumber] = []
    done: list[QScreen] = []
    for screen in screens:
        if any(shares_area(screen, other) for other in done):
            continue
        done.append(screen)
        alike = [(place, one) for place, one in enumerate(screens, 1) if shares_area(one, screen)]
        number = "、".join(str(place) for place, _ in alike)
        name = "　".join(dict.fromkeys(one.model() or one.name() for _, one in alike))
        box, stage = number_box(screen.geometry(), dialog.frameGeometry()), stage_on(screen)
        plate = ScreenNumber(number, name, stage or dialog)
        plates.append(plate)
        if stage is None:
            plate.stand_on(screen, box)
        else:
            plate.stand_in(stage, box)
    return plates
