"""What another rule set would change: one sentence, then name by name; and the dialog that asks."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from huifeng_desktop.rules.verdict import Disposition, Verdict
from huifeng_desktop.service.before.rule_preview import RuleChange, RulePreview
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.frame import PanelFoot, PanelHead
from huifeng_desktop.ui.before.table import Cell, Column, Line, RowsTable
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import Card, separator, text_label
from huifeng_desktop.wording import DISPOSITION, result_words

_COLUMNS = (Column("姓名", 84), Column("单位", 80, 2), Column("现在", 130, 3), Column("改后", 130, 3))


class ChangesList(QWidget):
    """The effect on the open meeting."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = text_label(bold=True, parent=self)
        self.figures = text_label(size=13, tone="mute", parent=self)
        for label in (self.sentence, self.figures):
            label.setWordWrap(True)
        self.table = RowsTable(_COLUMNS, self, row_height=32)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(theme.SPACE_2)
        layout.addWidget(self.sentence)
        layout.addWidget(self.figures)
        layout.addWidget(self.table, 1)
        layout.addStretch()

    def show_preview(self, preview: RulePreview) -> None:
        """Show what would change."""
        totals = preview.totals
        self.sentence.setText(change_sentence(preview))
        self.figures.setText(
            f"改后：应到 {totals.expected}，实到 {totals.present}（{totals.attendance_rate}），"
            f"迟到 {totals.late}，早退 {totals.left_early}，替会 {totals.unapproved_substitute}，"
            f"缺席 {totals.absent}，待认定 {totals.pending}"
        )
        self.table.set_lines([_line(one) for one in preview.changes])
        self.table.show()

    def show_nothing(self) -> None:
        """Show no effect: what is being edited cannot be meant, and an older effect would mislead."""
        self.sentence.setText(self.tr("改正以后，这里显示对本次会议的影响。"))
        self.figures.setText("")
        self.table.set_lines(())
        self.table.hide()


def change_sentence(preview: RulePreview) -> str:
    """How many verdicts would change, and how many would begin or cease to count."""
    if not preview.changes:
        return "对本次会议：没有人的认定会变。"
    parts = [f"新增计入 {preview.gained} 人"] if preview.gained else []
    parts += [f"不再计入 {preview.lost} 人"] if preview.lost else []
    inside = f"，其中{'、'.join(parts)}" if parts else ""
    return f"对本次会议：{len(preview.changes)} 人的认定会变{inside}。"


def _line(change: RuleChange) -> Line:
    seat = change.before.seat
    return Line(
        seat.seat_id,
        (
            Cell(seat.display_name),
            Cell(seat.unit, mute=True, tip=seat.unit),
            _cell(change.before, change.points_before),
            _cell(change.after, change.points_after),
        ),
    )


def _cell(verdict: Verdict, points: float) -> Cell:
    """The fact first, in as few words as a narrow column takes, then what it leads to."""
    fact = result_words(verdict).removeprefix(f"{DISPOSITION[Disposition.IN_PERSON]}，")
    adds = ["计入"] if verdict.counted else []
    adds += [f"扣 {points:g} 分"] if points else []
    adds += ["待认定"] if verdict.pending else []
    text = "，".join((fact, *adds))
    return Cell(text, tip=text)


class ChangesDialog(QDialog):
    """改用: shows what would change in the meeting and asks; nothing is changed here."""

    def __init__(self, name: str, preview: RulePreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("改用考勤规则 — 会风"))
        self.resize(900, 560)
        head = PanelHead(self.tr("改用考勤规则"), self)
        head.set_words("改用考勤规则", f"本次会议改用“{name}”以后")
        self.changes = ChangesList(self)
        self.changes.show_preview(preview)
        foot = PanelFoot(self)
        foot.say(self.tr("事实不变，只是重新认定；原来用的规则留在记录里，随时可以改回。"))
        self.stay = KeyButton(self.tr("不改"), hint="Esc", parent=self)
        self.use = KeyButton(self.tr("改用"), shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        for button in (self.stay, self.use):
            foot.add(button)
        self.stay.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        card = Card(self, padding=1, spacing=0)
        for widget in (head, separator(self)):
            card.body.addWidget(widget)
        card.body.addWidget(self.changes, 1)
        card.body.addWidget(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(card)
