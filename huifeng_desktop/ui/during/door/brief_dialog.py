"""到会情况: the sentence for the chair in large type, how people came in, and whom to telephone.

It stays open beside the work and follows the figures. Telephone numbers are seen here only, and what
came of each call is kept with the meeting, so that a restart or the colleague at the other desk knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from huifeng_desktop.domain.attendance import Call, CallWord
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.door.arrivals import arrival_curve
from huifeng_desktop.service.door.brief import Brief
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.door.arrival_chart import ArrivalChart, curve_words
from huifeng_desktop.ui.during.door.call_forms import ExpectedForm
from huifeng_desktop.ui.during.door.missing_row import missing_row
from huifeng_desktop.ui.during.people_table import PeopleModel, PeopleTable
from huifeng_desktop.ui.during.words import seat_words
from huifeng_desktop.ui.kit.buttons import ButtonKind
from huifeng_desktop.ui.kit.labels import Card, text_label

if TYPE_CHECKING:
    from huifeng_desktop.ui.printing.on_paper import AskPrinter


class BriefDialog(QDialog):
    """Not modal; the page calls `show_brief` whenever the figures change."""

    def __init__(
        self,
        context: UiContext,
        parent: QWidget | None = None,
        *,
        open_file: Callable[[Path], None] | None = None,
        ask_printer: AskPrinter | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._open_file = open_file or _open_in_viewer
        self._ask_printer = ask_printer
        self.setWindowTitle(self.tr("到会情况"))
        self.resize(760, 690)
        self.sentence = self._wrapped(text_label("", size=22, bold=True, parent=self))
        self.remarks = self._wrapped(text_label("", tone="mute", parent=self))
        self.chart = ArrivalChart(self)
        self.curve = text_label("", tone="mute", parent=self)
        self.caption = text_label("", size=15, bold=True, parent=self)
        self.copied = text_label("", size=13, tone="ok", parent=self)
        self.model = PeopleModel(self)
        self.table = PeopleTable(self.model, self)
        self.table.set_column_widths({0: 74, 2: 126, 3: 150}, 1)
        self._lay_out()
        self.table.row_changed.connect(lambda _: self._show_actions())

    @staticmethod
    def _wrapped(label: QLabel) -> QLabel:
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _lay_out(self) -> None:
        sheet = Card(self, padding=18, spacing=theme.SPACE_2)
        head = QHBoxLayout()
        head.addWidget(text_label(self.tr("请主持人通报"), tone="mute", parent=sheet), 1)
        head.addWidget(self.curve)
        sheet.body.addLayout(head)
        sheet.body.addWidget(self.sentence)
        sheet.body.addWidget(self.remarks)
        sheet.body.addWidget(self.chart)
        missing = Card(self, padding=0, spacing=0)
        missing.body.setContentsMargins(0, 10, 0, 4)
        missing.body.addLayout(self._make_call_row())
        missing.body.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(sheet)
        layout.addWidget(missing, 1)
        layout.addLayout(self._make_buttons())

    def _make_call_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 12, 8)
        row.setSpacing(6)
        row.addWidget(self.caption, 1)
        makes: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("已联系", "1", lambda: self.note(CallWord.REACHED)),
            ("在路上", "2", lambda: self.note(CallWord.COMING)),
            ("预计…", "3", self.ask_expected),
            ("没接通", "4", lambda: self.note(CallWord.NO_ANSWER)),
        )
        self.calls = [
            ActionButton(self.tr(words), key, size=13, height=30, parent=self) for words, key, _ in makes
        ]
        for button, (_, _, act) in zip(self.calls, makes, strict=True):
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button)
        return row

    def _make_buttons(self) -> QHBoxLayout:
        copy = ActionButton(self.tr("复制这句话"), "Ctrl+C", kind=ButtonKind.PRIMARY, parent=self)
        slip = ActionButton(self.tr("打印 A5…"), "Ctrl+P", parent=self)
        done = ActionButton(self.tr("关闭"), "F2", parent=self)
        copy.clicked.connect(self.copy_sentence)
        slip.clicked.connect(self.print_slip)
        done.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(self.copied, 1)
        for button in (done, slip, copy):
            row.addWidget(button)
        return row

    # -- showing -------------------------------------------------------------------------------

    def show_brief(self, brief: Brief, verdicts: Sequence[Verdict]) -> None:
        """Other figures."""
        session = self._context.session
        if brief.sentence != self.sentence.text():
            self.copied.setText("")
        self.sentence.setText(brief.sentence)
        self.remarks.setText("\n".join(brief.remarks))
        self.remarks.setVisible(bool(brief.remarks))
        curve = arrival_curve(verdicts)
        self.curve.setText(curve_words(curve))
        self.chart.show_curve(curve, session.plan.start, session.now().wall)
        state = session.state
        self._show_missing([(seat, state.facts_of(seat).call) for seat in brief.missing])

    def _show_missing(self, missing: Sequence[tuple[Seat, Call | None]]) -> None:
        called = sum(call is not None for _, call in missing)
        words = f"未到 {len(missing)} 人，已打电话 {called} 人" if called else f"未到 {len(missing)} 人"
        self.caption.setText(words if missing else self.tr("应到的人都有着落"))
        self.model.set_rows([missing_row(seat, call) for seat, call in missing])
        self._show_actions()

    def _show_actions(self) -> None:
        for button in self.calls:
            button.setEnabled(self.table.selected_person() is not None)

    # -- telephoning ---------------------------------------------------------------------------

    def note(self, word: CallWord, expected: str = "") -> None:
        """What came of the call to the chosen person; the next one is chosen."""
        person = self.table.selected_person()
        if person is None:
            return
        door, row = self._context.door, self.table.selected_row()
        if attempt(self._context.voice, lambda: door.note_call(person.seat_id, word, expected)) is not None:
            self.table.selectRow(min(row + 1, self.model.rowCount() - 1))

    def ask_expected(self) -> None:
        """预计 14:40."""
        person = self.table.selected_person()
        seat = self._context.session.state.seat(person.seat_id) if person is not None else None
        if seat is None:
            return
        form = ExpectedForm(seat_words(seat), self._context.session.now().wall, self)
        form.given.connect(lambda expected: self.note(CallWord.COMING, expected))
        form.open()

    # -- giving away ---------------------------------------------------------------------------

    def copy_sentence(self) -> None:
        """Sentence and remarks to the clipboard; names and telephone numbers stay here."""
        text = "\n".join(filter(None, (self.sentence.text(), self.remarks.text())))
        QGuiApplication.clipboard().setText(text)
        self.copied.setText(self.tr("已复制"))

    def print_slip(self) -> None:
        """The slip on A5, on the printer that is chosen; where there is none, as a page to look at."""
        from huifeng_desktop.ui.printing.on_paper import a5_across, ask_printer, has_printer, put_on_paper

        if self._ask_printer is None and not has_printer():
            self.save_slip()
            return
        context, printer = self._context, a5_across(self.tr("到会情况"))
        page = attempt(context.voice, lambda: context.papers.slip(context.session))
        if page is None or not (self._ask_printer or ask_printer)(printer, self):
            return
        done = put_on_paper(page, printer)
        self.copied.setText(self.tr("已送打印机") if done else self.tr("没有打印出来，请看打印机"))

    def save_slip(self) -> None:
        """The slip as an A5 page in the system's own viewer."""
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.TempLocation)
        context = self._context
        made = attempt(context.voice, lambda: context.papers.export_one(context.session, "slip", Path(place)))
        if made is not None:
            self._open_file(made)
            self.copied.setText(self.tr("本机没有打印机，已生成 A5 页，请在打开的窗口里打印"))


def _open_in_viewer(file: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
