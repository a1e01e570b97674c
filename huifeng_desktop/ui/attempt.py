"""The one way in which a slot of the window meets a problem: a sentence, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from huifeng_desktop.errors import StorageProblem, UserProblem
from huifeng_desktop.ui.context import Voice
from huifeng_desktop.ui.theme import Tone

Result = TypeVar("Result")


def attempt(voice: Voice, call: Callable[[], Result]) -> Result | None:
    """What `call` returns; None after a problem, which was then said. Bugs go on upwards."""
    try:
        return call()
    except UserProblem as problem:
        if isinstance(problem, StorageProblem):
            voice.say(str(problem), Tone.OVER)
            voice.save_failed.emit(problem.standing)
        else:
            voice.refuse(str(problem))
        return None
