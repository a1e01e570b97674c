"""One bell in the 提示音 dialog: when, how many strokes, which tone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QWidget

from huifeng_desktop.domain.cues import MOST_BELLS, Bell, BellTone, Mark, MarkUnit
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.during.forms import DurationField
from huifeng_desktop.ui.kit.buttons import KeyButton

UNIT_WORDS = {
    MarkUnit.BEFORE_END: "离结束还有",
    MarkUnit.AFTER_END: "超时达到",
    MarkUnit.PERCENT: "用时达到",
}
TONE_WORDS = {
    BellTone.SOFT: "柔和",
    BellTone.BRIGHT: "清亮",
    BellTone.LOW: "低沉",
    BellTone.CHIME: "钟声",
}


class MarkRow(QWidget):
    """Fields for one `Mark`; whatever stands in them makes sense."""

    removed = Signal()
    tried = Signal(object)
    """The `Bell` to be heard."""

    def __init__(self, mark: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = QComboBox(self)
        for unit, words in UNIT_WORDS.items():
            self.unit.addItem(words, unit)
        self.span = DurationField(0 if mark.unit is MarkUnit.PERCENT else mark.value, self)
        self.percent, self.count = QSpinBox(self), QSpinBox(self)
        self.percent.setRange(1, 100)
        self.percent.setSuffix(" %")
        self.count.setRange(1, MOST_BELLS)
        self.count.setSuffix(self.tr(" 声"))
        self.tone = tone_box(mark.bell.tone, self)
        self._show(mark)
        self._lay_out()
        self.unit.currentIndexChanged.connect(lambda _: self._fit())
        self._fit()

    def _show(self, mark: Mark) -> None:
        self.unit.setCurrentIndex(self.unit.findData(mark.unit))
        self.percent.setValue(mark.value if mark.unit is MarkUnit.PERCENT else 80)
        self.count.setValue(mark.bell.count)

    def _lay_out(self) -> None:
        hear = KeyButton(self.tr("试听"), height=30, size=13, parent=self)
        remove = KeyButton(self.tr("去掉"), height=30, size=13, parent=self)
        for button in (hear, remove):
            button.setAutoDefault(False)
        hear.clicked.connect(lambda: self.tried.emit(self.mark().bell))
        remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.unit)
        row.addWidget(self.span)
        row.addWidget(self.percent)
        row.addStretch(1)
        for widget in (self.count, self.tone, hear, remove):
            row.addWidget(widget)

    def _fit(self) -> None:
        is_percent = self.unit.currentData() == MarkUnit.PERCENT
        self.span.setVisible(not is_percent)
        self.percent.setVisible(is_percent)

    def mark(self) -> Mark:
        """What the fields say."""
        unit = MarkUnit(self.unit.currentData())
        value = self.percent.value() if unit is MarkUnit.PERCENT else self.span.value()
        return Mark(unit, value, Bell(self.count.value(), BellTone(self.tone.currentData())))


def tone_box(tone: BellTone, parent: QWidget) -> QComboBox:
    """A choice of tones."""
    box = QComboBox(parent)
    for one, words in TONE_WORDS.items():
        box.addItem(words, one)
    box.setCurrentIndex(box.findData(tone))
    return box
