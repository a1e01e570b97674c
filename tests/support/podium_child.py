"""Runs the agenda at random and says so after each press; killed by the test whenever it likes.

`podium FOLDER MEETING` waits for seeds on its standard input. For each it forks a child that opens the
folder, presses on, and prints a line of JSON for everything that is on disk; when the child is gone it
says so. `window FOLDER MEETING SEED` presses the buttons of the real window, off screen.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from desk_office import Meeting

from huifeng_desktop.app import open_folder
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.errors import UserProblem


def snapshot(state: MeetingState) -> dict[str, Any]:
    """Everything that has to be back: order, current item, every timing with its actual times."""
    current = state.current_item
    return {
        "order": [item.item_id for item in state.items],
        "current": current.item_id if current else "",
        "timings": {item.item_id: repr(state.timing(item.item_id)) for item in state.items},
        "opened": str(state.opened_at),
    }


def say(**words: Any) -> None:
    """One line, out at once."""
    print(json.dumps(words), flush=True)


def acknowledge(state: MeetingState, **more: str) -> None:
    """What is on disk now."""
    say(count=len(state.log), **snapshot(state), **more)


def press_at_random(meeting: Meeting, chance: random.Random) -> None:
    """One press; a refusal is as good as any."""
    podium, ids = meeting.podium, [item.item_id for item in meeting.session.state.items]
    now = meeting.session.now().wall
    presses: list[Callable[[], object]] = [
        podium.start,
        lambda: podium.start(chance.choice(ids)),
        podium.finish_and_next,
        podium.pause,
        podium.resume,
        podium.finish,
        podium.skip,
        podium.undo_last,
        lambda: podium.adjust(chance.choice((60, -30))),
        lambda: podium.forgot_to_start(chance.uniform(1, 90)),
        lambda: podium.correct(chance.choice(ids), chance.randrange(900), why="核对"),
        lambda: podium.declare_opened(now - timedelta(seconds=chance.randrange(600))),
        lambda: podium.reorder(chance.sample(ids, len(ids))),
    ]
    try:
        chance.choice(presses)()
    except UserProblem:
        return


def press_on(folder: Path, meeting_id: str, seed: int) -> None:
    """Press until killed, with a word to the speaker now and then."""
    chance = random.Random(seed)
    with open_folder(folder, "console") as opened:
        meeting = Meeting(opened, meeting_id)
        acknowledge(meeting.session.state)
        while True:
            press_at_random(meeting, chance)
            acknowledge(meeting.session.state)
            if chance.random() < 0.2:
                words = f"请控制时间 {seed}-{chance.random()}"
                say(wanted=words)
                opened.settings.put(f"stage:{meeting_id}", {"message": words})
                say(message=words)


def nurse(folder: Path, meeting_id: str) -> None:
    """A fresh child for every seed: forked, so that a hundred kills need no hundred starts."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            press_on(folder, meeting_id, int(line))
        say(pid=child)
        os.waitpid(child, 0)
        say(gone=child)


def run_window(folder: Path, meeting_id: str, seed: int) -> None:
    """The window as the program opens it; a press every few milliseconds."""
    from huifeng_desktop.app import desk_command, import_before_qt

    import_before_qt()
    from PySide6.QtCore import QTimer

    from huifeng_desktop.app.window import build_window, make_application

    application, chance = make_application(), random.Random(seed)
    with open_folder(folder, "console") as opened:
        meeting = Meeting(opened, meeting_id)
        parts = build_window(opened, meeting.session, desk_command(folder, meeting_id))
        parts.window.show()
        application.processEvents()
        face = parts.during.speaker.face
        say(ready=time.monotonic(), digits=face.figures.text(), message=parts.director.message())
        acknowledge(meeting.session.state)

        def press() -> None:
            card = parts.during.speaker
            buttons = (card.primary, card.pause, card.end, card.skip, card.undo, *card.times)
            if chance.random() < 0.2:
                words = f"请控制时间 {seed}-{chance.random()}"
                say(wanted=words)
                parts.director.set_message(words)
            chance.choice(buttons).click()
            acknowledge(meeting.session.state, message=parts.director.message())

        timer = QTimer(interval=7)
        timer.timeout.connect(press)
        if seed >= 0:
            timer.start()
            application.exec()


if __name__ == "__main__":
    if sys.argv[1] == "podium":
        nurse(Path(sys.argv[2]), sys.argv[3])
    else:
        run_window(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
