"""The table of a check: doubts as tags, cells that can be mended in place, and the button that stores."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from huifeng_desktop.domain.imported import ProblemCode, RowProblem, Severity
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.checking import Check, CheckRow
from huifeng_desktop.ui.before.frame import SIDE, PanelFoot
from huifeng_desktop.ui.before.table import Cell, Column, Line, RowsTable, TagText
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import ElidedLabel
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.ui.theme import Tone

ROW_COLUMN = Column("行", 46)
CHECK_COLUMN = Column("核对", 222, 3)
_MUTED = frozenset({"电话", "座位", "备注"})
_SENSITIVE = "（未显示）"


class CheckView(QWidget):
    """Shows a `Check`. It asks for every change and changes nothing itself."""

    mend_requested = Signal(int, str, str)
    """Row of the file, column, new text."""
    remove_requested = Signal(int)
    """Row of the file."""
    undo_requested = Signal()
    store_requested = Signal()

    def __init__(self, columns: Sequence[Column], noun: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = [column.title for column in columns]
        self._noun = noun
        self._check: Check | None = None
        self._difference = ""
        self._is_skipping = False
        self.table = RowsTable([ROW_COLUMN, *columns, CHECK_COLUMN], self)
        self._general = self._strip(Tone.WARN.value)
        self._detail = self._strip("mute")
        self.foot = PanelFoot(self)
        self._make_buttons()
        self.setFocusProxy(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._general)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._detail)
        layout.addWidget(self.foot)
        self._wire()

    def _make_buttons(self) -> None:
        self.only_doubtful = KeyButton(self.tr("只看有问题的"), shortcut="F8", parent=self)
        self.only_doubtful.setCheckable(True)
        self.skip = KeyButton("", parent=self)
        self.store = KeyButton("", shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        for button in (self.only_doubtful, self.skip, self.store):
            self.foot.add(button)

    def _wire(self) -> None:
        self.table.rows_model.edited.connect(self._on_edited, Qt.ConnectionType.QueuedConnection)
        self.table.row_changed.connect(self._on_row_changed)
        self.only_doubtful.toggled.connect(self._on_filter_toggled)
        self.skip.clicked.connect(self._on_skip)
        self.store.clicked.connect(self._on_store)

    def _strip(self, tone: str) -> ElidedLabel:
        label = ElidedLabel(parent=self)
        label.setProperty("tone", tone)
        label.setFont(theme.ui_font(13))
        label.setContentsMargins(SIDE, 0, SIDE, 0)
        label.setFixedHeight(32)
        return label

    # -- showing -------------------------------------------------------------------------------

    def set_check(self, check: Check, difference: str, names: str = "") -> None:
        """Show a check; `difference` says what storing it would change, `names` who is meant."""
        fresh = self._check is None or self._check.source.name != check.source.name
        self._check, self._difference, self._is_skipping = check, difference, False
        if not (check.error_rows or check.doubtful):
            self.only_doubtful.setChecked(False)
        self.table.set_lines([self._line(row) for row in self._visible_rows(check)])
        self._general.set_full_text("；".join(problem.text.rstrip("。") for problem in check.general))
        self._general.setVisible(bool(check.general))
        for title in ("座位", "备注"):
            if title in self._titles:
                place = self._titles.index(title) + 1
                self.table.set_column_shown(place, title in check.columns)
        self.foot.setToolTip(plain_tip(names))
        self._show_foot()
        if fresh:
            self._choose_first(check)
        self._on_row_changed(self.table.selected_row())

    def _visible_rows(self, check: Check) -> list[CheckRow]:
        only = self.only_doubtful.isChecked()
        return [row for row in check.rows if row.problems or not only]

    def _choose_first(self, check: Check) -> None:
        """Begin at the first error, else at the top."""
        rows = check.error_rows or check.rows
        if rows:
            self.table.choose(rows[0].row, self._problem_column(rows[0]))

    def _line(self, row: CheckRow) -> Line:
        cells = [Cell(str(row.row), mute=True)]
        cells += [self._cell(row, title) for title in self._titles]
        tags = [_tag(problem) for problem in row.problems]
        if row.is_acting:
            tags.append(TagText(self.tr("主持工作"), Tone.NEUTRAL, Mark.DOT))
        tip = "\n".join(_sentence(row, problem) for problem in row.problems)
        cells.append(Cell(tags=tuple(tags), tip=tip))
        return Line(row.row, tuple(cells), theme.OVER_SOFT if row.has_error else "")

    def _cell(self, row: CheckRow, title: str) -> Cell:
        assert self._check is not None
        edit = row.cells.get(title, "") if title in self._check.columns else None
        if edit is not None and _hides(row, title):
            edit = ""
        text = row.shown.get(title, "")
        tip = "\n".join(_sentence(row, one) for one in row.problems if one.column == title)
        return Cell(text, mute=title in _MUTED, edit=edit, tip=tip or text)

    def _show_foot(self) -> None:
        check = self._check
        if check is None:
            return
        errors, count = len(check.error_rows), self._counted(check.accepted)
        self.skip.setVisible(errors > 0 and (check.accepted > 0))
        if errors and self._is_skipping:
            rows = "、".join(str(row.row) for row in check.error_rows[:6]) + ("等" if errors > 6 else "")
            self.foot.say(f"第 {rows} 行不会存入。确定跳过吗？", Tone.OVER)
            self.skip.setText(self.tr("返回修改"))
            self.store.setText(f"跳过 {errors} 行，存入 {count}")
        elif errors:
            self.foot.say(self._difference)
            self.skip.setText(f"跳过 {errors} 行…")
            self.store.setText(f"改好 {errors} 处后存入")
        else:
            self.foot.say(self._difference)
            self.store.setText(self.tr("不必再存") if check.changes_nothing else f"存入 {count}")
        self.store.setEnabled(errors > 0 or not check.changes_nothing)
        for button in (self.skip, self.store):
            button.updateGeometry()

    def _counted(self, number: int) -> str:
        return f"{number} {self._noun}"

    # -- hearing -------------------------------------------------------------------------------

    def _on_edited(self, row: int, column: int, text: str) -> None:
        self.mend_requested.emit(row, self._titles[column - 1], text)

    def _on_row_changed(self, place: int) -> None:
        check = self._check
        key = self.table.selected_key()
        row = next((one for one in check.rows if one.row == key), None) if check else None
        if row is None or place < 0:
            self._detail.set_full_text("")
        elif row.problems:
            words = "；".join(_sentence(row, problem).rstrip("。") for problem in row.problems)
            self._detail.set_full_text(f"第 {row.row} 行　{words}。　Enter 修改，Del 去掉此行")
        else:
            self._detail.set_full_text(f"第 {row.row} 行　无误。　Enter 修改，Del 去掉此行")

    def _on_filter_toggled(self) -> None:
        if self._check is not None:
            self.table.set_lines([self._line(row) for row in self._visible_rows(self._check)])

    def _on_skip(self) -> None:
        self._is_skipping = not self._is_skipping
        self._show_foot()

    def _on_store(self) -> None:
        check = self._check
        if check is None:
            return
        if check.error_rows and not self._is_skipping:
            self.mend_next()
        else:
            self.store_requested.emit()

    def mend_next(self) -> None:
        """Open the editor of the first cell that must be mended."""
        if self._check is None or not self._check.error_rows:
            return
        row = self._check.error_rows[0]
        self.table.edit_cell(row.row, self._problem_column(row))

    def _problem_column(self, row: CheckRow) -> int:
        ordered = sorted(row.problems, key=lambda one: one.severity is not Severity.ERROR)
        columns = [one.column for one in ordered if one.column in self._titles]
        return self._titles.index(columns[0]) + 1 if columns else 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del takes the chosen row away, Ctrl+Z brings the last change back."""
        key = self.table.selected_key()
        if event.key() == Qt.Key.Key_Delete and key is not None:
            self.remove_requested.emit(key)
        elif event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.undo_requested.emit()
        else:
            super().keyPressEvent(event)


def _tag(problem: RowProblem) -> TagText:
    if problem.severity is Severity.ERROR:
        return TagText(problem.text.rstrip("。"), Tone.OVER, Mark.SQUARE)
    return TagText(problem.text.rstrip("。"), Tone.WARN, Mark.TRIANGLE)


def _sentence(row: CheckRow, problem: RowProblem) -> str:
    """Column, what stands there, and what to do; a telephone number stays masked."""
    value = row.shown.get(problem.column, "") if problem.column == "电话" else problem.value
    return f"{problem.column}“{value}”：{problem.text}" if value else f"{problem.column}：{problem.text}"


def _hides(row: CheckRow, title: str) -> bool:
    """Whether the cell holds something that must not come onto the screen (an identity number)."""
    return any(
        one.column == title and one.code is ProblemCode.CONFLICT and one.value == _SENSITIVE
        for one in row.problems
    )
