"""The shared widgets: what they say, how they are driven by keys, and that nothing is cut."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QLibraryInfo, QRect, Qt
from PySide6.QtGui import QKeySequence, QStandardItem, QStandardItemModel, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.bars import BarPart, DispositionBar, ProgressBar
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton, Segmented, key_words
from huifeng_desktop.ui.kit.choice import ChoiceCard, EvidenceLine, EvidenceList
from huifeng_desktop.ui.kit.labels import BigNumber, ElidedLabel
from huifeng_desktop.ui.kit.leaders_strip import Leader, LeadersStrip, LeaderState
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.notice import Notice, Toast
from huifeng_desktop.ui.kit.step_list import Step, StepList, StepState
from huifeng_desktop.ui.kit.table import SUBTITLE_ROLE, TONE_ROLE, TableView, TagDelegate, TwoLineDelegate
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.ui.theme import Tone


@pytest.fixture(autouse=True)
def _themed(qapp: QApplication) -> None:
    theme.apply_theme(qapp)


def _shown(qtbot: QtBot, widget: QWidget, width: int = 0) -> None:
    qtbot.addWidget(widget)
    if width:
        widget.resize(width, widget.sizeHint().height())
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def _colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("name", ["<img src='//10.0.0.9/a.png'>", "<b>李想</b>\n<!--", "a < b", "&lt;b>"])
def test_a_tool_tip_shows_what_was_typed_and_nothing_else(qtbot: QtBot, name: str) -> None:
    """A deputy's name comes from a telephone: as markup it could fetch a picture from another machine."""
    page = QTextDocument()
    page.setHtml(plain_tip(name))
    assert page.toPlainText() == name.replace("\n", "\u2028") or page.toPlainText() == name
    label = ElidedLabel(name)
    _shown(qtbot, label, 20)
    assert label.toolTip() == plain_tip(name) and "<img" not in label.toolTip()


def test_key_words_are_those_of_a_chinese_keyboard() -> None:
    assert key_words(QKeySequence("Space")) == "空格"
    assert key_words(QKeySequence("Ctrl+Z")) == "Ctrl Z"
    assert key_words(QKeySequence("F5")) == "F5"


def test_a_key_button_binds_its_key_and_keeps_its_height(qtbot: QtBot) -> None:
    button = KeyButton("结束，下一项", shortcut="F7", kind=ButtonKind.PRIMARY, height=48)
    _shown(qtbot, button)
    assert button.hint() == "F7"
    assert button.height() == 48
    assert button.width() >= button.sizeHint().width()
    with qtbot.waitSignal(button.clicked, timeout=1000):
        QTest.keyClick(button, Qt.Key.Key_F7)


def test_a_click_on_a_button_leaves_the_cursor_in_the_search_box(qtbot: QtBot) -> None:
    page = QWidget()
    layout = QHBoxLayout(page)
    box, button, switch = (
        QLineEdit(page),
        KeyButton("铃", parent=page),
        Segmented(["最新", "未到"], parent=page),
    )
    for widget in (box, button, switch):
        layout.addWidget(widget)
    _shown(qtbot, page)
    box.setFocus()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(switch.button(1), Qt.MouseButton.LeftButton)
    assert switch.index() == 1
    assert box.hasFocus()


def test_segmented_follows_mouse_and_arrow_keys(qtbot: QtBot) -> None:
    switch = Segmented(["会前", "会中", "会后"])
    _shown(qtbot, switch)
    seen: list[int] = []
    switch.index_changed.connect(seen.append)
    QTest.mouseClick(switch.button(1), Qt.MouseButton.LeftButton)
    switch.button(1).setFocus()
    QTest.keyClick(switch.button(1), Qt.Key.Key_Right)
    QTest.keyClick(switch.button(2), Qt.Key.Key_Right)
    QTest.keyClick(switch.button(2), Qt.Key.Key_Left)
    switch.set_index(1)
    assert seen == [1, 2, 1]
    switch.set_text(2, "会后 3", Tone.OVER)
    assert switch.button(2).text() == "会后 3"


def test_step_list_reports_the_opened_step_once(qtbot: QtBot) -> None:
    steps = StepList(
        [Step("会议", "全县重点工作推进会", StepState.DONE), Step("名单"), Step("议程")], index=1
    )
    _shown(qtbot, steps)
    seen: list[int] = []
    steps.step_selected.connect(seen.append)
    steps.row(1).setFocus()
    QTest.keyClick(steps.row(1), Qt.Key.Key_Down)
    QTest.mouseClick(steps.row(0), Qt.MouseButton.LeftButton)
    QTest.keyClick(steps.row(0), Qt.Key.Key_Up)
    assert seen == [2, 0]
    steps.set_step(1, Step("名单", "128 行", StepState.DONE))
    assert steps.row(1).step().subtitle == "128 行"


