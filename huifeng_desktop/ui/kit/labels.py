"""Cards, plain labels and the large figures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QInputDialog, QLabel, QSizePolicy, QVBoxLayout, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.ui.theme import Tone


class Card(QFrame):
    """A white sheet with a hairline border; its content goes into `body`."""

    def __init__(
        self, parent: QWidget | None = None, *, padding: int = theme.SPACE_4, spacing: int = theme.SPACE_2
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(spacing)


def separator(parent: QWidget | None = None) -> QFrame:
    """A horizontal hairline."""
    line = QFrame(parent)
    line.setObjectName("separator")
    return line


def text_label(
    text: str = "",
    *,
    size: int = theme.TEXT_BODY,
    bold: bool = False,
    tone: str = "",
    parent: QWidget | None = None,
) -> QLabel:
    """A label in the theme's type; `tone` is "mute" or the value of a `Tone`."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.ui_font(size, bold=bold))
    label.setProperty("tone", str(tone))
    return label


def ask_in_words(ask: QInputDialog, words: str) -> None:
    """Put these words above the field of a question, letter by letter whatever name is in them."""
    ask.setLabelText(words)
    for label in ask.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)


class ElidedLabel(QLabel):
    """One line that ends in … where room is short; the whole text is its tool tip then."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._full = ""
        self.set_full_text(text)

    def full_text(self) -> str:
        """The text before any shortening."""
        return self._full

    def set_full_text(self, text: str) -> None:
        """Show `text`, shortened as the width demands."""
        self._full = text
        self._fit()

    def sizeHint(self) -> QSize:
        """As wide as the whole text would like to be."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._full) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Down to two characters and the ellipsis."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance("汉字…"), metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(plain_tip(self._full) if shown != self._full else "")


class BigNumber(QWidget):
    """A figure over its caption, or with `inline` after it on one base line."""

    def __init__(
        self,
        value: str = "",
        caption: str = "",
        tone: Tone = Tone.PLAIN,
        *,
        size: int = theme.TEXT_FIGURE,
        inline: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value, self._caption, self._tone = value, caption, tone
        self._inline = inline
        self._value_font = theme.ui_font(size, bold=True)
        self._caption_font = theme.ui_font(theme.TEXT_BODY if inline else theme.TEXT_SMALL)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._describe()

    def value(self) -> str:
        """The figure as it is shown."""
        return self._value

    def caption(self) -> str:
        """The words that go with the figure."""
        return self._caption

    def set_value(self, value: str, caption: str | None = None, tone: Tone | None = None) -> None:
        """Show another figure; caption and tone stay unless given."""
        self._value = value
        self._caption = self._caption if caption is None else caption
        self._tone = tone or self._tone
        self._describe()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for both lines (or both words), without the font's own leading."""
        value_width = QFontMetrics(self._value_font).horizontalAdvance(self._value)
        caption_width = QFontMetrics(self._caption_font).horizontalAdvance(self._caption)
        size = self._value_font.pixelSize()
        if self._inline:
            return QSize(caption_width + theme.SPACE_1 + value_width + 1, round(size * 1.25))
        return QSize(max(value_width, caption_width) + 1, round(size * 1.06) + 18)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its figures."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Figure and caption, each on its base line."""
        painter = QPainter(self)
        size = self._value_font.pixelSize()
        base = round(self.height() / 2 + size * 0.37) if self._inline else round(size * 0.94)
        left = 0
        painter.setFont(self._caption_font)
        painter.setPen(theme.MUTE)
        if self._inline:
            painter.drawText(0, base, self._caption)
            left = painter.fontMetrics().horizontalAdvance(self._caption) + theme.SPACE_1
        else:
            box = QRectF(0, size * 1.06, self.width(), 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._caption)
        painter.setFont(self._value_font)
        painter.setPen(theme.tone_ink(self._tone))
        painter.drawText(left, base, self._value)

    def _describe(self) -> None:
        self.setAccessibleName(f"{self._caption} {self._value}")
