"""The switches of a rule set as fields in plain Chinese; each knows its key, nothing of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from huifeng_desktop.ui import theme

_SPLIT = str.maketrans({"，": "、", ",": "、", "；": "、", ";": "、", " ": "、", "\n": "、"})
_POINT_NAMES = (
    ("late", "迟到"),
    ("left_early", "早退"),
    ("unapproved_substitute", "替会"),
    ("absent", "缺席"),
)
_CATEGORIES = (("leader", "县领导"), ("member", "出席"), ("observer", "列席"), ("staff", "工作人员"))
_QUORUMS = (
    ("不设", None),
    ("超过二分之一", (1, 2, True)),
    ("达到三分之二", (2, 3, False)),
    ("达到五分之四", (4, 5, False)),
)


@dataclass(frozen=True, slots=True)
class RuleField:
    """One switch: its key, the widget that shows it, and both ways between them."""

    key: str
    widget: QWidget
    read: Callable[[], Any]
    write: Callable[[Any], None]


class SourceNote(QPlainTextEdit):
    """依据: where a switch comes from. Once the switch is moved, the old document no longer says so."""

    OWN = "本单位自定，请填写文件、年份和条款"

    def __init__(self, words: str, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self.setFont(theme.ui_font(theme.TEXT_SMALL))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlaceholderText("依据：文件、年份、条款")
        self.setAccessibleName(f"{words}的依据")
        self.setStyleSheet(
            f"QPlainTextEdit {{ border: none; background: transparent; padding: 0; color: {theme.MUTE}; }}"
            f"QPlainTextEdit:focus {{ border-bottom: 1px solid {theme.ACCENT}; color: {theme.INK}; }}"
        )
        self.document().setDocumentMargin(3)
        self.textChanged.connect(self._fit)
        self.textChanged.connect(changed)

    def text(self) -> str:
        """What is written, on one line."""
        return " ".join(self.toPlainText().split())

    def show_source(self, source: str) -> None:
        """Show where the switch as stored comes from."""
        self._source = source
        self.setPlainText(source)

    def set_moved(self, moved: bool) -> None:
        """Whether the switch stands otherwise than stored; what the office has written stays."""
        if moved and self.text() == self._source:
            self.setPlainText(self.OWN)
        elif not moved and self.text() == self.OWN:
            self.setPlainText(self._source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the words otherwise."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its lines."""
        lines = max(1, int(self.document().size().height()))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 8)


def text(key: str, changed: Callable[[], None]) -> RuleField:
    """A line of words."""
    line = QLineEdit()
    line.textEdited.connect(lambda _: changed())

    def write(value: str) -> None:
        line.setText(value)
        line.setCursorPosition(0)

    return RuleField(key, line, lambda: line.text().strip(), write)


def texts(key: str, changed: Callable[[], None], hint: str = "") -> RuleField:
    """Several words on one line, parted by 、."""
    line = QLineEdit()
    line.setPlaceholderText(hint)
    line.textEdited.connect(lambda _: changed())

    def read() -> list[str]:
        return [one for one in line.text().translate(_SPLIT).split("、") if one]

    return RuleField(key, line, read, lambda value: line.setText("、".join(value)))


def lines(key: str, changed: Callable[[], None], hint: str = "") -> RuleField:
    """One text on each line."""
    box = QPlainTextEdit()
    box.setPlaceholderText(hint)
    box.setFixedHeight(84)
    box.setTabChangesFocus(True)
    box.textChanged.connect(changed)

    def read() -> list[str]:
        return [one.strip() for one in box.toPlainText().splitlines() if one.strip()]

    return RuleField(key, box, read, lambda value: box.setPlainText("\n".join(value)))


def choice(key: str, changed: Callable[[], None], options: Sequence[tuple[str, Any]]) -> RuleField:
    """One of few; the words are shown, the value is stored."""
    box = QComboBox()
    for words, value in options:
        box.addItem(words, value)
    box.currentIndexChanged.connect(lambda _: changed())

    def write(value: Any) -> None:
        values = [one for _, one in options]
        box.setCurrentIndex(values.index(value) if value in values else 0)

    return RuleField(key, box, lambda: options[box.currentIndex()][1], write)


def number(key: str, changed: Callable[[], None], most: int, unit: str, none: str = "") -> RuleField:
    """A whole number; with `none`, 0 stands for "not used" and is shown by these words."""
    box = QSpinBox()
    box.setRange(0, most)
    box.setSuffix(f" {unit}")
    if none:
        box.setSpecialValueText(none)
    _plain(box)
    box.valueChanged.connect(lambda _: changed())

    def read() -> int | None:
        return box.value() or (None if none else 0)

    return RuleField(key, box, read, lambda value: box.setValue(value or 0))


def points(changed: Callable[[], None]) -> RuleField:
    """The table of points; all at 0 means that there are none."""
    row = QWidget()
    layout = QGridLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setColumnStretch(2, 1)
    boxes: dict[str, QDoubleSpinBox] = {}
    for place, (key, name) in enumerate(_POINT_NAMES):
        box = boxes[key] = QDoubleSpinBox()
        box.setDecimals(1)
        box.setRange(0, 100)
        box.setPrefix(f"{name} ")
        box.setSuffix(" 分")
        box.valueChanged.connect(lambda _: changed())
        _plain(box)
        layout.addWidget(box, place // 2, place % 2)

    def read() -> dict[str, float]:
        values = {key: box.value() for key, box in boxes.items()}
        return values if any(values.values()) else {}

    def write(value: dict[str, float]) -> None:
        for key, box in boxes.items():
            box.setValue(value.get(key, 0.0))

    return RuleField("points", row, read, write)


def exempt(changed: Callable[[], None]) -> RuleField:
    """Which categories stay outside ladder and circular."""
    row = QWidget()
    layout = _row(row)
    boxes = {key: QCheckBox(name) for key, name in _CATEGORIES}
    for box in boxes.values():
        box.toggled.connect(lambda _: changed())
        layout.addWidget(box)
    layout.addStretch(1)

    def write(value: Sequence[str]) -> None:
        for key, box in boxes.items():
            box.setChecked(key in value)

    return RuleField("exempt", row, lambda: [key for key, box in boxes.items() if box.isChecked()], write)


def quorum(changed: Callable[[], None]) -> RuleField:
    """法定人数, as a share of the expected seats; a share of the office's own file stays as it is."""
    box = QComboBox()
    values = [value for _, value in _QUORUMS]
    for words, _ in _QUORUMS:
        box.addItem(words)
    box.currentIndexChanged.connect(lambda _: changed())

    def read() -> dict[str, Any] | None:
        chosen = values[box.currentIndex()]
        return dict(zip(("numerator", "denominator", "strict"), chosen, strict=True)) if chosen else None

    def write(value: dict[str, Any] | None) -> None:
        wanted = (value["numerator"], value["denominator"], value["strict"]) if value else None
        if wanted is not None and wanted not in values:
            values.append(wanted)
            box.addItem(f"{'超过' if wanted[2] else '达到'} {wanted[0]}/{wanted[1]}")
        box.setCurrentIndex(values.index(wanted))

    return RuleField("quorum", box, read, write)


def _plain(box: QAbstractSpinBox) -> None:
    """As wide as its words need, with the room at the left that other fields have."""
    box.setFixedWidth(168)
    line = box.lineEdit()
    if line is not None:
        line.setTextMargins(9, 0, 4, 0)


def _row(parent: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SPACE_2)
    return layout
