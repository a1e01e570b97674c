"""A record's whole life by visible words: term over, archived, deleted by a named person, taken back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desk_office import reading
from hands import Hands
from pytestqt.qtbot import QtBot
from secretary_day import Day, program_on

from huifeng_desktop.domain.imported import RosterRow
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.service.before.preparation import Preparation
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.service.podium import Podium

OLD, NEW = "四年前的全县重点工作推进会", "今年的例会"
_PEOPLE = (RosterRow(2, "县审计局", "欧阳建", "局长"), RosterRow(3, "县林业局", "陆川", "局长"))
_WAIT_MS = 60_000


def _held_long_ago(day: Day) -> str:
    """A meeting of March 2022: one came, one did not."""
    start = datetime(2022, 3, 10, 14, 30).astimezone()
    meeting = day.folder.office.create(MeetingPlan(OLD, start))
    session = day.folder.office.open(meeting)
    preparation = Preparation(session, str)
    preparation.apply(preparation.preview_roster(reading(_PEOPLE)))
    Door(session).sign_in(session.state.seats[0].seat_id, Method.BACKFILL, at=start.replace(minute=20))
    podium = Podium(session)
    podium.declare_opened(start)
    podium.declare_adjourned(start.replace(hour=16))
    return meeting


def _notice(day: Day, words: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: words in day.parts.window.notice.text(), timeout=_WAIT_MS)


def test_a_record_is_reminded_of_archived_deleted_and_taken_back(tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "out"
    out.mkdir()
    hands = Hands(qtbot)
    with program_on(tmp_path / "data", "14:00:00") as day:
        old = _held_long_ago(day)
        new = day.folder.office.create(MeetingPlan(NEW, datetime(2026, 3, 12, 14, 30).astimezone()))
        day.program.open_meeting(new)

        # GIVEN the list of meetings says that a term is over
        def reads_the_reminder() -> None:
            hands.wait_for(f"2022 年的“{OLD}”已满保存期 3 年")
            hands.press("Esc")

        hands.while_open(reads_the_reminder, lambda: hands.press("Ctrl+M"))

        # WHEN what is due is archived
        def archives() -> None:
            hands.click_line(OLD)
            assert hands.sees("已满期") and not hands.button("删除选中的会议…").isEnabled(), "还没有归档"
            hands.choose_path(out, lambda: hands.click("归档到期的会议…"))

        hands.while_open(archives, lambda: hands.press("Ctrl+Shift+A"))
        _notice(day, "已归档", qtbot)
        [archive] = out.glob("归档_*.zip")

        # AND deleted by somebody who copies its number
        def confirms() -> None:
            assert not hands.button("删除").isEnabled()
            hands.write("姓名", "林静")
            hands.write("照抄上面的会议编号", next(text for text in hands.seen() if text == old))
            hands.click("删除")

        def chooses() -> None:
            hands.click_line(OLD)
            assert hands.button("删除选中的会议…").isEnabled(), hands.seen()
            hands.while_open(confirms, lambda: hands.click("删除选中的会议…"))

        hands.while_open(chooses, lambda: hands.press("Ctrl+Shift+A"))
        _notice(day, "条记录已删除", qtbot)

        # THEN nothing but the word of it is left
        def sees_what_is_left() -> None:
            assert hands.sees("已删除") and hands.sees("林静") and hands.sees(archive.name)
            assert not hands.button("删除选中的会议…").isEnabled()
            hands.press("Esc")

        hands.while_open(sees_what_is_left, lambda: hands.press("Ctrl+Shift+A"))
        assert [card.meeting_id for card in day.folder.office.cards()] == [new]
        assert "欧阳建".encode() not in b"".join(
            file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file()
        ), "盘上不再有名字"

        # AND the archive brings it back as it was
        hands.while_open(
            lambda: hands.click("打开这次会议"),
            lambda: hands.choose_path(archive, lambda: hands.press("Ctrl+Shift+I")),
            says="已建好",
        )
        assert day.parts.window.windowTitle().startswith(OLD)
        totals = day.parts.context.session.totals()
        assert (totals.expected, totals.present, totals.absent) == (2, 1, 1)
        assert day.folder.verify().ok
