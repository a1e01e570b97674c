"""The fields and figures of 讲话稿. Layout only; `script_dialog` knows what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.rules.script_length import (
    FAST_PER_MINUTE,
    SLOW_PER_MINUTE,
    MinutesRange,
    ScriptLength,
    ScriptLimit,
)
from huifeng_desktop.service.ports import Script
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton, Segmented
from huifeng_desktop.ui.kit.labels import BigNumber, Card, ElidedLabel, separator, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone

_WIDTH, _HEIGHT, _SIDE = 720, 600, 20
_NONE = "—"
_PACE = f"每分钟 {SLOW_PER_MINUTE}–{FAST_PER_MINUTE} 字"
_FROM_PAGES = "PDF 按版面取字，页眉、页脚和图表里的字也计在内，可能略多。"
_HELP = "选择或拖入 .docx、.txt、.pdf 文件，也可以在 WPS 里复制全文后粘贴。\n文稿只用来数字数，不会保存。"


class ScriptView:
    """What stands on the dialog, from top to bottom."""

    def __init__(self, dialog: QDialog, item: AgendaItem, limits: Sequence[ScriptLimit]) -> None:
        self._dialog = dialog
        dialog.setFixedSize(_WIDTH, _HEIGHT)
        self._make_source()
        self._make_figures()
        self._make_rule(limits)
        self._make_foot()
        layout = QVBoxLayout(dialog)
        layout.setContentsMargins(_SIDE, 18, _SIDE, 18)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(self._head(item))
        layout.addLayout(self._source_row())
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.with_aside)
        layout.addWidget(self._figure_card())
        layout.addWidget(self.problem)
        layout.addLayout(self._foot_row())
        self.choose.setFocus()

    # -- parts ---------------------------------------------------------------------------------

    def _make_source(self) -> None:
        tr, parent = self._dialog.tr, self._dialog
        self.choose = KeyButton(tr("选择文件…"), shortcut="Ctrl+O", parent=parent)
        self.paste = KeyButton(tr("粘贴文稿"), shortcut="Ctrl+V", parent=parent)
        self.name = ElidedLabel(parent=parent)
        self.name.setProperty("tone", "mute")
        self.preview = QPlainTextEdit(parent)
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.viewport().setAcceptDrops(False)
        self.preview.setAccessibleName(tr("讲话稿文字"))
        self.preview.setPlaceholderText(tr(_HELP))
        self.with_aside = QCheckBox(parent)
        self.with_aside.setChecked(True)
        self.with_aside.hide()

    def _make_figures(self) -> None:
        parent = self._dialog
        self.words = BigNumber(_NONE, "字数", parent=parent)
        self.characters = BigNumber(_NONE, "字符数（不计空格）", size=theme.TEXT_TITLE, parent=parent)
        self.with_spaces = BigNumber(_NONE, "字符数（计空格）", size=theme.TEXT_TITLE, parent=parent)
        self.caution = text_label(_FROM_PAGES, size=theme.TEXT_SMALL, tone="mute", parent=parent)
        self.caution.hide()
        self.minutes = text_label(size=theme.TEXT_LEAD, bold=True, parent=parent)
        self.pace = text_label(_PACE, tone="mute", parent=parent)
        self.kind_tag = Tag(parent=parent)
        self.kind_tag.hide()

    def _make_rule(self, limits: Sequence[ScriptLimit]) -> None:
        names = [f"{limit.name} {limit.words} 字" for limit in limits]
        self.rule = Segmented(names, index=1, compact=True, parent=self._dialog)
        self.rule_tag = Tag(parent=self._dialog)
        self.source = text_label(size=theme.TEXT_SMALL, tone="mute", parent=self._dialog)

    def _make_foot(self) -> None:
        tr, parent = self._dialog.tr, self._dialog
        self.limit = QLineEdit(parent)
        self.limit.setFixedWidth(96)
        self.limit.setAccessibleName(tr("限时"))
        self.limit.setPlaceholderText(tr("20 或 6:30"))
        self.cancel = KeyButton(tr("取消"), hint="Esc", parent=parent)
        self.store = KeyButton(tr("设为限时"), shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, parent=parent)
        self.limit.returnPressed.connect(self.store.click)
        self.store.setEnabled(False)
        self.problem = text_label(tone=Tone.OVER.value, parent=parent)
        self.problem.setWordWrap(True)
        self.problem.hide()

    # -- rows ----------------------------------------------------------------------------------

    def _head(self, item: AgendaItem) -> QHBoxLayout:
        about = "　".join(part for part in (item.title, item.unit, item.speaker) if part)
        label = ElidedLabel(about, self._dialog)
        label.setProperty("tone", "mute")
        row = _row(text_label(self._dialog.tr("讲话稿"), size=16, bold=True, parent=self._dialog))
        row.addWidget(label, 1)
        return row

    def _source_row(self) -> QHBoxLayout:
        row = _row(self.choose, self.paste)
        row.addWidget(self.name, 1)
        return row

    def _figure_card(self) -> Card:
        card = Card(self._dialog, spacing=theme.SPACE_3)
        figures = QHBoxLayout()
        figures.setSpacing(48)
        for figure in (self.words, self.characters, self.with_spaces):
            figures.addWidget(figure, alignment=Qt.AlignmentFlag.AlignBottom)
        figures.addStretch(1)
        card.body.addLayout(figures)
        card.body.addWidget(self.caution)
        card.body.addWidget(separator(card))
        rule = _row(self.rule, self.rule_tag)
        rule.addStretch(1)
        card.body.addLayout(rule)
        card.body.addWidget(self.source)
        card.body.addWidget(separator(card))
        minutes = _row(self.minutes, self.pace, self.kind_tag)
        minutes.addStretch(1)
        card.body.addLayout(minutes)
        return card

    def _foot_row(self) -> QHBoxLayout:
        label = text_label(self._dialog.tr("限时"), tone="mute", parent=self._dialog)
        label.setBuddy(self.limit)
        row = _row(label, self.limit)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.store)
        return row

    # -- showing -------------------------------------------------------------------------------

    def show_script(self, script: Script, aside_words: int) -> None:
        """The text, and what it was read from."""
        self.preview.setPlainText("\n".join(part for part in (script.text, script.aside) if part))
        self.name.set_full_text(script.name)
        self.caution.setVisible(script.is_approximate)
        self.with_aside.setText(f"包括文本框、脚注和尾注（{aside_words} 字）")
        self.with_aside.setVisible(aside_words > 0)

    def show_length(self, length: ScriptLength, minutes: MinutesRange | None) -> None:
        """The figures; dashes where there is nothing to count."""
        counts = (length.words, length.characters, length.characters_and_spaces)
        for figure, count in zip((self.words, self.characters, self.with_spaces), counts, strict=True):
            figure.set_value(str(count) if length.words else _NONE)
        self.minutes.setText(_range_words(minutes) if minutes else "预计时长 —")

    def show_rule(self, limit: ScriptLimit, words: int) -> None:
        """Whether the chosen rule is kept, and where it stands."""
        over = limit.excess(words)
        if over:
            self.rule_tag.set_state(f"超出 {over} 字", Tone.OVER, Mark.SQUARE)
        else:
            self.rule_tag.set_state("没有超过", Tone.OK, Mark.CHECK)
        self.rule_tag.setVisible(words > 0)
        self.words.set_value(self.words.value(), tone=Tone.OVER if over else Tone.PLAIN)
        self.source.setText(limit.source)

    def show_kind(self, remark: str) -> None:
        """What the item's type says about the minutes, if anything."""
        self.kind_tag.set_state(remark, Tone.WARN, Mark.TRIANGLE)
        self.kind_tag.setVisible(bool(remark))

    def show_limit(self, words: str) -> None:
        """The button says what it will do."""
        self.store.setText(f"按 {words}设为限时" if words else "设为限时")
        self.store.setEnabled(bool(self.limit.text().strip()))

    def say(self, sentence: str) -> None:
        """What is wrong; "" takes it back."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_3)
    for widget in widgets:
        row.addWidget(widget)
    return row


def _range_words(minutes: MinutesRange) -> str:
    """约 17–22 分钟."""
    if minutes.shortest == minutes.longest:
        return f"约 {minutes.shortest} 分钟"
    return f"约 {minutes.shortest}–{minutes.longest} 分钟"
