"""全场限时与压缩建议: how long the whole meeting may take, and what might be shortened to keep that.

The advice changes nothing; the limit is a setting of the meeting and is stored with 存入.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from huifeng_desktop.rules.pace import Forecast, advise
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.forms import DurationField
from huifeng_desktop.ui.during.words import end_words
from huifeng_desktop.ui.kit.buttons import ButtonKind
from huifeng_desktop.ui.kit.labels import text_label
from huifeng_desktop.wording import clock_time, duration_words, minutes_seconds

_USUAL_LIMIT_S = 85 * 60
"""Ten topics in 85 minutes (Tianjin 2009)."""


class PaceDialog(QDialog):
    """The forecast at this moment; `store` keeps the limit and reckons anew."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(self.tr("全场限时与压缩建议"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 460)
        limit = context.session.plan.limit_s
        self.has_limit = QCheckBox(self.tr("全场限时"), self)
        self.has_limit.setChecked(limit is not None)
        self.span = DurationField(limit or _USUAL_LIMIT_S, self)
        self.span.setEnabled(limit is not None)
        self.has_limit.toggled.connect(self.span.setEnabled)
        self.outcome = text_label("", size=16, bold=True, parent=self)
        self.advice = QListWidget(self)
        self.advice.setObjectName("sheet")
        self.note = text_label("", size=13, tone="mute", parent=self)
        self.note.setWordWrap(True)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        self.store = ActionButton(self.tr("存入"), "Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        close = ActionButton(self.tr("关闭"), "Esc", parent=self)
        self.store.clicked.connect(self.keep)
        close.clicked.connect(self.close)
        limit, buttons = QHBoxLayout(), QHBoxLayout()
        limit.addWidget(self.has_limit)
        limit.addWidget(self.span, 1)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.store)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(limit)
        rule = self.tr("参照：10 个议题，全场 85 分钟（天津，2009 年）。")
        layout.addWidget(text_label(rule, size=13, tone="mute", parent=self))
        layout.addWidget(self.outcome)
        layout.addWidget(self.advice, 1)
        layout.addWidget(self.note)
        layout.addLayout(buttons)

    def refresh(self) -> None:
        """Forecast and advice as of now."""
        podium = self._context.podium
        seen = podium.forecast()
        self.advice.clear()
        self.outcome.setText(_outcome_words(seen))
        self.note.setText(self.tr("先设定全场限时，或在“会前”填写预计结束时间。"))
        if seen.late_s is None:
            return
        self.note.setText(self.tr("仅供参考，不会改动任何限时。要改请在议程里改限时。"))
        advice = advise(podium.rows(), seen.late_s)
        for trim in advice.trims:
            cut = duration_words(trim.from_s - trim.to_s)
            span = f"{minutes_seconds(trim.from_s)} → {minutes_seconds(trim.to_s)}"
            self.advice.addItem(f"{trim.row.seq}.　{trim.row.item.title}　{span}（压缩 {cut}）")
        if advice.still_late_s:
            self.advice.addItem(f"这样仍晚 {duration_words(advice.still_late_s)}，需要跳过或推到会后。")
        elif not advice.trims:
            self.advice.addItem(self.tr("不必压缩。"))

    def keep(self) -> None:
        """Store the limit, or that there is none."""
        seconds = self.span.value() if self.has_limit.isChecked() else None
        attempt(self._context.voice, lambda: self._context.podium.limit_meeting(seconds))
        self.refresh()


def _outcome_words(seen: Forecast) -> str:
    """预计 11:42 结束，晚 7 分钟."""
    words = f"预计 {clock_time(seen.end_at)} 结束"
    return (
        words
        if seen.late_s is None
        else f"{words}，{end_words(seen.late_s)[0].replace('按时结束', '正好按时')}"
    )
