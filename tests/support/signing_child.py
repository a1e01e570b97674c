"""Signs everybody in, one by one, and says so after each; killed by the test whenever it likes.

Arguments: data folder, meeting, door or timer. Each line that comes out stands for something on disk.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desk_office import Meeting

from huifeng_desktop.app import open_folder
from huifeng_desktop.service.door.sign_in import SignInRequest


def main() -> None:
    """Sign in until the badges run out."""
    path, meeting_id = Path(sys.argv[1]), sys.argv[2]
    with open_folder(path, "console") as folder:
        meeting = Meeting(folder, meeting_id)
        print("ready", flush=True)
        for seat in meeting.session.state.seats:
            (outcome,) = meeting.door.register([SignInRequest(f"n-{seat.seat_id}", badge=seat.badge)])
            print(seat.seat_id, outcome.event_id, flush=True)


if __name__ == "__main__":
    main()
