"""The leaders at a glance: a chip for each, in two rows at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.marks import Mark, draw_mark
from huifeng_desktop.ui.theme import Tone


class LeaderState(StrEnum):
    """What is known of a leader's seat."""

    PRESENT = "present"
    """✓ came."""
    LEAVE = "leave"
    """假: approved leave."""
    DEPUTY = "deputy"
    """代: a deputy sits there."""
    AWAITED = "awaited"
    """— not here yet."""
    OUT = "out"
    """离: came and is out now."""


@dataclass(frozen=True, slots=True)
class Leader:
    """One chip: the short post ("宣传部长"), the state, the full words for the tool tip, and a note.

    The note (因公) stands in place of the state's own word where all chips have room for theirs.
    """

    title: str
    state: LeaderState
    detail: str = ""
    note: str = ""


_TONES = {
    LeaderState.PRESENT: Tone.OK,
    LeaderState.LEAVE: Tone.NEUTRAL,
    LeaderState.DEPUTY: Tone.NEUTRAL,
    LeaderState.AWAITED: Tone.PLAIN,
    LeaderState.OUT: Tone.WARN,
}
_WORDS = {LeaderState.LEAVE: "假", LeaderState.DEPUTY: "代", LeaderState.OUT: "离"}
_CHIP_HEIGHT, _GAP_X, _GAP_Y, _ROWS = 19, 6, 4, 2
_MARK, _EDGE = 19, 7
"""Room for a mark or one character before the title, and behind it."""


class LeadersStrip(QWidget):
    """Chips that wrap into two rows; who does not fit is counted in a last chip and its tool tip."""

    def __init__(self, leaders: Sequence[Leader] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leaders: tuple[Leader, ...] = tuple(leaders)
        self._base_font = theme.ui_font(theme.TEXT_SMALL)
        self._bold_font = theme.ui_font(theme.TEXT_SMALL, bold=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def leaders(self) -> tuple[Leader, ...]:
        """Everybody, shown or counted."""
        return self._leaders

    def set_leaders(self, leaders: Sequence[Leader]) -> None:
        """Show these, in this order."""
        if tuple(leaders) != self._leaders:
            self._leaders = tuple(leaders)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for two rows of what there is."""
        total = sum(self._chip_width(leader) + _GAP_X for leader in self._leaders)
        widest = max((self._chip_width(leader) for leader in self._leaders), default=0)
        return QSize(total // _ROWS + widest // 2 + _GAP_X, _ROWS * _CHIP_HEIGHT + _GAP_Y)

    def minimumSizeHint(self) -> QSize:
        """Two rows high, a few chips wide."""
        return QSize(160, self.sizeHint().height())

    def chips(self) -> list[tuple[QRect, Leader]]:
        """Where each leader's chip is; the last one may stand for all that did not fit."""
        for leaders in (self._leaders, tuple(replace(one, note="") for one in self._leaders)):
            places = self._flow(leaders)
            if len(places) == len(leaders):
                return places
        for shown in range(len(places), -1, -1):
            rest = leaders[shown:]
            tips = "\n".join(_tip(leader) for leader in rest)
            tail = Leader(f"另 {len(rest)} 人", LeaderState.AWAITED, tips)
            places = self._flow((*leaders[:shown], tail))
            if len(places) == shown + 1:
                break
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every chip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, leader in self.chips():
            self._paint_chip(painter, QRectF(box), leader)

    def event(self, event: QEvent) -> bool:
        """The tool tip of the chip under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tips = [_tip(leader) for box, leader in self.chips() if box.contains(event.pos())]
            QToolTip.showText(event.globalPos(), "".join(tips), self)
            return True
        return super().event(event)

    def _flow(self, leaders: Sequence[Leader]) -> list[tuple[QRect, Leader]]:
        places: list[tuple[QRect, Leader]] = []
        left = row = 0
        for leader in leaders:
            width = self._chip_width(leader)
            if left and left + width > self.width():
                left, row = 0, row + 1
            if row == _ROWS:
                break
            places.append((QRect(left, row * (_CHIP_HEIGHT + _GAP_Y), width, _CHIP_HEIGHT), leader))
            left += width + _GAP_X
        return places

    def _paint_chip(self, painter: QPainter, box: QRectF, leader: Leader) -> None:
        tone = _TONES[leader.state]
        awaited = leader.state is LeaderState.AWAITED
        painter.setPen(QPen(Qt.GlobalColor.transparent) if not awaited else QPen(theme.BORDER))
        painter.setBrush(theme.tone_soft(tone))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        ink = theme.tone_ink(tone)
        word = leader.note or _WORDS.get(leader.state)
        painter.setPen(ink)
        if word:
            painter.setFont(self._bold_font)
            painter.drawText(box.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)
        else:
            mark = Mark.DASH if awaited else Mark.CHECK
            draw_mark(painter, mark, QRectF(box.left() + 5, box.center().y() - 5, 10, 10), ink)
        painter.setFont(self._base_font)
        left = self._title_left(leader)
        painter.drawText(box.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, leader.title)

    def _title_left(self, leader: Leader) -> int:
        more = leader.note[1:]
        return _MARK + (QFontMetrics(self._bold_font).horizontalAdvance(more) if more else 0)

    def _chip_width(self, leader: Leader) -> int:
        words = QFontMetrics(QFont(self._base_font)).horizontalAdvance(leader.title)
        return self._title_left(leader) + words + _EDGE


def _tip(leader: Leader) -> str:
    return leader.detail or leader.title
