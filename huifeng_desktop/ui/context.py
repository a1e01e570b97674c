"""What the pages of the main window share: the open meeting, its services, and one voice.

Pages never make their own: the composition root fills this in, tests fill it in with the same parts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.service.before.documents import Documents
from huifeng_desktop.service.bus import Change
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.office import Office
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.operator import Operator
from huifeng_desktop.ui.spare_time import SpareTime
from huifeng_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from huifeng_desktop.service.before.preparation import Preparation
    from huifeng_desktop.service.ports import Imports, Papers, Scripts, Settings


Holds = Callable[[], bool]
"""Whether what was said is still so."""


class Voice(QObject):
    """One door for everything the program says to the operator; the shell shows it."""

    said = Signal(str, Tone)
    """A one-line sentence for the notice strip."""
    held = Signal(str, object)
    """A sentence just said, and what tells whether it still holds (a `Holds`)."""
    refused = Signal(str)
    """A sentence just said that answers what the hand did; the next thing that succeeds is past it."""
    strip_shown = Signal(bool)
    """The notice strip stands at the foot of the page, or is gone; who has rows there makes room."""
    strip_stays = Signal(bool)
    """The strip stands until it is read, or does no longer; what passes by itself moves nothing."""
    greeted = Signal(str, str, Tone)
    """Headline and detail of a sign-in outcome, in large type."""
    save_failed = Signal(str)
    """Something could not be written and was said; what holds until that has changed, in one sentence."""

    def say(self, sentence: str, tone: Tone = Tone.OK) -> None:
        """Show a finished Chinese sentence."""
        self.said.emit(sentence, tone)

    def say_while(self, sentence: str, tone: Tone, holds: Holds) -> None:
        """Show a sentence that is taken back as soon as it does not hold any longer."""
        self.said.emit(sentence, tone)
        self.held.emit(sentence, holds)

    def refuse(self, sentence: str) -> None:
        """Say why what was asked for could not be done."""
        self.said.emit(sentence, Tone.OVER)
        self.refused.emit(sentence)

    def greet(self, headline: str, detail: str, tone: Tone) -> None:
        """Show the outcome of a sign-in."""
        self.greeted.emit(headline, detail, tone)


class Bridge(QObject):
    """Re-emits the bus as Qt signals, in the window's thread."""

    changed = Signal(object)
    """A `Change`: committed events and what they may have touched."""

    def __init__(self, session: MeetingSession) -> None:
        super().__init__()
        self.stop: Callable[[], None] = session.bus.subscribe(self._on_change)

    def _on_change(self, change: Change) -> None:
        self.changed.emit(change)


@dataclass(slots=True)
class UiContext:
    """The open meeting and everything a page may call."""

    office: Office
    session: MeetingSession
    preparation: Preparation
    door: Door
    podium: Podium
    rulings: Rulings
    imports: Imports
    papers: Papers
    settings: Settings
    bridge: Bridge
    voice: Voice = field(default_factory=Voice)
    spare: SpareTime = field(default_factory=SpareTime)
    """Where what others have written is read and shown, a little at a time."""
    scripts: Scripts | None = None
    """Where there is none, 讲话稿 is not offered."""
    documents: Documents | None = None
    """参阅文件; where there are none, none can be added."""
    at_work: Operator = field(init=False)

    def __post_init__(self) -> None:
        self.at_work = Operator(self.settings)

    @property
    def operator(self) -> str:
        """操作人: who works this laptop now; "" while nobody was named."""
        return self.at_work.name
