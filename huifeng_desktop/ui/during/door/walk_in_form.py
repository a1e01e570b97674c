"""临时参会: unit, name and post of somebody who is not on the roster; added and signed in at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from huifeng_desktop.domain.people import Category
from huifeng_desktop.errors import StorageProblem, UserProblem
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.service.door.walk_in import over_cap
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.forms import Form
from huifeng_desktop.ui.during.words import greeting
from huifeng_desktop.ui.kit.buttons import Segmented
from huifeng_desktop.ui.kit.labels import text_label
from huifeng_desktop.wording import CATEGORY

_CATEGORIES = (Category.OBSERVER, Category.STAFF, Category.MEMBER)
_REASONS = ("议题需要，经主持人同意", "主要负责同志要求随会", "业务汇报需要")


class WalkInForm(Form):
    """Stores by itself; stays open with a sentence where something is missing."""

    def __init__(self, context: UiContext, parent: QWidget | None) -> None:
        super().__init__("临时参会", "临时参会，加到名单末尾", parent, confirm="加入并签到")
        self._context = context
        self.category = Segmented([CATEGORY[one] for one in _CATEGORIES], parent=self)
        self.unit, self.name, self.post, self.reason = (QLineEdit(self) for _ in range(4))
        units = list(dict.fromkeys(seat.unit for seat in context.session.state.seats))
        completer = QCompleter(units, self.unit)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.unit.setCompleter(completer)
        self.warning = text_label("", size=13, tone="warn", parent=self)
        self.warning.setWordWrap(True)
        self.reason.setPlaceholderText(self.tr("如：") + _REASONS[0])
        rows: tuple[tuple[str, QWidget], ...] = (
            ("身份", self.category),
            ("单位", self.unit),
            ("姓名", self.name),
            ("职务", self.post),
            ("", self.warning),
            ("超员原因", self.reason),
        )
        for word, field in rows:
            field.setAccessibleName(word)
            self.fields.addRow(word, field)
        self.unit.textChanged.connect(self._heed_cap)
        self.category.index_changed.connect(self._heed_cap)
        self._heed_cap()
        self.unit.setFocus()

    def chosen_category(self) -> Category:
        """身份."""
        return _CATEGORIES[self.category.index()]

    def _heed_cap(self, _: object = None) -> None:
        """A unit over its cap is warned of, and the reason asked for; it is never refused."""
        session = self._context.session
        cap = session.plan.rule_set.unit_cap
        warning = over_cap(self.unit.text(), self.chosen_category(), session.state.seats, cap)
        self.warning.setText(warning)
        self.fields.setRowVisible(self.warning, bool(warning))
        self.fields.setRowVisible(self.reason, bool(warning))

    def _go_to_what_is_missing(self) -> None:
        """The cursor waits in the first field that is asked for and empty."""
        asked = (self.unit, self.name, *([self.reason] if self.warning.text() else []))
        empty = next((field for field in asked if not field.text().strip()), None)
        if empty is not None:
            empty.setFocus()

    def confirm(self) -> None:
        """Add and sign in."""
        try:
            seat = self._context.preparation.add_walk_in(
                self.name.text(),
                self.unit.text(),
                self.post.text(),
                self.chosen_category(),
                reason=self.reason.text(),
            )
        except StorageProblem as problem:
            self._context.voice.save_failed.emit(problem.standing)
            self.refuse(str(problem))
            return
        except UserProblem as problem:
            self.refuse(str(problem))
            self._go_to_what_is_missing()
            return
        door = self._context.door
        outcome = attempt(self._context.voice, lambda: door.sign_in(seat.seat_id, Method.TYPED))
        if outcome is not None:
            self._context.voice.greet(*greeting(outcome))
        self.accept()
