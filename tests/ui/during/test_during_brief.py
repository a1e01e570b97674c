"""The ten minutes before: the sentence, the calls to the missing, the curve, the A5 page."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import cast

from during_parts import Room
from pypdf import PdfReader
from PySide6.QtCore import QSize, Qt, QTime
from PySide6.QtGui import QGuiApplication, QPageLayout
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.rules.totals import Totals
from huifeng_desktop.service.door.brief import Brief, LeaderPlace, Place
from huifeng_desktop.service.door.sign_in import Method, Movement
from huifeng_desktop.service.ports import Papers
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.during.door.brief_dialog import BriefDialog
from huifeng_desktop.ui.during.door.brief_row import BriefRow
from huifeng_desktop.ui.during.door.call_forms import ExpectedForm
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.kit.leaders_strip import LeaderState


class OnePaper:
    """Makes a file of the paper's name and nothing else."""

    def export_one(self, session: MeetingSession, paper: str, target: Path) -> Path:
        file = target / f"{session.meeting_id}-{paper}.pdf"
        file.write_bytes(b"%PDF-")
        return file


def test_calls_are_kept_and_seen_after_a_restart(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    slip = page.show_slip()
    slip.table.selectRow(0)
    QTest.keyClick(slip.table, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: slip.table.selected_row() == 1)
    QTest.keyClick(slip.table, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: bool(slip.findChildren(ExpectedForm)))
    form = slip.findChildren(ExpectedForm)[0]
    assert form.at.time() == QTime(14, 10)
    form.at.setTime(QTime(14, 40))
    form.confirm()
    qtbot.waitUntil(lambda: slip.caption.text() == "未到 7 人，已打电话 2 人")
    assert [row.more for row in slip.model.rows()][:3] == ["已联系 14:00", "在路上 预计 14:40", ""]
    page.door.lists.which.set_index(1)
    assert page.door.lists.model.rows()[1].subtitle.startswith("在路上 预计 14:40")
    again = room.second_look()
    calls = [again.state.facts_of(seat).call for seat in again.state.seats]
    assert [call.word for call in calls if call] == ["reached", "coming"]


def test_who_comes_leaves_the_list_of_calls(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    slip = page.show_slip()
    assert slip.model.rows()[1].name == "赵　镕"
    room.context.door.sign_in("s2", Method.TYPED)
    qtbot.waitUntil(lambda: slip.caption.text() == "未到 6 人")
    assert "赵　镕" not in [row.name for row in slip.model.rows()]


def test_the_sentence_is_copied_without_names_or_numbers(room: Room, page: DuringPage) -> None:
    slip = page.show_slip()
    slip.copy_sentence()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("应到7人，实到0人") and "赵" not in text and "138" not in text


def test_the_curve_says_when_all_were_there(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    slip = page.show_slip()
    for minute, number in enumerate((1, 2, 3, 4, 5, 6), 10):
        room.at(f"14:{minute}")
        room.context.door.sign_in(f"s{number}", Method.TYPED)
    room.context.door.record_leave("s7", reason="因公", approval=Approval.APPROVED)
    page.refresh()
    assert slip.curve.text() == "14:12 到一半　14:15 到九成　14:15 到齐"
    assert not slip.chart.grab().isNull()


def test_the_slip_goes_to_the_systems_viewer(room: Room, page: DuringPage, tmp_path: Path) -> None:
    opened: list[Path] = []
    room.context.papers = cast(Papers, OnePaper())
    slip = BriefDialog(room.context, page, open_file=opened.append)
    slip.save_slip()
    assert len(opened) == 1 and opened[0].read_bytes() == b"%PDF-"


def test_the_slip_is_printed_on_a5_as_the_dialog_says(room: Room, page: DuringPage, tmp_path: Path) -> None:
    room.context.papers = OfficePapers()
    paper, asked = tmp_path / "paper.pdf", []

    def choose(printer: QPrinter, parent: QWidget) -> bool:
        asked.append(printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter).size().toSize())
        printer.setOutputFileName(str(paper))
        return len(asked) > 1

    slip = BriefDialog(room.context, page, ask_printer=choose)
    # WHEN the dialog is left THEN nothing is printed; WHEN a printer is chosen THEN the slip is
    slip.print_slip()
    assert not paper.exists() and not slip.copied.text()
    slip.print_slip()
    assert asked == [QSize(210, 148)] * 2 and slip.copied.text() == "已送打印机"
    [printed] = PdfReader(paper).pages
    assert [round(float(side) / 72 * 25.4) for side in printed.mediabox[2:]] == [210, 148]
    assert "应到7人" in unicodedata.normalize("NFKC", printed.extract_text())


def test_a_leader_says_when_or_why_in_the_tip(room: Room, page: DuringPage) -> None:
    assert page.brief_row.leaders.leaders()[0].detail == "严学军　县委常委、政法委书记　未到"
    room.context.door.record_leave("s1", reason="因公", approval=Approval.APPROVED, approved_by="沈国栋")
    page.refresh()
    assert page.brief_row.leaders.leaders()[0].detail.endswith("请假　因公，沈国栋批准")
    assert [leader.note for _, leader in page.brief_row.leaders.chips()] == ["因公"]
    room.context.door.sign_in("s1", Method.TYPED)
    page.refresh()
    assert page.brief_row.leaders.leaders()[0].detail.endswith("已到　14:00")
    room.at("14:10")
    room.context.door.sign_in("s1", Method.TYPED, kind=Movement.LEAVE)
    page.refresh()
    [leader] = page.brief_row.leaders.leaders()
    assert leader.state is LeaderState.OUT and leader.detail.endswith("已到　14:00，14:10 离场")
    assert page.brief_row.leaders_value.text() == "1 / 1", "who went has come"


def test_twelve_leaders_have_room_beside_the_widest_figures(qtbot: QtBot) -> None:
    # GIVEN a county's twelve leaders, one on leave, and deputies beside the figure of those on leave
    row = BriefRow()
    qtbot.addWidget(row)
    titles = ["书记", "县长", "人大主任", "政协主席", "宣传部长", "组织部长", "纪委书记", "县委办公室主任"]
    titles += ["政法委书记", "统战部长", "副县长", "副县长"]
    awaited = [LeaderPlace(title, Place.AWAITED, title) for title in titles]
    leaders = (LeaderPlace("书记", Place.LEAVE, "请假　因公", "因公"), *awaited[1:])
    totals = Totals(expected=284, present=3, in_person=2, approved_deputy=1, on_leave=2, absent=279)
    row.show_brief(Brief(totals, "", (), leaders, ()))
    # WHEN the window is a laptop's
    row.resize(1366 - 32, 50)
    row.show()
    # THEN each has a chip
    qtbot.waitUntil(lambda: [leader.title for _, leader in row.leaders.chips()] == titles)
