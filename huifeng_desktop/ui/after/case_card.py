"""The card in the middle: one case with its evidence, the possible decisions, and who decides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.domain.attendance import Decision, Ruling
from huifeng_desktop.rules.verdict import Flag
from huifeng_desktop.service.after.rulings import Case
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.after.evidence import evidence
from huifeng_desktop.ui.after.words import (
    APPEALED,
    CaseTag,
    ChoiceWords,
    case_tag,
    choice_words,
    needs_reason,
    question,
)
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.choice import ChoiceCard, EvidenceList
from huifeng_desktop.ui.kit.labels import Card, ElidedLabel, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone

COMMON_REASONS = (
    "因公，事先已向主持人报告",
    "因病，已补请假手续",
    "突发应急任务，事后已说明",
    "经核实，系登记差错",
    "书面说明理由成立",
)


class _Scroll(QScrollArea):
    """As high as its content where there is room for it, scrolling where there is not."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(70)
        self.setWidget(content)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other words in the content may need another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Take the height of the content at this width."""
        height = self.widget().layout().totalHeightForWidth(self.viewport().width())  # type: ignore[union-attr]
        self.setMaximumHeight(max(self.minimumHeight(), height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap otherwise at another width."""
        super().resizeEvent(event)
        self.fit()


class CaseCard(Card):
    """Shows one case; what the person decides is asked of the page by signals."""

    rule_requested = Signal()
    withdraw_requested = Signal()

    def __init__(self, operator: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16, spacing=10)
        self.body.setContentsMargins(20, 12, 20, 12)
        self._case: Case | None = None
        self._shown: object = None
        self._editable = True
        self.cards: list[ChoiceCard] = []
        self.name = text_label(size=21, bold=True, parent=self)
        self.where = ElidedLabel(parent=self)
        self.where.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.state = Tag(parent=self)
        self.evidence = EvidenceList()
        self._scroll = _Scroll(self.evidence, self)
        self._choices = QWidget(self)
        self.reason = self._reason_field()
        self.keys = ElidedLabel("", self)
        self.keys.setProperty("tone", "mute")
        self.keys.setFont(theme.ui_font(theme.TEXT_SMALL))
        self.keys.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.operator = QLineEdit(operator, self)
        self.operator.setPlaceholderText(self.tr("姓名"))
        self.operator.setAccessibleName(self.tr("认定人"))
        self.operator.setFixedWidth(88)
        self.withdraw = KeyButton(self.tr("撤回"), parent=self)
        self.more = KeyButton(self.tr("更多"), parent=self)
        self.rule = KeyButton(self.tr("认　定"), hint="Enter", kind=ButtonKind.PRIMARY, parent=self)
        self.withdraw.clicked.connect(self.withdraw_requested)
        self.rule.clicked.connect(self.rule_requested)
        self._lay_out()
        self.show_case(None, None)

    def _reason_field(self) -> QComboBox:
        field = QComboBox(self)
        field.setEditable(True)
        field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        field.setCompleter(None)  # type: ignore[arg-type]
        field.setAccessibleName(self.tr("理由"))
        line = field.lineEdit()
        assert line is not None
        line.setPlaceholderText(self.tr("理由（可从右边挑选）"))
        return field

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_3)
        head.addWidget(self.name)
        head.addWidget(self.where, 1)
        head.addWidget(self.state)
        self.body.addLayout(head)
        self.body.addWidget(self._scroll, 1000)
        self._choice_row = self.body.count()
        self.body.addWidget(self._choices)
        self.body.addWidget(self.reason)
        self.body.addStretch(1)
        self.body.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(7)
        row.addWidget(text_label(self.tr("认定人"), tone="mute", parent=self))
        row.addWidget(self.operator)
        row.addWidget(self.keys, 1)
        row.addWidget(self.more)
        row.addWidget(self.withdraw)
        row.addWidget(self.rule)
        return row

    # -- showing -------------------------------------------------------------------------------

    def case(self) -> Case | None:
        """The case on the card."""
        return self._case

    def decision(self) -> Decision | None:
        """The decision that is chosen on the cards."""
        chosen = [place for place, card in enumerate(self.cards) if card.isChecked()]
        return self._case.choices[chosen[0]] if self._case and chosen else None

    def reason_text(self) -> str:
        """The reason as written."""
        return self.reason.currentText().strip()

    def set_reasons(self, reasons: Sequence[str]) -> None:
        """Offer these reasons; what is written stays."""
        written = self.reason.currentText()
        self.reason.clear()
        self.reason.addItems(list(reasons))
        self.reason.setCurrentIndex(-1)
        self.reason.setEditText(written)

    def choose(self, place: int) -> None:
        """Choose a decision by its place, from 0."""
        if 0 <= place < len(self.cards) and self.cards[place].isEnabled():
            self.cards[place].setChecked(True)

    def show_case(self, case: Case | None, session: MeetingSession | None) -> None:
        """Show a case; what was chosen or written for it stays while its facts stay."""
        self._case = case
        for widget in (self._choices, self.reason, self.state, self.more, self.withdraw, self.rule):
            widget.setVisible(case is not None)
        if case is None or session is None:
            self._show_nothing()
            return
        seat = case.verdict.seat
        self.name.setText(seat.display_name)
        self.where.set_full_text("　".join(filter(None, (seat.unit, seat.post))))
        self._show_state(case, session)
        lines = evidence(case, session)
        if tuple(lines) != self.evidence.lines():
            self.evidence.set_lines(lines)
        ruling = session.state.facts_of(seat).ruling
        words = [choice_words(case, decision, session) for decision in case.choices]
        key = (seat.seat_id, case.choices, tuple(words), ruling)
        if key != self._shown:
            self._shown = key
            self._show_choices(words)
            self._show_ruling(case, ruling)
        self._set_editable(session.state.sealed is None, ruling is not None)

    def _show_nothing(self) -> None:
        self._shown = None
        self.name.setText(self.tr("没有需要认定的情况"))
        self.where.set_full_text("")
        self.evidence.set_lines(())

    def _show_state(self, case: Case, session: MeetingSession) -> None:
        verdict = case.verdict
        if case.appeal is not None:
            tag = APPEALED
        elif Flag.EXEMPT in verdict.flags:
            tag = CaseTag("不计入处理", Tone.NEUTRAL, Mark.DASH)
        elif verdict.pending and Flag.DEFERRED not in verdict.flags:
            tag = CaseTag(question(verdict), Tone.OVER, Mark.SQUARE)
        else:
            tag = case_tag(verdict)
        self.state.set_state(tag.text, tag.tone, tag.mark)

    def _show_choices(self, words: list[ChoiceWords]) -> None:
        old = self._choices
        self._choices = QWidget(self)
        column = QVBoxLayout(self._choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_2)
        self.cards = [ChoiceCard(one.title, one.aside, one.explanation, self._choices) for one in words]
        for card in self.cards:
            column.addWidget(card)
            card.toggled.connect(self._on_choice)
        self.body.removeWidget(old)
        old.hide()
        old.deleteLater()
        self.body.insertWidget(self._choice_row, self._choices)

    def _show_ruling(self, case: Case, ruling: Ruling | None) -> None:
        """Choose what was ruled, else what the evidence suggests on an open case.

        Where nothing waits for a person nothing is chosen, so that Enter cannot rule by accident.
        """
        if ruling is not None and ruling.decision in case.choices:
            self.choose(case.choices.index(ruling.decision))
        elif case.is_open:
            self.choose(0)
        self.reason.setCurrentIndex(-1)
        self.reason.setEditText(ruling.reason if ruling else "")
        self._on_choice()

    def _set_editable(self, editable: bool, ruled: bool) -> None:
        self._editable = editable
        for widget in (*self.cards, self.reason):
            widget.setEnabled(editable)
        self.keys.set_full_text(f"1–{len(self.cards)} 选择" if editable else "")
        self.rule.setEnabled(editable and self.decision() is not None)
        self.withdraw.setEnabled(editable and ruled)

    def _on_choice(self) -> None:
        decision, line = self.decision(), self.reason.lineEdit()
        self.rule.setEnabled(self._editable and decision is not None)
        if line is not None:
            wanted = decision is not None and needs_reason(decision)
            text = self.tr("理由（必填，可从右边挑选）") if wanted else self.tr("理由（可不填）")
            line.setPlaceholderText(text)
