"""Keeps the desk's pages at what the stage shows, and carries the remote's wishes back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.deskside.screens import DeskScreen, ScreenPlace
from huifeng_desktop.ui.projection.director import StageDirector
from huifeng_desktop.ui.stage.view import StageMode, StageView
from huifeng_desktop.ui.theme import Tone


class StageLink(QObject):
    """One line to the desk whenever picture or words change; the time itself it reads from the log."""

    def __init__(
        self, context: UiContext, desk: DeskProcess, director: StageDirector, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._desk, self._director = context, desk, director
        self._told: dict[str, Any] = {}
        director.view_changed.connect(self._on_view)
        director.changed.connect(lambda: self._on_view(director.view()))
        desk.screen_changed.connect(self._on_screen)
        desk.screen_closed.connect(self._on_closed)
        desk.bell_rung.connect(lambda: director.ring_bell())
        desk.pressed.connect(self._on_pressed)
        desk.troubled.connect(lambda sentence: context.voice.say(sentence, Tone.WARN))

    def restore(self) -> None:
        """After a start: the tablet's page where it was, so that a tablet left before the speaker goes on."""
        kept = ScreenPlace.from_json(self._context.settings.get(self._key))
        if kept is not None and self._context.session.state.adjourned_at is None:
            self._desk.reopen_screen(DeskScreen.STAGE, kept)

    def _on_view(self, view: StageView) -> None:
        line = self._line(view)
        if line != self._told:
            self._tell(line)

    def _line(self, view: StageView) -> dict[str, Any]:
        """What the desk cannot read from the log."""
        is_call = view.mode is StageMode.ROLL_CALL
        return {
            "mode": view.mode.value,
            "message": view.message,
            "leaders_too": self._director.shows_leader_overrun(),
            "code": view.qr_payload or "",
            "called": {"name": view.speaker, "unit": view.unit, "post": view.title} if is_call else None,
            "backdrop": self._director.background(),
            "cues": self._director.cues().to_json(),
        }

    def _tell(self, line: dict[str, Any]) -> None:
        self._told = line
        self._desk.tell(command="stage", **line)

    def _on_screen(self, screen: DeskScreen, url: str, _: str) -> None:
        place = self._desk.place(screen)
        if screen is DeskScreen.STAGE and url and place is not None:
            self._context.settings.put(self._key, place.to_json())
        self._tell(self._line(self._director.view()))

    def _on_closed(self, screen: DeskScreen) -> None:
        if screen is DeskScreen.STAGE:
            self._context.settings.put(self._key, None)

    def _on_pressed(self) -> None:
        attempt(self._context.voice, lambda: self._context.session.catch_up())

    @property
    def _key(self) -> str:
        return f"tablet:{self._context.session.meeting_id}"
