"""刚才忘按了: how long ago, or at what time of the day, the speech really began."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTimeEdit, QWidget

from huifeng_desktop.ui.during.forms import DurationForm, Form

_SPANS = ((10, "10 秒前"), (30, "30 秒前"), (60, "1 分钟前"), (120, "2 分钟前"))


class MomentForm(Form):
    """A time of the day to the second; it is the last one that has been."""

    given = Signal(datetime)
    """Aware local time, never after `now`."""

    def __init__(self, title: str, heading: str, now: datetime, parent: QWidget | None) -> None:
        super().__init__(title, heading, parent)
        self._now = now
        self.clock = QTimeEdit(QTime(now.hour, now.minute, now.second), self)
        self.clock.setDisplayFormat("HH:mm:ss")
        self.clock.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.clock.setFixedWidth(128)
        self.fields.addRow(self.tr("开始时间"), self.clock)
        self.clock.setFocus()
        self.clock.setSelectedSection(QTimeEdit.Section.MinuteSection)

    def confirm(self) -> None:
        """Any time of the day will do; what is still to come today was yesterday."""
        chosen = self.clock.time()
        moment = self._now.replace(
            hour=chosen.hour(), minute=chosen.minute(), second=chosen.second(), microsecond=0
        )
        self.given.emit(moment if moment <= self._now else moment - timedelta(days=1))
        self.accept()


def forgotten_menu(
    parent: QWidget,
    now: Callable[[], datetime],
    ago: Callable[[int], object],
    since: Callable[[datetime], object],
) -> QMenu:
    """The usual spans, another one, or a moment; `ago` and `since` do what was chosen."""

    def ask_span() -> None:
        form = DurationForm("刚才忘按了", "发言是多久以前开始的？", 60, parent.window())
        form.given.connect(lambda seconds, _: ago(seconds))
        form.open()

    def ask_moment() -> None:
        form = MomentForm("刚才忘按了", "发言是几点开始的？", now(), parent.window())
        form.given.connect(since)
        form.open()

    menu = QMenu(parent)
    for seconds, words in _SPANS:
        _add(menu, words, partial(ago, seconds))
    menu.addSeparator()
    _add(menu, "自己填…", ask_span)
    _add(menu, "从几点几分起…", ask_moment)
    return menu


def _add(menu: QMenu, words: str, act: Callable[[], object]) -> None:
    action = QAction(words, menu)
    action.triggered.connect(lambda _=False: act())
    menu.addAction(action)
