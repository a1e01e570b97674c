"""One thread that owns the Registrar and commits whatever has gathered in one transaction.

Disks take milliseconds for a commit, so one commit for each request would serve a few hundred
people a minute at best. Requests that arrive while a commit runs are answered together by the
next one; nobody is answered before the commit that holds his entry has returned.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from huifeng_desktop.desk.http.quiet import log_failure
from huifeng_desktop.errors import StorageBusyProblem, StorageProblem
from huifeng_desktop.service.door.counter import Counter
from huifeng_desktop.service.door.guests import Guests
from huifeng_desktop.service.door.sign_in import Candidate, DeskMeeting, SignInOutcome, SignInRequest
from huifeng_desktop.service.registrar import HallFacts, Press, PressOutcome, Registrar

T = TypeVar("T")

_TRIES = 16
"""While another program holds the file, each job is tried so often before its caller is told."""

RegistrarFactory = Callable[[], AbstractContextManager[Registrar]]
"""Opens the Registrar; called, used and closed on the writer thread only."""


class DeskBusy(Exception):
    """More requests wait than the desk is willing to hold."""


@dataclass(slots=True)
class _Entry:
    request: SignInRequest
    then: Callable[[Registrar, SignInOutcome], Any] | None
    answer: asyncio.Future[Any]
    tries: int = 0


@dataclass(slots=True)
class _Question:
    ask: Callable[[Registrar], Any]
    answer: asyncio.Future[Any]
    tries: int = 0


_Job = _Entry | _Question
_Done = tuple["asyncio.Future[Any]", Any, Exception | None]


class GroupCommitWriter:
    """The only way from the asyncio side to the Registrar.

    All methods are called on the event loop's thread. `on_commit` is called on the writer thread
    with the number of new entries after each commit that held any, `on_trouble` with a sentence when
    entries cannot be stored and with "" when they can again; both must return at once.

    While another program holds the file, questions are answered and entries wait for some tries: the
    Registrar itself must wait only shortly.
    """

    def __init__(
        self,
        open_registrar: RegistrarFactory,
        *,
        on_commit: Callable[[int], None] = lambda count: None,
        on_trouble: Callable[[str], None] = lambda sentence: None,
        capacity: int = 4000,
        group: int = 500,
    ) -> None:
        self._open_registrar = open_registrar
        self._on_commit = on_commit
        self._on_trouble = on_trouble
        self._trouble = ""
        self._held: list[_Job] = []
        self._is_closing = False
        self._capacity = capacity
        self._group = group
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self.waiting = 0
        """How many requests have not been answered yet."""

    async def start(self) -> None:
        """Start the thread; raises what opening the Registrar raised."""
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[None] = loop.create_future()
        self._thread = threading.Thread(target=self._run, args=(loop, ready), name="desk-writer")
        self._thread.start()
        await ready

    async def stop(self) -> None:
        """Answer everything that is queued, close the Registrar and end the thread."""
        if self._thread is not None:
            self._jobs.put(None)
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    def register(self, request: SignInRequest) -> asyncio.Future[SignInOutcome]:
        """The outcome of one request, known once it is committed. Raises `DeskBusy` when full."""
        return self._register(request, None)

    def register_then(
        self, request: SignInRequest, then: Callable[[Registrar, SignInOutcome], T]
    ) -> asyncio.Future[tuple[SignInOutcome, T | None]]:
        """The outcome, and what `then` makes of it on the writer thread right after the commit.

        Saves whoever wants to know more the way there and back, and a second place in the queue. None
        where `then` failed: what is on disk stays there. Raises `DeskBusy` when full.
        """
        return self._register(request, then)

    def _register(
        self, request: SignInRequest, then: Callable[[Registrar, SignInOutcome], Any] | None
    ) -> asyncio.Future[Any]:
        answer = self._new_answer()
        self._jobs.put(_Entry(request, then, answer))
        return answer

    def find(self, name: str, second: str) -> asyncio.Future[list[Candidate]]:
        """`Registrar.find` on the writer thread."""
        return self._ask(lambda registrar: registrar.find(name, second))

    def summary(self) -> asyncio.Future[Mapping[str, Any]]:
        """`Registrar.summary` on the writer thread."""
        return self._ask(lambda registrar: registrar.summary())

    def meeting(self) -> asyncio.Future[DeskMeeting]:
        """`Registrar.meeting` on the writer thread."""
        return self._ask(lambda registrar: registrar.meeting())

    def hall(self) -> asyncio.Future[HallFacts]:
        """`Registrar.hall` on the writer thread."""
        return self._ask(lambda registrar: registrar.hall())

    def press(self, press: Press, stand: str) -> asyncio.Future[PressOutcome]:
        """`Registrar.press` on the writer thread; on disk when it is answered."""
        return self._ask(lambda registrar: registrar.press(press, stand))

    def heed_clock(self) -> asyncio.Future[None]:
        """`Registrar.heed_clock` on the writer thread."""
        return self._ask(lambda registrar: registrar.heed_clock())

    def counter(self, ask: Callable[[Counter], T]) -> asyncio.Future[T]:
        """Ask something of the registrar's `Counter` on the writer thread."""
        return self._ask(lambda registrar: ask(registrar.counter))

    def guests(self, ask: Callable[[Guests], T]) -> asyncio.Future[T]:
        """Ask something of the registrar's `Guests` on the writer thread."""
        return self._ask(lambda registrar: ask(registrar.guests))

    def _ask(self, ask: Callable[[Registrar], T]) -> asyncio.Future[T]:
        answer: asyncio.Future[T] = self._new_answer()
        self._jobs.put(_Question(ask, answer))
        return answer

    def _new_answer(self) -> asyncio.Future[Any]:
        if self._thread is None or self.waiting >= self._capacity:
            raise DeskBusy
        self.waiting += 1
        return asyncio.get_running_loop().create_future()

    # On the writer thread ---------------------------------------------------------------------

    def _run(self, loop: asyncio.AbstractEventLoop, ready: asyncio.Future[None]) -> None:
        try:
            with self._open_registrar() as registrar:
                loop.call_soon_threadsafe(_settle, ready, None, None)
                while jobs := self._next_group():
                    done = self._work(registrar, jobs)
                    if done:
                        loop.call_soon_threadsafe(self._resolve, done)
        except Exception as problem:
            if ready.done():
                log_failure("closing the registrar", problem)
            else:
                loop.call_soon_threadsafe(_settle, ready, None, problem)

    def _next_group(self) -> list[_Job]:
        """What was held back and what has gathered, in order of arrival; empty when the desk closes."""
        jobs, self._held = self._held, []
        job = self._take(wait=not jobs)
        while job is not None:
            jobs.append(job)
            if len(jobs) >= self._group:
                return jobs
            job = self._take(wait=False)
        return jobs

    def _take(self, *, wait: bool) -> _Job | None:
        """The next job; None when there is none now, or never again."""
        if self._is_closing:
            return None
        try:
            job = self._jobs.get(wait)
        except Empty:
            return None
        self._is_closing = job is None
        return job

    def _work(self, registrar: Registrar, jobs: list[_Job]) -> list[_Done]:
        """Commit the entries together, then answer the questions from the new state."""
        entries = [job for job in jobs if isinstance(job, _Entry)]
        done = self._commit(registrar, entries) if entries else []
        for job in jobs:
            if isinstance(job, _Question):
                done += self._answer(registrar, job)
        return done

    def _commit(self, registrar: Registrar, entries: list[_Entry]) -> list[_Done]:
        try:
            outcomes = registrar.register([entry.request for entry in entries])
        except Exception as problem:
            self._tell(problem)
            return self._hold_or_fail(entries, problem)
        self._tell(None)
        self._on_commit(sum(1 for outcome in outcomes if outcome.is_durable))
        pairs = zip(entries, outcomes, strict=True)
        return [(entry.answer, _followed(registrar, entry, outcome), None) for entry, outcome in pairs]

    def _answer(self, registrar: Registrar, question: _Question) -> list[_Done]:
        try:
            return [(question.answer, question.ask(registrar), None)]
        except Exception as problem:
            return self._hold_or_fail([question], problem)

    def _hold_or_fail(self, jobs: Sequence[_Job], problem: Exception) -> list[_Done]:
        """Keep what may work in a moment for the next turn; the others' callers are told."""
        for job in jobs:
            job.tries += 1
        may_work = isinstance(problem, StorageBusyProblem)
        held = [job for job in jobs if may_work and job.tries < _TRIES]
        failed = [job for job in jobs if not may_work or job.tries >= _TRIES]
        self._held += held
        if failed:
            log_failure("the registrar", problem)
        return [(job.answer, None, problem) for job in failed]

    def _tell(self, problem: Exception | None) -> None:
        """Pass on once that entries cannot be stored, and once that they can again."""
        sentence = problem.standing if isinstance(problem, StorageProblem) else ""
        if sentence != self._trouble:
            self._trouble = sentence
            self._on_trouble(sentence)

    # Back on the event loop -------------------------------------------------------------------

    def _resolve(self, done: list[_Done]) -> None:
        self.waiting -= len(done)
        for answer, value, problem in done:
            _settle(answer, value, problem)


def _followed(registrar: Registrar, entry: _Entry, outcome: SignInOutcome) -> Any:
    """What whoever sent the entry is told, now that it is on disk."""
    if entry.then is None:
        return outcome
    try:
        return outcome, entry.then(registrar, outcome)
    except Exception as problem:
        log_failure("what follows an entry", problem)
        return outcome, None


def _settle(answer: asyncio.Future[Any], value: Any, problem: Exception | None) -> None:
    """Resolve a future that its caller may have given up, or that was settled before."""
    if answer.done():
        return
    if problem is None:
        answer.set_result(value)
    else:
        answer.set_exception(problem)
