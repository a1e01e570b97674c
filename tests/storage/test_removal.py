"""删除满期的会议: only what an archive proves, all at once, nothing left, and a way back."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from argparse import Namespace
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from desks import START, Desk, roster, seat, sign_in, verified
from PySide6.QtWidgets import QApplication

from huifeng_desktop.app.archive import archive_meeting
from huifeng_desktop.app.removal import WINDOW_LOCK, Removed, remove_meeting
from huifeng_desktop.cli import hand_over
from huifeng_desktop.cli.parser import build_parser
from huifeng_desktop.cli.printing import Answer
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.before.documents import Documents
from huifeng_desktop.storage import wiping
from huifeng_desktop.storage.removal import overwrite_deleted
from huifeng_desktop.storage.shelf import FolderShelf
from huifeng_desktop.storage.sums import SumsTable
from huifeng_desktop.wording import ledger_note

LATER = START + timedelta(days=4 * 366)
NAME = "欧阳建国甲"


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Desk:
    """One laptop; papers are drawn by the application that the other tests use."""
    return Desk(tmp_path / "a")


@pytest.fixture
def held(desk: Desk) -> str:
    """A meeting between the events of two others, so that the chains run through it; years later."""
    first, meeting = desk.create("另一次会议"), desk.create("全县工作会议")
    desk.state(meeting, roster(seat(1, NAME), seat(2)), sign_in("s1", -5), Fact(EventKind.OPENED, START))
    desk.state(first, roster(seat(1, "留下的人")))
    desk.state(meeting, Fact(EventKind.ADJOURNED, START + timedelta(hours=1)))
    desk.state(meeting, sign_in("s2", 3), role="desk")
    desk.state(first, sign_in("s1", 1))
    desk.clock = FixedClock(LATER)
    return meeting


def archive(desk: Desk, meeting: str, target: Path) -> Path:
    with desk.folder("command") as folder:
        return archive_meeting(folder, meeting, target).file


def remove(desk: Desk, meeting: str, *, file: Path | None = None, by: str = "王秘书") -> Removed:
    with desk.folder("command") as folder:
        return remove_meeting(folder, meeting, file, by, meeting)


def meetings(desk: Desk) -> list[str]:
    with desk.folder() as folder:
        return [card.meeting_id for card in folder.office.cards()]


def files_with(folder: Path, text: str) -> list[str]:
    """The files of a data folder in whose bytes the text stands."""
    wanted = text.encode()
    return [one.name for one in folder.rglob("*") if one.is_file() and wanted in one.read_bytes()]


def test_an_archived_meeting_is_deleted_and_the_proof_of_the_others_holds(
    desk: Desk, held: str, tmp_path: Path
) -> None:
    file = archive(desk, held, tmp_path / "归档.zip")
    gone = remove(desk, held)
    assert held not in meetings(desk) and len(meetings(desk)) == 1
    assert desk.verify().ok and desk.verify().events == 3 + 1
    with desk.folder() as folder:
        (stone,) = folder.office.tombstones()
    assert stone == gone.tombstone and not stone.is_back
    assert (stone.title, stone.by, stone.file, stone.at) == ("全县工作会议", "王秘书", file.name, LATER)
    assert len(stone.sha256) == 64 and stone.events == 6


def test_nothing_of_a_deleted_meeting_is_left_in_the_folder(desk: Desk, held: str, tmp_path: Path) -> None:
    with desk.folder() as folder:
        folder.back_up()
        shutil.copy(desk.database, desk.path / "huifeng-v3.bak")
        paper = tmp_path / "讲话稿.txt"
        paper.write_text("只发给参会人员", encoding="utf-8")
        Documents(folder.office.open(held), FolderShelf(desk.path)).add(paper)
    archive(desk, held, tmp_path / "归档.zip")
    assert len(files_with(desk.path, NAME)) >= 3 and files_with(desk.path, "只发给参会人员")
    desk.clock = FixedClock(LATER + timedelta(minutes=5))
    gone = remove(desk, held)
    assert files_with(desk.path, NAME) == [] and files_with(desk.path, "只发给参会人员") == []
    assert gone.copies == 2 and gone.left == ""
    with desk.folder() as folder:
        (copy,) = wiping.copies_to_go(desk.path)
        assert folder.wipe() == 0, "there is nothing to do twice"
    with closing(sqlite3.connect(copy)) as kept:
        assert verified(kept).ok


def test_a_deleted_meeting_comes_back_from_its_archive_and_can_go_again(
    desk: Desk, held: str, tmp_path: Path
) -> None:
    with desk.folder() as folder:
        paper = tmp_path / "讲话稿.txt"
        paper.write_text("只发给参会人员", encoding="utf-8")
        Documents(folder.office.open(held), FolderShelf(desk.path)).add(paper)
    file = archive(desk, held, tmp_path / "归档.zip")
    before = desk.picture(held)
    remove(desk, held)
    said = hand_over.merge(Namespace(file=file), desk.path).document
    assert (said["added"], said["conflicts"]) == (7, [])
    assert desk.picture(held)[1] == before[1] and desk.verify().ok
    with desk.folder() as folder:
        assert folder.office.tombstones()[0].is_back
        documents = Documents(folder.office.open(held), FolderShelf(desk.path))
        assert [documents.is_here(one) for one in documents.all()] == [True]
    desk.state(held, sign_in("s2", 40))
    assert desk.verify().ok
    with pytest.raises(UserProblem, match="以后又有 1 条记录"):
        remove(desk, held)
    archive(desk, held, tmp_path / "第二次.zip")
    remove(desk, held)
    assert desk.verify().ok and held not in meetings(desk)


def test_another_folder_takes_the_archive_and_hand_overs_go_on(desk: Desk, held: str, tmp_path: Path) -> None:
    file, other = archive(desk, held, tmp_path / "归档.zip"), Desk(tmp_path / "b")
    other.clock = desk.clock
    before = desk.picture(held)
    remove(desk, held)
    (rest,) = meetings(desk)
    other.merge(desk.pack(rest, tmp_path / "其余.huifeng"))
    hand_over.merge(Namespace(file=file), other.path)
    assert other.picture(held) == before and other.verify().ok and desk.verify().ok


@pytest.mark.parametrize("hurt", ["cut", "part", "other", "gone", "resaved"])
def test_an_archive_that_is_not_the_one_that_was_made_deletes_nothing(
    desk: Desk, held: str, tmp_path: Path, hurt: str
) -> None:
    file = archive(desk, held, tmp_path / "归档.zip")
    data = file.read_bytes()
    if hurt == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif hurt == "part":
        place = data.index(b"PK\x03\x04", 4) + 60
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    elif hurt == "other":
        with zipfile.ZipFile(file, "w") as other:
            other.writestr("readme.txt", "x")
    elif hurt == "gone":
        file.unlink()
    else:
        with zipfile.ZipFile(file, "a") as more:
            more.comment = b"opened and saved"
    before = desk.dump()
    with pytest.raises(UserProblem, match=r"归档\.zip"):
        remove(desk, held)
    assert desk.dump() == before and desk.verify().ok


def test_what_is_not_due_not_archived_not_signed_or_not_typed_stays(
    desk: Desk, held: str, tmp_path: Path
) -> None:
    def refused(match: str, by: str = "王秘书", typed: str = held) -> None:
        with desk.folder("command") as folder, pytest.raises(UserProblem, match=match):
            remove_meeting(folder, held, None, by, typed)

    refused("还没有归档")
    archive(desk, held, tmp_path / "归档.zip")
    refused("由谁删除", by=" ")
    refused("照抄会议编号", typed="全县工作会议")
    (desk.path / WINDOW_LOCK).touch()
    with desk.folder() as folder:
        folder.settings.put("last_meeting", held)
    refused("正在窗口中打开")
    desk.clock = FixedClock(START + timedelta(days=1090))
    refused("要保存到 2029-03-12")
    assert held in meetings(desk)


def test_a_folder_that_fails_its_proof_loses_nothing(desk: Desk, held: str, tmp_path: Path) -> None:
    archive(desk, held, tmp_path / "归档.zip")
    with closing(sqlite3.connect(desk.database)) as raw:
        raw.execute("DROP TRIGGER events_no_update")
        raw.execute("UPDATE events SET subject = 's9' WHERE kind = 'sign_in'")
        raw.commit()
    with pytest.raises(UserProblem, match="没有通过核对"):
        remove(desk, held)


KILLS = ["INSERT INTO chain_links", "DELETE FROM events", "DELETE FROM ledger_sums", "VACUUM"]
"""Where the program may die: what it was about to do."""


@pytest.mark.parametrize("at", KILLS)
def test_a_program_that_dies_in_the_middle_has_deleted_all_or_nothing(
    desk: Desk, held: str, tmp_path: Path, at: str
) -> None:
    archive(desk, held, tmp_path / "归档.zip")
    crashed = tmp_path / "crashed"

    def die(statement: str) -> None:
        if statement.startswith(at) and not crashed.exists():
            shutil.copytree(
                desk.path, crashed
            )  # what is on disk at this moment is what a dead program leaves

    with desk.folder("command") as folder:
        folder.db.set_trace_callback(die)
        remove_meeting(folder, held, None, "王秘书", held)
        folder.db.set_trace_callback(None)
    left = Desk(crashed)
    left.clock = desk.clock
    assert left.verify().ok
    assert (held in meetings(left)) == (at != "VACUUM")
    if at == "VACUUM":  # opening and closing has finished it
        assert files_with(crashed, NAME) == []


def test_while_another_program_reads_the_rest_waits_for_the_next_closing(
    desk: Desk, held: str, tmp_path: Path
) -> None:
    archive(desk, held, tmp_path / "归档.zip")
    with desk.folder("desk") as folder, closing(sqlite3.connect(desk.database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM events").fetchone()
        gone = remove_meeting(folder, held, None, "王秘书", held)
        assert "还没有" in gone.left or "占用" in gone.left
        assert held not in {card.meeting_id for card in folder.office.cards()}
    with desk.folder():
        pass
    assert files_with(desk.path, NAME) == []


def test_a_deletion_without_the_word_about_it_is_found(desk: Desk, held: str, tmp_path: Path) -> None:
    archive(desk, held, tmp_path / "归档.zip")
    remove(desk, held)
    with desk.tampered() as copy:
        copy.execute("DELETE FROM events WHERE kind = 'meeting_removed'")
        assert not verified(copy).ok
    with desk.tampered() as copy:
        copy.execute("UPDATE events SET body = replace(body, '王秘书', '李秘书')")
        assert not verified(copy).ok


def test_the_guards_of_the_file_let_only_a_named_meeting_go(desk: Desk, held: str, tmp_path: Path) -> None:
    archive(desk, held, tmp_path / "归档.zip")
    remove(desk, held)
    with closing(sqlite3.connect(desk.database)) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute("DELETE FROM events WHERE kind = 'meeting_removed'")
    with closing(sqlite3.connect(desk.database)) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute("DELETE FROM events WHERE kind = 'sign_in'")


def test_the_command_says_what_it_deleted(desk: Desk, tmp_path: Path) -> None:
    """The command reads the machine's clock, so this meeting is really old."""
    with desk.folder() as folder:
        meeting = folder.office.create(MeetingPlan("老会议", START.replace(year=2020)))
    moved = archive(desk, meeting, tmp_path / "归档.zip").rename(tmp_path / "档案室.zip")
    words = ["remove", meeting, "--by", "王秘书", "--archive", str(moved), "--confirm"]

    def run(confirmed: str) -> Answer:
        arguments = build_parser().parse_args([*words, confirmed])
        return hand_over.remove(arguments, desk.path)

    with pytest.raises(UserProblem, match="照抄会议编号"):
        run(meeting[:-1])
    said = run(meeting).document
    assert (said["meeting"], said["by"], said["archive"]) == (meeting, "王秘书", "档案室.zip")
    assert said["wiped"] and said["events"] == 1