@pytest.mark.parametrize("tone", list(Tone))
def test_a_tag_has_word_and_ground_of_its_tone(qtbot: QtBot, tone: Tone) -> None:
    tag = Tag("迟到 11 分", tone, Mark.TRIANGLE)
    _shown(qtbot, tag)
    assert tag.text() == "迟到 11 分"
    assert tag.minimumSizeHint() == tag.sizeHint()
    assert theme.tone_ink(tone).name() in _colours(tag)
    if tone is not Tone.PLAIN:
        assert theme.tone_soft(tone).name() in _colours(tag)


def test_elided_label_shortens_and_keeps_the_whole_in_its_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("国网××省电力有限公司禾川县供电公司")
    _shown(qtbot, label)
    label.resize(90, 20)
    assert label.text().endswith("…")
    assert label.toolTip() == label.full_text() == "国网××省电力有限公司禾川县供电公司"
    label.resize(600, 20)
    assert label.text() == label.full_text()
    assert label.toolTip() == ""


def test_big_number_grows_with_its_figure(qtbot: QtBot) -> None:
    number = BigNumber("5", "请假", Tone.OVER)
    _shown(qtbot, number)
    before = number.sizeHint().width()
    number.set_value("3000")
    assert number.sizeHint().width() > before
    assert (number.value(), number.caption()) == ("3000", "请假")
    assert theme.OVER in _colours(number)


@pytest.mark.parametrize("fraction", [-0.5, 0.0, 0.38, 1.7])
def test_progress_is_cut_to_the_bar(qtbot: QtBot, fraction: float) -> None:
    bar = ProgressBar()
    _shown(qtbot, bar, 200)
    bar.set_progress(fraction, 0.833, Tone.OK)
    assert 0.0 <= bar.fraction() <= 1.0
    assert theme.WARN_MARK in _colours(bar) or bar.fraction() == 1.0


@pytest.mark.parametrize("counts", [(112, 4, 2, 5, 3), (2990, 1, 0, 1, 1), (0, 0, 0, 0, 0), (1, 0, 0, 0, 0)])
def test_disposition_parts_fill_the_bar_and_stay_visible(qtbot: QtBot, counts: tuple[int, ...]) -> None:
    bar = DispositionBar()
    _shown(qtbot, bar, 700)
    bar.set_parts([BarPart(str(count), count, theme.ACCENT) for count in counts])
    widths = bar.part_widths()
    assert all((width > 3) == (count > 0) for width, count in zip(widths, counts, strict=True))
    gaps = max(0, sum(1 for count in counts if count) - 1)
    assert sum(widths) + gaps == pytest.approx(700 if any(counts) else 0)


def _leaders(count: int) -> list[Leader]:
    return [Leader(f"副县长{place}", LeaderState.PRESENT, f"副县长 第{place}位") for place in range(count)]


@pytest.mark.parametrize("count", [0, 1, 11, 40])
def test_leaders_wrap_into_two_rows_and_nobody_is_forgotten(qtbot: QtBot, count: int) -> None:
    strip = LeadersStrip(_leaders(count))
    _shown(qtbot, strip)
    strip.resize(470, strip.sizeHint().height())
    chips = strip.chips()
    assert all(strip.rect().contains(box) for box, _ in chips)
    shown = "\n".join(leader.detail for _, leader in chips)
    assert all(leader.detail in shown for leader in strip.leaders())
    if count == 40:
        assert chips[-1][1].title == f"另 {40 - len(chips) + 1} 人"


def test_the_reason_of_a_leave_is_told_where_all_have_room(qtbot: QtBot) -> None:
    leaders = [*_leaders(5), Leader("政法委书记", LeaderState.LEAVE, "请假　因公", "因公")]
    strip = LeadersStrip(leaders)
    qtbot.addWidget(strip)
    wide = [leader.note for _, leader in _chips(strip, 640)]
    assert wide == ["", "", "", "", "", "因公"]
    widths = (width for width in range(640, 160, -1) if len(_chips(strip, width)) < 6)
    narrowest = next(widths) + 1
    assert [leader.note for _, leader in _chips(strip, narrowest)] == [""] * 6
    assert all(box.right() < narrowest for box, _ in strip.chips())


