"""The rest of what may be put before the hall, behind one button: pictures, switches, background, screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from huifeng_desktop.ui.ask_path import ask_file
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.projection.director import StageDirector
from huifeng_desktop.ui.projection.screen_dialog import ScreenDialog
from huifeng_desktop.ui.stage.view import StageMode

_PICTURES = (
    (StageMode.COUNTDOWN, "倒计时"),
    (StageMode.AGENDA, "倒计时和后面的议程"),
    (StageMode.SIGN_IN, "签到码"),
    (StageMode.WELCOME, "欢迎"),
    (StageMode.CLOCK, "时钟"),
)
_KINDS = "图片 (*.png *.jpg *.jpeg *.bmp *.webp)"
ChooseFile = Callable[[str, str], Path | None]


class StageMenu(QMenu):
    """Made for one opening; `choose_file` asks for a picture."""

    def __init__(
        self,
        context: UiContext,
        director: StageDirector,
        parent: QWidget,
        choose_file: ChooseFile = ask_file,
    ) -> None:
        super().__init__(parent)
        self._context, self._director, self._choose_file = context, director, choose_file
        self._parent = parent
        for mode, words in _PICTURES:
            self._add_mode(mode, words)
        if director.message():
            self._add_mode(StageMode.MESSAGE, self.tr("整屏显示提示"))
        if director.called() is not None:
            self._add(self.tr("撤下点名"), lambda: director.show_called(None))
        self.addSeparator()
        leaders = self._add(self.tr("领导超时也显示在大屏"), self._toggle_leaders)
        leaders.setCheckable(True)
        leaders.setChecked(director.shows_leader_overrun())
        self._add(self.tr("背景图片…"), self._ask_background)
        if director.background():
            self._add(self.tr("去掉背景图片"), lambda: director.set_background(""))
        self.addSeparator()
        self._add(self.tr("投影到哪个屏幕…　Ctrl+F7"), self._choose_screen)

    def _add(self, words: str, act: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(lambda _=False: attempt(self._context.voice, act))
        self.addAction(action)
        return action

    def _add_mode(self, mode: StageMode, words: str) -> None:
        action = self._add(words, lambda: self._director.set_mode(mode))
        action.setCheckable(True)
        action.setChecked(mode is self._director.mode() and self._director.called() is None)

    def _toggle_leaders(self) -> None:
        self._director.show_leader_overrun(not self._director.shows_leader_overrun())

    def _ask_background(self) -> None:
        path = self._choose_file(self.tr("选背景图片"), _KINDS)
        if path is not None:
            self._director.set_background(str(path))

    def _choose_screen(self) -> None:
        ScreenDialog(self._director.projector, self._parent.window()).open()
