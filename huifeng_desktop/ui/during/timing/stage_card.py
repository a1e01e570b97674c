"""The stage's card: what the hall sees, in small, and the few things that change it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from huifeng_desktop.service.bus import Change
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.forms import ReasonForm
from huifeng_desktop.ui.kit.buttons import Segmented
from huifeng_desktop.ui.kit.labels import Card, ElidedLabel
from huifeng_desktop.ui.kit.squeeze import ENOUGH
from huifeng_desktop.ui.projection.director import StageDirector
from huifeng_desktop.ui.stage.canvas import StageCanvas
from huifeng_desktop.ui.stage.view import StageMode, StageView

_MODES = (StageMode.COUNTDOWN, StageMode.SIGN_IN, StageMode.CLOCK)
_KIN = {
    StageMode.AGENDA: (StageMode.COUNTDOWN, "带议程"),
    StageMode.WELCOME: (StageMode.SIGN_IN, "欢迎"),
    StageMode.MESSAGE: (StageMode.CLOCK, "提示"),
}
"""Pictures of the menu: the field that stands for each of them, and its words meanwhile."""
_WORDS = ("倒计时", "签到码", "时钟")
_PREVIEWS = ((860, 356, 200), (ENOUGH, 214, 120), (0, 178, 100))
"""From which height of the page on, and the size of the preview."""
MOST_CHARACTERS = 60
"""Of words to the speaker: as many as stand whole on a 1024×768 projector beside the longest title."""
_PROMPTS = ("请控制时间", "请抓紧时间，即将到时", "请结束发言", "请靠近话筒")


class StageCard(Card):
    """Preview at the left, picture, words, blackout and projector at the right."""

    def __init__(self, context: UiContext, director: StageDirector, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=12)
        self._context, self._director = context, director
        self.preview = StageCanvas(self, radius=6)
        self.modes = Segmented(_WORDS, expanding=True, compact=True, parent=self)
        self.more = ActionButton(self.tr("画面…"), "Ctrl+F6", size=13, parent=self)
        self.prompt = ActionButton(self.tr("提示发言人…"), "F6", size=13, parent=self)
        self.black = ActionButton(self.tr("黑屏"), "F8", size=13, parent=self)
        self.projector = ActionButton("", "F7", size=13, parent=self)
        self.where = ElidedLabel(parent=self)
        self.where.setFont(theme.ui_font(theme.TEXT_SMALL))
        self.where.setProperty("tone", "mute")
        for button, longest in ((self.black, self.tr("取消黑屏")), (self.projector, self.tr("关闭投影"))):
            button.set_words(longest)  # the columns of the page stay where they are whatever it says
            button.setMinimumWidth(button.minimumSizeHint().width())
        self.set_height(ENOUGH)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(7)
        right.addStretch(1)
        right.addWidget(self.modes)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.prompt, 1)
        row.addWidget(self.black, 1)
        right.addLayout(row)
        screen = QHBoxLayout()
        screen.setSpacing(6)
        screen.addWidget(self.projector, 1)
        screen.addWidget(self.more, 1)
        right.addLayout(screen)
        right.addWidget(self.where)
        right.addStretch(1)
        whole = QHBoxLayout()
        whole.setSpacing(14)
        whole.addWidget(self.preview)
        whole.addLayout(right, 1)
        self.body.addLayout(whole)

    def _connect(self) -> None:
        self.black.setCheckable(True)
        self.modes.index_changed.connect(self._on_mode)
        for place in range(len(_MODES)):  # a click on the chosen field leaves a picture of the menu
            self.modes.button(place).clicked.connect(lambda _=False, place=place: self._on_mode(place))
        self.black.clicked.connect(self._on_black)
        self.prompt.clicked.connect(self._on_prompt)
        self.projector.clicked.connect(self.toggle_projector)
        self.more.clicked.connect(self._on_more)
        self._director.view_changed.connect(self._on_view)
        self._director.changed.connect(self.refresh)
        self._context.bridge.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Show what is chosen and where it is projected."""
        mode = self._director.mode()
        field, words = _KIN.get(mode, (mode, _WORDS[_MODES.index(mode)] if mode in _MODES else ""))
        self.modes.blockSignals(True)
        for place, usual in enumerate(_WORDS):
            self.modes.set_text(place, words if _MODES[place] is field else usual)
        if field in _MODES and self.modes.index() != _MODES.index(field):
            self.modes.set_index(_MODES.index(field))
        self.modes.blockSignals(False)
        black = self._director.is_black()
        self.black.setChecked(black)
        self.black.set_words(self.tr("取消黑屏") if black else self.tr("黑屏"))
        is_open = self._director.is_open()
        self.projector.set_words(self.tr("关闭投影") if is_open else self.tr("打开投影"))
        said = self._director.message()
        hint = self.tr("大屏只显示左边") if is_open else self.tr("左边是预览")
        self.where.set_full_text(self.tr("提示：") + said if said else hint)
        self._on_view(self._director.view())

    def _on_changed(self, change: Change) -> None:
        """Who comes in at the door changes nothing here."""
        if change.touched.agenda or change.touched.everything:
            self.refresh()

    def set_height(self, lines: int) -> None:
        """A larger preview where the page has many lines; a low page does without the hint below."""
        size = next((width, height) for least, width, height in _PREVIEWS if lines >= least)
        self.preview.setFixedSize(*size)
        self.where.setVisible(size != _PREVIEWS[-1][1:])

    def toggle_projector(self) -> None:
        """Open the stage on its screen, or take it away."""
        act = self._director.close_stage if self._director.is_open() else self._director.open_stage
        attempt(self._context.voice, act)

    def prompt_menu(self) -> QMenu:
        """The usual words, one's own, and taking them back."""
        menu = QMenu(self)
        for words in _PROMPTS:
            self._add(menu, words, words)
        menu.addSeparator()
        own = QAction(self.tr("自己写…"), menu)
        own.triggered.connect(self._ask_words)
        menu.addAction(own)
        if self._director.message():
            self._add(menu, self.tr("撤下提示"), "")
        return menu

    def _add(self, menu: QMenu, text: str, words: str) -> None:
        action = QAction(text, menu)
        action.triggered.connect(lambda _=False: self._say(words))
        menu.addAction(action)

    def _ask_words(self) -> None:
        where = self.tr("显示在大屏和发言席平板上，最多 %1 个字").replace("%1", str(MOST_CHARACTERS))
        form = ReasonForm(
            self.tr("提示发言人"),
            where,
            _PROMPTS,
            self.window(),
            label=self.tr("文字"),
            longest=MOST_CHARACTERS,
        )
        form.given.connect(self._say)
        form.open()

    def _on_prompt(self) -> None:
        menu = self.prompt_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.prompt.mapToGlobal(QPoint(0, self.prompt.height() + 2)))

    def _on_more(self) -> None:
        from huifeng_desktop.ui.during.timing.stage_menu import StageMenu

        menu = StageMenu(self._context, self._director, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def _on_mode(self, index: int) -> None:
        director = self._director
        if director.mode() is not _MODES[index] or director.called() is not None:
            self._attempt(lambda: director.set_mode(_MODES[index]))

    def _on_black(self) -> None:
        self._attempt(lambda: self._director.set_blackout(not self._director.is_black()))

    def _say(self, words: str) -> None:
        self._attempt(lambda: self._director.set_message(words))

    def _attempt(self, act: Callable[[], object]) -> None:
        """What could not be stored is said; the fields then show what still holds."""
        attempt(self._context.voice, act)
        self.refresh()

    def _on_view(self, view: StageView) -> None:
        self.preview.set_view(view)
