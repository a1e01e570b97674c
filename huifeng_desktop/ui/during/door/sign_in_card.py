"""The door's card: the search box, the phones, the lists. Enter signs; everything can be undone."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from huifeng_desktop.domain.badge import BADGE_LENGTH, is_badge
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.rules.verdict import Flag, Verdict
from huifeng_desktop.service.door.brief import Brief
from huifeng_desktop.service.door.phones import Phones
from huifeng_desktop.service.door.search import SearchIndex
from huifeng_desktop.service.door.sign_in import Method, Movement, OutcomeCode, SignInOutcome, SignInRequest
from huifeng_desktop.service.muster import Muster
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.camera.block import CameraBlock
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.deskside.address_menu import ListAddresses
from huifeng_desktop.ui.during.door.forms import DoorForms
from huifeng_desktop.ui.during.door.lists_panel import ListsPanel
from huifeng_desktop.ui.during.door.results_panel import ResultsPanel
from huifeng_desktop.ui.during.door.search_box import SearchBox
from huifeng_desktop.ui.during.door.switch import DoorSwitch
from huifeng_desktop.ui.during.forms import ReasonForm
from huifeng_desktop.ui.during.phones.block import PhoneBlock
from huifeng_desktop.ui.during.phones.queue import PhoneQueue
from huifeng_desktop.ui.during.words import greeting, joined
from huifeng_desktop.ui.kit.labels import Card
from huifeng_desktop.ui.kit.notice import Toast
from huifeng_desktop.ui.papers.person_menu import PersonPapers
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import day

_REFUSALS = ("本人不在会场", "不是本人申报", "重复申报")
_UNDO_REASONS = ("误签", "签错了人", "重复登记")
_MISREAD_FROM = 10
"""So many digits are a scan, not a search."""
_ECHO_S = 3.0
"""The same badge held under the scanner is read again and again; so long it is one scan."""


class SignInCard(Card):
    """Signs people in through `Door` and says how it went through the voice."""

    done = Signal()
    """The box was emptied: an entry was made or given up."""

    def __init__(
        self,
        context: UiContext,
        list_addresses: ListAddresses,
        *,
        has_desk: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, padding=0, spacing=10)
        self._context, self._has_desk = context, has_desk
        self._seats: list[Seat] = []
        self._index = SearchIndex([])
        self._verdicts: Mapping[str, Verdict] = {}
        self._last_scan = ("", 0.0)
        self._last_answer = ("", "", Tone.OK)
        self._phones = Phones(context.session)
        self._has_switch = False
        self.box = SearchBox(self)
        self.phones = PhoneBlock(list_addresses, self)
        self.phones.setVisible(has_desk)
        self.camera = CameraBlock(self)
        self.switch = DoorSwitch(self)
        self.queue = PhoneQueue(self)
        self.lists, self.results = ListsPanel(self), ResultsPanel(self)
        self.pages = QStackedWidget(self)
        tables = (self.results.table, self.lists.table)
        self.person_papers = [PersonPapers(context, table, table.chosen_seat) for table in tables]
        self.toast = Toast(self)
        self._forms = DoorForms(context, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 0)
        head.setSpacing(10)
        head.addWidget(self.box)
        head.addWidget(self.phones)
        head.addWidget(self.camera)
        head.addWidget(self.switch)
        head.addWidget(self.queue)
        self.pages.addWidget(self.lists)
        self.pages.addWidget(self.results)
        self.body.addLayout(head)
        self.body.addWidget(self.pages, 1)
        self.body.setSpacing(theme.SPACE_2)

    def _connect(self) -> None:
        self.box.textChanged.connect(self._on_typed)
        self.box.entered.connect(self.enter)
        self.box.stepped.connect(self._on_stepped)
        self.box.cancelled.connect(self.finish)
        self.results.sign_requested.connect(self.sign_chosen)
        self.results.deputy_requested.connect(self.ask_deputy)
        self.results.leave_requested.connect(self.ask_leave)
        self.results.passage_requested.connect(self._on_passage)
        self.lists.undo_requested.connect(self.ask_undo)
        self.lists.settle_requested.connect(self.settle)
        self.lists.passage_requested.connect(self.pass_door)
        self.lists.person_requested.connect(self.search_for)
        self.queue.confirm_requested.connect(self._confirm_phones)
        self.queue.refuse_requested.connect(self._ask_refusal)
        self._forms.stored.connect(lambda _: self.finish())
        self._context.voice.greeted.connect(self.toast.show_outcome)

    # -- showing -------------------------------------------------------------------------------

    def refresh(self, muster: Muster, brief: Brief) -> None:
        """After a change of the meeting."""
        seats = self._context.session.state.seats
        if seats != self._seats:
            self._seats, self._index = list(seats), SearchIndex(seats)
        self._verdicts, state = muster.by_seat, self._context.session.state
        self.lists.show_lists(muster, brief.missing, lambda seat: state.facts_of(seat).call)
        self.queue.show_waiting(self._phones.waiting())
        self._has_switch = self.switch.refresh(state)
        self.switch.setVisible(self._has_switch and not self.typed())
        if self.box.text():
            self._show_found()

    def typed(self) -> str:
        """What stands in the box, half-width, without blanks around it."""
        return unicodedata.normalize("NFKC", self.box.text()).strip()

    def search_for(self, name: str) -> None:
        """Put a name into the box, as if it had been typed."""
        self.box.setText(name.replace("\u3000", ""))
        self.box.setFocus()

    def _on_typed(self, _: str) -> None:
        self.pages.setCurrentWidget(self.results if self.typed() else self.lists)
        self.phones.setVisible(self._has_desk and not self.typed())
        self.queue.set_aside(bool(self.typed()))
        self.camera.set_aside(bool(self.typed()))
        self.switch.setVisible(self._has_switch and not self.typed())
        if self.typed():
            self.toast.hide()
            self._show_found()

    def _show_found(self) -> None:
        self.results.show_found(self._index.find(self.typed()), self._verdicts, self.typed())

    def _on_stepped(self, by: int) -> None:
        self.toast.hide()
        table = self.results.table if self.typed() else self.lists.table
        table.step(by)

    # -- signing in ----------------------------------------------------------------------------

    def enter(self) -> None:
        """Enter: a scanned badge signs its owner, anything else whoever is chosen."""
        typed = self.typed()
        if typed.isdigit() and len(typed) >= _MISREAD_FROM:
            self.box.clear()
            self.scan(typed)
        elif typed:
            self.sign_chosen()

    def scan(self, digits: str) -> None:
        """A scanned number, wherever the focus was; what is being typed in the box stays there."""
        now = self._context.session.now().mono
        echo = digits == self._last_scan[0] and now - self._last_scan[1] < _ECHO_S
        self._last_scan = (digits, now)
        if echo:
            self.toast.show_outcome(*self._last_answer)
            return
        if is_badge(digits):
            self._take_badge(digits)
        else:
            misread = f"扫到 {len(digits)} 位数字，证件码是 {BADGE_LENGTH} 位"
            words = "证件码没有读准" if len(digits) == BADGE_LENGTH else misread
            self._context.voice.greet(self.tr("没有扫清楚"), f"{words}，请再扫一次", Tone.OVER)
        self._last_answer = self.toast.title(), self.toast.detail(), self.toast.tone()
        if self.box.hasFocus() and not self.box.text():
            self.finish()

    def _take_badge(self, badge: str) -> None:
        """Sign the owner in; a stranger's badge may be one of another meeting in this folder."""
        request = SignInRequest(nonce=uuid.uuid4().hex, badge=badge, method=Method.BADGE)
        outcome = attempt(self._context.voice, lambda: self._context.door.register([request])[0])
        if outcome is None:
            self._last_scan = ("", 0.0)  # not stored: the next try is no echo
            return
        other = None
        if outcome.code is OutcomeCode.UNKNOWN_BADGE:
            other = self._context.office.badge_elsewhere(badge, self._context.session.meeting_id)
        if other is not None:
            words = f"{day(other.start)}“{other.title}”"
            self._context.voice.greet(self.tr("这是另一次会议的证件"), words, Tone.OVER)
        else:
            self._greet(outcome)

    def sign_chosen(self) -> None:
        """Sign the chosen person in; says what is missing where nobody is chosen."""
        verdict = self.results.chosen()
        if verdict is not None:
            seat_id = verdict.seat.seat_id
            self._register(SignInRequest(nonce=uuid.uuid4().hex, seat_id=seat_id, method=Method.TYPED))
        else:
            self._context.voice.greet(self.tr("没有签到"), self.results.why_not(), Tone.WARN)

    def pass_door(self, seat_id: str) -> None:
        """离场, or 返回 for somebody who is out."""
        verdict = self._verdicts.get(seat_id)
        if verdict is None:
            return
        kind = Movement.RETURN if verdict.left_at is not None else Movement.LEAVE
        self._register(SignInRequest(nonce=uuid.uuid4().hex, seat_id=seat_id, kind=kind, method=Method.TYPED))

    def _register(self, request: SignInRequest) -> SignInOutcome | None:
        """Ask the door; the answer is on disk before it is shown."""
        outcomes = attempt(self._context.voice, lambda: self._context.door.register([request]))
        if outcomes is None:
            return None
        self._greet(outcomes[0])
        self.finish()
        return outcomes[0]

    def _greet(self, outcome: SignInOutcome) -> None:
        """Say how it went; whoever had asked for leave and came has 销假 with it."""
        seat = self._context.session.state.seat(outcome.seat_id)
        facts = self._context.session.state.facts_of(seat) if seat is not None else None
        title, detail, tone = greeting(outcome)
        came = facts is not None and facts.arrival is not None and facts.arrival.deputy is None
        if outcome.code is OutcomeCode.SIGNED_IN and came and facts is not None and facts.leave is not None:
            detail = joined("已销假", detail)
        self._context.voice.greet(title, detail, tone)

    def finish(self) -> None:
        """Empty the box and go back to the lists."""
        self.box.clear()
        self.done.emit()

    # -- deputies, leave, undo -----------------------------------------------------------------

    def ask_deputy(self) -> None:
        """代会: who came instead of the chosen person."""
        verdict = self.results.chosen()
        if verdict is not None:
            self._forms.ask_deputy(verdict.seat)

    def settle(self, seat_id: str) -> None:
        """核实: whether a deputy was approved, or whether the second name of a telephone is there."""
        verdict = self._verdicts.get(seat_id)
        doubts = verdict.flags if verdict is not None else ()
        if verdict is not None and Flag.PHONE_UNCONFIRMED in doubts:
            self._context.voice.say("请在上面的“手机待确认”里确认。", Tone.NEUTRAL)
        elif verdict is not None and Flag.DEVICE_SHARED in doubts and Flag.DEPUTY_UNCONFIRMED not in doubts:
            self._forms.vouch(verdict)
        elif verdict is None or verdict.stood_in_by is None:
            self._context.voice.say("这一条要在“会后”认定，那里能看到全部证据。", Tone.NEUTRAL)
        else:
            self._forms.settle(verdict.seat, verdict.stood_in_by)

    def ask_leave(self) -> None:
        """请假 at the door, for the chosen person."""
        verdict = self.results.chosen()
        if verdict is not None:
            self._forms.ask_leave(verdict.seat)

    def ask_undo(self, event_id: str, name: str) -> None:
        """撤销: an entry is annulled with a reason; both stay in the record."""
        form = ReasonForm(self.tr("撤销签到"), f"撤销 {name} 的签到", _UNDO_REASONS, self.window())
        form.given.connect(lambda reason: self._undo(event_id, name, reason))
        form.open()

    def _undo(self, event_id: str, name: str, reason: str) -> None:
        door, by = self._context.door, self._context.operator
        if self._do(lambda: door.undo(event_id, reason=reason, by=by)) is not None:
            self._context.voice.say(f"已撤销 {name} 的签到（{reason}）。", Tone.OK)

    def _on_passage(self) -> None:
        verdict = self.results.chosen()
        if verdict is not None:
            self.pass_door(verdict.seat.seat_id)

    # -- 手机待确认 ----------------------------------------------------------------------------

    def _confirm_phones(self, proposals: list[str]) -> None:
        by = self._context.operator
        count = attempt(self._context.voice, lambda: self._phones.confirm(proposals, by=by))
        if count:
            self._context.voice.say(f"已确认 {count} 人，签到时间按手机申报的时间记。", Tone.OK)

    def _ask_refusal(self, proposal: str, name: str) -> None:
        form = ReasonForm(self.tr("不确认"), f"不确认 {name} 的手机申报", _REFUSALS, self.window())
        form.given.connect(lambda reason: self._refuse(proposal, name, reason))
        form.open()

    def _refuse(self, proposal: str, name: str, reason: str) -> None:
        by = self._context.operator
        answer = attempt(self._context.voice, lambda: self._phones.refuse(proposal, by=by, reason=reason))
        if answer is not None:
            self._context.voice.say(f"没有确认 {name} 的手机申报（{reason}）。", Tone.NEUTRAL)

    def _do(self, call: Callable[[], object]) -> object:
        return attempt(self._context.voice, call)
