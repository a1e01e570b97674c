"""Decides what the hall sees, and keeps stage and preview at it.

The window's timer calls `tick`; every figure is reckoned from the clock, never from ticks. What
the operator chose (picture, words to the speaker, blackout, projector) is kept in the settings, so
that it is back after a crash.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from huifeng_desktop.domain.cues import CuePlan
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.service.bus import Change
from huifeng_desktop.service.podium import TimerView
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.projection.awake import NoWakefulness, Wakefulness
from huifeng_desktop.ui.projection.projector import Projector
from huifeng_desktop.ui.projection.views import called_view, coming_item, countdown_view, meeting_view
from huifeng_desktop.ui.sounds.bells import Bells, Ring, beep, read_marks
from huifeng_desktop.ui.stage.backdrop import read_picture
from huifeng_desktop.ui.stage.placement import Placement
from huifeng_desktop.ui.stage.view import StageMode, StageView


class StageDirector(QObject):
    """One meeting's stage. `attach` tells it which window must never be covered."""

    ticked = Signal(object)
    """A `ClockReading`: time has passed."""
    view_changed = Signal(object)
    """The `StageView` that stage and preview show now."""
    changed = Signal()
    """The chosen picture, the blackout or the projection is another."""

    def __init__(
        self,
        context: UiContext,
        ring: Ring = beep,
        parent: QObject | None = None,
        *,
        awake: Wakefulness | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.bells = Bells(context.settings, ring)
        self._awake, self._keeps_awake = awake or NoWakefulness(), False
        self.projector = Projector(context.settings, context.voice, self)
        self.projector.changed.connect(self._on_projected)
        self._code = ""
        self._figures: tuple[int, int] | None = None
        self._view = StageView(StageMode.BLACKOUT)
        self._was_opened = context.session.state.opened_at is not None
        kept = context.settings.get(self._key, {})
        self._chosen = StageMode(kept["mode"]) if kept.get("mode") in set(StageMode) else None
        self._message, self._message_item = str(kept.get("message", "")), str(kept.get("item", ""))
        self._blackout = bool(kept.get("blackout", False))
        self._leaders_too = bool(context.settings.get("show_leader_overrun", False))
        self._background = str(context.settings.get("stage_background", ""))
        self._called: Seat | None = None
        self._is_over = False
        self._cues = read_marks(context.settings)
        context.podium.follow_cues(self._cues)
        context.bridge.changed.connect(self._on_changed)
        self.bells.forget_old(context.podium.view())
        self._heed_sleep()

    # -- reading -------------------------------------------------------------------------------

    def view(self) -> StageView:
        """What is shown now."""
        return self._view

    def mode(self) -> StageMode:
        """The picture that is chosen, or that follows from the meeting: 签到 until it is opened."""
        if self._chosen is not None:
            return self._chosen
        opened = self._context.session.state.opened_at is not None
        return StageMode.COUNTDOWN if opened else StageMode.SIGN_IN

    def is_black(self) -> bool:
        """Whether the stage is dark by the operator's wish."""
        return self._blackout

    def message(self) -> str:
        """The words to the speaker that are up."""
        return self._message

    def shows_leader_overrun(self) -> bool:
        """Whether the hall sees by how much a leader is over time."""
        return self._leaders_too

    def background(self) -> str:
        """The path of the picture behind the pictures without a speaker's time."""
        return self._background

    def cues(self) -> CuePlan:
        """When bells ring and the light turns amber, for each type of item."""
        return self._cues

    def called(self) -> Seat | None:
        """Who is shown in large type, while the operator wishes it."""
        return self._called

    def placement(self) -> Placement:
        """Where the stage is."""
        return self.projector.placement()

    def is_open(self) -> bool:
        """Whether anything is projected."""
        return self.projector.is_open()

    def placement_words(self) -> str:
        """For the tag in the top bar: which screen, or that there is none."""
        return self.projector.words()

    # -- the operator's wishes -----------------------------------------------------------------

    def set_mode(self, mode: StageMode) -> None:
        """Show another picture from now on."""
        self._keep(mode=mode.value)
        self._chosen, self._called = mode, None
        self._tell()

    def show_called(self, seat: Seat | None) -> None:
        """Show who is called, in the place of every other picture; None goes back to what was up."""
        if seat != self._called:
            self._called = seat
            self.refresh()
            self.changed.emit()

    def show_leader_overrun(self, shown: bool) -> None:
        """Let the hall see a leader's overrun, or keep it with the operator."""
        self._context.settings.put("show_leader_overrun", shown)
        self._leaders_too = shown
        self.refresh()
        self.changed.emit()

    def set_background(self, path: str) -> None:
        """Put a picture behind welcome, sign-in and clock; "" takes it away.

        Raises FileProblem if it cannot be read; the one before stays then.
        """
        if path:
            read_picture(path)
        self._context.settings.put("stage_background", path)
        self._background = path
        self.refresh()
        self.changed.emit()

    def set_blackout(self, black: bool) -> None:
        """Nothing at all on the stage, until it is taken back.

        At once, even where it cannot be stored: what nobody should see waits for no disk.
        """
        self._blackout = black
        try:
            self._keep(blackout=black)
        finally:
            self._tell()

    def set_message(self, text: str) -> None:
        """Words to the speaker; they go with the item, or when replaced by nothing."""
        current = self._context.session.state.current_item
        words, item = text.strip(), current.item_id if current else ""
        self._keep(message=words, item=item)
        self._message, self._message_item = words, item
        self._tell()

    def set_code(self, payload: str) -> None:
        """The address to project as a code; "" while phones are kept out."""
        self._code = payload
        self.refresh()

    def set_figures(self, expected: int, present: int) -> None:
        """应到 and 实到 as somebody has just counted them."""
        self._figures = (expected, present)

    def read_cues(self) -> None:
        """Heed the marks that were set up since: bells and amber follow them from now on."""
        self._cues = read_marks(self._context.settings)
        self._context.podium.follow_cues(self._cues)
        self.refresh()
        self.changed.emit()

    def ring_bell(self, count: int = 1) -> None:
        """Sound the bell by hand."""
        self.bells.ring_by_hand(count)

    # -- the projector -------------------------------------------------------------------------

    def attach(self, main_window: QWidget) -> None:
        """The secretary's own window; the stage keeps off its screen."""
        self.projector.attach(main_window)

    def open_stage(self) -> None:
        """Project where it was chosen last, or on any free screen; else in a small window."""
        self.projector.open()

    def close_stage(self) -> None:
        """Take the stage away."""
        self.projector.close()

    def restore(self) -> None:
        """After a start: project again if it was so before and it covers nothing of the secretary's.

        Raises FileProblem, after that, where the background picture is gone.
        """
        self.projector.restore()
        if self._background:
            read_picture(self._background)

    def shut_down(self) -> None:
        """The program ends; the wish to project stays remembered, and nothing is shown or kept any more."""
        self._is_over = True
        self.projector.shut_down()
        self._awake.release()

    # -- the picture ---------------------------------------------------------------------------

    def tick(self) -> None:
        """Time has passed: picture, cues, and whoever listens."""
        if self._is_over:
            return
        now = self._context.session.now()
        self.refresh(now)
        self.ticked.emit(now)

    def refresh(self, now: ClockReading | None = None) -> None:
        """Make the picture anew and show it where it differs: on the stage first, then everywhere else."""
        if self._is_over:
            return
        reading = now or self._context.session.now()
        timer = self._context.podium.view(reading)
        view = self._picture(timer, reading)
        if view != self._view:
            self._view = view
            self.projector.show_view(view)
            self.view_changed.emit(view)
        self.bells.heed(timer)

    def _picture(self, timer: TimerView | None, now: ClockReading) -> StageView:
        if self._blackout:
            return StageView(StageMode.BLACKOUT)
        if self._called is not None:
            return called_view(self._called)
        mode = self.mode()
        if mode is StageMode.MESSAGE and not self._message:
            mode = StageMode.COUNTDOWN if self._was_opened else StageMode.SIGN_IN
        if mode in (StageMode.COUNTDOWN, StageMode.AGENDA):
            if timer is not None:
                return self._timed(timer, mode)
            mode = StageMode.WELCOME
        return self._untimed(mode, now)

    def _timed(self, timer: TimerView, mode: StageMode) -> StageView:
        view = countdown_view(timer, show_leader_overrun=self._leaders_too, message=self._message)
        if mode is StageMode.COUNTDOWN:
            return view
        coming = tuple(coming_item(number, item) for number, item in self._context.podium.coming())
        return replace(view, mode=mode, coming=coming, following=self._context.podium.following())

    def _untimed(self, mode: StageMode, now: ClockReading) -> StageView:
        if self._message and mode is StageMode.CLOCK:
            mode = StageMode.MESSAGE
        view = meeting_view(mode, self._context.session.plan, now.wall, self._message)
        view = replace(view, background=self._background)
        if mode not in (StageMode.SIGN_IN, StageMode.WELCOME):
            return view
        expected, present = self._figures or (None, None)
        return replace(view, qr_payload=self._code or None, expected=expected, present=present)

    # -- what changed --------------------------------------------------------------------------

    def _on_projected(self) -> None:
        self._heed_sleep()
        self.changed.emit()

    def _heed_sleep(self) -> None:
        """The display stays on from the opening, or from the first picture, to the adjournment."""
        state = self._context.session.state
        runs = state.opened_at is not None and state.adjourned_at is None
        needed = runs or self.projector.is_open()
        if needed != self._keeps_awake:
            self._keeps_awake = needed
            (self._awake.hold if needed else self._awake.release)()

    def _on_changed(self, change: Change) -> None:
        """What was pressed on the timer is before the hall at once; the door's figures have time."""
        self._heed_sleep()
        state = self._context.session.state
        opened = state.opened_at is not None
        if opened != self._was_opened:
            self._was_opened, self._chosen = opened, None
            self._keep()
            self._tell()
        current = state.current_item.item_id if state.current_item else ""
        if self._message and self._message_item and current != self._message_item:
            self._message = self._message_item = ""
            self._keep()
            self._tell()
        elif change.touched.agenda:
            self.refresh()

    @property
    def _key(self) -> str:
        return f"stage:{self._context.session.meeting_id}"

    def _keep(self, **changed: object) -> None:
        """Store what is projected, with what is about to change; raises what the storage raises."""
        if self._is_over:
            return
        kept: dict[str, object] = {
            "mode": self._chosen.value if self._chosen else None,
            "message": self._message,
            "item": self._message_item,
            "blackout": self._blackout,
        }
        self._context.settings.put(self._key, kept | changed)

    def _tell(self) -> None:
        if not self._is_over:
            self.refresh()
            self.changed.emit()
