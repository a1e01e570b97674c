"""The group-commit writer: groups, answers after the commit, one thread, a bounded queue."""

from __future__ import annotations

import asyncio
import threading
from contextlib import AbstractContextManager

import pytest
from desk_fakes import FakeRegistrar

from huifeng_desktop.desk.writer import DeskBusy, GroupCommitWriter
from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.service.door.guests import Standing
from huifeng_desktop.service.door.sign_in import OutcomeCode, SignInOutcome, SignInRequest
from huifeng_desktop.service.registrar import Registrar


def ask(registrar: FakeRegistrar, number: int) -> SignInRequest:
    return SignInRequest(nonce=f"n{number}", badge=registrar.seats[3 + number].badge)


async def held_up(registrar: FakeRegistrar, writer: GroupCommitWriter) -> asyncio.Future[SignInOutcome]:
    """One request whose commit does not return until the registrar may."""
    registrar.arrived.clear()
    registrar.may_commit.clear()
    first = writer.register(ask(registrar, 0))
    await asyncio.to_thread(registrar.arrived.wait, 5)
    return first


def test_requests_that_wait_are_committed_together(registrar: FakeRegistrar) -> None:
    """GIVEN a commit under way WHEN six requests arrive THEN the next commit takes them all."""
    committed: list[int] = []

    async def scenario() -> None:
        writer = GroupCommitWriter(registrar.opened, on_commit=committed.append)
        await writer.start()
        first = await held_up(registrar, writer)
        rest = [writer.register(ask(registrar, number)) for number in range(1, 7)]
        assert not first.done() and writer.waiting == 7
        registrar.may_commit.set()
        outcomes = await asyncio.gather(first, *rest)
        assert {outcome.code for outcome in outcomes} == {OutcomeCode.SIGNED_IN}
        assert writer.waiting == 0
        await writer.stop()

    asyncio.run(scenario())
    assert registrar.groups == [1, 6]
    assert committed == [1, 6]


def test_nobody_is_answered_before_the_commit(registrar: FakeRegistrar) -> None:
    async def scenario() -> None:
        writer = GroupCommitWriter(registrar.opened)
        await writer.start()
        first = await held_up(registrar, writer)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(first), 0.05)
        assert registrar.groups == []
        registrar.may_commit.set()
        await first
        assert registrar.groups == [1]
        await writer.stop()

    asyncio.run(scenario())


def test_what_follows_an_entry_sees_it_and_cannot_take_it_back(registrar: FakeRegistrar) -> None:
    """GIVEN one entry's sequel that fails THEN both are on disk and the other's sequel is answered."""

    def broken(found: Registrar, outcome: SignInOutcome) -> None:
        raise StorageProblem("磁盘出错。")

    async def scenario() -> None:
        writer = GroupCommitWriter(registrar.opened)
        await writer.start()
        outcome, visit = await writer.register_then(
            ask(registrar, 0), lambda found, done: found.guests.visit(done.seat_id)
        )
        assert visit is not None and visit.standing is Standing.SIGNED_IN
        failed, _ = await writer.register_then(ask(registrar, 1), broken)
        assert outcome.code is failed.code is OutcomeCode.SIGNED_IN
        assert writer.waiting == 0
        await writer.stop()

    asyncio.run(scenario())
    assert registrar.groups == [1, 1]


def test_a_full_queue_refuses(registrar: FakeRegistrar) -> None:
    async def scenario() -> None:
        writer = GroupCommitWriter(registrar.opened, capacity=2)
        await writer.start()
        waiting = [await held_up(registrar, writer), writer.register(ask(registrar, 1))]
        with pytest.raises(DeskBusy):
            writer.register(ask(registrar, 2))
        registrar.may_commit.set()
        await asyncio.gather(*waiting)
        await writer.register(ask(registrar, 2))
        await writer.stop()

    asyncio.run(scenario())


def test_stopping_answers_what_is_queued(registrar: FakeRegistrar) -> None:
    async def scenario() -> list[SignInOutcome]:
        writer = GroupCommitWriter(registrar.opened, group=3)
        await writer.start()
        waiting = [await held_up(registrar, writer)]
        waiting += [writer.register(ask(registrar, number)) for number in range(1, 8)]
        stopped = asyncio.create_task(writer.stop())
        await asyncio.sleep(0)
        registrar.may_commit.set()
        await stopped
        return await asyncio.gather(*waiting)

    outcomes = asyncio.run(scenario())
    assert [outcome.code for outcome in outcomes] == [OutcomeCode.SIGNED_IN] * 8
    assert max(registrar.groups) <= 3


def test_a_stopped_writer_refuses(registrar: FakeRegistrar) -> None:
    async def scenario() -> None:
        writer = GroupCommitWriter(registrar.opened)
        await writer.start()
        await writer.stop()
        with pytest.raises(DeskBusy):
            writer.register(ask(registrar, 0))

    asyncio.run(scenario())


def test_everything_runs_on_one_thread_that_is_not_ours(registrar: FakeRegistrar) -> None:
    async def scenario() -> None:
        writer = GroupCommitWriter(registrar.opened)
        await writer.start()
        await asyncio.gather(writer.register(ask(registrar, 0)), writer.summary())
        assert (await writer.meeting()).meeting_id == "m1"
        assert len(await writer.find("欧阳建", "8016")) == 1
        await writer.stop()

    asyncio.run(scenario())
    assert len(registrar.threads) == 1
    assert threading.get_ident() not in registrar.threads


def test_a_registrar_that_cannot_open_is_reported() -> None:
    def broken() -> AbstractContextManager[Registrar]:
        raise StorageProblem("数据库打不开。")

    async def scenario() -> None:
        writer = GroupCommitWriter(broken)
        try:
            with pytest.raises(StorageProblem):
                await writer.start()
        finally:
            await writer.stop()

    asyncio.run(scenario())


def test_trouble_reaches_everyone_of_the_group_and_ends_with_it(registrar: FakeRegistrar) -> None:
    async def scenario() -> None:
        writer = GroupCommitWriter(registrar.opened)
        await writer.start()
        registrar.trouble = StorageProblem("磁盘已满。")
        failed = await asyncio.gather(
            *(writer.register(ask(registrar, number)) for number in range(3)), return_exceptions=True
        )
        assert {type(problem) for problem in failed} == {StorageProblem}
        registrar.trouble = None
        assert (await writer.register(ask(registrar, 0))).code is OutcomeCode.SIGNED_IN
        await writer.stop()

    asyncio.run(scenario())
