"""归档 and back: hashes hold, a folder elsewhere takes the archive in, a backup opens as it was."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from desks import START, Desk, roster, seat, sign_in
from PySide6.QtWidgets import QApplication

from huifeng_desktop.app import open_folder
from huifeng_desktop.app.archive import archive_meeting, read_archive
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.errors import FileProblem, UserProblem
from huifeng_desktop.exchange.rule_set_files import read_rule_set
from huifeng_desktop.service.after.results import results
from huifeng_desktop.service.after.retention import ARCHIVED, due, reminder
from huifeng_desktop.storage.database import DATABASE_NAME


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Desk:
    """One laptop; papers are drawn by the application that the other tests use."""
    return Desk(tmp_path / "a")


def hold(desk: Desk) -> str:
    meeting = desk.create("全县工作会议/第二次")
    end = START + timedelta(hours=1)
    desk.state(meeting, roster(seat(1), seat(2)), sign_in("s1", -5), Fact(EventKind.OPENED, START))
    desk.state(meeting, Fact(EventKind.ADJOURNED, end))
    return meeting


def test_an_archive_holds_papers_log_rules_and_true_hashes(desk: Desk, tmp_path: Path) -> None:
    meeting = hold(desk)
    with desk.folder("command") as folder:
        made = archive_meeting(folder, meeting, tmp_path / "out" / "归档.zip")
        assert folder.settings.get(ARCHIVED)[meeting]["sha256"] == made.digest
        events = len(folder.office.open(meeting).state.log)
        rules = folder.office.open(meeting).plan.rule_set
    assert sha256(made.file.read_bytes()).hexdigest() == made.digest
    with zipfile.ZipFile(made.file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    assert manifest["sha256"] == {name: sha256(data).hexdigest() for name, data in parts.items()}
    assert manifest["meeting"] == meeting and manifest["sealed"] is None
    assert len(parts["events.jsonl"].splitlines()) == events
    (tmp_path / "rules.toml").write_bytes(parts["考勤规则.toml"])
    assert read_rule_set(tmp_path / "rules.toml") == rules
    papers = {Path(name).suffix for name in parts if name.startswith("材料/")}
    assert {".xlsx", ".docx", ".pdf", ".csv"} <= papers


def test_a_meeting_comes_back_from_its_archive_in_another_folder(desk: Desk, tmp_path: Path) -> None:
    meeting = hold(desk)
    with desk.folder("command") as folder:
        made = archive_meeting(folder, meeting, tmp_path / "归档.zip")
    with zipfile.ZipFile(made.file) as archive:
        archive.extract("会议.huifeng", tmp_path)
    other = Desk(tmp_path / "b")
    other.merge(tmp_path / "会议.huifeng")
    assert other.picture(meeting)[1] == desk.picture(meeting)[1]
    assert other.verify().ok and desk.verify().ok


def test_an_archive_of_which_a_part_was_changed_added_or_lost_is_refused(desk: Desk, tmp_path: Path) -> None:
    meeting = hold(desk)
    with desk.folder("command") as folder:
        made = archive_meeting(folder, meeting, tmp_path / "归档.zip")
    with zipfile.ZipFile(made.file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert read_archive(made.file)[0].meeting == meeting
    paper = next(name for name in parts if name.endswith(".csv"))
    changed = parts | {paper: parts[paper].replace("县".encode(), "市".encode()) + b"\n"}
    lost = {name: part for name, part in parts.items() if name != paper}
    for place, found in enumerate((changed, parts | {"材料/多.txt": b"x"}, lost)):
        file = tmp_path / f"{place}.zip"
        with zipfile.ZipFile(file, "w") as archive:
            for name, part in found.items():
                archive.writestr(name, part)
        with pytest.raises(FileProblem, match="校验值不符"):
            read_archive(file)


def test_archiving_takes_nothing_away(desk: Desk, tmp_path: Path) -> None:
    meeting = hold(desk)
    before = desk.dump()
    with desk.folder("command") as folder:
        archive_meeting(folder, meeting, tmp_path / "归档.zip")
    assert desk.dump() == before


def test_a_target_that_cannot_be_written_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    meeting = hold(desk)
    (tmp_path / "taken").write_text("x")
    with desk.folder("command") as folder:
        with pytest.raises(FileProblem):
            archive_meeting(folder, meeting, tmp_path / "taken" / "归档.zip")
        assert folder.settings.get(ARCHIVED) is None


def test_a_backup_opens_as_the_folder_was(desk: Desk, tmp_path: Path) -> None:
    meeting = hold(desk)
    with desk.folder() as folder:
        copy = folder.back_up()
        expected = results(folder.office.open(meeting))
    desk.state(meeting, sign_in("s2", 20))
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(copy, restored / DATABASE_NAME)
    with open_folder(restored, "console", desk.clock) as folder:
        assert results(folder.office.open(meeting)) == expected
        assert folder.verify().ok
        folder.office.open(meeting).state_facts([sign_in("s2", 30)])
        assert folder.verify().ok


def test_a_reminder_names_what_is_due_until_it_is_archived(tmp_path: Path) -> None:
    with open_folder(tmp_path / "data", "console", FixedClock(START)) as folder:
        old = folder.office.create(MeetingPlan("老会议", START - timedelta(days=3 * 366)))
        folder.office.create(MeetingPlan("新会议", START - timedelta(days=3 * 364)))
        cards = folder.office.cards()
    found = due(cards, START, 3, ())
    assert [card.meeting_id for card in found] == [old]
    assert "“老会议”已满保存期 3 年" in reminder(found, 3) and "不会自行删除" in reminder(found, 3)
    assert due(cards, START, 3, {old}) == [] and reminder([], 3) == ""


def test_a_leap_day_is_no_trap() -> None:
    assert due((), START.replace(year=2028, month=2, day=29), 3, ()) == []


def test_an_unknown_meeting_is_told(desk: Desk, tmp_path: Path) -> None:
    hold(desk)
    with desk.folder("command") as folder, pytest.raises(UserProblem, match="没有编号"):
        archive_meeting(folder, "19990101-abc", tmp_path / "归档.zip")
