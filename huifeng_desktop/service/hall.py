"""All that the desk may do: the door, the view of what is before the hall, and the remote's buttons.

The desk is another process than the window; it reads the same log and states facts in a chain of
its own. What a button means depends on what its page showed, so every press names the stand that
it was made for: a press that crosses one in the window is refused instead of finishing two speeches.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from huifeng_desktop.errors import StorageProblem, UserProblem
from huifeng_desktop.service.door.counter import Counter, Elsewhere
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.door.guests import Guests
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.service.registrar import HallFacts, Press, PressOutcome
from huifeng_desktop.service.session import MeetingSession

STEP_S = 60
"""What ＋1 分 and －1 分 grant and take back."""

_CROSSED = "会场情况刚有变化，这次没有执行。请看清当前议题后再按。"
_DONE = {
    Press.GO: "已开始计时。",
    Press.PAUSE: "已暂停。",
    Press.RESUME: "已继续。",
    Press.MORE: "已加 1 分钟。",
    Press.LESS: "已减 1 分钟。",
}


class Hall(Door):
    """The desk's `Registrar`. Belongs to the thread of its session."""

    def __init__(
        self,
        session: MeetingSession,
        elsewhere: Elsewhere = lambda badge: None,
        guests: Guests | None = None,
    ) -> None:
        super().__init__(session)
        self._guests = guests or Guests(session)
        self._counter = Counter(session, self.register, elsewhere)
        self._meeting = session
        self._podium = Podium(session)
        self._figures = (0, 0)
        self._counted_at = (-1, -math.inf)

    @property
    def counter(self) -> Counter:
        """What a second desk may ask and do."""
        return self._counter

    @property
    def guests(self) -> Guests:
        """What a telephone may see after signing in."""
        return self._guests

    def hall(self) -> HallFacts:
        """What is before the hall now; cheap when nothing has changed."""
        self._meeting.catch_up()
        now, plan = self._meeting.now(), self._meeting.plan
        self._count(now.mono)
        return HallFacts(
            now=now,
            title=plan.title,
            start=plan.start,
            place=plan.place,
            is_opened=self._meeting.state.opened_at is not None,
            expected=self._figures[0],
            present=self._figures[1],
            timer=self._podium.view(now),
            coming=self._podium.coming(),
            following=self._podium.following(),
            is_sign_in_open=self._meeting.state.is_sign_in_open,
            is_adjourned=self._meeting.state.adjourned_at is not None,
            entries=len(self._meeting.state.log),
        )

    def press(self, press: Press, stand: str) -> PressOutcome:
        """Carry a button out, on disk when this returns; StorageProblem alone is raised."""
        facts = self.hall()
        if facts.stand != stand:
            return PressOutcome(False, _CROSSED)
        try:
            self._act(press)
        except StorageProblem:
            raise
        except UserProblem as problem:
            return PressOutcome(False, str(problem))
        if press is Press.GO and self._meeting.state.current_item is None:
            return PressOutcome(True, "发言已结束，后面没有等待的议题。")
        return PressOutcome(True, _DONE[press])

    def _act(self, press: Press) -> None:
        acts: dict[Press, Callable[[], object]] = {
            Press.GO: self._podium.finish_and_next,
            Press.PAUSE: self._podium.pause,
            Press.RESUME: self._podium.resume,
            Press.MORE: lambda: self._podium.adjust(STEP_S),
            Press.LESS: lambda: self._podium.adjust(-STEP_S),
        }
        acts[press]()

    def _count(self, mono: float) -> None:
        """应到 and 实到, counted anew only after an event and at most once a second: a rush comes first."""
        length, (counted, at) = len(self._meeting.state.log), self._counted_at
        if length != counted and not at <= mono < at + 1:
            totals = self._meeting.totals()
            self._figures, self._counted_at = (totals.expected, totals.present), (length, mono)
