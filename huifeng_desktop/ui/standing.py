"""Taking a notice back when its reason is gone: a warning stays until it is read, or until it is not true.

What merely has to be known (the clock was set, the machine slept) is not for this; it waits for 知道了.
"""

from __future__ import annotations

from huifeng_desktop.service.bus import Change
from huifeng_desktop.ui.context import Holds
from huifeng_desktop.ui.kit.notice import Notice


class Standing:
    """Of one notice: by what it stands. A notice that says something else by now is left alone."""

    def __init__(self, notice: Notice) -> None:
        self._notice = notice
        self._sentence, self._holds = "", _always
        self._refusal = ""

    def hold(self, sentence: str, holds: Holds) -> None:
        """The sentence stands as long as `holds` says so."""
        self._sentence, self._holds = sentence, holds

    def past_with_the_next(self, sentence: str) -> None:
        """The sentence says why something could not be done; the next thing that can be is past it."""
        self._refusal = sentence

    def look(self) -> None:
        """Time has passed."""
        if self._sentence and not self._holds():
            self._take_back(self._sentence)
            self._sentence = ""

    def heed(self, change: Change) -> None:
        """Something was stored."""
        if change.is_own and self._refusal:
            self._take_back(self._refusal)
            self._refusal = ""
        self.look()

    def _take_back(self, sentence: str) -> None:
        if self._notice.text() == sentence:
            self._notice.clear()


def _always() -> bool:
    return True
