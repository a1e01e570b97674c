"""Decides what the hall sees, and keeps stage and preview at it.

The window's timer calls `tick`; every figure is reckoned from the clock, never from ticks. What
the operator chose (picture, words to the speaker, blackout, projector) is kept in the settings, so
that it is back after a crash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import Cue, CueTrack, Run
from huifeng_desktop.service.podium import TimerView
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.ring import Ring, beep
from huifeng_desktop.ui.stage.screens import ScreenIdentity, identity_of, screen_label
from huifeng_desktop.ui.stage.view import StageMode, StageView
from huifeng_desktop.ui.stage.window import Placement, StageWindow
from huifeng_desktop.ui.stage_views import countdown_view, meeting_view

_OPEN_PLACEMENTS = (Placement.PROJECTED, Placement.CORNER, Placement.CORNER_FULL)


class StageDirector(QObject):
    """One meeting's stage. `attach` tells it which window must never be covered."""

    ticked = Signal(object)
    """A `ClockReading`: time has passed."""
    view_changed = Signal(object)
    """The `StageView` that stage and preview show now."""
    changed = Signal()
    """The chosen picture, the blackout or the projection is another."""

    def __init__(self, context: UiContext, ring: Ring = beep, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ring = ring
        self._main_window: QWidget | None = None
        self._window: StageWindow | None = None
        self._code = ""
        self._figures: tuple[int, int] | None = None
        self._track = CueTrack()
        self._view = StageView(StageMode.BLACKOUT)
        self._was_opened = context.session.state.opened_at is not None
        kept = context.settings.get(self._key, {})
        self._chosen = StageMode(kept["mode"]) if kept.get("mode") in set(StageMode) else None
        self._message, self._message_item = str(kept.get("message", "")), str(kept.get("item", ""))
        self._blackout = bool(kept.get("blackout", False))
        self._leaders_too = bool(context.settings.get("show_leader_overrun", False))
        context.bridge.changed.connect(self._on_changed)
        self._forget_old_cues()

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

    def placement(self) -> Placement:
        """Where the stage is."""
        return self._window.placement() if self._window else Placement.OFF

    def is_open(self) -> bool:
        """Whether anything is projected."""
        return self.placement() in _OPEN_PLACEMENTS

    def placement_words(self) -> str:
        """For the tag in the top bar: which screen, or that there is none."""
        words = {
            Placement.OFF: self.tr("投影未打开"),
            Placement.LOST: self.tr("投影已断开"),
            Placement.CORNER: self.tr("投影：小窗"),
            Placement.CORNER_FULL: self.tr("投影：本机全屏"),
        }
        return words.get(self.placement()) or self.tr("投影：") + self._projector_label()

    def _projector_label(self) -> str:
        wanted = self._window.identity() if self._window else None
        for number, screen in enumerate(QGuiApplication.screens(), 1):
            if wanted is not None and identity_of(screen) == wanted:
                return screen_label(screen, number)
        return wanted.name if wanted else ""

    def free_screens(self) -> list[tuple[str, ScreenIdentity]]:
        """Screens that the stage may take, with their labels."""
        main = self._main_screen()
        numbered = enumerate(QGuiApplication.screens(), 1)
        return [(screen_label(one, number), identity_of(one)) for number, one in numbered if one is not main]

    # -- the operator's wishes -----------------------------------------------------------------

    def set_mode(self, mode: StageMode) -> None:
        """Show another picture from now on."""
        self._chosen = mode
        self._keep()

    def set_blackout(self, black: bool) -> None:
        """Nothing at all on the stage, until it is taken back."""
        self._blackout = black
        self._keep()

    def set_message(self, text: str) -> None:
        """Words to the speaker; they go with the item, or when replaced by nothing."""
        current = self._context.session.state.current_item
        self._message, self._message_item = text.strip(), current.item_id if current else ""
        self._keep()

    def set_code(self, payload: str) -> None:
        """The address to project as a code; "" while phones are kept out."""
        self._code = payload
        self.refresh()

    def set_figures(self, expected: int, present: int) -> None:
        """应到 and 实到 as somebody has just counted them."""
        self._figures = (expected, present)

    def ring_bell(self, cue: Cue = Cue.AMBER) -> None:
        """Sound the bell by hand."""
        self._ring(cue)

    # -- the projector -------------------------------------------------------------------------

    def attach(self, main_window: QWidget) -> None:
        """The secretary's own window; the stage keeps off its screen."""
        self._main_window = main_window

    def open_stage(self, wanted: ScreenIdentity | None = None) -> None:
        """Project on the wanted, the remembered or any free screen; else a small window."""
        if self._window is None:
            self._window = StageWindow(self._main_window)
            self._window.placement_changed.connect(self._on_placement_changed)
        self._window.set_view(self._view)
        self._window.open(wanted or self._remembered())
        self._context.settings.put("stage_open", True)
        identity = self._window.identity()
        if identity is not None and self.placement() is Placement.PROJECTED:
            self._context.settings.put("projector", asdict(identity))

    def close_stage(self) -> None:
        """Take the stage away."""
        if self._window is not None:
            self._window.close_stage()
        self._context.settings.put("stage_open", False)

    def restore(self) -> None:
        """After a start: project again if it was so before and a screen is free for it."""
        if self._context.settings.get("stage_open", False) and self.free_screens():
            self.open_stage()

    def shut_down(self) -> None:
        """The program ends; the wish to project stays remembered."""
        if self._window is not None:
            self._window.close_stage()

    def _remembered(self) -> ScreenIdentity | None:
        plain = self._context.settings.get("projector")
        if not isinstance(plain, Mapping):
            return None
        return ScreenIdentity(
            str(plain.get("name", "")),
            str(plain.get("model", "")),
            str(plain.get("serial", "")),
            _four(plain.get("geometry")),
        )

    def _main_screen(self) -> QScreen | None:
        return self._main_window.screen() if self._main_window else QGuiApplication.primaryScreen()

    # -- the picture ---------------------------------------------------------------------------

    def tick(self) -> None:
        """Time has passed: picture, cues, and whoever listens."""
        now = self._context.session.now()
        self.refresh(now)
        self.ticked.emit(now)

    def refresh(self, now: ClockReading | None = None) -> None:
        """Make the picture anew and show it where it differs."""
        reading = now or self._context.session.now()
        timer = self._context.podium.view(reading)
        self._give_cue(timer)
        view = self._picture(timer, reading)
        if view != self._view:
            self._view = view
            if self._window is not None:
                self._window.set_view(view)
            self.view_changed.emit(view)

    def _picture(self, timer: TimerView | None, now: ClockReading) -> StageView:
        if self._blackout:
            return StageView(StageMode.BLACKOUT)
        mode = self.mode()
        plan = self._context.session.plan
        if mode is StageMode.COUNTDOWN and timer is not None:
            return countdown_view(timer, show_leader_overrun=self._leaders_too, message=self._message)
        if mode is StageMode.COUNTDOWN:
            mode = StageMode.WELCOME
        if self._message and mode is StageMode.CLOCK:
            mode = StageMode.MESSAGE
        view = meeting_view(mode, plan, now.wall, self._message)
        if mode is not StageMode.SIGN_IN:
            return view
        expected, present = self._figures or (None, None)
        return replace(view, qr_payload=self._code or None, expected=expected, present=present)

    # -- cues ----------------------------------------------------------------------------------

    def _give_cue(self, timer: TimerView | None) -> None:
        if timer is None or timer.run is not Run.RUNNING:
            return
        cue = self._track.poll(timer.item.item_id, timer.elapsed_s, timer.allowed_s)
        if cue is not None:
            self._ring(cue)

    def _forget_old_cues(self) -> None:
        """A speech that was running before a restart has had its tones."""
        timer = self._context.podium.view()
        if timer is not None and timer.run in (Run.RUNNING, Run.PAUSED):
            self._track.resume(timer.item.item_id, timer.elapsed_s, timer.allowed_s)

    # -- what changed --------------------------------------------------------------------------

    def _on_changed(self, _: object) -> None:
        state = self._context.session.state
        opened = state.opened_at is not None
        if opened != self._was_opened:
            self._was_opened, self._chosen = opened, None
            self._keep()
        current = state.current_item.item_id if state.current_item else ""
        if self._message and self._message_item and current != self._message_item:
            self.set_message("")

    def _on_placement_changed(self, _: str) -> None:
        self.changed.emit()

    @property
    def _key(self) -> str:
        return f"stage:{self._context.session.meeting_id}"

    def _keep(self) -> None:
        kept: dict[str, Any] = {
            "mode": self._chosen.value if self._chosen else None,
            "message": self._message,
            "item": self._message_item,
            "blackout": self._blackout,
        }
        self._context.settings.put(self._key, kept)
        self.refresh()
        self.changed.emit()


def _four(value: Any) -> tuple[int, int, int, int]:
    if isinstance(value, list | tuple) and len(value) == 4:
        return (int(value[0]), int(value[1]), int(value[2]), int(value[3]))
    return (0, 0, 0, 0)
