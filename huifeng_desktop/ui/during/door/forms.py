"""代会 and 请假 at the door: asked for one person in as few fields as are missing, then stored."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from huifeng_desktop.domain.approval import Approval
from huifeng_desktop.domain.people import Deputy, Seat
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.door.phones import Phones
from huifeng_desktop.service.door.sign_in import Method, OutcomeCode, SignInOutcome, SignInRequest
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.door.vouch_form import NOT_THERE, VouchForm
from huifeng_desktop.ui.during.forms import DeputyForm, LeaveForm
from huifeng_desktop.ui.during.words import greeting, seat_words
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import reason_sentence


class DoorForms(QObject):
    """Opens the forms over `parent` and stores what they give by `method`."""

    stored = Signal(str)
    """The seat about which something was stored."""

    def __init__(self, context: UiContext, parent: QWidget, method: Method = Method.TYPED) -> None:
        super().__init__(parent)
        self._context, self._parent, self._method = context, parent, method

    def ask_deputy(self, seat: Seat) -> DeputyForm:
        """Who came instead. What an approved leave says already is not asked again."""
        leave = self._context.session.state.facts_of(seat).leave
        known = leave.deputy if leave is not None else None
        form = DeputyForm(seat_words(seat), self._parent.window(), known=known)
        if known is not None and leave is not None and leave.approval is Approval.APPROVED:
            form.fields.setRowVisible(3, False)
            form.fields.setRowVisible(2, False)
            form.name.setFocus()
        form.given.connect(lambda deputy, approved, by: self._sign_deputy(seat, deputy, approved, by))
        form.open()
        return form

    def _sign_deputy(self, seat: Seat, deputy: Deputy, approved: bool | None, by: str) -> None:
        request = SignInRequest(
            nonce=uuid.uuid4().hex,
            seat_id=seat.seat_id,
            method=self._method,
            deputy=deputy,
            deputy_approved=approved,
        )
        outcome = attempt(self._context.voice, lambda: self._context.door.register([request])[0])
        if outcome is None:
            return
        came = deputy if outcome.code is OutcomeCode.SIGNED_IN else None
        self._context.voice.greet(*greeting(outcome, came))
        self._keep_word(seat, outcome, deputy, approved, by)
        self.stored.emit(seat.seat_id)

    def _keep_word(
        self, seat: Seat, outcome: SignInOutcome, deputy: Deputy, approved: bool | None, by: str
    ) -> None:
        """Who approved is a fact of its own."""
        if outcome.event_id and approved is not None and by:
            self.confirm(seat.seat_id, deputy, approved, by)

    def settle(self, seat: Seat, deputy: Deputy) -> None:
        """核实代会: say whether the deputy who came was approved."""
        form = DeputyForm(seat_words(seat), self._parent.window(), known=deputy, must_decide=True)
        form.given.connect(lambda who, approved, by: self.confirm(seat.seat_id, who, bool(approved), by))
        form.open()

    def vouch(self, verdict: Verdict) -> VouchForm:
        """核实本人: whether the second person of one telephone is there; if not, the entry is undone."""
        seat = verdict.seat
        told = (reason_sentence(one) for one in verdict.reasons if one.code in ("signed_in", "device_shared"))
        form = VouchForm(seat_words(seat), "；".join(told) + "。", self._parent.window())
        by, door, phones = self._context.operator, self._context.door, Phones(self._context.session)
        entry = next((one.event_id for one in verdict.reasons if one.code == "signed_in"), "")
        form.vouched.connect(lambda: self._do(lambda: phones.vouch(seat.seat_id, by=by)))
        form.denied.connect(lambda: self._do(lambda: door.undo(entry, reason=NOT_THERE, by=by)))
        form.open()
        return form

    def confirm(self, seat_id: str, deputy: Deputy, approved: bool, by: str) -> None:
        """Store whether a deputy was approved."""
        door = self._context.door
        self._do(lambda: door.confirm_deputy(seat_id, deputy, approved=approved, approved_by=by))

    def ask_leave(self, seat: Seat) -> LeaveForm:
        """请假, as asked for now."""
        form = LeaveForm(seat_words(seat), self._parent.window())
        form.given.connect(lambda *given: self._record_leave(seat, *given))
        form.open()
        return form

    def _record_leave(
        self, seat: Seat, reason: str, approval: Approval, by: str, deputy: Deputy | None
    ) -> None:
        door = self._context.door
        event = self._do(
            lambda: door.record_leave(
                seat.seat_id, reason=reason, approval=approval, approved_by=by, deputy=deputy
            )
        )
        if event is not None:
            self._context.voice.greet(f"{seat.display_name}　已登记请假", seat_words(seat), Tone.OK)
            self.stored.emit(seat.seat_id)

    def _do(self, call: Callable[[], object]) -> object:
        return attempt(self._context.voice, call)
