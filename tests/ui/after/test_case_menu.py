"""更多 on a case: what the forms say reaches the log, and the evidence shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from after_parts import APPEAL_OVER, Parts, latin_words, make_parts, words_on
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.ui.after.case_forms import AppealForm, CaseForm, NotifiedForm, OutcomeForm, ReasonsForm
from huifeng_desktop.ui.after.case_menu import CaseMenu
from huifeng_desktop.ui.after.page import AfterPage

LATE = "s3"


def page(parts: Parts, qtbot: QtBot, seat_id: str = LATE) -> AfterPage:
    shown = AfterPage(parts.context, choose_folder=lambda: None)
    qtbot.addWidget(shown)
    shown.resize(1366, 716)
    shown.show()
    shown.lists.switch.set_index(1)
    shown.lists.select(seat_id)
    return shown


def menu(parts: Parts, shown: AfterPage, fill: Callable[[CaseForm], None]) -> CaseMenu:
    def run(form: CaseForm) -> bool:
        form.show()
        assert latin_words(words_on(form)) == []
        fill(form)
        return True

    return CaseMenu(parts.context, shown.case_card, run)


def evidence(shown: AfterPage) -> list[str]:
    return [line.text for line in shown.case_card.evidence.lines()]


def first_rows(shown: AfterPage) -> list[str]:
    """Name and tag at the head of the list."""
    model = shown.lists.model
    return [f"{model.index(row, 0).data()} {model.tag(row).text}" for row in range(3)]


def test_an_appeal_and_its_outcome_stand_in_the_evidence(tmp_path: Path, qtbot: QtBot) -> None:
    parts = make_parts(tmp_path)
    parts.clock.advance(APPEAL_OVER.total_seconds())
    parts.context.rulings.rule(LATE, Decision.LATE, by="甲")
    shown = page(parts, qtbot)

    def appeal(form: CaseForm) -> None:
        assert isinstance(form, AppealForm) and form.by.text() == "欧阳建"
        form.why.setText("接县里电话")

    menu(parts, shown, appeal).file_appeal()
    assert "欧阳建提出申诉：接县里电话" in evidence(shown)
    assert shown.case_card.state.text() == "有申诉，待处理"
    shown.lists.switch.set_index(0)
    assert first_rows(shown) == ["欧阳建 有申诉，待处理", "陆　川 待认定", "黄　敏 待认定"]

    def decide(form: CaseForm) -> None:
        assert isinstance(form, OutcomeForm)
        form.outcome.setCurrentIndex(form.outcome.findText("改为：有正当理由"))
        form.by.setText("乙")
        form.why.setText("属实")

    menu(parts, shown, decide).close_appeal()
    assert "乙处理申诉：改变原认定（属实）" in evidence(shown)
    assert parts.last_words == "申诉已处理，认定已改变。"
    assert first_rows(shown)[:2] == ["陆　川 待认定", "黄　敏 待认定"]
    verdict = parts.session.verdict(LATE)
    assert verdict is not None and verdict.counted is None


def test_a_form_without_a_reason_is_told_and_stores_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    parts = make_parts(tmp_path)
    parts.context.rulings.rule(LATE, Decision.LATE, by="甲")
    shown, before = page(parts, qtbot), len(parts.on_disk())
    menu(parts, shown, lambda _: None).file_appeal()
    assert "申诉人和理由" in parts.last_words and len(parts.on_disk()) == before


def test_a_notice_stands_in_the_evidence(tmp_path: Path, qtbot: QtBot) -> None:
    parts = make_parts(tmp_path)
    shown = page(parts, qtbot)

    def fill(form: CaseForm) -> None:
        assert isinstance(form, NotifiedForm)
        form.means.setCurrentText("短信")
        form.by.setText("甲")

    menu(parts, shown, fill).note_notified()
    assert "会前已用短信通知（记录人：甲）" in evidence(shown)


def test_the_office_keeps_its_own_reasons(tmp_path: Path, qtbot: QtBot) -> None:
    parts = make_parts(tmp_path)
    shown = page(parts, qtbot)
    field = shown.case_card.reason
    assert field.findText("因病，已补请假手续") >= 0

    def fill(form: CaseForm) -> None:
        assert isinstance(form, ReasonsForm)
        form.box.setPlainText("防汛值班\n\n防汛值班\n抢险")

    menu(parts, shown, fill).edit_reasons()
    assert [field.itemText(place) for place in range(field.count())] == ["防汛值班", "抢险"]
    assert page(parts, qtbot).case_card.reason.findText("抢险") >= 0