def test_overwriting_says_when_somebody_is_in_the_way(desk: Desk, held: str) -> None:
    with desk.folder("desk") as folder, closing(sqlite3.connect(desk.database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM events").fetchone()
        with pytest.raises(UserProblem):
            overwrite_deleted(folder.db, desk.database)
    assert held in meetings(desk)


def test_the_ledger_says_how_many_meetings_of_its_window_are_gone(
    desk: Desk, held: str, tmp_path: Path
) -> None:
    desk.state(held, Fact(EventKind.MEETING_CHANGED, LATER, body={"counts": True}))
    archive(desk, held, tmp_path / "归档.zip")
    with desk.folder() as folder:
        before = folder.office.ledger(first=START - timedelta(days=1), last=LATER)
    remove(desk, held)
    with desk.folder() as folder:
        after = folder.office.ledger(first=START - timedelta(days=1), last=LATER)
        elsewhere = folder.office.ledger(first=START + timedelta(days=1), last=LATER)
    assert (before.meetings, before.removed, after.meetings, after.removed) == (1, 0, 0, 1)
    assert elsewhere.removed == 0 and "另有 1 次已归档删除、不在其中" in ledger_note(after)
    hand_over.merge(Namespace(file=tmp_path / "归档.zip"), desk.path)
    with desk.folder() as folder:
        kept = SumsTable(folder.db, desk.database).kept()
        back = folder.office.ledger(first=START - timedelta(days=1), last=LATER)
    assert held in kept, "what a merge brings is added up at once"
    assert (back.meetings, back.removed) == (1, 0)


def test_a_colleague_who_takes_in_what_was_deleted_here_once_keeps_all_backups(
    desk: Desk, held: str, tmp_path: Path
) -> None:
    """The word about the deletion travels with the meeting; at the colleague's nothing was deleted."""
    file = archive(desk, held, tmp_path / "g.zip")
    remove(desk, held)
    hand_over.merge(Namespace(file=file), desk.path)
    packed, other = desk.pack(held, tmp_path / "x.huifeng"), Desk(tmp_path / "b")
    other.create("同事的会议")
    for days in range(3):
        other.clock = FixedClock(LATER + timedelta(days=days))
        with other.folder() as folder:
            folder.back_up()
    before = wiping.copies_to_go(other.path)
    assert len(before) >= 3
    other.clock = FixedClock(LATER + timedelta(days=9))
    other.merge(packed)
    assert set(before) <= set(wiping.copies_to_go(other.path))


def test_a_meeting_that_was_deleted_twice_is_one_that_is_gone(desk: Desk, held: str, tmp_path: Path) -> None:
    for number in range(2):
        file = archive(desk, held, tmp_path / f"{number}.zip")
        remove(desk, held)
        if number == 0:
            hand_over.merge(Namespace(file=file), desk.path)
    around = timedelta(days=30)
    with desk.folder() as folder:
        assert folder.office.ledger(first=START - around, last=START + around).removed == 1
