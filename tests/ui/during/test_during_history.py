"""操作记录 in the window: found, shown for one person, undone, proved, exported; quick with 25 000 events."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from during_parts import Room
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.exchange.audit_papers import export_audit
from huifeng_desktop.service.audit.kinds import AuditGroup
from huifeng_desktop.service.audit.trail import Audit
from huifeng_desktop.service.door.sign_in import Method, SignInRequest
from huifeng_desktop.ui.audit.dialog import AuditDialog, Proof
from huifeng_desktop.ui.audit.model import KIND, WHO, WHY


class Shown:
    """The dialog over a meeting; `proof` is what 核对 will find, `target` where an export goes."""

    def __init__(self, room: Room, qtbot: QtBot, target: Path) -> None:
        self.room = room
        self.proof = Proof("已逐条核对 9 条记录。", True)
        self.target: Path | None = target
        self.dialog = AuditDialog(
            room.context,
            Audit(room.session),
            None,
            export=export_audit,
            check=self._check,
            ask_target=lambda name: self.target,
        )
        qtbot.addWidget(self.dialog)
        self.dialog.show()

    def _check(self, tell: Callable[[Proof], None]) -> None:
        tell(self.proof)

    def cell(self, row: int, column: int) -> str:
        """What a cell says."""
        return str(self.dialog.model.index(row, column).data())

    def said(self) -> str:
        """The line at the foot."""
        return self.dialog.told.text()


@pytest.fixture
def shown(room: Room, qtbot: QtBot, tmp_path: Path) -> Shown:
    room.context.settings.put("operator", "刘芳")
    for seat in ("s2", "s3"):
        room.context.door.sign_in(seat, Method.TYPED)
    return Shown(room, qtbot, tmp_path / "记录.xlsx")


def test_the_latest_first_and_one_persons_history(shown: Shown) -> None:
    dialog = shown.dialog
    assert (shown.cell(0, KIND), shown.cell(0, WHO)) == ("签到", "王　磊　县水利局")
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.model.rowCount() == 1 and "只看 王　磊" in dialog.person.text()
    dialog.person.click()
    assert dialog.model.rowCount() == dialog._audit.count and dialog.person.isHidden()
    dialog.search.setText("赵镕")
    dialog.show_found()
    assert shown.cell(0, WHO) == "赵　镕　县财政局"
    dialog.search.clear()
    dialog.group.setCurrentIndex(dialog.group.findData(AuditGroup.MEETING))
    assert {shown.cell(row, KIND) for row in range(dialog.model.rowCount())} == {"导入名单", "新建会议"}


def test_undone_from_here_with_a_reason_and_both_stay(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown.dialog
    dialog.undo(shown.room.session.state.log[-1].event_id, "签错了人")
    qtbot.waitUntil(lambda: shown.cell(0, KIND) == "撤销")
    assert "签错了人" in shown.cell(0, WHY) and "已于" in shown.cell(1, WHY)
    assert shown.room.second_look().state.log[-1].body == {
        "reason": "签错了人",
        "by": "刘芳",
        "operator": "刘芳",
    }
    dialog.table.selectRow(1)
    assert not dialog.undo_button.isEnabled()
    dialog.table.selectRow(0)
    dialog.ask_undo()
    assert "撤销本身不能再撤销" in shown.said()


def test_after_the_seal_a_sentence_says_what_to_do(shown: Shown) -> None:
    now = shown.room.session.now().wall
    shown.room.session.state_facts([Fact(EventKind.SEALED, now, body={"by": "王磊"})])
    shown.dialog.refresh()
    shown.dialog.table.selectRow(1)
    shown.dialog.ask_undo()
    assert "已由王磊封存" in shown.said() and "撤销封存" in shown.said()


def test_what_others_do_comes_by_itself(shown: Shown, qtbot: QtBot) -> None:
    shown.room.context.door.sign_in("s4", Method.TICKED)
    qtbot.waitUntil(lambda: shown.cell(0, WHO) == "李　伟　县水利局")


def test_the_proof_is_a_sentence_and_shows_the_first_broken_event(shown: Shown) -> None:
    shown.dialog.check()
    assert shown.said() == "已逐条核对 9 条记录。"
    broken = shown.room.session.state.log[-2]
    shown.proof = Proof("记录不完整：这条记录写入后被改动过。", False, broken.event_id)
    shown.dialog.search.setText("没有这样的字")
    shown.dialog.check()
    assert "第一处不符" in shown.said() and "赵　镕" in shown.said() and "被改动过" in shown.said()
    assert shown.dialog.model.event_at(shown.dialog.table.selected_row()) is broken


def test_exported_as_workbook_and_as_text_without_a_formula(shown: Shown, tmp_path: Path) -> None:
    entry = shown.room.session.state.log[-1]
    shown.room.context.door.undo(entry.event_id, reason="=1+1", by="+刘芳")
    shown.dialog.refresh()
    shown.dialog.export()
    assert "已导出" in shown.said()
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "记录.xlsx").active for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(cell.value == "=1+1" for cell in cells)
    shown.target = tmp_path / "记录.csv"
    shown.dialog.export()
    rows = list(csv.reader(shown.target.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:3] == ["序号", "时间", "操作"] and len(rows) == shown.dialog._audit.count + 1
    assert rows[1][6] == "'=1+1" and rows[1][7] == "'+刘芳（刘芳 操作）"


def test_only_the_rows_in_sight_are_put_into_words(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    """GIVEN a long log WHEN it is opened THEN no more rows are worded than can be seen."""
    room.context.door.register(
        [SignInRequest(f"n{number:05}", seat_id="s2", method=Method.TYPED) for number in range(3000)]
    )
    shown = Shown(room, qtbot, tmp_path / "x.csv")
    assert shown.dialog.model.rowCount() > 3000
    shown.dialog._warming.stop()
    shown.dialog.table.grab()
    assert len(shown.dialog._audit._rows) < 80
