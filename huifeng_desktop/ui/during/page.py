"""会中: everything the secretary needs while the meeting runs, on one page without scrolling.

The page puts the cards together, hands them fresh figures, and decides where a typed key goes.
Bursts of changes are taken together: the figures are made anew in spare time (`ui/following.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QGridLayout, QVBoxLayout, QWidget

from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.service.bus import Change
from huifeng_desktop.service.door.brief import Brief, brief_from
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.deskside.address_menu import ListAddresses
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.during.door.brief_row import BriefRow
from huifeng_desktop.ui.during.door.camera_link import CameraLink
from huifeng_desktop.ui.during.door.scanner import ScannerFilter
from huifeng_desktop.ui.during.door.search_box import typed_text
from huifeng_desktop.ui.during.door.sign_in_card import SignInCard
from huifeng_desktop.ui.during.door.switch import STOP_QUESTION
from huifeng_desktop.ui.during.door.work import DoorWork
from huifeng_desktop.ui.during.phones.link import PhonesLink
from huifeng_desktop.ui.during.question import Answer, QuestionStrip
from huifeng_desktop.ui.during.timing.agenda_card import AgendaCard
from huifeng_desktop.ui.during.timing.auto_advance import SETTING as AUTO_ADVANCE
from huifeng_desktop.ui.during.timing.auto_advance import advance_if_due
from huifeng_desktop.ui.during.timing.speaker_card import SpeakerCard
from huifeng_desktop.ui.during.timing.stage_card import StageCard
from huifeng_desktop.ui.during.timing.untimed import UntimedWatch, is_gap
from huifeng_desktop.ui.during.words import count_words
from huifeng_desktop.ui.following import Following
from huifeng_desktop.ui.kit.notice import NOTICE_HEIGHT
from huifeng_desktop.ui.kit.squeeze import Squeeze
from huifeng_desktop.ui.projection.director import StageDirector
from huifeng_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from huifeng_desktop.ui.during.door.brief_dialog import BriefDialog
    from huifeng_desktop.ui.during.door.headcount_dialog import HeadcountDialog

_COLUMNS = ((344, 456), (462, 487), (340, 366))
"""Least width and share of agenda, speaker and door; the shares are the mock-up's at 1366."""


