"""台账 in the window: every figure is backed by as many meetings, windows without meetings say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import openpyxl
import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.app.printing import LatePrinter
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.ledger_papers import export_ledger
from huifeng_desktop.exchange.unit_pages import export_unit_pages
from huifeng_desktop.rules.ledger import Ledger, LedgerRow
from huifeng_desktop.service.printed.charts import TrendChart
from huifeng_desktop.service.printed.choices import Progress
from huifeng_desktop.service.printed.marks import Page
from huifeng_desktop.ui.ledger.columns import FIGURES, TIER, behind
from huifeng_desktop.ui.ledger.dialog import LedgerDialog
from huifeng_desktop.ui.ledger.window_bar import UNITS

START = datetime(2026, 3, 12, 14, 30).astimezone()
ROSTER = tuple(
    Seat(f"s{place}", place, unit, name, "局长")
    for place, (unit, name) in enumerate(
        (("县水利局", "王磊"), ("县审计局", "欧阳建"), ("县审计局", "赵镕"), ("县林业局", "=1+1")), 1
    )
)
_ADDED_UP: dict[str, Callable[[LedgerRow], int]] = {
    "应到": lambda row: row.expected,
    "实到": lambda row: row.present,
    "请假": lambda row: row.on_leave,
    "迟到": lambda row: row.late,
    "早退": lambda row: row.left_early,
    "替会": lambda row: row.unapproved_substitute,
    "缺席": lambda row: row.absent,
    "计次": lambda row: row.counted,
}


def hold(folder: Folder, week: int, rules: str = "ladder-points") -> None:
    """王磊 leaves early, 欧阳建 is late, 赵镕 is on leave, =1+1 sends 陈昇; in odd weeks nobody comes."""
    start = START + timedelta(weeks=week)
    plan = MeetingPlan(f"第{week}次例会", start, rule_set=folder.office.rule_set(rules), counts=True)
    session = folder.office.open(folder.office.create(plan))
    facts = [Fact(EventKind.ROSTER_LOADED, start, body={"seats": [one.to_json() for one in ROSTER]})]
    if week % 2 == 0:
        deputy = {"method": "typed", "deputy": {"name": "陈昇", "post": "股长"}, "deputy_approved": False}
        facts += [
            Fact(EventKind.SIGN_IN, start, "s1", {"method": "badge"}),
            Fact(EventKind.EXIT, start + timedelta(minutes=20), "s1"),
            Fact(EventKind.SIGN_IN, start + timedelta(minutes=11), "s2", {"method": "badge"}),
            Fact(EventKind.SIGN_IN, start, "s4", deputy),
        ]
    facts.append(Fact(EventKind.LEAVE_RECORDED, start, "s3", {"approval": "approved"}))
    end = start + timedelta(hours=1)
    session.state_facts([*facts, Fact(EventKind.OPENED, start), Fact(EventKind.ADJOURNED, end)])


@pytest.fixture
def folder(data_dir: Path) -> Iterator[Folder]:
    with open_folder(data_dir, "console", FixedClock(START + timedelta(weeks=20))) as opened:
        for week in range(5):
            hold(opened, week)
        yield opened


@pytest.fixture
def dialog(folder: Folder, qtbot: QtBot, tmp_path: Path) -> LedgerDialog:
    shown = LedgerDialog(folder.office, export_ledger, choose_folder=lambda: tmp_path / "out")
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.mark.parametrize("rules", ["ladder-points", "ladder", "points", "statutory"])
def test_as_many_meetings_stand_behind_every_figure(data_dir: Path, rules: str) -> None:
    with open_folder(data_dir, "console", FixedClock(START + timedelta(weeks=20))) as folder:
        for week in range(4):
            hold(folder, week, rules)
        found = folder.office.ledger()
        for row in (*found.persons, *found.units):
            for column, figure in enumerate(FIGURES):
                if (figure_of := _ADDED_UP.get(figure.title)) is not None:
                    assert len(behind(found, row, column)) == figure_of(row), (row.name, figure.title)
            assert sum(one.points for one in found.behind(row)) == row.points


def test_the_heaviest_come_first_and_a_figure_opens_its_meetings(dialog: LedgerDialog) -> None:
    rows = _texts(dialog)
    assert [row[1] for row in rows] == ["=1+1", "欧阳建", "王　磊", "赵　镕"]
    assert rows[0][TIER] == "第三档"
    _choose(dialog, "欧阳建", "迟到")
    assert dialog.behind_title.full_text() == "欧阳建　迟到：3 条"
    assert {line.cells[2].text for line in dialog.behind.rows_model.lines()} == {
        "本人到会，迟到 11 分（计 1 次，1 分，暂定）"
    }
    assert dialog.suggestion.text().startswith("达到第三档，建议移送有权机关研究")


def test_a_unit_shows_whose_meetings_they_were(dialog: LedgerDialog) -> None:
    dialog.bar.kind.set_index(UNITS)
    _choose(dialog, "县审计局", "请假", column=0)
    assert {line.cells[2].text for line in dialog.behind.rows_model.lines()} == {"赵　镕　请假"}


def test_a_meeting_behind_a_figure_can_be_opened(dialog: LedgerDialog, qtbot: QtBot) -> None:
    _choose(dialog, "欧阳建", "缺席")
    with qtbot.waitSignal(dialog.meeting_chosen) as opened:
        dialog.open_button.click()
    assert opened.args is not None and opened.args[0].startswith("20260402")


def test_meetings_that_are_only_not_sealed_yet_are_not_called_missing(dialog: LedgerDialog) -> None:
    dialog.bar.sealed_only.setChecked(True)
    assert "5 次会议都还没有封存" in dialog.nothing.text() and dialog.nothing.isVisible()
    dialog.bar.sealed_only.setChecked(False)
    assert not dialog.nothing.isVisible()


def test_a_window_that_ends_before_it_begins_names_its_days(dialog: LedgerDialog) -> None:
    dialog.bar.period.setCurrentIndex(dialog.bar.period.count() - 1)
    dialog.bar.first.setDate(dialog.bar.last.date().addDays(1))
    assert "开始日期晚于结束日期" in dialog.nothing.text() and dialog.nothing.isVisible()


def test_a_window_without_meetings_says_what_would_be_in_it(dialog: LedgerDialog) -> None:
    dialog.bar.period.setCurrentIndex(dialog.bar.period.count() - 1)
    for day in (dialog.bar.first, dialog.bar.last):
        day.setDate(QDate(2025, 3, 1))
    assert dialog.nothing.isVisible() and "没有计入台账的会议" in dialog.nothing.text()
    assert not dialog.export_button.isEnabled() and not dialog.open_button.isEnabled()
    dialog.bar.period.setCurrentIndex(0)
    assert not dialog.nothing.isVisible() and dialog.export_button.isEnabled()


def test_search_finds_name_or_unit_and_says_when_there_is_nobody(dialog: LedgerDialog) -> None:
    dialog.bar.search.setText("审计")
    assert [row[1] for row in _texts(dialog)] == ["欧阳建", "赵　镕"]
    dialog.bar.search.setText("查无此人")
    assert _texts(dialog) == [] and "没有符合" in dialog.foot.remark.full_text()


def test_the_trend_is_that_of_the_unit_or_of_all_meetings(dialog: LedgerDialog, folder: Folder) -> None:
    found = folder.office.ledger()
    assert [(one.expected, one.present) for one in found.trend()] == [(4, 3), (4, 0), (4, 3), (4, 0), (4, 3)]
    water = next(row for row in found.units if row.unit == "县水利局")
    assert [(one.expected, one.present) for one in found.trend(water)] == [(1, 1), (1, 0)] * 2 + [(1, 1)]
    assert isinstance(dialog.trend.chart, TrendChart) and dialog.trend.chart.lowest == 0


def test_the_export_holds_the_same_figures_and_no_formula(dialog: LedgerDialog, tmp_path: Path) -> None:
    dialog.export_button.click()
    (book_path,) = (tmp_path / "out").glob("*.xlsx")
    book = openpyxl.load_workbook(book_path)
    assert book.sheetnames == ["个人", "单位", "依据"]
    cells = [[cell.value for cell in row] for row in book["个人"].iter_rows()]
    line = next(row for row in cells if "=1+1" in row)
    assert line[3:14] == [5, 3, 0, 0, 0, 3, 2, "60.0%", 5, "12", "达到第三档，建议移送有权机关研究（第5次）"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    (csv_path,) = (tmp_path / "out").glob("*个人.csv")
    assert "'=1+1" in csv_path.read_text(encoding="utf-8-sig")


def test_an_export_folder_that_is_a_file_is_told_in_a_sentence(
    folder: Folder, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("x")
    shown = LedgerDialog(folder.office, export_ledger, choose_folder=lambda: tmp_path / "taken")
    qtbot.addWidget(shown)
    shown.export()
    assert "不能导出到" in shown.foot.remark.full_text()


class Drawn(LatePrinter):
    """Draws nothing, page after page."""

    def pdf(self, pages: Sequence[Page], title: str, family: str = "") -> bytes:
        """As many letters as pages."""
        return b"".join(b"x" for _ in pages)


def _texts(dialog: LedgerDialog) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in dialog.table.rows_model.lines()]


def _choose(dialog: LedgerDialog, name: str, title: str, column: int = 1) -> None:
    row = [texts[column] for texts in _texts(dialog)].index(name)
    place = [one.title for one in FIGURES].index(title)
    dialog.table.setCurrentIndex(dialog.table.rows_model.index(row, place))


def test_the_year_of_a_unit_is_exported_for_all_or_for_the_chosen_one(
    folder: Folder, qtbot: QtBot, tmp_path: Path
) -> None:
    asked: list[str] = []

    def export(
        found: Ledger, period: str, out: Path, at: datetime, only: LedgerRow | None, progress: Progress
    ) -> list[Path]:
        asked.append(only.unit if only else f"{len(found.units)} {period}")
        return [out / "x.pdf", out / "x.xlsx"]

    shown = LedgerDialog(
        folder.office, export_ledger, choose_folder=lambda: tmp_path / "out", export_units=export
    )
    qtbot.addWidget(shown)
    shown.show()
    _choose(shown, "欧阳建", "缺席")
    shown.units_button.click()
    every, one = shown.units_menu.actions()
    shown.units_menu.close()
    for action in (every, one):
        action.trigger()
        qtbot.waitUntil(lambda: not shown.is_busy)
    assert asked == [f"{len(folder.office.ledger().units)} {shown.bar.words()}", "县审计局"]
    assert "单位年度页 1 页" in shown.foot.remark.full_text()


def test_yearly_pages_show_how_far_they_are_and_can_be_stopped(
    folder: Folder, qtbot: QtBot, tmp_path: Path
) -> None:
    """GIVEN pages that wait for each other WHEN 取消 is pressed THEN no file is there and all goes on."""
    reached, go_on = Event(), Event()

    def export(
        found: Ledger, period: str, out: Path, at: datetime, only: LedgerRow | None, progress: Progress
    ) -> list[Path]:
        def told(done: int, of: int, unit: str) -> bool:
            if done == 1:
                reached.set()
                go_on.wait(60)
            return progress(done, of, unit)

        return export_unit_pages(found, period, out, at, Drawn(), only, told)

    out = tmp_path / "out"
    shown = LedgerDialog(folder.office, export_ledger, choose_folder=lambda: out, export_units=export)
    qtbot.addWidget(shown)
    shown.show()
    shown.export_units()
    qtbot.waitUntil(lambda: reached.is_set() and "（1/" in shown.foot.remark.full_text())
    assert shown.progress.isVisible() and not shown.export_button.isVisible()
    shown.cancel_button.click()
    go_on.set()
    qtbot.waitUntil(lambda: not shown.is_busy)
    assert "已取消导出" in shown.foot.remark.full_text() and list(out.iterdir()) == []
    shown.export_units()
    qtbot.waitUntil(lambda: not shown.is_busy)
    assert {file.suffix for file in out.iterdir()} == {".pdf", ".xlsx"} and shown.export_button.isVisible()


def test_closing_the_ledger_stops_what_is_being_made(folder: Folder, qtbot: QtBot, tmp_path: Path) -> None:
    stopped = Event()

    def export(
        found: Ledger, period: str, out: Path, at: datetime, only: LedgerRow | None, progress: Progress
    ) -> list[Path]:
        while progress(0, 1, "县审计局"):
            pass
        stopped.set()
        return []

    shown = LedgerDialog(folder.office, export_ledger, choose_folder=lambda: tmp_path, export_units=export)
    qtbot.addWidget(shown)
    shown.show()
    shown.export_units()
    shown.reject()
    assert stopped.is_set()
