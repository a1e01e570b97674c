"""The stage's window and its screen: where it is, where it was, and what the operator is told of it.

The wish (which projector, which form) is kept in the settings, so that it is back after a crash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from huifeng_desktop.service.ports import Settings
from huifeng_desktop.ui.context import Voice
from huifeng_desktop.ui.stage.placement import Corner, Loss, Placement, StageForm
from huifeng_desktop.ui.stage.screens import (
    ScreenIdentity,
    free_screens,
    identity_of,
    mirrors,
    screen_label,
    screen_under,
    shares_area,
)
from huifeng_desktop.ui.stage.view import StageMode, StageView
from huifeng_desktop.ui.stage.window import StageWindow
from huifeng_desktop.ui.theme import Tone

OPEN_PLACEMENTS = (Placement.PROJECTED, Placement.TIMER, Placement.CORNER, Placement.CORNER_FULL)
_OPEN, _PROJECTOR, _FORM = "stage_open", "projector", "stage_form"


@dataclass(frozen=True, slots=True)
class ScreenChoice:
    """One screen as the operator may choose it."""

    number: int
    label: str
    identity: ScreenIdentity
    is_main: bool
    """The secretary's window is on it."""
    is_free: bool
    """A whole picture there covers nothing of the secretary's own."""


class Projector(QObject):
    """Owns the one `StageWindow`; `attach` tells it which window must never be covered."""

    changed = Signal()
    """The stage is somewhere else."""

    def __init__(self, settings: Settings, voice: Voice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._voice = settings, voice
        self._main_window: QWidget | None = None
        self._window: StageWindow | None = None
        self._view = StageView(StageMode.BLACKOUT)
        self._last = Placement.OFF

    # -- reading -------------------------------------------------------------------------------

    def placement(self) -> Placement:
        """Where the stage is."""
        return self._window.placement() if self._window else Placement.OFF

    def is_open(self) -> bool:
        """Whether anything is projected."""
        return self.placement() in OPEN_PLACEMENTS

    def words(self) -> str:
        """For the tag in the top bar: which screen, or that there is none."""
        words = {
            Placement.OFF: self.tr("投影未打开"),
            Placement.LOST: self._lost_words(),
            Placement.CORNER: self.tr("投影：小窗"),
            Placement.CORNER_FULL: self.tr("投影：本机全屏"),
            Placement.TIMER: self.tr("角落计时：") + self._label(),
        }
        return words.get(self.placement()) or self.tr("投影：") + self._label()

    def _lost_words(self) -> str:
        unplugged = self._window is not None and self._window.loss() is Loss.UNPLUGGED
        return self.tr("投影已断开") if unplugged else self.tr("投影已收起")

    def _label(self) -> str:
        wanted = self._window.identity() if self._window else None
        for number, screen in enumerate(QGuiApplication.screens(), 1):
            if wanted is not None and identity_of(screen) == wanted:
                return screen_label(screen, number)
        return wanted.name if wanted else ""

    def choices(self) -> list[ScreenChoice]:
        """Every screen, numbered as in all labels."""
        screens, main = QGuiApplication.screens(), self._main_screen()
        free = free_screens(screens, main)
        return [
            ScreenChoice(
                number,
                screen_label(one, number),
                identity_of(one),
                shares_area(one, main),
                any(one is other for other in free),
            )
            for number, one in enumerate(screens, 1)
        ]

    def stage_on(self, screen: QScreen) -> QWidget | None:
        """The stage's window where it fills this screen."""
        fills = self.placement() in (Placement.PROJECTED, Placement.CORNER_FULL)
        there = fills and self._window is not None and self._window.geometry() == screen.geometry()
        return self._window if there else None

    def form(self) -> StageForm:
        """The form that was chosen last."""
        kept = self._kept_form().get("form")
        return StageForm(kept) if kept in set(StageForm) else StageForm.FULL

    def corner(self) -> Corner:
        """The corner of the translucent timer that was chosen last."""
        kept = self._kept_form().get("corner")
        return Corner(kept) if kept in set(Corner) else Corner.TOP_RIGHT

    def remembered(self) -> ScreenIdentity | None:
        """The projector that was used last."""
        plain = self._settings.get(_PROJECTOR)
        if not isinstance(plain, Mapping):
            return None
        name, model, serial = (str(plain.get(key, "")) for key in ("name", "model", "serial"))
        return ScreenIdentity(name, model, serial, _four(plain.get("geometry")))

    def _kept_form(self) -> Mapping[str, Any]:
        kept = self._settings.get(_FORM, {})
        return kept if isinstance(kept, Mapping) else {}

    # -- doing ---------------------------------------------------------------------------------

    def attach(self, main_window: QWidget) -> None:
        """The secretary's own window; the stage keeps off its screen."""
        self._main_window = main_window

    def show_view(self, view: StageView) -> None:
        """What is to be seen there, now or once it is open."""
        self._view = view
        if self._window is not None:
            self._window.set_view(view)

    def choose(self, wanted: ScreenIdentity | None, form: StageForm, corner: Corner) -> None:
        """Take another screen or form from now on, and open it."""
        self._settings.put(_FORM, {"form": form.value, "corner": corner.value})
        self.open(wanted)

    def open(self, wanted: ScreenIdentity | None = None) -> None:
        """On the wanted, the remembered or any free screen; else in a small window."""
        if self._window is None:
            self._window = StageWindow(self._main_window)
            self._window.placement_changed.connect(self._on_placement_changed)
            self._window.closed_by_hand.connect(self.close)
        self._window.set_view(self._view)
        form = self.form()
        self._window.open(wanted or self.remembered(), form, self.corner())
        self._settings.put(_OPEN, True)
        identity = self._window.identity()
        if identity is not None and self.placement() in (Placement.PROJECTED, Placement.TIMER):
            self._settings.put(_PROJECTOR, asdict(identity))
        if form is StageForm.FULL and mirrors(QGuiApplication.screens(), self._main_screen()):
            self._voice.say(_MIRRORED_AT_OPENING, Tone.WARN)

    def close(self) -> None:
        """Take the stage away."""
        if self._window is not None:
            self._window.close_stage()
        self._settings.put(_OPEN, False)

    def restore(self) -> None:
        """After a start: project again if it was so before and it covers nothing of the secretary's."""
        has_room = self.form() is not StageForm.FULL or any(choice.is_free for choice in self.choices())
        if self._settings.get(_OPEN, False) and has_room:
            self.open()

    def shut_down(self) -> None:
        """The program ends; the wish to project stays remembered."""
        if self._window is not None:
            self._window.close_stage()

    def _main_screen(self) -> QScreen:
        return screen_under(self._main_window)

    def _on_placement_changed(self, value: str) -> None:
        """Tell the operator what happened to the stage without her doing."""
        before, self._last = self._last, Placement(value)
        if self._last is Placement.LOST and self._window is not None:
            lost = _LOST[self._window.loss()]
            self._voice.say_while(lost, Tone.WARN, lambda: self._last is Placement.LOST)
        elif before is Placement.LOST and self._last in OPEN_PLACEMENTS:
            self._voice.say(self.tr("投影已恢复：") + self._label(), Tone.OK)
        elif self._last is Placement.TIMER:
            self._voice.say(_TIMER_OPEN, Tone.NEUTRAL)
        self.changed.emit()


_TIMER_OPEN = "角落计时开着，鼠标点击会穿过它；回到本窗口按 F7 关闭，按 Ctrl+F7 换位置。"
_MIRRORED_AT_OPENING = (
    "投影仪和本机显示同样的内容（复制），画面先放在小窗里。请把显示方式改为“扩展”，Windows 按 Win+P。"
)
_LOST = {
    Loss.UNPLUGGED: "投影断开了，画面已收起；接回后自动恢复，计时照常。",
    Loss.MIRRORED: "投影仪改成了“复制”，画面已收起，免得盖住本窗口；改回“扩展”后自动恢复，计时照常。",
    Loss.MAIN_THERE: "本窗口在投影屏上，画面已收起；把窗口移回来就自动恢复，也可以按 Ctrl+F7 换一块屏幕。",
}


def _four(value: Any) -> tuple[int, int, int, int]:
    if isinstance(value, list | tuple) and len(value) == 4:
        return (int(value[0]), int(value[1]), int(value[2]), int(value[3]))
    return (0, 0, 0, 0)
