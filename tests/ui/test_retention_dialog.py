"""归档与保存期: the years are a field, what is due is told, and nothing is taken away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.app.archive import archive_meeting
from huifeng_desktop.app.archiving import Archiving, archive_file, archive_name, remove
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.service.after.retention import ARCHIVED, RETENTION, years_kept
from huifeng_desktop.service.office import MeetingCard
from huifeng_desktop.ui.records.removal_dialog import RemovalDialog, RemovalRequest
from huifeng_desktop.ui.records.retention_dialog import RetentionDialog

NOW = datetime(2026, 3, 12, 9, 0).astimezone()


@pytest.fixture
def folder(data_dir: Path) -> Iterator[Folder]:
    """A meeting of four years ago, one of two, and today's."""
    with open_folder(data_dir, "console", FixedClock(NOW)) as opened:
        for title, days in (("四年前", 4 * 366), ("两年前", 2 * 366), ("今天", 0)):
            opened.office.create(MeetingPlan(title, NOW - timedelta(days=days)))
        yield opened


def shown(folder: Folder, qtbot: QtBot) -> RetentionDialog:
    cards = folder.office.cards()
    dialog = RetentionDialog(cards, folder.settings, NOW, cards[0].meeting_id)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def texts(dialog: RetentionDialog) -> list[tuple[str, str, str]]:
    """Title, term and archive of each meeting."""
    lines = dialog.table.rows_model.lines()
    return [(line.cells[1].text, line.cells[2].text, line.cells[3].text) for line in lines]


def test_three_years_are_the_default_and_what_is_due_is_told(folder: Folder, qtbot: QtBot) -> None:
    dialog = shown(folder, qtbot)
    assert dialog.years.value() == 3
    assert texts(dialog)[:2] == [("四年前", "已满期", "未归档"), ("两年前", "未满期", "未归档")]
    assert "其中 1 次满期未归档" in dialog.head.words()


def test_another_term_is_kept_and_judged_at_once(folder: Folder, qtbot: QtBot) -> None:
    dialog = shown(folder, qtbot)
    dialog.years.setValue(1)
    assert folder.settings.get(RETENTION) == 1 and "其中 2 次满期未归档" in dialog.head.words()
    dialog.years.setValue(10)
    assert not dialog.all_due.isEnabled()


@pytest.mark.parametrize("wrong", ["three", None, 0, 99, True, 2.5])
def test_a_term_that_cannot_be_meant_is_three_years(folder: Folder, wrong: object) -> None:
    folder.settings.put(RETENTION, wrong)
    assert years_kept(folder.settings) == 3


def test_what_is_archived_is_no_longer_due(folder: Folder, qtbot: QtBot) -> None:
    old = min(folder.office.cards(), key=lambda one: one.start)
    folder.settings.put(ARCHIVED, {old.meeting_id: {"at": "2026-03-12T08:00:00", "file": "归档.zip"}})
    dialog = shown(folder, qtbot)
    assert texts(dialog)[0] == ("四年前", "已满期", "2026-03-12 已归档")
    assert not dialog.all_due.isEnabled()


def test_the_buttons_ask_for_this_meeting_or_for_all_that_are_due(folder: Folder, qtbot: QtBot) -> None:
    asked: list[list[str]] = []
    cards = folder.office.cards()
    for name in ("this_one", "all_due"):
        dialog = shown(folder, qtbot)
        dialog.archive_requested.connect(asked.append)
        getattr(dialog, name).click()
    assert asked == [[cards[0].meeting_id], [cards[-1].meeting_id]]


def test_archives_of_several_meetings_are_written_and_nothing_is_deleted(
    folder: Folder, qtbot: QtBot, tmp_path: Path
) -> None:
    cards = folder.office.cards()[1:]
    told: list[tuple[str, bool]] = []
    out = tmp_path / "out"
    out.mkdir()
    owner = QObject()
    Archiving(folder.path, cards, out, lambda words, ok: told.append((words, ok)), owner).start()
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert told == [(f"2 次会议已归档到 {out}。", True)]
    assert {file.name for file in out.iterdir()} == {archive_name(card) for card in cards}
    assert set(folder.settings.get(ARCHIVED)) == {card.meeting_id for card in cards}
    assert len(folder.office.cards()) == 3


