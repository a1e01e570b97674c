"""会后: figures at the top; cases, the chosen case and the papers below.

The page asks the services and shows the answer; what is written comes back through the bus.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.touched import Touched
from huifeng_desktop.service.after.appeals import open_appeals
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.after.case_card import CaseCard
from huifeng_desktop.ui.after.case_menu import CaseMenu
from huifeng_desktop.ui.after.figures_card import FiguresCard
from huifeng_desktop.ui.after.lists_card import CHARTS, ListsCard
from huifeng_desktop.ui.after.paper_menu import PaperMenu
from huifeng_desktop.ui.after.papers_card import PapersCard
from huifeng_desktop.ui.after.times_dialog import TimesDialog
from huifeng_desktop.ui.after.words import decision_title, needs_reason
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.forms import DurationForm
from huifeng_desktop.ui.following import Following
from huifeng_desktop.ui.kit.choice import ChoiceCard
from huifeng_desktop.ui.kit.notice import NOTICE_HEIGHT, Notice
from huifeng_desktop.ui.kit.squeeze import Squeeze
from huifeng_desktop.ui.papers.exporting import ChooseFolder, Exporting
from huifeng_desktop.ui.papers.reprint_watch import ReprintWatch
from huifeng_desktop.ui.papers.words import count_of
from huifeng_desktop.ui.theme import Tone

LIST_WIDTH, LIST_WIDTH_MOST, PAPERS_WIDTH = 470, 620, 286
QWIDGETSIZE_MAX = (1 << 24) - 1


class AfterPage(QWidget):
    """The page that closes a meeting. `choose_folder` asks where the papers go; None: a dialog."""

    def __init__(
        self,
        context: UiContext,
        *,
        choose_folder: ChooseFolder | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._is_stale, self._seat_shown = True, ""
        self._is_read = False
        self._shown_on: date | None = None
        self.figures = FiguresCard(self)
        self.notice = Notice(self)
        self.lists = ListsCard(self)
        self.case_card = CaseCard(context.at_work.usual, self)
        self.case_menu = CaseMenu(context, self.case_card)
        self.papers = PapersCard(self)
        self.exporting = Exporting(context, self.papers, choose_folder, self)
        self.watch = ReprintWatch(context, self)
        self._strip_room = QWidget(self)
        self._strip_room.setFixedHeight(NOTICE_HEIGHT)
        self._strip_room.hide()
        self._lay_out()
        self._squeeze = Squeeze(self)
        self._connect()
        self._bind_keys()

    # -- laying out ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(theme.SPACE_3)
        self.lists.setMinimumWidth(LIST_WIDTH)
        self.lists.setMaximumWidth(LIST_WIDTH_MOST)
        self.papers.setFixedWidth(PAPERS_WIDTH)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE_3)
        left.addWidget(self.lists, 1)
        left.addWidget(self._strip_room)
        columns.addLayout(left, 2)
        columns.addWidget(self.case_card, 3)
        columns.addWidget(self.papers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self.figures)
        layout.addWidget(self.notice)
        layout.addLayout(columns, 1)

    def _connect(self) -> None:
        self.lists.seat_changed.connect(self._show_case)
        self.lists.switch.index_changed.connect(self._give_room)
        self.case_card.rule_requested.connect(self.rule)
        self.case_card.withdraw_requested.connect(self.withdraw)
        self.case_card.operator.editingFinished.connect(self._remember_operator)
        self._context.at_work.changed.connect(self.case_card.operator.setText)
        self._connect_papers()
        self.papers.seal_requested.connect(self.seal)
        self.papers.reopen_requested.connect(self.reopen)
        self.figures.times_requested.connect(self.ask_times)
        self.figures.late_base_chosen.connect(self._on_late_base)
        self.lists.speaking.correct_requested.connect(self.correct_time)
        self.notice.action_requested.connect(self.ask_times)
        self.notice.dismissed.connect(self._on_read)
        self._context.voice.strip_shown.connect(self._strip_room.setVisible)
        self._follow = Following(self._context, self._on_touched, self)

    def _give_room(self, shown: int) -> None:
        """The charts have the whole middle: in a hall of twenty seats a row the names are to be read."""
        wide = shown == CHARTS
        self.case_card.setVisible(not wide)
        self.lists.setMaximumWidth(QWIDGETSIZE_MAX if wide else LIST_WIDTH_MOST)

    def _connect_papers(self) -> None:
        papers, exporting = self.papers, self.exporting
        papers.paper_requested.connect(exporting.export_paper)
        papers.all_requested.connect(exporting.export_all)
        papers.cancel_requested.connect(exporting.cancel)
        papers.others_requested.connect(self._show_paper_menu)
        papers.list_requested.connect(lambda: exporting.show_list(self.watch.dues))
        self.watch.found.connect(self._show_due)

    def _show_due(self) -> None:
        self.papers.show_due(count_of(self.watch.dues), is_printed=bool(self.watch.printed))

    def _show_paper_menu(self) -> None:
        menu = PaperMenu(self.exporting.export_paper, self.exporting.show_options, self)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.papers.others
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Return": self._on_enter,
            "Enter": self._on_enter,
            "Up": lambda: self.lists.step(-1),
            "Down": lambda: self.lists.step(1),
        }
        for place in range(4):
            keys[str(place + 1)] = self._chooser(place)
        for key, call in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    def _chooser(self, place: int) -> Callable[[], None]:
        return lambda: self.case_card.choose(place)

    # -- showing -------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """What is left of a small screen: see `Squeeze`."""
        return self._squeeze.least(super().minimumSizeHint())

    def refresh(self) -> None:
        """Show the meeting as it is now."""
        session = self._context.session
        self._is_stale, self._shown_on = False, session.now().wall.date()
        self.figures.show_figures(session.totals(), session)
        self._show_notice()
        rows, appealed = self._context.podium.rows(), open_appeals(session.state)
        self.lists.show_meeting(session.verdicts(), rows, appealed)
        self.lists.charts.show_meeting(session.verdicts(), session.plan.start, session.state.opened_at)
        self.papers.show_seal(session.state.sealed, self._context.rulings.obstacles())
        self.watch.look()

    def _show_notice(self) -> None:
        if self._context.session.state.adjourned_at is not None:
            self.notice.hide()
            self._is_read = False
            return
        text = self.tr("会议尚未散会，下面是到现在为止的数字。")
        if self.notice.isHidden() and not self._is_read:
            self.notice.show_message(text, Tone.WARN, self.tr("补记开会、散会时间…"))

    def _on_read(self) -> None:
        """知道了: not said again before the next adjournment; the figures' own line goes on saying it."""
        self._is_read = True

    def chosen_seat(self) -> str:
        """Whose case is shown; "" for nobody's."""
        return self._seat_shown

    def _show_case(self, seat_id: str) -> None:
        self._seat_shown = seat_id
        case = self._context.rulings.case(seat_id) if seat_id else None
        self.case_card.show_case(case, self._context.session)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the page was hidden is shown now; a new day may end a deadline."""
        super().showEvent(event)
        if self._is_stale or self._context.session.now().wall.date() != self._shown_on:
            self.refresh()
        self.lists.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_touched(self, _: Touched) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    # -- ruling --------------------------------------------------------------------------------

    def rule(self) -> None:
        """认定 what is chosen, then go on to the next open case."""
        card = self.case_card
        case, decision = card.case(), card.decision()
        if case is None or decision is None or not card.rule.isEnabled():
            return
        if needs_reason(decision) and not card.reason_text():
            card.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        seat, by, reason = case.verdict.seat, card.operator.text(), card.reason_text()
        follower = self.lists.next_open() or seat.seat_id
        self._remember_operator()
        if self._is_ruled_so(seat, decision, reason):
            self.lists.select(follower)
            return
        rulings = self._context.rulings
        voice = self._context.voice
        event = attempt(voice, lambda: rulings.rule(seat.seat_id, decision, by=by, reason=reason))
        if event is not None:
            voice.say(f"{seat.display_name}（{seat.unit}）：已认定“{decision_title(decision)}”。")
            self.lists.select(follower)
            self.lists.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_ruled_so(self, seat: Seat, decision: Decision, reason: str) -> bool:
        """Whether Enter would only repeat the ruling that holds."""
        ruling = self._context.session.state.facts_of(seat).ruling
        return ruling is not None and (ruling.decision, ruling.reason) == (decision, reason)

    def withdraw(self) -> None:
        """撤回 the ruling on the chosen case."""
        case = self.case_card.case()
        if case is None:
            return
        seat, by = case.verdict.seat, self.case_card.operator.text()
        voice, rulings = self._context.voice, self._context.rulings
        if attempt(voice, lambda: rulings.withdraw(seat.seat_id, by=by)) is not None:
            voice.say(f"{seat.display_name}（{seat.unit}）：认定已撤回。")

    def _remember_operator(self) -> None:
        name = self.case_card.operator.text()
        attempt(self._context.voice, lambda: self._context.at_work.remember_given(name))

    def _on_enter(self) -> None:
        """Enter presses the button that has the focus, leaves the search box, else it rules."""
        focused = QApplication.focusWidget()
        if focused is self.lists.search:
            self.lists.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif focused is self.lists.speaking.table:
            self.lists.speaking.request_correction()
        elif isinstance(focused, QAbstractButton) and not isinstance(focused, ChoiceCard):
            focused.click()
        elif self.case_card.rule.isVisible():
            self.rule()

    # -- sealing -------------------------------------------------------------------------------

    def seal(self) -> None:
        """封存."""
        by = self.case_card.operator.text()
        if attempt(self._context.voice, lambda: self._context.rulings.seal(by=by)) is not None:
            self._context.voice.say(self.tr("已封存。要再改动，须撤销封存并写明原因。"))

    def reopen(self, reason: str) -> None:
        """撤销封存."""
        by = self.case_card.operator.text()
        voice, rulings = self._context.voice, self._context.rulings
        if attempt(voice, lambda: rulings.reopen(by=by, reason=reason)) is not None:
            voice.say(self.tr("已撤销封存，封存和撤销都留有记录。"))

    # -- speaking times ------------------------------------------------------------------------

    def correct_time(self, item_id: str) -> None:
        """Ask for the spoken time as it should be recorded; the old one is kept and printed."""
        session, podium = self._context.session, self._context.podium
        item = session.state.item(item_id)
        if item is None:
            return
        spoken = int(session.state.timing(item_id).elapsed(session.now()) + 0.5)
        form = DurationForm(self.tr("更正用时"), item.title, spoken, self.window(), with_reason=True)
        form.given.connect(
            lambda seconds, why: attempt(
                self._context.voice, lambda: podium.correct(item_id, seconds, why=why or "手工更正")
            )
        )
        form.open()

    # -- opening and adjournment ---------------------------------------------------------------

    def ask_times(self) -> None:
        """Ask for opening and adjournment, and declare what is new."""
        dialog = TimesDialog(self._context.session, self)
        if dialog.exec():
            self.declare_times(*dialog.moments())
        dialog.deleteLater()

    def declare_times(self, opened: datetime | None, adjourned: datetime | None) -> None:
        """Declare the given moments, in the order in which neither refuses the other."""
        podium, known = self._context.podium, self._context.session.state.adjourned_at
        calls: list[Callable[[], object]] = []
        if opened is not None:
            calls.append(lambda: podium.declare_opened(opened))
        if adjourned is not None:
            calls.append(lambda: podium.declare_adjourned(adjourned))
        if opened is not None and known is not None and opened >= known:
            calls.reverse()
        if calls and all(attempt(self._context.voice, call) is not None for call in calls):
            self._context.voice.say(self.tr("时间已记录，迟到、早退已按新的时间计算。"))

    def _on_late_base(self, base: str) -> None:
        if attempt(self._context.voice, lambda: self._context.podium.choose_late_base(base)) is None:
            self.refresh()
