"""Small forms of the 会中 page: each asks for a few things and emits them; none stores anything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.approval import Approval
from huifeng_desktop.domain.people import Deputy, normalise_name
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import text_label
from huifeng_desktop.wording import ITEM_KIND

_APPROVALS = (
    (Approval.APPROVED, "已批准"),
    (Approval.ORAL, "口头同意，待补手续"),
    (Approval.NOT_APPROVED, "未批准"),
)
_LEAVE_REASONS = ("因公", "因病", "其他")


class Form(QDialog):
    """A heading, fields, and two buttons; `open()` it, it blocks nothing but its window."""

    def __init__(self, title: str, heading: str, parent: QWidget | None, *, confirm: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self.fields = QFormLayout()
        self.fields.setHorizontalSpacing(theme.SPACE_3)
        self.fields.setVerticalSpacing(theme.SPACE_2)
        self.fields.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = text_label(heading, size=16, bold=True, parent=self)
        head.setWordWrap(True)
        self._hint = text_label("", size=13, tone="over", parent=self)
        self._hint.setWordWrap(True)
        self._hint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(head)
        layout.addLayout(self.fields)
        layout.addWidget(self._hint)
        layout.addLayout(self._make_buttons(confirm or self.tr("确定")))

    def refuse(self, sentence: str) -> None:
        """Say under the fields what is still missing."""
        self._hint.setText(sentence)
        self._hint.show()

    def confirm(self) -> None:
        """Enter, or the first button; subclasses check, emit and accept."""
        self.accept()

    def _make_buttons(self, confirm: str) -> QHBoxLayout:
        yes = KeyButton(confirm, hint="Enter", kind=ButtonKind.PRIMARY, parent=self)
        no = KeyButton(self.tr("取消"), hint="Esc", parent=self)
        yes.setDefault(True)
        yes.clicked.connect(self.confirm)
        no.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(no)
        row.addWidget(yes)
        return row


class DurationField(QWidget):
    """Minutes and seconds, so that nothing has to be understood and nothing can be wrong."""

    def __init__(self, seconds: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.minutes, self.seconds = QSpinBox(self), QSpinBox(self)
        self.minutes.setRange(0, 720)
        self.minutes.setSuffix(self.tr(" 分"))
        self.seconds.setRange(0, 59)
        self.seconds.setSuffix(self.tr(" 秒"))
        for box in (self.minutes, self.seconds):
            box.setMinimumWidth(84)
            box.lineEdit().setTextMargins(9, 0, 9, 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.minutes)
        layout.addWidget(self.seconds)
        layout.addStretch(1)
        self.set_value(seconds)

    def value(self) -> int:
        """Whole seconds."""
        return self.minutes.value() * 60 + self.seconds.value()

    def set_value(self, seconds: int) -> None:
        """Show so many seconds."""
        self.minutes.setValue(seconds // 60)
        self.seconds.setValue(seconds % 60)


class DurationForm(Form):
    """One span of time, with a reason where the record asks for one."""

    given = Signal(int, str)
    """Seconds and the reason."""

    def __init__(
        self, title: str, heading: str, seconds: int, parent: QWidget | None, *, with_reason: bool = False
    ) -> None:
        super().__init__(title, heading, parent)
        self.span = DurationField(seconds, self)
        self.reason = QLineEdit(self)
        self.fields.addRow(self.tr("时长"), self.span)
        self.reason.setVisible(with_reason)
        if with_reason:
            self.reason.setPlaceholderText(self.tr("如：提前停表、漏按结束"))
            self.fields.addRow(self.tr("更正说明"), self.reason)
        self.span.minutes.setFocus()
        self.span.minutes.selectAll()

    def confirm(self) -> None:
        """Anything above zero will do."""
        if not self.span.value():
            self.refuse(self.tr("时长是 0，请填写分或秒。"))
            return
        self.given.emit(self.span.value(), self.reason.text().strip())
        self.accept()


class ItemForm(Form):
    """插入发言: a new line for the agenda; with `known`, that line changed."""

    given = Signal(object)
    """An `AgendaItem`, without id where it is new."""

    def __init__(self, heading: str, parent: QWidget | None, *, known: AgendaItem | None = None) -> None:
        super().__init__(self.tr("改议题") if known else self.tr("插入发言"), heading, parent)
        self._known_id = known.item_id if known else ""
        self.title, self.unit, self.speaker = (QLineEdit(self) for _ in range(3))
        self.kind = QComboBox(self)
        for kind in ItemKind:
            self.kind.addItem(ITEM_KIND[kind], kind)
        self.kind.setCurrentIndex(self.kind.findData(ItemKind.OTHER))
        self.span = DurationField(ItemKind.OTHER.default_limit_s or 0, self)
        if known is not None:
            self._show(known)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.title.setFocus()
        self.fields.addRow(self.tr("议题"), self.title)
        self.fields.addRow(self.tr("发言单位"), self.unit)
        self.fields.addRow(self.tr("发言人"), self.speaker)
        self.fields.addRow(self.tr("类型"), self.kind)
        self.fields.addRow(self.tr("限时"), self.span)

    def confirm(self) -> None:
        """A title and a limit; types without one of their own may go without."""
        if not self.title.text().strip():
            self.refuse(self.tr("议题是空的，请填写。"))
            return
        if not self.span.value() and ItemKind(self.kind.currentData()).default_limit_s is not None:
            self.refuse(self.tr("限时是 0，请填写分或秒；不限时的请把类型改为“自定义”。"))
            return
        speaker = normalise_name(self.speaker.text())
        item = AgendaItem(
            self._known_id,
            self.title.text().strip(),
            speaker,
            self.unit.text().strip(),
            self.kind.currentData(),
            self.span.value() or None,
        )
        self.given.emit(item)
        self.accept()

    def _show(self, item: AgendaItem) -> None:
        self.title.setText(item.title)
        self.unit.setText(item.unit)
        self.speaker.setText(item.speaker)
        self.kind.setCurrentIndex(self.kind.findData(item.kind))
        own = item.limit_s if item.limit_s is not None else item.kind.default_limit_s
        self.span.set_value(own or 0)

    def _on_kind(self, _: int) -> None:
        limit = ItemKind(self.kind.currentData()).default_limit_s
        if limit is not None:
            self.span.set_value(limit)


class DeputyForm(Form):
    """代会: who came, and whether that was approved."""

    given = Signal(object, object, str)
    """`Deputy`, approved (bool or None for 待核实), by whom."""

    def __init__(
        self, heading: str, parent: QWidget | None, *, known: Deputy | None = None, must_decide: bool = False
    ) -> None:
        super().__init__(self.tr("代会"), heading, parent)
        self.name, self.post, self.approved_by = (QLineEdit(self) for _ in range(3))
        if known is not None:
            self.name.setText(known.name)
            self.post.setText(known.post)
        self.fields.addRow(self.tr("代会人"), self.name)
        self.fields.addRow(self.tr("代会人职务"), self.post)
        self.fields.addRow(self.tr("是否批准"), self._make_choice(must_decide))
        self.fields.addRow(self.tr("批准人"), self.approved_by)
        (self.name if known is None else self.approved_by).setFocus()

    def _make_choice(self, must_decide: bool) -> QWidget:
        box = QWidget(self)
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        self.choice = QButtonGroup(box)
        words = [self.tr("已批准"), self.tr("未批准"), self.tr("待核实")]
        for place, word in enumerate(words[:2] if must_decide else words):
            button = QRadioButton(word, box)
            self.choice.addButton(button, place)
            layout.addWidget(button)
        layout.addStretch(1)
        if not must_decide:
            self.choice.button(2).setChecked(True)
        return box

    def confirm(self) -> None:
        """A name is needed; approval must be said where the case is being settled."""
        name = normalise_name(self.name.text())
        if not name:
            self.refuse(self.tr("请填写代会人姓名。"))
            return
        if self.choice.checkedId() < 0:
            self.refuse(self.tr("请选择代会是否经过批准。"))
            return
        approved = {0: True, 1: False}.get(self.choice.checkedId())
        deputy = Deputy(name, self.post.text().strip())
        self.given.emit(deputy, approved, self.approved_by.text().strip())
        self.accept()


class LeaveForm(Form):
    """请假 at the door. No details of an illness: the reason is one of three words."""

    given = Signal(str, object, str, object)
    """Reason, `Approval`, by whom, `Deputy` or None."""

    def __init__(self, heading: str, parent: QWidget | None) -> None:
        super().__init__(self.tr("请假"), heading, parent)
        self.reason, self.approval = QComboBox(self), QComboBox(self)
        self.reason.addItems(list(_LEAVE_REASONS))
        for approval, word in _APPROVALS:
            self.approval.addItem(word, approval)
        self.approved_by, self.deputy, self.deputy_post = (QLineEdit(self) for _ in range(3))
        self.deputy.setPlaceholderText(self.tr("没有派人就不填"))
        self.fields.addRow(self.tr("事由"), self.reason)
        self.fields.addRow(self.tr("审批"), self.approval)
        self.fields.addRow(self.tr("批准人"), self.approved_by)
        self.fields.addRow(self.tr("代会人"), self.deputy)
        self.fields.addRow(self.tr("代会人职务"), self.deputy_post)

    def confirm(self) -> None:
        """Everything has a sensible default."""
        name = normalise_name(self.deputy.text())
        deputy = Deputy(name, self.deputy_post.text().strip()) if name else None
        approval = Approval(self.approval.currentData())
        self.given.emit(self.reason.currentText(), approval, self.approved_by.text().strip(), deputy)
        self.accept()


class ReasonForm(Form):
    """Why: a line of text with the usual reasons to choose from."""

    given = Signal(str)

    def __init__(
        self,
        title: str,
        heading: str,
        usual: tuple[str, ...],
        parent: QWidget | None,
        *,
        label: str = "",
        longest: int = 200,
    ) -> None:
        super().__init__(title, heading, parent)
        self.reason, line = QComboBox(self), QLineEdit(self)
        line.setMaxLength(longest)
        self.reason.setEditable(True)
        self.reason.setLineEdit(line)
        self.reason.addItems(list(usual))
        self.fields.addRow(label or self.tr("原因"), self.reason)

    def confirm(self) -> None:
        """Something must be said."""
        text = self.reason.currentText().strip()
        if not text:
            self.refuse(self.tr("请填写后再确定。"))
            return
        self.given.emit(text)
        self.accept()
