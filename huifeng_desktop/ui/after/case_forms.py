"""Small forms beside a case: an appeal, its outcome, a notification, the list of good reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.service.after.appeals import MEANS
from huifeng_desktop.service.after.rulings import Case
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.after.moment_field import MomentField
from huifeng_desktop.ui.after.words import decision_title
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import text_label


class CaseForm(QDialog):
    """A title, a remark, some rows, and 存入."""

    def __init__(self, title: str, remark: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self._rows = QFormLayout()
        self._rows.setHorizontalSpacing(theme.SPACE_4)
        self._rows.setVerticalSpacing(theme.SPACE_3)
        cancel = KeyButton(self.tr("取消"), hint="Esc", parent=self)
        self.store = KeyButton(self.tr("存入"), shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        cancel.clicked.connect(self.reject)
        self.store.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.store)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(text_label(title, size=16, bold=True, parent=self))
        note = text_label(remark, size=13, tone="mute", parent=self)
        note.setWordWrap(True)
        layout.addWidget(note)
        layout.addLayout(self._rows)
        layout.addLayout(buttons)

    def add(self, words: str, widget: QWidget) -> None:
        """A row."""
        if words:
            widget.setAccessibleName(words)
        if not self._rows.rowCount():
            widget.setFocus()
        self._rows.addRow(text_label(words, tone="mute", parent=self), widget)


class AppealForm(CaseForm):
    """Who appeals, and why."""

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        seat = case.verdict.seat
        remark = f"{seat.display_name}（{seat.unit}）对认定有异议。申诉和处理结果都留在记录里。"
        super().__init__("记录申诉", remark, parent)
        self.by, self.why = QLineEdit(seat.name, self), QLineEdit(self)
        self.add(self.tr("申诉人"), self.by)
        self.add(self.tr("理由"), self.why)


class OutcomeForm(CaseForm):
    """Whether the ruling stands, or what takes its place."""

    def __init__(self, case: Case, operator: str, parent: QWidget | None = None) -> None:
        body = case.appeal.body if case.appeal is not None else {}
        super().__init__("处理申诉", f"{body.get('by', '')}申诉：{body.get('why', '')}", parent)
        self._decisions: list[Decision | None] = [None, *case.choices]
        self.outcome = QComboBox(self)
        self.outcome.addItem(self.tr("维持原认定"))
        for decision in case.choices:
            self.outcome.addItem(f"改为：{decision_title(decision)}")
        self.by, self.why = QLineEdit(operator, self), QLineEdit(self)
        self.add(self.tr("结果"), self.outcome)
        self.add(self.tr("处理人"), self.by)
        self.add(self.tr("理由"), self.why)

    def decision(self) -> Decision | None:
        """What the ruling is changed to; None: it stands."""
        return self._decisions[self.outcome.currentIndex()]


class NotifiedForm(CaseForm):
    """By what means, when, and whom."""

    def __init__(self, case: Case, operator: str, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__("补记通知", "会前怎样通知的，作为认定的依据；只记录，不改变认定。", parent)
        self._seat_id = case.verdict.seat.seat_id
        self.whom = QComboBox(self)
        self.whom.addItems([case.verdict.seat.display_name, self.tr("全体参会人员")])
        self.means = QComboBox(self)
        self.means.setEditable(True)
        self.means.addItems(list(MEANS))
        self.at = MomentField(now, self)
        self.by = QLineEdit(operator, self)
        self.add(self.tr("通知对象"), self.whom)
        self.add(self.tr("方式"), self.means)
        self.add(self.tr("时间"), self.at)
        self.add(self.tr("记录人"), self.by)

    def seat_id(self) -> str:
        """The person, or "" for everybody."""
        return self._seat_id if self.whom.currentIndex() == 0 else ""


class ReasonsForm(CaseForm):
    """The good reasons that are offered, one on each line."""

    def __init__(self, reasons: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("常用理由", "每行一条，认定“有正当理由”时可以挑选；空着就恢复自带的。", parent)
        self.box = QPlainTextEdit("\n".join(reasons), self)
        self.box.setMinimumHeight(180)
        self.add(self.tr("理由"), self.box)

    def reasons(self) -> list[str]:
        """Every line that says something, each once."""
        lines = (line.strip() for line in self.box.toPlainText().splitlines())
        return list(dict.fromkeys(line for line in lines if line))
