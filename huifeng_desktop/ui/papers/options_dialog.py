"""导出设置: in what order, in what type, and how the 签到表 is parted; kept for the next time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.rules.ordering import Order
from huifeng_desktop.service.printed.choices import MOST_DESKS, PaperOptions, Split
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import text_label
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.ui.papers.choices import FAMILIES, ORDERS, SPLITS
from huifeng_desktop.ui.papers.words import people

KindT = TypeVar("KindT", bound=StrEnum)
Warn = Callable[[PaperOptions], Sequence[str]]
_SINGLE = ("单名排在同姓最前", "单名按第二字笔画混排")
_WIDTH = 520


class OptionsDialog(QDialog):
    """Shows `options`; `warn` says at once whose characters the chosen family lacks."""

    def __init__(self, options: PaperOptions, warn: Warn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options, self._warn = options, warn
        self.setWindowTitle(self.tr("导出设置"))
        self.setFixedWidth(_WIDTH)
        self.order = _combo(list(ORDERS.values()), list(ORDERS).index(options.order), self)
        self.single = _combo(_SINGLE, 0 if options.single_name_first else 1, self)
        families = list(dict.fromkeys((*FAMILIES, options.body_family)))
        self.family = _combo(families, families.index(options.body_family), self)
        self.split = _combo(list(SPLITS.values()), list(SPLITS).index(options.split), self)
        self.desks = QSpinBox(self)
        self.desks.setRange(1, MOST_DESKS)
        self.desks.setSuffix(self.tr(" 台"))
        self.desks.setValue(options.desks)
        self.units_only = QCheckBox(self.tr("通报只写到单位，不写姓名"), self)
        self.units_only.setChecked(not options.circular_names)
        self.warning = text_label(size=13, tone="warn", parent=self)
        self._lay_out()
        self._connect()
        self._show_what_applies()

    def _lay_out(self) -> None:
        parted = QHBoxLayout()
        parted.setSpacing(theme.SPACE_2)
        parted.addWidget(self.split, 1)
        parted.addWidget(self.desks)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_4)
        form.setVerticalSpacing(theme.SPACE_3)
        rows = (("名单排序", self.order), ("姓氏笔画", self.single), ("正文字体", self.family))
        for words, field in rows:
            form.addRow(text_label(self.tr(words), tone="mute", parent=self), field)
        form.addRow("", self.warning)
        form.addRow(text_label(self.tr("签到表分页"), tone="mute", parent=self), parted)
        form.addRow("", self.units_only)
        note = text_label(
            self.tr("县领导、列席人员总是单独成页；设置对以后的导出都有效。"),
            size=13,
            tone="mute",
            parent=self,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(text_label(self.tr("导出设置"), size=16, bold=True, parent=self))
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        cancel = KeyButton(self.tr("取消"), hint="Esc", parent=self)
        self.store = KeyButton(self.tr("存入"), shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        cancel.clicked.connect(self.reject)
        self.store.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.store)
        return row

    def _connect(self) -> None:
        for combo in (self.order, self.split, self.family):
            combo.currentIndexChanged.connect(self._show_what_applies)

    def _show_what_applies(self) -> None:
        """Only what has an effect can be chosen; the type warns before anything is made."""
        chosen = self.options()
        self.single.setEnabled(chosen.order is Order.STROKES)
        self.desks.setVisible(chosen.split is Split.DESK)
        said = self._warn(chosen)
        count = max((len(people(sentence)) for sentence in said), default=0)
        self.warning.setText(f"有 {count} 人的字这种字体里没有，导出前会逐人列出。")
        self.warning.setToolTip(plain_tip("\n".join(said)))
        self.warning.setVisible(bool(said))
        self.adjustSize()

    def options(self) -> PaperOptions:
        """What is chosen now."""
        return replace(
            self._options,
            order=_chosen(ORDERS, self.order),
            single_name_first=self.single.currentIndex() == 0,
            body_family=self.family.currentText(),
            split=_chosen(SPLITS, self.split),
            desks=self.desks.value(),
            circular_names=not self.units_only.isChecked(),
        )


def _combo(texts: Sequence[str], index: int, parent: QWidget) -> QComboBox:
    combo = QComboBox(parent)
    combo.addItems(list(texts))
    combo.setCurrentIndex(index)
    return combo


def _chosen(words: dict[KindT, str], combo: QComboBox) -> KindT:
    return list(words)[combo.currentIndex()]
