"""An office's own rule set, switch by switch, with what it would change in the open meeting beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.domain.rule_conflicts import contradictions
from huifeng_desktop.domain.rule_set import (
    LIMITS,
    SOURCED,
    GoneAtHeadcount,
    LateBase,
    LeftEarlyUse,
    RuleSet,
    SeenUnsigned,
    SubstituteAs,
    Window,
)
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.before.rule_preview import preview_rules
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before import rule_fields as fields
from huifeng_desktop.ui.before.frame import PanelFoot, PanelHead
from huifeng_desktop.ui.before.rule_changes import ChangesList
from huifeng_desktop.ui.before.rule_fields import RuleField, SourceNote
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import Card, separator, text_label
from huifeng_desktop.ui.theme import Tone

_PREVIEW_MS = 150
"""A pause after the last key before the meeting is judged anew: 1 000 seats take a tenth of a second."""
_Make = Callable[[Callable[[], None]], RuleField]


def _choice(key: str, *options: tuple[str, Any]) -> _Make:
    return lambda changed: fields.choice(key, changed, options)


def _number(key: str, unit: str, none: str = "") -> _Make:
    return lambda changed: fields.number(key, changed, LIMITS[key][1], unit, none)


def _text(key: str) -> _Make:
    return lambda changed: fields.text(key, changed)


def _texts(key: str, hint: str) -> _Make:
    return lambda changed: fields.texts(key, changed, hint)


_SECTIONS: tuple[tuple[str, tuple[tuple[str, _Make], ...]], ...] = (
    ("名称和依据", (("规则名称", _text("name")), ("依据的文件、年份、条款", _text("source")))),
    (
        "迟到和早退",
        (
            (
                "迟到从什么时候算",
                _choice(
                    "late_base",
                    ("按通知时间；推迟开会时问一次", LateBase.ASK),
                    ("始终按通知时间", LateBase.NOTIFIED),
                    ("通知与实际开会取晚的", LateBase.LATER),
                ),
            ),
            ("宽限", _number("grace_min", "分钟")),
            ("迟到多久按缺席", _number("very_late_min", "分钟起", "仍算迟到")),
            (
                "早退",
                _choice(
                    "left_early",
                    ("记录，可扣分，不计次", LeftEarlyUse.POINTS),
                    ("记录，计次，可扣分", LeftEarlyUse.LADDER),
                    ("不记", LeftEarlyUse.NOT_RECORDED),
                ),
            ),
            ("散会前多久离场不算早退", _number("left_early_tolerance_min", "分钟")),
            (
                "签到后清点不在、未登记离场",
                _choice(
                    "gone_at_headcount",
                    ("由人认定", GoneAtHeadcount.RULING),
                    ("按早退", GoneAtHeadcount.LEFT_EARLY),
                ),
            ),
            (
                "清点在场、没有签到，无人认定时",
                _choice("seen_unsigned", ("按缺席", SeenUnsigned.ABSENT), ("按迟到", SeenUnsigned.LATE)),
            ),
        ),
    ),
    (
        "请假和代会",
        (
            ("口头请假几天内补手续", _number("oral_leave_days", "个工作日")),
            (
                "未经批准的代会",
                _choice(
                    "substitute_as", ("按替会", SubstituteAs.SUBSTITUTE), ("按缺席", SubstituteAs.ABSENT)
                ),
            ),
            ("实到", _choice("in_person_only", ("含代会的人", False), ("只认本人（法定会议）", True))),
            ("法定人数", fields.quorum),
        ),
    ),
    (
        "计次和扣分",
        (
            ("一次会议有几项", _choice("each_counts", ("只计最重的一项", False), ("每项各计", True))),
            (
                "一次会议连开几场",
                _choice("each_session", ("合计一次，取最重的一场", False), ("各场分别计", True)),
            ),
            ("各类次数", _choice("kinds_separate", ("合并累计", False), ("分别累计", True))),
            (
                "各档提示（每行一档，空着不设）",
                lambda changed: fields.lines("ladder", changed, "达到第一档，建议……"),
            ),
            ("各档依据", _text("ladder_source")),
            ("分值（全为 0 即不扣分）", fields.points),
            ("分值说明", _text("points_note")),
            (
                "累计多长时间",
                _choice(
                    "window",
                    ("自然年", Window.CALENDAR_YEAR),
                    ("最近十二个月", Window.ROLLING_12_MONTHS),
                    ("任期（填起止日期）", Window.TERM),
                ),
            ),
            ("任期从", _text("term_from")),
            ("任期到", _text("term_to")),
            ("不计次、不通报的身份", fields.exempt),
            ("哪些召集单位的会议计入台账", _texts("conveners", "县委、县政府")),
        ),
    ),
    (
        "其他",
        (
            ("每单位最多几人", _number("unit_cap", "人")),
            ("申诉期", _number("appeal_days", "个工作日")),
            ("发言超时容差", _number("over_tolerance_s", "秒")),
            ("调休上班的日子", _texts("working_days", "2026-02-14、2026-02-28")),
            ("放假的日子", _texts("holidays", "2026-10-01、2026-10-02")),
        ),
    ),
)

_EXPLAINED = re.compile(r" ?[a-z_]+(?: 是 [a-z_]+)?（([^）]*)）")
_WORDS = {
    "term_from、term_to": "任期",
    "working_days": "调休上班的日子",
    "holidays": "放假的日子",
}
"""What else a sentence may name that is typed freely here; everything else is chosen, not typed."""


class RuleEditor(QDialog):
    """Accepted when the set was stored; `stored` is then its new version. The meeting is not touched."""

    def __init__(self, context: UiContext, rule_set: RuleSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._base = context, rule_set
        self.stored: RuleSet | None = None
        self._is_filling = False
        self.fields: dict[str, RuleField] = {}
        self.sources: dict[str, SourceNote] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PREVIEW_MS)
        self._later.timeout.connect(self.show_effect)
        self.setWindowTitle(self.tr("考勤规则 — 会风"))
        self.resize(1300, 690)
        head = PanelHead(self.tr("修改考勤规则"), self)
        head.set_words("修改考勤规则", f"存为第 {rule_set.version + 1} 版；已开过的会议仍按当时的版本")
        self.changes = ChangesList(self)
        self.foot = PanelFoot(self)
        self._lay_out(head)
        self.show_rule_set(rule_set)

    def _lay_out(self, head: QWidget) -> None:
        cancel = KeyButton(self.tr("不存"), hint="Esc", parent=self)
        self.save = KeyButton(self.tr("存为新版本"), shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        for button in (cancel, self.save):
            self.foot.add(button)
        cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.store)
        halves = QHBoxLayout()
        halves.setSpacing(0)
        halves.addWidget(self._form(), 5)
        halves.addWidget(self.changes, 4)
        card = Card(self, padding=1, spacing=0)
        card.body.addWidget(head)
        card.body.addWidget(separator(self))
        card.body.addLayout(halves, 1)
        card.body.addWidget(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(card)

    def _form(self) -> QScrollArea:
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(theme.SPACE_2)
        for title, rows in _SECTIONS:
            column.addWidget(text_label(title, size=theme.TEXT_BODY, bold=True, parent=sheet))
            form = QFormLayout()
            form.setHorizontalSpacing(theme.SPACE_4)
            form.setVerticalSpacing(theme.SPACE_2)
            for words, make in rows:
                field = make(self._on_changed)
                self.fields[field.key] = field
                label = text_label(words, size=13, tone="mute", parent=sheet)
                label.setFixedWidth(200)
                label.setWordWrap(True)
                field.widget.setAccessibleName(words)
                form.addRow(label, self._with_source(field, words) if field.key in SOURCED else field.widget)
            column.addLayout(form)
            column.addSpacing(theme.SPACE_2)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        area.setMinimumWidth(sheet.minimumSizeHint().width() + 16)
        return area

    def _with_source(self, field: RuleField, words: str) -> QWidget:
        """The field, and below it the document and clause that it comes from."""
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, theme.SPACE_1)
        column.setSpacing(1)
        line = self.sources[field.key] = SourceNote(words, self._on_changed, box)
        column.addWidget(field.widget)
        column.addWidget(line)
        return box

    # -- showing -------------------------------------------------------------------------------

    def show_rule_set(self, rule_set: RuleSet) -> None:
        """Fill every field."""
        plain, self._is_filling = rule_set.to_json(), True
        for key, field in self.fields.items():
            field.write(plain[key])
        for key, line in self.sources.items():
            line.show_source(rule_set.sources.get(key, ""))
        self._is_filling = False
        self.show_effect()

    def rule_set(self) -> RuleSet:
        """What the fields say; raises UserProblem naming the switch that cannot be meant."""
        said = {key: field.read() for key, field in self.fields.items()}
        said["sources"] = {key: line.text().strip() for key, line in self.sources.items() if line.text()}
        try:
            meant = RuleSet.from_json({**self._base.to_json(), **said})
        except ValueError as error:
            raise UserProblem(in_plain_words(str(error))) from error
        if found := contradictions(meant):
            raise UserProblem(f"{in_plain_words(found[0])}请改正其中一项。")
        return meant

    def _on_changed(self) -> None:
        if self._is_filling:
            return
        plain = self._base.to_json()
        for key, line in self.sources.items():
            line.set_moved(_plain(self.fields[key].read()) != _plain(plain[key]))
        self._later.start()

    def show_effect(self) -> None:
        """What the set would change in this meeting, or why it cannot be meant."""
        try:
            wanted = self.rule_set()
        except UserProblem as problem:
            self.foot.say(str(problem), Tone.OVER)
            self.save.setEnabled(False)
            self.changes.show_nothing()
            return
        self.save.setEnabled(True)
        self.foot.say(self.tr("这里只是预览，本次会议不变；存好以后，可在规则列表里选用。"))
        self.changes.show_preview(preview_rules(self._context.session, wanted))

    def store(self) -> None:
        """Keep the set as its next version, or say what stands against it."""
        try:
            self.stored = self._context.office.rule_sets.save(self.rule_set())
        except UserProblem as problem:
            self.foot.say(str(problem), Tone.OVER)
            return
        self.accept()


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def in_plain_words(sentence: str) -> str:
    """A sentence about switches without the names that they bear in files."""
    plain = _EXPLAINED.sub(r"“\1”", sentence)
    for key, words in _WORDS.items():
        plain = plain.replace(f" {key} ", f"“{words}”").replace(key, f"“{words}”")
    return plain
