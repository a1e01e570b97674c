"""Keeps the desk's pages at what the stage shows, and carries the remote's wishes back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.desk_process import DeskProcess
from huifeng_desktop.ui.stage.view import StageMode, StageView
from huifeng_desktop.ui.stage_director import StageDirector
from huifeng_desktop.ui.theme import Tone


class StageLink(QObject):
    """One line to the desk whenever picture or words change; the time itself it reads from the log."""

    def __init__(
        self, context: UiContext, desk: DeskProcess, director: StageDirector, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._desk, self._director = context, desk, director
        self._told: tuple[StageMode, str] | None = None
        director.view_changed.connect(self._on_view)
        desk.screen_changed.connect(lambda *_: self._tell(director.view()))
        desk.bell_rung.connect(lambda: director.ring_bell())
        desk.pressed.connect(self._on_pressed)
        desk.troubled.connect(lambda sentence: context.voice.say(sentence, Tone.WARN))

    def _on_view(self, view: StageView) -> None:
        if (view.mode, view.message) != self._told:
            self._tell(view)

    def _tell(self, view: StageView) -> None:
        self._told = (view.mode, view.message)
        leaders_too = bool(self._context.settings.get("show_leader_overrun", False))
        self._desk.tell(command="stage", mode=view.mode.value, message=view.message, leaders_too=leaders_too)

    def _on_pressed(self) -> None:
        attempt(self._context.voice, lambda: self._context.session.catch_up())
