"""The meetings of the data folder: open one, make a new one, or look at the sample."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from huifeng_desktop import wording
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.office import MeetingCard, Office
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.frame import PanelFoot, PanelHead
from huifeng_desktop.ui.before.plan_form import PlanForm
from huifeng_desktop.ui.before.table import Cell, Column, Line, RowsTable, TagText
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import Card, separator, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.theme import Tone

_COLUMNS = (Column("会议", 270, 3), Column("时间", 190), Column("地点", 170, 2), Column("状态", 104))
OFFICE_HOURS = range(8, 21)
"""Hours at which a meeting may begin; evening meetings are held."""
_EMPTY_WORDS = (
    "一次会议一份记录：先导入名单和议程，开会时签到、计时，散会后认定、导出。\n"
    "第一次用，可以先看示例会议，里面的单位和人都是虚构的。"
)


class MeetingsDialog(QDialog):
    """Closes with `meeting_chosen` when a meeting was opened or made."""

    meeting_chosen = Signal(str)
    """The id of the meeting to show."""
    sample_requested = Signal()
    merge_requested = Signal()
    """A colleague's hand-over file is to be taken in."""

    def __init__(self, office: Office, parent: QWidget | None = None, *, reminder: str = "") -> None:
        super().__init__(parent)
        self._office, self._reminder = office, reminder
        self._counts_said = False
        self.setWindowTitle(self.tr("会议列表 — 会风"))
        self.resize(820, 560)
        self.pages = QStackedWidget(self)
        self.table = RowsTable(_COLUMNS, self)
        self.form = PlanForm(self)
        self.rules = QComboBox(self)
        self._pages = [self._empty_page(), self._list_page(), self._form_page()]
        for page in self._pages:
            self.pages.addWidget(page)
        card = Card(self, padding=1, spacing=0)
        card.body.addWidget(self.pages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(card)
        self.show_meetings()

    # -- pages ---------------------------------------------------------------------------------

    def _empty_page(self) -> QWidget:
        page = QWidget(self)
        self.first = KeyButton(
            self.tr("新建会议"), shortcut="Ctrl+N", kind=ButtonKind.PRIMARY, height=42, parent=page
        )
        sample = KeyButton(self.tr("看示例"), shortcut="F1", height=42, parent=page)
        package = KeyButton(self.tr("并入交接包…"), shortcut="Ctrl+I", height=42, parent=page)
        package.clicked.connect(self._on_merge)
        self.first.clicked.connect(self.begin_new)
        sample.clicked.connect(self._on_sample)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        row.addStretch(1)
        row.addWidget(self.first)
        row.addWidget(package)
        row.addWidget(sample)
        row.addStretch(1)
        words = text_label(_EMPTY_WORDS, tone="mute", parent=page)
        title = text_label(self.tr("还没有会议"), size=theme.TEXT_TITLE, bold=True, parent=page)
        layout = QVBoxLayout(page)
        layout.setSpacing(theme.SPACE_4)
        layout.addStretch(2)
        for label in (title, words):
            label.setAlignment(label.alignment().AlignCenter)
            layout.addWidget(label)
        layout.addLayout(row)
        layout.addStretch(3)
        return page

    def _list_page(self) -> QWidget:
        page = QWidget(self)
        self._head = PanelHead(self.tr("会议"), page)
        foot = PanelFoot(page)
        foot.say(self.tr("Enter 打开选中的会议"))
        self.reminder = text_label(self._reminder, size=13, tone=Tone.WARN.value, parent=page)
        self.reminder.setWordWrap(True)
        self.reminder.setContentsMargins(14, 8, 14, 8)
        self.reminder.setVisible(bool(self._reminder))
        self.open_button = KeyButton(self.tr("打开"), hint="Enter", kind=ButtonKind.PRIMARY, parent=page)
        self.new_button = KeyButton(self.tr("新建会议"), shortcut="Ctrl+N", parent=page)
        self.sample_button = KeyButton(self.tr("看示例"), shortcut="F1", parent=page)
        self.merge_button = KeyButton(self.tr("并入交接包…"), shortcut="Ctrl+I", parent=page)
        self.merge_button.clicked.connect(self._on_merge)
        for button in (self.sample_button, self.merge_button, self.new_button, self.open_button):
            foot.add(button)
        self.open_button.clicked.connect(self.open_chosen)
        self.new_button.clicked.connect(self.begin_new)
        self.sample_button.clicked.connect(self._on_sample)
        self.table.row_activated.connect(self.open_chosen)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(separator(page))
        layout.addWidget(self.reminder)
        layout.addWidget(self.table, 1)
        layout.addWidget(foot)
        return page

    def _form_page(self) -> QWidget:
        page = QWidget(self)
        head = PanelHead(self.tr("新建会议"), page)
        for rule_set in self._office.rule_sets.values():
            self.rules.addItem(rule_set.name, rule_set.key)
        self.form.add_row(self.tr("考勤规则"), self.rules)
        self._form_foot = PanelFoot(page)
        self.back = KeyButton(self.tr("返回"), hint="Esc", parent=page)
        self.create_button = KeyButton(
            self.tr("建立"), shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, parent=page
        )
        for button in (self.back, self.create_button):
            self._form_foot.add(button)
        self.back.clicked.connect(self.show_meetings)
        self.create_button.clicked.connect(self.create_meeting)
        self.form.changed.connect(self._on_form_changed)
        self.form.counts.pressed.connect(self._on_counts_pressed)
        self.rules.currentIndexChanged.connect(self._on_form_changed)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(separator(page))
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 12, 24, 12)
        middle.addWidget(self.form)
        middle.addStretch(1)
        layout.addLayout(middle, 1)
        layout.addWidget(self._form_foot)
        return page

    # -- what can be done ----------------------------------------------------------------------

    def show_meetings(self) -> None:
        """The list, or the friendly empty page."""
        cards = self._office.cards()
        self.table.set_lines([_line(card) for card in cards])
        self._head.set_words("会议", f"共 {len(cards)} 次，最近的在前")
        self.pages.setCurrentWidget(self._pages[1] if cards else self._pages[0])
        if cards:
            self.table.selectRow(max(0, self.table.selected_row()))
            self.table.setFocus()
        else:
            self.first.setFocus()

    def reject(self) -> None:
        """Esc leaves the form first, then the list."""
        if self.pages.currentWidget() is self._pages[2]:
            self.show_meetings()
        else:
            super().reject()

    def begin_new(self) -> None:
        """Empty fields; a time at which meetings are held is proposed."""
        self._counts_said = False
        self.form.set_plan(MeetingPlan("", proposed_start(self._office.clock.reading().wall)))
        self.rules.setCurrentIndex(0)
        self._form_foot.say("")
        self.pages.setCurrentWidget(self._pages[2])
        self.form.title.setFocus()

    def open_chosen(self) -> None:
        """Open the chosen meeting."""
        meeting_id = self.table.selected_key()
        if meeting_id is not None:
            self._finish(meeting_id)

    def create_meeting(self) -> None:
        """Make the meeting the fields describe, or say what is wrong with them."""
        try:
            rule_set = self._office.rule_set(self.rules.currentData())
            plan = replace(self.form.plan(), rule_set=rule_set)
            meeting_id = self._office.create(plan)
        except UserProblem as problem:
            self._form_foot.say(str(problem), Tone.OVER)
            return
        self._finish(meeting_id)

    def _on_form_changed(self) -> None:
        """A meeting of a listed convener counts unless somebody says otherwise."""
        self._form_foot.say("")
        key = self.rules.currentData()
        if not self._counts_said and key is not None:
            convener = self.form.convener.text()
            self.form.counts.setChecked(self._office.rule_set(key).counts_convener(convener))

    def _on_counts_pressed(self) -> None:
        self._counts_said = True

    def _finish(self, meeting_id: str) -> None:
        self.meeting_chosen.emit(meeting_id)
        self.accept()

    def _on_merge(self) -> None:
        self.accept()
        self.merge_requested.emit()

    def _on_sample(self) -> None:
        self.sample_requested.emit()
        self.accept()


def proposed_start(now: datetime) -> datetime:
    """The next full hour but one; the next morning at nine where nobody meets at that hour."""
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    if start.hour in OFFICE_HOURS:
        return start
    day = start + timedelta(days=start.hour >= OFFICE_HOURS.stop)
    return day.replace(hour=9)


def _line(card: MeetingCard) -> Line:
    when = f"{card.start.year} 年 {wording.day(card.start)}　{wording.clock_time(card.start)}"
    cells = (
        Cell(card.title, bold=True, tip=card.title),
        Cell(when),
        Cell(card.place, tip=card.place),
        Cell(tags=(_state(card),)),
    )
    return Line(card.meeting_id, cells)


def _state(card: MeetingCard) -> TagText:
    if card.is_sealed:
        return TagText("已封存", Tone.NEUTRAL, Mark.SQUARE)
    if card.is_adjourned:
        return TagText("已散会", Tone.OK, Mark.CHECK)
    if card.is_opened:
        return TagText("正在开会", Tone.WARN, Mark.DOT)
    return TagText("未开", Tone.NEUTRAL, Mark.RING)
