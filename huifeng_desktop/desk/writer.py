"""One thread that owns the Registrar and commits whatever has gathered in one transaction.

Disks take milliseconds for a commit, so one commit for each request would serve a few hundred
people a minute at best. Requests that arrive while a commit runs are answered together by the
next one; nobody is answered before the commit that holds his entry has returned.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from huifeng_desktop.desk.quiet import log_failure
from huifeng_desktop.service.counter import Counter
from huifeng_desktop.service.ports import Candidate, DeskMeeting, HallFacts, Press, PressOutcome, Registrar
from huifeng_desktop.service.sign_in import SignInOutcome, SignInRequest

T = TypeVar("T")

RegistrarFactory = Callable[[], AbstractContextManager[Registrar]]
"""Opens the Registrar; called, used and closed on the writer thread only."""


class DeskBusy(Exception):
    """More requests wait than the desk is willing to hold."""


@dataclass(frozen=True, slots=True)
class _Entry:
    request: SignInRequest
    answer: asyncio.Future[SignInOutcome]


@dataclass(frozen=True, slots=True)
class _Question:
    ask: Callable[[Registrar], Any]
    answer: asyncio.Future[Any]


_Job = _Entry | _Question
_Done = tuple["asyncio.Future[Any]", Any, Exception | None]


class GroupCommitWriter:
    """The only way from the asyncio side to the Registrar.

    All methods are called on the event loop's thread. `on_commit` is called on the writer thread
    with the number of new entries after each commit that held any; it must return at once.
    """

    def __init__(
        self,
        open_registrar: RegistrarFactory,
        *,
        on_commit: Callable[[int], None] = lambda count: None,
        capacity: int = 4000,
        group: int = 500,
    ) -> None:
        self._open_registrar = open_registrar
        self._on_commit = on_commit
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
        answer: asyncio.Future[SignInOutcome] = self._new_answer()
        self._jobs.put(_Entry(request, answer))
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

    def counter(self, ask: Callable[[Counter], T]) -> asyncio.Future[T]:
        """Ask something of the registrar's `Counter` on the writer thread."""
        return self._ask(lambda registrar: ask(registrar.counter))

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
                    loop.call_soon_threadsafe(self._resolve, done)
        except Exception as problem:
            if ready.done():
                log_failure("closing the registrar", problem)
            else:
                loop.call_soon_threadsafe(_settle, ready, None, problem)

    def _next_group(self) -> list[_Job]:
        """What has gathered, in order of arrival; empty when the desk closes."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) >= self._group:
                return jobs
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return jobs
        if jobs:
            self._jobs.put(None)  # finish these first, then see the end again
        return jobs

    def _work(self, registrar: Registrar, jobs: list[_Job]) -> list[_Done]:
        """Commit the entries together, then answer the questions from the new state."""
        entries = [job for job in jobs if isinstance(job, _Entry)]
        done = self._commit(registrar, entries) if entries else []
        for job in jobs:
            if isinstance(job, _Question):
                done.append(_answer(registrar, job))
        return done

    def _commit(self, registrar: Registrar, entries: list[_Entry]) -> list[_Done]:
        try:
            outcomes = registrar.register([entry.request for entry in entries])
        except Exception as problem:
            log_failure("the registrar", problem)
            return [(entry.answer, None, problem) for entry in entries]
        self._on_commit(sum(1 for outcome in outcomes if outcome.is_durable))
        pairs = zip(entries, outcomes, strict=True)
        return [(entry.answer, outcome, None) for entry, outcome in pairs]

    # Back on the event loop -------------------------------------------------------------------

    def _resolve(self, done: list[_Done]) -> None:
        self.waiting -= len(done)
        for answer, value, problem in done:
            _settle(answer, value, problem)


def _answer(registrar: Registrar, question: _Question) -> _Done:
    try:
        return question.answer, question.ask(registrar), None
    except Exception as problem:
        log_failure("the registrar", problem)
        return question.answer, None, problem


def _settle(answer: asyncio.Future[Any], value: Any, problem: Exception | None) -> None:
    """Resolve a future that its caller may have given up, or that was settled before."""
    if answer.done():
        return
    if problem is None:
        answer.set_result(value)
    else:
        answer.set_exception(problem)
