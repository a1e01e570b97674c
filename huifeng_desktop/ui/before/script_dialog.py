"""讲话稿: how long a script is, whether it keeps the rule, how many minutes it takes, and the limit from it.

The script is only looked at here; none of it is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from huifeng_desktop import wording
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.script_length import SCRIPT_LIMITS, ScriptLength, measure, speaking_minutes
from huifeng_desktop.service.ports import Script, Scripts
from huifeng_desktop.ui.before.agenda_editor import typed_limit
from huifeng_desktop.ui.before.file_panel import ChooseFile
from huifeng_desktop.ui.before.frame import dropped_file
from huifeng_desktop.ui.before.script_view import ScriptView
from huifeng_desktop.ui.context import UiContext

SCRIPT_FILTER = "讲话稿 (*.docx *.txt *.pdf)"
_REMEMBERED = "script_limit"


def choose_script(title: str) -> Path | None:
    """Qt's own dialog, with the kinds of file that can be read."""
    name, _ = QFileDialog.getOpenFileName(None, title, "", SCRIPT_FILTER)
    return Path(name) if name else None


class ScriptDialog(QDialog):
    """One item's script. Storing the limit is its own; what is wrong is said inside it."""

    stored = Signal(str)
    """A finished sentence about the new limit."""

    def __init__(
        self,
        context: UiContext,
        scripts: Scripts,
        item: AgendaItem,
        choose_file: ChooseFile = choose_script,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._scripts, self._item = context, scripts, item
        self._choose_file = choose_file
        self._text = self._aside = ScriptLength()
        self.setWindowTitle(self.tr("讲话稿"))
        self.setAcceptDrops(True)
        self.view = ScriptView(self, item, SCRIPT_LIMITS)
        self._wire()
        self._choose_remembered()
        self._show_counts()

    def _wire(self) -> None:
        view = self.view
        view.choose.clicked.connect(self._on_choose)
        view.paste.clicked.connect(self.paste_text)
        view.with_aside.toggled.connect(self._show_counts)
        view.rule.index_changed.connect(self._on_rule_chosen)
        view.limit.textChanged.connect(self._on_limit_typed)
        view.cancel.clicked.connect(self.reject)
        view.store.clicked.connect(self.save)

    @property
    def length(self) -> ScriptLength:
        """The counts as shown, with text boxes and notes if they are wanted."""
        return self._text + self._aside if self.view.with_aside.isChecked() else self._text

    # -- bringing a script ---------------------------------------------------------------------

    def load_file(self, path: Path) -> None:
        """Read a file and count it."""
        self._begin(lambda: self._scripts.open_file(path))

    def paste_text(self) -> None:
        """Count what was copied, in place of what is shown."""
        text = QGuiApplication.clipboard().text()
        self._begin(lambda: self._scripts.open_text(text))

    def _begin(self, open_script: Callable[[], Script]) -> None:
        try:
            script = open_script()
        except UserProblem as problem:
            self.view.say(str(problem))
            return
        self._text, self._aside = measure(script.text), measure(script.aside)
        self.view.say("")
        self.view.show_script(script, self._aside.words)
        self._show_counts()
        self.view.limit.setFocus()

    def _on_choose(self) -> None:
        path = self._choose_file(self.tr("选择讲话稿"))
        if path is not None:
            self.load_file(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One local file is welcome."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.load_file(path)

    # -- showing -------------------------------------------------------------------------------

    def _show_counts(self) -> None:
        length = self.length
        minutes = speaking_minutes(length.words) if length.words else None
        self.view.show_length(length, minutes)
        self.view.show_rule(SCRIPT_LIMITS[self.view.rule.index()], length.words)
        if minutes is not None:
            self.view.show_kind(_kind_remark(self._item.kind, minutes.shortest * 60))
            self.view.limit.setText(wording.minutes_seconds(minutes.middle * 60))

    def _on_rule_chosen(self, place: int) -> None:
        self._context.settings.put(_REMEMBERED, SCRIPT_LIMITS[place].code)
        self.view.show_rule(SCRIPT_LIMITS[place], self.length.words)

    def _choose_remembered(self) -> None:
        code = self._context.settings.get(_REMEMBERED, "other")
        places = [place for place, limit in enumerate(SCRIPT_LIMITS) if limit.code == code]
        self.view.rule.set_index(places[0] if places else 1)

    # -- the limit -----------------------------------------------------------------------------

    def _on_limit_typed(self) -> None:
        self.view.say("")
        try:
            seconds = self._limit_s()
        except UserProblem:
            seconds = None
        self.view.show_limit(_limit_words(seconds) if seconds else "")

    def _limit_s(self) -> int | None:
        return typed_limit(self._context.imports, self.view.limit.text().strip())

    def save(self) -> None:
        """Make the typed time the item's limit, or say why not."""
        try:
            seconds = self._limit_s()
            if seconds is None:
                raise UserProblem("限时是空的，请填写分钟数，例如 20 或 6:30。")
            self._context.podium.change_item(replace(self._item, limit_s=seconds))
        except UserProblem as problem:
            self.view.say(str(problem))
            self.view.limit.setFocus()
            return
        self.stored.emit(f"“{self._item.title}”已限时 {_limit_words(seconds)}。")
        self.accept()


def _limit_words(seconds: int) -> str:
    """20 分钟; 6 分 30 秒."""
    return wording.duration_words(seconds) if seconds % 60 else f"{seconds // 60} 分钟"


def _kind_remark(kind: ItemKind, shortest_s: int) -> str:
    """What stands against the range, where the item's type has a limit by rule."""
    ruled = None if kind is ItemKind.HOSTING else kind.default_limit_s
    if ruled is None or shortest_s <= ruled:
        return ""
    return f"超过{wording.ITEM_KIND[kind]}规定的 {ruled // 60} 分钟"
