"""The panel that three steps share: bring a table, check it, store it, and see what is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QStackedWidget, QWidget

from huifeng_desktop.domain.imported import FileKind
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.ports import ImportSource
from huifeng_desktop.ui.ask_path import ask_file
from huifeng_desktop.ui.before.check_view import CheckView
from huifeng_desktop.ui.before.checking import Check, mended, read_check, without_row
from huifeng_desktop.ui.before.differences import difference_list, differences
from huifeng_desktop.ui.before.frame import CheckTags, EmptyState, attempt, dropped_file, succeeds
from huifeng_desktop.ui.before.panel import Panel
from huifeng_desktop.ui.before.table import Column
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.buttons import KeyButton
from huifeng_desktop.ui.theme import Tone

ChooseFile = Callable[[str], Path | None]
"""Asks for a file under a title; None if the user thought better of it."""

FILE_FILTER = "表格文件 (*.xlsx *.xls *.et *.csv *.txt)"


def choose_with_dialog(title: str) -> Path | None:
    """A dialog that shows the kinds of file that can be read."""
    return ask_file(title, FILE_FILTER)


@dataclass(frozen=True, slots=True)
class FileWords:
    """What one kind of list is called on screen."""

    kind: FileKind
    title: str
    empty_title: str
    noun: str
    help_text: str
    columns_help: str
    columns: Sequence[Column]


class FilePanel(Panel):
    """Empty, checking or stored. Subclasses give the words and the view of what is stored."""

    def __init__(
        self, context: UiContext, words: FileWords, choose_file: ChooseFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, words.title, parent)
        self._words = words
        self._choose_file = choose_file
        self._checks: list[Check] = []
        self.setAcceptDrops(True)
        self._make_head()
        self.empty = EmptyState(words.empty_title, words.help_text, words.columns_help, self)
        self.check_view = CheckView(words.columns, words.noun, self)
        self._stored: QWidget | None = None
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.check_view)
        self.body.addWidget(self._pages, 1)
        self._wire()

    def _make_head(self) -> None:
        self._tags = CheckTags(self)
        self.cancel = KeyButton(self.tr("放弃核对"), shortcut="Ctrl+W", parent=self)
        self.paste = KeyButton(self.tr("粘贴表格"), shortcut="Ctrl+V", parent=self)
        self.choose = KeyButton(self.tr("换文件…"), shortcut="Ctrl+O", parent=self)
        for widget in (self._tags, self.cancel, self.paste, self.choose):
            self.head.add(widget)

    def _wire(self) -> None:
        for button in (self.choose, self.empty.choose):
            button.clicked.connect(self._on_choose)
        for button in (self.paste, self.empty.paste):
            button.clicked.connect(self.paste_table)
        self.cancel.clicked.connect(self.abandon)
        self.check_view.mend_requested.connect(self._on_mend)
        self.check_view.remove_requested.connect(self._on_remove)
        self.check_view.undo_requested.connect(self._on_undo)
        self.check_view.store_requested.connect(self.store)

    # -- for subclasses ------------------------------------------------------------------------

    def stored_view(self) -> QWidget:
        """Made when it is first needed: what the meeting has."""
        raise NotImplementedError

    def has_stored(self) -> bool:
        """Whether there is anything to show."""
        raise NotImplementedError

    def show_stored(self) -> None:
        """Fill the stored view and the head."""
        raise NotImplementedError

    def stored_sentence(self) -> str:
        """What to say after storing."""
        raise NotImplementedError

    def reason_for(self, check: Check) -> str | None:
        """Why it may be stored as it is, "" if that needs no reason; None: asked for, come back then."""
        return ""

    # -- bringing a table ----------------------------------------------------------------------

    @property
    def check(self) -> Check | None:
        """The check in progress."""
        return self._checks[-1] if self._checks else None

    def load_file(self, path: Path) -> None:
        """Read a file and show what is doubtful; nothing is stored."""
        self._begin(lambda: self.context.imports.open_file(path, self._words.kind))

    def paste_table(self) -> None:
        """The same with a table that was copied in WPS or Excel."""
        text = QGuiApplication.clipboard().text()
        self._begin(lambda: self.context.imports.open_text(text, self._words.kind))

    def _begin(self, open_source: Callable[[], ImportSource]) -> None:
        if self.is_sealed:
            succeeds(self.context.voice, self.context.session.refuse_if_sealed)
            return
        before = self._checks
        try:
            self._checks = [self._read(open_source())]
        except UserProblem as problem:
            self.context.voice.say_while(str(problem), Tone.OVER, lambda: self._checks is before)
            self.empty.say(str(problem))
            return
        self.empty.say("")
        self.refresh()
        self.check_view.table.setFocus()
        self.step_changed.emit()

    def _read(self, source: ImportSource) -> Check:
        return read_check(self.context.preparation, source, self._words.kind, self._cap())

    def _cap(self) -> int | None:
        return self.context.session.plan.rule_set.unit_cap or None

    def _on_choose(self) -> None:
        path = self._choose_file(f"选择{self._words.title}文件")
        if path is not None:
            self.load_file(path)

    # -- checking ------------------------------------------------------------------------------

    def _on_mend(self, row: int, column: str, text: str) -> None:
        self._advance(lambda check: mended(self.context.preparation, check, row, column, text, self._cap()))

    def _on_remove(self, row: int) -> None:
        if self._advance(lambda check: without_row(self.context.preparation, check, row, self._cap())):
            self.context.voice.say(f"已去掉第 {row} 行，按 Ctrl Z 恢复。", Tone.NEUTRAL)

    def _advance(self, step: Callable[[Check], Check]) -> bool:
        check = self.check
        after = attempt(self.context.voice, lambda: step(check)) if check else None
        if after is not None:
            self._checks.append(after)
        self.refresh()
        return after is not None

    def _on_undo(self) -> None:
        if len(self._checks) > 1:
            self._checks.pop()
            self.refresh()

    def abandon(self) -> None:
        """Leave the check without storing anything."""
        self._checks = []
        self.refresh()
        self.step_changed.emit()

    def store(self) -> None:
        """Store what the check shows, compared once more with the meeting as it is now."""
        check = self.check
        fresh = attempt(self.context.voice, lambda: self._read(check.source)) if check else None
        if check is None or fresh is None:
            return
        if len(fresh.error_rows) > len(check.error_rows):
            self._checks.append(fresh)
            self.refresh()
            return
        if (reason := self.reason_for(fresh)) is None:
            return
        fresh.preview.reason = reason
        if not succeeds(self.context.voice, lambda: self.context.preparation.apply(fresh.preview)):
            return
        self._checks = []
        self.refresh()
        self.step_changed.emit()
        if (view := self._pages.currentWidget()) is not None:
            view.setFocus()
        self.context.voice.say(self.stored_sentence(), Tone.OK)

    # -- showing -------------------------------------------------------------------------------

    def show_state(self) -> None:
        """The check if there is one, else what is stored, else the empty state."""
        check = self.check
        if check is not None:
            self._show_check(check)
        elif self.has_stored():
            if self._stored is None:
                self._stored = self.stored_view()
                self._pages.addWidget(self._stored)
            self._pages.setCurrentWidget(self._stored)
            self.show_stored()
        else:
            self._pages.setCurrentWidget(self.empty)
            self.head.set_words(self._words.title)
        self._show_buttons()

    def _show_check(self, check: Check) -> None:
        self._pages.setCurrentWidget(self.check_view)
        self.head.set_words(f"核对{self._words.title}", f"{check.source.name}　{len(check.rows)} 行")
        self._tags.set_counts(len(check.error_rows), check.doubtful, check.clean)
        state = self.context.session.state
        self.check_view.set_check(check, differences(check, state), difference_list(check))

    def _show_buttons(self) -> None:
        is_empty = self._pages.currentWidget() is self.empty
        self._tags.setVisible(self.check is not None)
        self.cancel.setVisible(self.check is not None)
        for button in (self.paste, self.choose):
            button.setVisible(not is_empty)
        for button in (self.paste, self.choose, self.empty.choose, self.empty.paste):
            button.setEnabled(not self.is_sealed)

    def unfinished(self) -> str:
        """正在核对 128 行."""
        return f"正在核对 {len(self.check.rows)} 行" if self.check is not None else ""

    # -- drag and drop -------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One local file is welcome."""
        if dropped_file(event.mimeData()) is not None and not self.is_sealed:
            self.empty.set_target(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self.empty.set_target(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        self.empty.set_target(False)
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.load_file(path)