class DuringPage(QWidget):
    """The page; `desk` None leaves phones out of it."""

    def __init__(
        self,
        context: UiContext,
        desk: DeskProcess | None,
        director: StageDirector,
        *,
        list_addresses: ListAddresses = list,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._desk, self._director = context, desk, director
        self._list_addresses = list_addresses
        self._phones: PhonesLink | None = None
        self._brief: Brief | None = None
        self._was_open = context.session.state.opened_at is not None
        self._slip: BriefDialog | None = None
        self._untimed = UntimedWatch()
        self.brief_row = BriefRow(self)
        self.question = QuestionStrip(self)
        self.agenda = AgendaCard(context, self)
        self.speaker = SpeakerCard(context, director, self.question, self)
        self.stage = StageCard(context, director, self)
        self.door = SignInCard(context, list_addresses, has_desk=desk is not None, parent=self)
        self.scanner = ScannerFilter(self)
        self.work = DoorWork(context, self)
        self.camera = CameraLink(context, self.door.camera, self.door.scan, self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._strip_room = QWidget(self)
        self._strip_room.setFixedHeight(NOTICE_HEIGHT)
        self._strip_room.hide()
        self._lay_out()
        self._squeeze = Squeeze(self)
        self._connect()
        self._bind_keys()
        self.refresh()
        self.speaker.ask_late_base()

    # -- building ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE_3)
        grid.addWidget(self.agenda, 0, 0, 2, 1)
        grid.addWidget(self.speaker, 0, 1)
        grid.addWidget(self.stage, 1, 1)
        grid.addWidget(self._strip_room, 2, 0, 1, 2)
        grid.addWidget(self.door, 0, 2, 3, 1)
        grid.setRowStretch(0, 1)
        for column, (least, share) in enumerate(_COLUMNS):
            grid.setColumnMinimumWidth(column, least)
            grid.setColumnStretch(column, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.brief_row)
        layout.addWidget(self.question)
        layout.addLayout(grid, 1)

    def _connect(self) -> None:
        self._follow = Following(self._context, lambda _: self.refresh(), self, own_at_once=False)
        self._context.bridge.changed.connect(self._on_changed)
        self._director.ticked.connect(self._on_tick)
        self.brief_row.brief_requested.connect(self.show_slip)
        self.brief_row.count_requested.connect(self.count_heads)
        self.brief_row.work_requested.connect(self.show_work)
        self.work.opened.connect(self._on_work_opened)
        self.agenda.start_requested.connect(self.speaker.start_item)
        self.agenda.skip_requested.connect(self._on_skip)
        self.door.done.connect(self._place_focus)
        self.door.switch.stop_requested.connect(self._ask_to_stop)
        self.door.switch.resume_requested.connect(lambda: self._set_open(True))
        self.scanner.scanned.connect(self.door.scan)
        self.door.switch.camera_requested.connect(self.camera.toggle)
        self.camera.switched.connect(lambda: self.door.switch.offer_camera(self.camera.is_wanted()))
        self.work.offer_camera(self.camera)
        self._context.voice.greeted.connect(self._sound)
        self._context.voice.strip_stays.connect(self._strip_room.setVisible)
        self.agenda.table.installEventFilter(self)
        self.door.lists.table.installEventFilter(self)
        self.door.results.table.installEventFilter(self)
        self._connect_desk()

    def _connect_desk(self) -> None:
        if self._desk is not None:
            self._phones = PhonesLink(
                self._context, self._desk, self._director, self.door.phones, self._list_addresses, self
            )

    def restore_phones(self) -> None:
        """After a crash or a power cut the phones' sign-in is open as it was."""
        if self._phones is not None:
            attempt(self._context.voice, self._phones.restore)

    def _bind_keys(self) -> None:
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self.door.box.setFocus)
        adjourn = QShortcut(QKeySequence("Ctrl+F10"), self)
        adjourn.activated.connect(self.speaker.adjourn)
        postpone = QShortcut(QKeySequence("Alt+P"), self)
        postpone.activated.connect(self._postpone_chosen)
        for key, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            move = QShortcut(QKeySequence(key), self)
            move.activated.connect(lambda by=step: self._move_chosen(by))

    # -- showing -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Everything anew, as of now."""
        session = self._context.session
        now, muster = session.now(), session.muster()
        self.question.look()
        brief = self._brief = brief_from(muster, session.plan.rule_set)
        self._director.set_figures(brief.totals.expected, brief.totals.present)
        self.brief_row.show_brief(brief)
        self.door.refresh(muster, brief)
        self._show_course(now)
        self._director.refresh(now)
        if self._phones is not None:
            self._phones.heed_end()
        self.camera.heed_end()
        self.door.switch.offer_camera(self.camera.is_wanted())
        if self._slip is not None and self._slip.isVisible():
            self._slip.show_brief(brief, muster.verdicts())

    def showEvent(self, event: QShowEvent) -> None:
        """Keys may come as soon as this has been painted."""
        super().showEvent(event)
        QTimer.singleShot(0, self.scanner, self.scanner.listen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A tall window has room for a larger preview, a low one for a small one."""
        super().resizeEvent(event)
        self.stage.set_height(event.size().height())

    def minimumSizeHint(self) -> QSize:
        """What is left of a small screen: see `Squeeze`."""
        return self._squeeze.least(super().minimumSizeHint())

    def _show_course(self, now: ClockReading) -> None:
        """Agenda, speaker and controls."""
        self.agenda.refresh(now)
        self.speaker.refresh(now)
        self._heed_opening()

    def _on_changed(self, change: Change) -> None:
        """What was pressed shows at once, whatever the door is doing; its figures have time."""
        if change.touched.agenda or change.touched.everything:
            self.question.look()
            self._show_course(self._context.session.now())

    def _on_tick(self, now: ClockReading) -> None:
        reminder = self._untimed.poll(now, self._context.session.state)
        if reminder:
            state = self._context.session.state
            self._context.voice.say_while(reminder, Tone.WARN, lambda: is_gap(state))
        attempt(self._context.voice, lambda: self._advance(now))
        if self.isVisible():
            self.speaker.show_time(now)
            self.agenda.on_tick(now)

    def _advance(self, now: ClockReading) -> None:
        if self._context.settings.get(AUTO_ADVANCE, False):
            advance_if_due(self._context.podium, now)

    # -- dialogs -------------------------------------------------------------------------------

    def show_slip(self) -> BriefDialog:
        """到会情况, beside the work."""
        from huifeng_desktop.ui.during.door.brief_dialog import BriefDialog

        if self._slip is None:
            self._slip = BriefDialog(self._context, self.window())
        if self._brief is not None:
            self._slip.show_brief(self._brief, self._context.session.verdicts())
        self._slip.show()
        self._slip.raise_()
        return self._slip

    def count_heads(self) -> HeadcountDialog:
        """会中清点."""
        from huifeng_desktop.ui.during.door.headcount_dialog import HeadcountDialog

        dialog = HeadcountDialog(self._context.session.verdicts(), self.window())
        dialog.counted.connect(self._on_counted)
        dialog.open()
        return dialog

    def _on_work_opened(self, dialog: QDialog) -> None:
        """Who is called in a roll call may be shown to the hall."""
        from huifeng_desktop.ui.during.door.roll_call_dialog import RollCallDialog

        if isinstance(dialog, RollCallDialog):
            dialog.called.connect(self._director.show_called)

    def show_work(self) -> None:
        """登记: the menu under its button."""
        button = self.brief_row.work
        self.work.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _on_counted(self, seen: list[str], unseen: list[str]) -> None:
        door = self._context.door
        if attempt(self._context.voice, lambda: door.count_heads(seen, unseen)) is not None:
            verdicts = self._context.session.muster().by_seat
            told = count_words([verdicts[one] for one in seen], [verdicts[one] for one in unseen])
            self._context.voice.say(told, Tone.OK)

    def _ask_to_stop(self) -> None:
        """停止签到 is asked once more: from then on people are turned away."""
        answers = [Answer(self.tr("停止签到"), lambda: self._set_open(False)), Answer(self.tr("不停止"))]
        self.question.ask(STOP_QUESTION, answers, self._can_stop)

    def _can_stop(self) -> bool:
        """Whether anybody can sign in now."""
        state = self._context.session.state
        return not (state.sign_in_closed or state.adjourned_at or state.sealed or state.postponed)

    def _set_open(self, is_open: bool) -> None:
        context = self._context
        attempt(context.voice, lambda: context.door.set_open(is_open, context.operator))
        if context.session.state.sign_in_closed != is_open:
            said = "签到已恢复。" if is_open else "签到已停止；要继续签到请按“恢复签到”。"
            context.voice.say(said, Tone.OK if is_open else Tone.NEUTRAL)

    # -- phones --------------------------------------------------------------------------------

    def open_phones(self, address: str) -> None:
        """开放手机签到 on one of this machine's addresses."""
        if self._phones is not None:
            self._phones.open(address)

    def close_phones(self) -> None:
        """停止手机签到: nothing listens any more."""
        if self._phones is not None:
            self._phones.close()

    def chosen_seat(self) -> str:
        """Whom the search or the list below it has chosen; "" for nobody."""
        table = self.door.results.table if self.door.typed() else self.door.lists.table
        person = table.selected_person()
        return person.seat_id if person is not None else ""

    # -- keys ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Characters typed while a list has the focus belong to the search box."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no card wanted: characters go to the search box, Enter presses the focused button."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        elif not self._take(event):
            super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        """Whether the key was a character and is now in the box."""
        text = typed_text(event)
        if text:
            self.door.box.type_text(text)
        return bool(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Before the opening the door comes first: the cursor waits in the search box."""
        super().focusInEvent(event)
        if not self._was_open:
            self.door.box.setFocus()

    def _sound(self, _headline: str, _detail: str, tone: Tone) -> None:
        """One soft tone for yes, two for a closer look; once the meeting is open the hall hears none."""
        if self._context.session.state.opened_at is None:
            self._director.ring_bell(1 if tone is Tone.OK else 2)

    def _place_focus(self) -> None:
        """After an entry: at the door before the opening, later P and B belong to the timer again."""
        self.setFocus()

    def _heed_opening(self) -> None:
        """With the opening the keys change hands, unless somebody is typing a name just now."""
        opened = self._context.session.state.opened_at is not None
        if opened != self._was_open:
            self._was_open = opened
            if not self.door.box.text() and self.isActiveWindow():
                self.setFocus()

    def _on_skip(self, item_id: str) -> None:
        attempt(self._context.voice, lambda: self._context.podium.skip(item_id))

    def _postpone_chosen(self) -> None:
        item = self.agenda.item_at(self.agenda.table.selected_row())
        if item is not None:
            self.agenda.postpone(item)

    def _move_chosen(self, by: int) -> None:
        row = self.agenda.table.selected_row()
        if row >= 0:
            self.agenda.move_row(row, row + by)
