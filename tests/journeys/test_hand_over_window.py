"""交接包 in the window: AB角 takes a meeting over, both go on, both copies become one record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from desk_office import reading
from hands import Hands
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from secretary_day import Day, program_on

from huifeng_desktop.domain.imported import RosterRow
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.service.before.preparation import Preparation
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.ui.records.merge_dialog import MergeDialog, MergeResult

PEOPLE = (
    RosterRow(2, "县审计局", "欧阳建", "局长"),
    RosterRow(3, "县林业局", "陆川", "局长"),
)
_WAIT_MS = 30_000


def _merged(day: Day, file: Path, qtbot: QtBot) -> MergeDialog:
    """The dialog once it is known how it went."""
    dialog = day.program.merge_file(file)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.progress.isHidden, timeout=_WAIT_MS)
    return dialog


def _packed(day: Day, folder: Path, qtbot: QtBot) -> Path:
    """The hand-over file of the meeting in the window."""
    folder.mkdir()
    day.program.pack_into(folder)
    qtbot.waitUntil(lambda: "交接包已存入" in day.parts.window.notice.text(), timeout=_WAIT_MS)
    [file] = folder.glob("交接_*.huifeng")
    return file


def _came(day: Day, name: str, at: str) -> None:
    context = day.parts.context
    context.session.catch_up(force=True)
    seat = next(one for one in context.session.state.seats if one.name == name)
    moment = datetime.fromisoformat(f"2026-03-12T{at}").astimezone()
    context.door.sign_in(seat.seat_id, Method.BACKFILL, at=moment)


def test_a_colleague_takes_over_and_both_copies_become_one(tmp_path: Path, qtbot: QtBot) -> None:
    start = datetime(2026, 3, 12, 14, 30).astimezone()
    with program_on(tmp_path / "first", "14:00:00") as ours:
        meeting_id = ours.folder.office.create(MeetingPlan("全县重点工作推进会", start))
        preparation = Preparation(ours.folder.office.open(meeting_id), str)
        preparation.apply(preparation.preview_roster(reading(PEOPLE)))
        ours.program.open_meeting(meeting_id)
        given = _packed(ours, tmp_path / "stick", qtbot)
        # WHEN the colleague opens the file on a machine that has never seen the meeting
        with program_on(tmp_path / "second", "14:00:00") as theirs:
            dialog = _merged(theirs, given, qtbot)
            assert "本机原来没有“全县重点工作推进会”，已建好" in dialog.sentence.text()
            dialog.open_button.click()
            assert theirs.parts.window.windowTitle().startswith("全县重点工作推进会")
            _came(theirs, "欧阳建", "14:20:00")
            _came(theirs, "陆川", "14:31:00")
            back = _packed(theirs, tmp_path / "back", qtbot)
        # AND both have signed the same person in
        _came(ours, "欧阳建", "14:25:00")
        dialog = _merged(ours, back, qtbot)
        assert "并入 2 条新记录" in dialog.sentence.text() and not dialog.open_button.isVisible()
        cells = [str(dialog.table.model().index(0, column).data()) for column in (0, 1)]
        assert cells[0] == "欧阳建　县审计局"
        assert all(
            words in cells[1] for words in ("本机 14:25:00", "文件 14:20:00", "以较早的 14:20:00 为准")
        )
        # THEN again changes nothing
        dialog = _merged(ours, back, qtbot)
        assert "没有新内容" in dialog.sentence.text() and not dialog.table.isVisible()
        ours.parts.context.session.catch_up(force=True)
        assert ours.parts.context.session.totals().present == 2


def test_a_file_that_is_none_is_one_sentence(tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "名单.huifeng"
    file.write_bytes(b"PK")
    with program_on(tmp_path / "data", "14:00:00") as day:
        dialog = _merged(day, file, qtbot)
        assert dialog.sentence.text() == "没有并入" and "不是会风的交接文件" in dialog.advice.text()
        assert day.folder.office.cards() == []


def test_the_list_of_meetings_offers_it(
    data_dir: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("huifeng_desktop.app.program.ask_file", lambda title, kinds: asked.append(title))
    hands = Hands(qtbot)
    with program_on(data_dir, "13:00:00") as day:
        hands.while_open(lambda: hands.press("Ctrl+I"), day.program.choose_meeting)
        assert asked == ["选择要并入的交接包"] and day.program.open_window is None


def test_what_differs_is_told_even_without_a_person(qapp: QApplication) -> None:
    plain = {"meeting": "m", "title": "会", "added": 3, "already": 9}
    sealed = {"kind": "sealed", "seat": "", "seq": None, "name": "", "unit": "", "what": "本机的记录已封存"}
    result = MergeResult.from_json({**plain, "conflicts": [sealed]})
    assert result.differences == [("全场", "本机的记录已封存")] and "1 处" in result.advice()
