"""会后, driven through its widgets with the real event store under it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from after_parts import APPEAL_OVER, Parts, at, latin_words, make_parts, words_on
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.after.lists_card import EVERYBODY, SPEAKING
from huifeng_desktop.ui.after.page import AfterPage
from huifeng_desktop.ui.after.times_dialog import TimesDialog
from huifeng_desktop.ui.theme import Tone


@pytest.fixture(autouse=True)
def _themed(qapp: QApplication) -> None:
    theme.apply_theme(qapp)


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return make_parts(tmp_path / "data")


@pytest.fixture
def page(parts: Parts, qtbot: QtBot, tmp_path: Path) -> Iterator[AfterPage]:
    yield shown(parts, qtbot, tmp_path / "out")


def shown(parts: Parts, qtbot: QtBot, out: Path | None = None) -> AfterPage:
    page = AfterPage(parts.context, choose_folder=lambda: out)
    qtbot.addWidget(page)
    page.resize(1366, 716)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def rows(page: AfterPage) -> list[tuple[str, str]]:
    """Name and tag of every row in the list."""
    model = page.lists.model
    return [(str(model.index(row, 0).data()), model.tag(row).text) for row in range(model.rowCount())]


def rulings(parts: Parts) -> list[dict[str, str]]:
    return [dict(event.body) for event in parts.on_disk() if event.kind is EventKind.RULING]


def press(page: AfterPage, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key)


def test_the_figures_and_their_identity(page: AfterPage) -> None:
    assert [figure.value() for figure in page.figures.figures] == ["6", "5", "83.3 %", "66.7 %"]
    assert [figure.value() for figure in page.figures.late] == ["1", "0", "1/1"]
    assert page.figures.bar.accessibleName() == "本人到会 4，准予代会 0，擅自替会 1，请假 0，缺席 1"
    assert page.figures.times.text() == "开会 14:30　散会 15:55"
    assert page.figures.rules.text() == "阶梯制"


def test_open_cases_come_first_and_everybody_can_be_searched(page: AfterPage) -> None:
    assert rows(page) == [("陆　川", "待认定"), ("黄　敏", "待认定"), ("欧阳建", "迟到"), ("吴　堃", "缺席")]
    assert page.lists.switch.button(0).text() == "待认定 2"
    page.lists.switch.set_index(EVERYBODY)
    assert len(rows(page)) == 6 and page.lists.switch.button(1).text() == "全部 6"
    for wanted in ("吴堃", "柳渡", "wk", "党委书记"):
        page.lists.search.setText(wanted)
        assert rows(page) == [("吴　堃", "缺席")]
    page.lists.search.setText("没有这个人")
    assert rows(page) == [] and "没有符合的人" in words_on(page)


def test_a_case_shows_its_evidence_and_what_each_decision_leads_to(page: AfterPage) -> None:
    card = page.case_card
    assert card.name.text() == "陆　川" and card.where.full_text() == "县林业局　局长"
    assert [(line.when, line.text) for line in card.evidence.lines()] == [
        ("14:30", "会议开始（按通知时间）"),
        ("—", "没有见到代会批准"),
        ("14:36", "股长陈昇到会，称代为参加（键入），迟到 6 分钟"),
        ("15:05", "会中清点：在场"),
    ]
    assert [one.text() for one in card.cards] == ["擅自替会", "有正当理由，准予代会", "暂缓"]
    told = [one.accessibleDescription() for one in card.cards]
    assert told[0].startswith("计 1 次（迟到 6 分一并记录，不另计） 依据：县委《精简会议整顿会风》")
    assert "替会重于迟到，一次会议只计一次。" in told[0]
    assert told[1].startswith("不计 ") and told[2].strip() == "要求 3 月 17 日前书面说明"


def test_points_and_statistics_say_their_own_consequences(tmp_path: Path, qtbot: QtBot) -> None:
    with_points = shown(make_parts(tmp_path / "points", rules="points"), qtbot)
    assert with_points.case_card.cards[0].accessibleDescription().startswith("扣 2 分")
    plain = shown(make_parts(tmp_path / "plain", rules="statistics"), qtbot)
    assert plain.case_card.cards[0].accessibleDescription().startswith("仅统计，不计")


def test_ruling_with_the_keyboard_is_on_disk_and_goes_on(page: AfterPage, parts: Parts) -> None:
    page.case_card.operator.setText("林静")
    press(page, Qt.Key.Key_2)
    press(page, Qt.Key.Key_1)
    press(page, Qt.Key.Key_Return)
    assert rulings(parts) == [{"decision": "unapproved_substitute", "by": "林静", "reason": ""}]
    assert page.case_card.name.text() == "黄　敏"
    assert page.lists.switch.button(0).text() == "待认定 1"
    press(page, Qt.Key.Key_2)
    press(page, Qt.Key.Key_Enter)
    assert rulings(parts)[1]["decision"] == "in_person"
    assert [tag for _, tag in rows(page)] == ["迟到", "已认定　替会", "已认定　本人到会", "缺席"]
    assert parts.context.at_work.usual == "林静" and parts.context.operator == ""


def test_the_field_of_who_rules_follows_the_operator(page: AfterPage, parts: Parts) -> None:
    parts.context.at_work.change("刘芳")
    assert page.case_card.operator.text() == "刘芳"


def test_arrow_keys_walk_the_cases_from_anywhere(page: AfterPage) -> None:
    press(page, Qt.Key.Key_Down)
    assert page.case_card.name.text() == "黄　敏"
    page.case_card.operator.setFocus()
    press(page, Qt.Key.Key_Down)
    assert page.case_card.name.text() == "欧阳建"
    press(page, Qt.Key.Key_Up)
    assert page.case_card.name.text() == "黄　敏"


def test_digits_typed_into_a_field_choose_nothing(page: AfterPage) -> None:
    line = page.case_card.reason.lineEdit()
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "3-2")
    assert line.text() == "3-2"
    assert page.case_card.decision() is Decision.UNAPPROVED_SUBSTITUTE


def test_enter_in_the_search_box_rules_on_nobody(page: AfterPage, parts: Parts) -> None:
    page.case_card.operator.setText("林静")
    page.lists.search.setFocus()
    press(page, Qt.Key.Key_Return)
    assert rulings(parts) == [] and page.lists.table.hasFocus()


def test_a_good_reason_must_be_written_and_a_name_given(page: AfterPage, parts: Parts) -> None:
    page.case_card.rule.click()
    assert parts.said[-1] == ("请先填写认定人姓名。", Tone.OVER)
    page.case_card.operator.setText("林静")
    page.case_card.choose(1)
    page.case_card.rule.click()
    assert "写明理由" in parts.last_words and rulings(parts) == []
    page.case_card.reason.setCurrentIndex(0)
    page.case_card.rule.click()
    assert rulings(parts)[0]["reason"] == "因公，事先已向主持人报告"
    assert page.figures.figures[1].value() == "5"


def test_a_ruling_can_be_withdrawn_and_stays_in_the_evidence(page: AfterPage, parts: Parts) -> None:
    page.case_card.operator.setText("林静")
    assert not page.case_card.withdraw.isEnabled()
    page.case_card.choose(2)
    page.case_card.rule.click()
    page.lists.select("s4")
    assert rows(page)[0] == ("陆　川", "暂缓，3 月 17 日前")
    page.case_card.withdraw.click()
    assert parts.on_disk()[-1].kind is EventKind.ANNULLED
    assert "林静认定：暂缓，要求书面说明（已撤销：撤回认定）" in [
        line.text for line in page.case_card.evidence.lines()
    ]


def test_repeating_a_ruling_writes_nothing_new(page: AfterPage, parts: Parts) -> None:
    page.case_card.operator.setText("林静")
    for _ in range(2):
        page.lists.select("s4")
        page.case_card.rule.click()
    assert len(rulings(parts)) == 1


def test_somebody_without_a_doubt_is_not_ruled_on_by_accident(page: AfterPage, parts: Parts) -> None:
    page.lists.switch.set_index(EVERYBODY)
    page.lists.select("s2")
    page.case_card.operator.setText("林静")
    assert page.case_card.decision() is None and not page.case_card.rule.isEnabled()
    press(page, Qt.Key.Key_Return)
    assert rulings(parts) == []


def test_leaders_are_outside_the_consequences(page: AfterPage) -> None:
    page.lists.switch.set_index(EVERYBODY)
    page.lists.select("s1")
    assert page.case_card.state.text() == "不计入处理"
    assert all("计 1 次" not in card.accessibleDescription() for card in page.case_card.cards)


def test_what_is_written_survives_news_from_the_desk(page: AfterPage, parts: Parts) -> None:
    page.case_card.choose(1)
    page.case_card.reason.setEditText("防汛值班")
    parts.context.door.undo(
        parts.session.state.facts_of(parts.session.state.seats[1]).arrivals[0].event_id, reason="误扫"
    )
    assert page.figures.figures[1].value() == "4"
    assert page.case_card.decision() is Decision.APPROVED_DEPUTY
    assert page.case_card.reason_text() == "防汛值班"


def test_the_seal_waits_for_cases_and_the_appeal(page: AfterPage, parts: Parts) -> None:
    assert not page.papers.seal.isEnabled()
    assert page.papers.obstacles.text().splitlines() == [
        "还有 2 件待认定，暂不能封存。",
        "申诉期至 3 月 17 日，期满后再封存。",
    ]
    page.case_card.operator.setText("林静")
    for _ in range(2):
        page.case_card.rule.click()
    assert page.papers.obstacles.text() == "申诉期至 3 月 17 日，期满后再封存。"
    parts.clock.advance(APPEAL_OVER.total_seconds())
    page.refresh()
    page.papers.seal.click()
    assert parts.on_disk()[-1].kind is EventKind.SEALED
    assert page.papers.obstacles.text() == "3 月 19 日 由林静封存，记录不再改动。"
    assert not page.case_card.rule.isEnabled() and not page.figures.correct_times.isEnabled()
    page.papers.reopen.click()
    assert "写明姓名和原因" in parts.last_words
    page.papers.why.setText("补交书面说明")
    page.papers.reopen.click()
    assert parts.on_disk()[-1].body == {"by": "林静", "reason": "补交书面说明"}
    assert page.papers.seal.isVisible() and page.case_card.rule.isEnabled()


def test_papers_are_written_where_asked(page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path) -> None:
    for button in page.papers.papers.values():
        button.click()
        assert page.papers.cancel.isVisible() and not button.isEnabled()
        qtbot.waitUntil(lambda: not page.exporting.is_busy)
    out = tmp_path / "out"
    suffixes = sorted(file.suffix for file in out.iterdir())
    assert suffixes == [".docx", ".pdf", *[".xlsx"] * 4]
    QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.exporting.is_busy, timeout=20_000)
    count = len(list(out.iterdir()))
    assert count > 20
    assert page.papers.done.text() == f"已导出 {count} 个文件，在“out”。"
    assert parts.last_words == f"已导出 {count} 个文件，在“{out}”。"
    assert parts.context.settings.get("export_folder") == str(out)
    assert not page.papers.cancel.isVisible() and page.papers.all.isEnabled()


def test_a_folder_that_cannot_be_written_is_said(parts: Parts, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    page = shown(parts, qtbot, tmp_path / "taken")
    page.exporting.export_all()
    qtbot.waitUntil(lambda: not page.exporting.is_busy, timeout=20_000)
    assert parts.said[-1][1] is Tone.OVER and "不是文件夹" in parts.last_words
    assert not page.papers.done.isVisible()
    without = shown(parts, qtbot, None)
    without.exporting.export_all()
    assert len(parts.said) == 1


def test_speaking_times_have_their_own_list(page: AfterPage) -> None:
    page.lists.switch.set_index(SPEAKING)
    words = words_on(page)
    assert {"1. 财政工作", "6:00", "6:35", "0:35", "2. 小结"} <= set(words)
    assert "汇报 6:35（计划 6:00）\n全场 6:35（计划 13:00）　超时 1 项" in words
    assert not page.lists.search.isVisible()


def test_a_meeting_that_still_runs_is_adjourned_after_the_fact(tmp_path: Path, qtbot: QtBot) -> None:
    parts = make_parts(tmp_path / "data", adjourned=False)
    page = shown(parts, qtbot)
    assert page.notice.text() == "会议尚未散会，下面是到现在为止的数字。"
    assert "会议还没有散会" in page.papers.obstacles.text()
    dialog = TimesDialog(parts.session, page)
    dialog.adjourned.clock.setTime(QTime(15, 50))
    assert dialog.moments() == (None, at("15:50"))
    page.declare_times(*dialog.moments())
    assert parts.session.state.adjourned_at == at("15:50")
    assert not page.notice.isVisible() and page.figures.times.text() == "开会 14:30　散会 15:50"


def test_times_are_set_right_in_the_order_that_works(page: AfterPage, parts: Parts) -> None:
    page.declare_times(at("16:10"), at("17:00"))
    assert (parts.session.state.opened_at, parts.session.state.adjourned_at) == (at("16:10"), at("17:00"))
    page.declare_times(at("18:00"), None)
    assert parts.said[-1][1] is Tone.OVER and "请核对" in parts.last_words


def test_opened_late_asks_from_when_late_is_counted(page: AfterPage, parts: Parts) -> None:
    assert not page.figures.late_row.isVisible()
    page.declare_times(at("14:45"), None)
    assert page.figures.late_row.isVisible() and page.figures.late[0].value() == "1"
    page.figures.late_base.set_index(1)
    assert parts.on_disk()[-1].body == {"base": "opened"}
    assert page.figures.late[0].value() == "0"


def test_the_page_speaks_chinese_and_the_models_are_sound(page: AfterPage, parts: Parts) -> None:
    for model in (page.lists.model, page.lists.speaking.model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.case_card.operator.setText("林静")
    page.case_card.rule.click()
    for index in (0, EVERYBODY, SPEAKING):
        page.lists.switch.set_index(index)
        assert latin_words(words_on(page)) == []
    assert latin_words(words_on(TimesDialog(parts.session, page))) == []


def test_a_hidden_page_waits_until_it_is_shown(parts: Parts, qtbot: QtBot) -> None:
    page = shown(parts, qtbot)
    page.hide()
    parts.context.rulings.rule("s4", Decision.UNAPPROVED_SUBSTITUTE, by="林静")
    assert page.lists.switch.button(0).text() == "待认定 2"
    page.show()
    assert page.lists.switch.button(0).text() == "待认定 1"


def test_the_list_makes_room_for_what_is_said_at_its_foot(tmp_path: Path, qtbot: QtBot) -> None:
    parts = make_parts(tmp_path)
    page = AfterPage(parts.context, choose_folder=lambda: None)
    qtbot.addWidget(page)
    page.resize(1366, 697)
    page.show()
    parts.context.voice.strip_shown.emit(True)
    qtbot.waitUntil(lambda: page.lists.geometry().bottom() <= page.height() - 12 - page.notice.height() - 12)
    parts.context.voice.strip_shown.emit(False)
    qtbot.waitUntil(lambda: page.lists.geometry().bottom() == page.case_card.geometry().bottom())


def test_what_was_read_is_not_said_again_with_every_change(tmp_path: Path, qtbot: QtBot) -> None:
    parts = make_parts(tmp_path, adjourned=False)
    page = AfterPage(parts.context, choose_folder=lambda: None)
    qtbot.addWidget(page)
    page.show()
    assert page.notice.isVisible()
    page.notice.clear()
    page.refresh()
    assert not page.notice.isVisible()