def test_an_archive_that_cannot_be_written_is_told_in_a_sentence(
    folder: Folder, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("x")
    told: list[tuple[str, bool]] = []
    card = folder.office.cards()[0]
    owner = QObject()
    target = tmp_path / "taken"
    Archiving(folder.path, [card], target, lambda words, ok: told.append((words, ok)), owner).start()
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert told[0][1] is False and "taken" in told[0][0]
    assert folder.settings.get(ARCHIVED) is None


def test_what_was_archived_before_a_failure_is_told_with_it(
    folder: Folder, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = folder.office.cards()[:2]
    told: list[tuple[str, bool]] = []
    owner = QObject()
    (tmp_path / archive_name(second)).mkdir()
    taken = tmp_path / f"{archive_name(second).removesuffix('.zip')}_{second.meeting_id}.zip"
    taken.mkdir()
    Archiving(
        folder.path, [first, second], tmp_path, lambda words, ok: told.append((words, ok)), owner
    ).start()
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert told[0][0].startswith("已归档 1 次会议，其余没有归档。") and "已是一个文件夹" in told[0][0]
    assert set(folder.settings.get(ARCHIVED)) == {first.meeting_id} and told[0][1] is False


def test_two_meetings_of_one_title_and_minute_keep_an_archive_each(folder: Folder, tmp_path: Path) -> None:
    plan = MeetingPlan("例会", NOW)
    folder.office.create(plan)
    folder.office.create(plan)
    one, two = (card for card in folder.office.cards() if card.title == "例会")
    file = archive_file(one, tmp_path)
    archive_meeting(folder, one.meeting_id, file)
    assert archive_file(one, tmp_path) == file, "同一次会议再归档，换掉旧的"
    assert archive_file(two, tmp_path) != file and two.meeting_id in archive_file(two, tmp_path).name


def archived(folder: Folder, file: Path) -> MeetingCard:
    """The oldest meeting, really archived."""
    old = min(folder.office.cards(), key=lambda one: one.start)
    archive_meeting(folder, old.meeting_id, file)
    return old


def test_only_an_archived_meeting_past_its_term_is_offered_for_deletion(
    folder: Folder, qtbot: QtBot, tmp_path: Path
) -> None:
    old = archived(folder, tmp_path / "归档.zip")
    dialog = shown(folder, qtbot)
    dialog.table.setCurrentIndex(dialog.table.rows_model.index(1, 0))
    assert not dialog.remove.isEnabled()
    dialog.table.setCurrentIndex(dialog.table.rows_model.index(0, 0))
    with qtbot.waitSignal(dialog.removal_requested) as asked:
        dialog.remove.click()
    assert asked.args == [old.meeting_id]


def test_deleting_waits_for_the_archive_a_name_and_the_number(
    folder: Folder, qtbot: QtBot, tmp_path: Path
) -> None:
    old = archived(folder, tmp_path / "归档.zip")
    dialog = RemovalDialog(old, tmp_path / "不在.zip", 3, choose_file=lambda: tmp_path / "归档.zip")
    qtbot.addWidget(dialog)
    dialog.show()
    assert "不在原处" in dialog.foot.remark.full_text()
    dialog.other.click()
    assert "由谁删除" in dialog.foot.remark.full_text()
    dialog.by.setText("王秘书")
    dialog.typed.setText(old.title)
    assert not dialog.delete.isEnabled() and "照抄会议编号" in dialog.foot.remark.full_text()
    dialog.typed.setText(f" {old.meeting_id} ")
    dialog.delete.click()
    request = dialog.request()
    assert (request.by, request.typed, request.archive) == ("王秘书", old.meeting_id, tmp_path / "归档.zip")


def test_what_was_deleted_stays_in_the_list(folder: Folder, qtbot: QtBot, tmp_path: Path) -> None:
    old = archived(folder, tmp_path / "归档.zip")
    told: list[tuple[str, bool]] = []
    owner = QObject()
    request = RemovalRequest(old.meeting_id, tmp_path / "归档.zip", "王秘书", old.meeting_id)
    # The command reads the machine's clock; a term of one year is over for it, too.
    folder.settings.put(RETENTION, 1)
    remove(folder.path, request, owner, lambda words, ok: told.append((words, ok)))
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert told == [("“四年前”的 1 条记录已删除，归档包 归档.zip 可以并回。", True)]
    cards, gone = folder.office.cards(), folder.office.tombstones()
    dialog = RetentionDialog(cards, folder.settings, NOW, cards[0].meeting_id, tombstones=gone)
    qtbot.addWidget(dialog)
    assert texts(dialog)[0][:2] == ("四年前", "已删除") and "王秘书　归档.zip" in texts(dialog)[0][2]
    assert "另有 1 次已归档后删除" in dialog.head.words() and not dialog.remove.isEnabled()