def _chips(strip: LeadersStrip, width: int) -> list[tuple[QRect, Leader]]:
    strip.resize(width, 44)
    return strip.chips()


def test_notice_offers_one_action_and_goes_away(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    assert notice.isHidden()
    notice.show_message("名单已存入，128 行。", Tone.OK, "撤销")
    assert notice.text() == "名单已存入，128 行。"
    buttons = {button.text(): button for button in notice.findChildren(KeyButton)}
    with qtbot.waitSignal(notice.action_requested, timeout=1000):
        QTest.mouseClick(buttons["撤销"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(notice.dismissed, timeout=1000):
        QTest.mouseClick(buttons["知道了"], Qt.MouseButton.LeftButton)
    assert notice.isHidden()


def test_toast_goes_by_itself_and_keeps_inside_its_parent(qtbot: QtBot) -> None:
    page = QWidget()
    page.resize(366, 500)
    toast = Toast(page)
    _shown(qtbot, page)
    toast.show_outcome("欧阳建", "县审计局　局长　迟到 11 分", Tone.WARN, duration_ms=20)
    page.resize(420, 640)
    assert page.rect().contains(toast.geometry())
    assert not toast.hasFocus()
    qtbot.waitUntil(toast.isHidden, timeout=2000)
    assert toast.title() == "欧阳建"


def test_choice_cards_exclude_each_other_and_grow_with_their_words(qtbot: QtBot) -> None:
    page = QWidget()
    first = ChoiceCard("擅自替会", "计 1 次", "县委通知：无正当理由替会。" * 6, page)
    second = ChoiceCard("有正当理由，准予代会", "不计", parent=page)
    _shown(qtbot, page)
    first.click()
    second.click()
    assert (first.isChecked(), second.isChecked()) == (False, True)
    assert first.heightForWidth(240) > first.heightForWidth(800) > second.heightForWidth(800)


def test_evidence_is_replaced_not_piled_up(qtbot: QtBot) -> None:
    facts = EvidenceList([EvidenceLine("14:30", "会议开始"), EvidenceLine("—", "无请假记录")])
    _shown(qtbot, facts, 400)
    facts.set_lines([EvidenceLine("14:36", "股长陈昇到会")])
    assert facts.lines() == (EvidenceLine("14:36", "股长陈昇到会"),)


def _table(qtbot: QtBot) -> TableView:
    model = QStandardItemModel(0, 2)
    for name, tag, tone in (("欧阳建", "迟到 11 分", Tone.WARN), ("王　磊", "准时", Tone.OK)):
        first, second = QStandardItem(name), QStandardItem(tag)
        first.setData("县审计局　局长", SUBTITLE_ROLE)
        second.setData(tone, TONE_ROLE)
        model.appendRow([first, second])
    table = TableView(row_height=45)
    model.setParent(table)
    table.setModel(model)
    table.setItemDelegateForColumn(0, TwoLineDelegate(table))
    table.setItemDelegateForColumn(1, TagDelegate(table))
    table.set_column_widths({1: 120}, stretch=0)
    _shown(qtbot, table)
    return table


def test_table_rows_answer_to_keys_and_paint_their_tags(qtbot: QtBot) -> None:
    table = _table(qtbot)
    table.selectRow(0)
    seen: list[Any] = []
    table.row_changed.connect(seen.append)
    table.row_activated.connect(lambda row: seen.append(("open", row)))
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert seen == [1, ("open", 1)]
    assert table.selected_row() == 1
    assert {theme.WARN_SOFT, theme.OK_SOFT, theme.ACCENT_SOFT} <= _colours(table)


def test_theme_is_light_and_speaks_chinese(qtbot: QtBot, qapp: QApplication) -> None:
    assert qapp.palette().window().color().name() == theme.PAPER
    assert QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"


def test_font_families_fall_back_in_order() -> None:
    assert theme.font_families({"Arial", "Microsoft YaHei", "Noto Sans CJK SC"}) == [
        "Noto Sans CJK SC",
        "Microsoft YaHei",
    ]
    assert theme.font_families({"Arial"}) == ["sans-serif"]


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "ground"),
    [(theme.tone_ink(tone).name(), theme.tone_soft(tone).name()) for tone in Tone]
    + [(theme.MUTE, ground) for ground in (theme.PAPER, theme.CARD, theme.ACCENT_SOFT, theme.OVER_SOFT)]
    + [(theme.CARD, colour) for colour in (theme.ACCENT, theme.OK, theme.WARN, theme.OVER)],
)
def test_small_text_has_a_contrast_of_four_and_a_half(ink: str, ground: str) -> None:
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
