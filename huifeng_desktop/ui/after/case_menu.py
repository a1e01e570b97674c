"""更多 on a case: appeal, outcome, notification, the list of reasons. Asks, then calls one service method."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from huifeng_desktop.service.after.appeals import Appeals
from huifeng_desktop.ui.after.case_card import COMMON_REASONS, CaseCard
from huifeng_desktop.ui.after.case_forms import AppealForm, CaseForm, NotifiedForm, OutcomeForm, ReasonsForm
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext

REASONS = "excuse_reasons"
Run = Callable[[CaseForm], bool]
"""Shows a form; True if it is to be stored."""


def _run(form: CaseForm) -> bool:
    return bool(form.exec())


class CaseMenu(QObject):
    """Belongs to the case card of one page."""

    def __init__(self, context: UiContext, card: CaseCard, run: Run = _run) -> None:
        super().__init__(card)
        self._context, self._card, self._run = context, card, run
        self._appeals = Appeals(context.session)
        self.menu = QMenu(card)
        self.appeal = self.menu.addAction(self.tr("记录申诉…"), self.file_appeal)
        self.outcome = self.menu.addAction(self.tr("处理申诉…"), self.close_appeal)
        self.notified = self.menu.addAction(self.tr("补记通知…"), self.note_notified)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("常用理由…"), self.edit_reasons)
        card.more.clicked.connect(self._on_more)
        card.set_reasons(self.reasons())

    def reasons(self) -> list[str]:
        """The office's own reasons, else those that ship."""
        kept = self._context.settings.get(REASONS, [])
        return [str(one) for one in kept] or [self.tr(one) for one in COMMON_REASONS]

    def _on_more(self) -> None:
        case, sealed = self._card.case(), self._context.session.state.sealed is not None
        self.appeal.setEnabled(case is not None and case.appeal is None and not sealed)
        self.outcome.setEnabled(case is not None and case.appeal is not None and not sealed)
        self.notified.setEnabled(case is not None and not sealed)
        button = self._card.more
        self.menu.popup(button.mapToGlobal(QPoint(0, -self.menu.sizeHint().height())))

    def file_appeal(self) -> None:
        """记录申诉."""
        if (case := self._card.case()) is None:
            return
        form, seat_id = AppealForm(case, self._card), case.verdict.seat.seat_id
        if self._run(form):
            done = attempt(
                self._context.voice,
                lambda: self._appeals.file(seat_id, by=form.by.text(), why=form.why.text()),
            )
            self._say(done, "申诉已记录；处理以前不能封存。")
        form.deleteLater()

    def close_appeal(self) -> None:
        """处理申诉."""
        if (case := self._card.case()) is None:
            return
        form, seat_id = OutcomeForm(case, self._context.at_work.usual, self._card), case.verdict.seat.seat_id
        if self._run(form):
            by, why, decision = form.by.text(), form.why.text(), form.decision()
            done = attempt(
                self._context.voice,
                lambda: self._appeals.close(seat_id, by=by, why=why, decision=decision),
            )
            self._say(done, "申诉已处理，维持原认定。" if decision is None else "申诉已处理，认定已改变。")
        form.deleteLater()

    def note_notified(self) -> None:
        """补记通知."""
        if (case := self._card.case()) is None:
            return
        now = self._context.session.now().wall
        form = NotifiedForm(case, self._context.at_work.usual, now, self._card)
        if self._run(form):
            means, at, by = form.means.currentText(), form.at.moment(), form.by.text()
            done = attempt(
                self._context.voice,
                lambda: self._appeals.notified(means, at, by=by, seat_id=form.seat_id()),
            )
            self._say(done, "通知已记入依据。")
        form.deleteLater()

    def edit_reasons(self) -> None:
        """常用理由."""
        form = ReasonsForm(self.reasons(), self._card)
        if self._run(form):
            done = attempt(self._context.voice, lambda: self._keep(form.reasons()))
            self._card.set_reasons(self.reasons())
            self._say(done, "常用理由已存。")
        form.deleteLater()

    def _keep(self, reasons: list[str]) -> bool:
        self._context.settings.put(REASONS, reasons)
        return True

    def _say(self, done: object, sentence: str) -> None:
        if done is not None:
            self._context.voice.say(sentence)
