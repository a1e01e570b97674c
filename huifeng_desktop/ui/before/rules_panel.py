"""考勤规则: by which set the meeting is judged."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QVBoxLayout, QWidget

from huifeng_desktop.domain.rule_set import LateBase, LeftEarlyUse, RuleSet, Window
from huifeng_desktop.service.before.rule_preview import RulePreview, preview_rules
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.before.frame import PanelFoot, succeeds
from huifeng_desktop.ui.before.panel import Panel
from huifeng_desktop.ui.before.rule_changes import ChangesDialog
from huifeng_desktop.ui.before.rule_editor import RuleEditor
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.buttons import KeyButton
from huifeng_desktop.ui.kit.choice import ChoiceCard
from huifeng_desktop.ui.kit.labels import text_label

Ask = Callable[[str, RulePreview], bool]
"""Shows what another set would change, and says whether it is wanted."""
_CARD_WIDTH = 860
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
_WINDOW = {
    Window.CALENDAR_YEAR: "按自然年",
    Window.ROLLING_12_MONTHS: "按最近十二个月",
    Window.TERM: "按任期",
}
_POINTS = (("late", "迟到"), ("left_early", "早退"), ("unapproved_substitute", "替会"), ("absent", "缺席"))


class RuleCard(ChoiceCard):
    """Arrow keys only walk here, space or Enter chooses: a choice judges the whole meeting anew."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, choose, or leave it to Qt."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.walked.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class RulesPanel(Panel):
    """One card for each rule set; choosing one judges the meeting by it from now on."""

    def __init__(self, context: UiContext, parent: QWidget | None = None, *, ask: Ask | None = None) -> None:
        super().__init__(context, "考勤规则", parent)
        self._ask = ask or self._ask_with_dialog
        self.cards: dict[str, RuleCard] = {}
        self._detail = text_label(size=13, tone="mute", parent=self)
        self._detail.setWordWrap(True)
        self._detail.setMaximumWidth(_CARD_WIDTH)
        self.foot = PanelFoot(self)
        self.edit = KeyButton(self.tr("修改…"), shortcut="Ctrl+R", parent=self)
        self.copy = KeyButton(self.tr("复制并修改…"), shortcut="Ctrl+D", parent=self)
        self.delete = KeyButton(self.tr("删除…"), parent=self)
        self.own_menu = QMenu(self)
        for button in (self.delete, self.edit, self.copy):
            self.foot.add(button)
        self.delete.clicked.connect(self._offer_own)
        self.edit.clicked.connect(self.edit_own)
        self.copy.clicked.connect(self.copy_and_edit)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.foot)
        self._fill_cards()

    def _fill_cards(self) -> None:
        """A card for each set there is now."""
        self.cards = {}
        self._detail.setParent(self)
        sheet = QWidget(self)
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(theme.SPACE_3)
        for key, rule_set in self.context.office.rule_sets.items():
            card = RuleCard(rule_set.name, consequence(rule_set), explanation(rule_set), sheet)
            card.setFixedSize(_CARD_WIDTH, card.heightForWidth(_CARD_WIDTH))
            card.clicked.connect(lambda _=False, chosen=key: self.choose(chosen))
            card.walked.connect(lambda step, start=key: self._walk(start, step))
            self.cards[key] = card
            layout.addWidget(card)
        layout.addSpacing(theme.SPACE_1)
        layout.addWidget(self._detail)
        layout.addStretch(1)
        self._area.setWidget(sheet)

    def _walk(self, start: str, step: int) -> None:
        """Put the focus on the next card, choosing nothing."""
        keys = list(self.cards)
        place = min(max(keys.index(start) + step, 0), len(keys) - 1)
        self.cards[keys[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def show_state(self) -> None:
        """The set in force; a meeting may hold an older copy of it, and says so."""
        used = self.context.session.plan.rule_set
        shipped = self.context.office.rule_sets.get(used.key)
        if list(self.cards) != list(self.context.office.rule_sets):
            self._fill_cards()
        for key, card in self.cards.items():
            card.setChecked(key == used.key)
            card.setEnabled(not self.is_sealed)
        self.head.set_words("考勤规则", f"现用：{used.name}")
        self._detail.setText("\n".join((switches(used), *self.context.office.rule_sets.problems)))
        self.edit.setEnabled(self.context.office.rule_sets.is_own(used.key))
        self.delete.setVisible(bool(self.context.office.rule_sets.own()))
        if shipped is not None and shipped != used:
            self.foot.say("本次会议按选用时的副本认定；再选一次同一套，就换成现在的内容。")
        else:
            self.foot.say(
                "选定后，有人的认定会变就先列出来，再决定改不改；处理意见只是提示，由有权机关决定。"
            )

    def choose(self, key: str) -> None:
        """Judge the meeting by this set, after a look at what would change, unless it already is."""
        rule_set = self.context.office.rule_sets[key]
        voice, preparation = self.context.voice, self.context.preparation
        if rule_set == self.context.session.plan.rule_set:
            return
        preview = preview_rules(self.context.session, rule_set)
        wanted = not preview.changes or self._ask(rule_set.name, preview)
        if wanted and succeeds(voice, lambda: preparation.choose_rule_set(rule_set)):
            voice.say(f"本次会议改用“{rule_set.name}”。")
        self.refresh()
        self.step_changed.emit()

    def _ask_with_dialog(self, name: str, preview: RulePreview) -> bool:
        dialog = ChangesDialog(name, preview, self)
        wanted = bool(dialog.exec())
        dialog.deleteLater()
        return wanted

    # -- the office's own ----------------------------------------------------------------------

    def copy_and_edit(self) -> None:
        """Begin a set of the office's own with the one in force."""
        self._edit(self.context.office.rule_sets.copy_of(self.context.session.plan.rule_set))

    def edit_own(self) -> None:
        """Change the office's set that is in force, as its next version."""
        key = self.context.session.plan.rule_set.key
        if self.context.office.rule_sets.is_own(key):
            self._edit(self.context.office.rule_sets[key])

    def _offer_own(self) -> None:
        """Which of the office's own sets to delete; each is named, so nothing is asked twice."""
        self.own_menu.clear()
        for one in self.context.office.rule_sets.own():
            words = self.tr("删除“%1”（第 %2 版）").replace("%1", one.name).replace("%2", str(one.version))
            self.own_menu.addAction(words, partial(self.remove, one.key))
        height = self.own_menu.sizeHint().height()
        self.own_menu.popup(self.delete.mapToGlobal(QPoint(0, -height)))

    def remove(self, key: str) -> None:
        """Delete a set of the office's own, or say which meeting still needs it."""
        removed = attempt(self.context.voice, lambda: self.context.office.remove_rule_set(key))
        if removed is not None:
            self._fill_cards()
            self.refresh()
            self.context.voice.say(f"已删除“{removed.name}”；按它封存的会议仍留有当时的副本。")

    def _edit(self, rule_set: RuleSet) -> None:
        dialog = RuleEditor(self.context, rule_set, self)
        if dialog.exec() and dialog.stored is not None:
            self._fill_cards()
            self.refresh()
            stored = dialog.stored
            self.context.voice.say(
                f"已存“{stored.name}”第 {stored.version} 版；要用于本次会议，请在列表里选它。"
            )
        dialog.deleteLater()


def consequence(rule_set: RuleSet) -> str:
    """What follows from a violation, in a few words."""
    if rule_set.in_person_only:
        return "只认本人到会"
    parts = [f"{len(rule_set.ladder)} 档提示" if rule_set.ladder else ""]
    if rule_set.points:
        parts.append("　".join(f"{word} {rule_set.points.get(key, 0):g} 分" for key, word in _POINTS))
    return "，".join(filter(None, parts)) or "只记录，不产生后果"


def explanation(rule_set: RuleSet) -> str:
    """One plain sentence on what the set means, and where it comes from."""
    if rule_set.in_person_only:
        meaning = "代会的不算实到，按法定人数判断会议能否举行。"
    elif rule_set.ladder and rule_set.points:
        meaning = "迟到、替会、缺席按次数逐档提示，同时计分；早退只计分。"
    elif rule_set.ladder:
        early = "早退计入" if rule_set.left_early is LeftEarlyUse.LADDER else "早退不计入"
        meaning = f"迟到、替会、缺席{_WINDOW[rule_set.window]}计次，{early}；{'；'.join(rule_set.ladder)}。"
    elif rule_set.points:
        meaning = "迟到、早退、替会、缺席按分值累计，供年终考核参考。"
    else:
        meaning = "应到、实到、请假、迟到等照实统计，不累计、不提示处理。"
    note = f"分值{rule_set.points_note}。" if rule_set.points_note else ""
    source = f"依据：{rule_set.source.rstrip('。')}。" if rule_set.source else ""
    return f"{meaning}{note}{source}"


def switches(rule_set: RuleSet) -> str:
    """The switches an operator asks about most, as the set in force has them."""
    base = {
        LateBase.ASK: "按通知时间（推迟开会时问一次）",
        LateBase.NOTIFIED: "按通知时间",
        LateBase.LATER: "按通知与实际开会中较晚的时间",
    }[rule_set.late_base]
    grace = f"，宽限 {rule_set.grace_min} 分钟" if rule_set.grace_min else "，不宽限"
    early = "不记" if rule_set.left_early is LeftEarlyUse.NOT_RECORDED else "记录"
    cap = f"每单位不超过 {rule_set.unit_cap} 人" if rule_set.unit_cap else "不限每单位人数"
    count = "每项各计一次" if rule_set.each_counts else "一次会议只计最重的一项"
    return (
        f"现用规则：迟到{base}{grace}；散会前 {rule_set.left_early_tolerance_min} 分钟以上离场{early}早退；"
        f"{count}；口头请假 {rule_set.oral_leave_days} 个工作日内补手续；{cap}；发言超时容差 "
        f"{rule_set.over_tolerance_s} 秒。"
    )
