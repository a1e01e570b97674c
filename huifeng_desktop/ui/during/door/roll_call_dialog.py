"""点名: one name at a time, large enough to be read from the rostrum; answered by single keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.service.door.roll import Roll, callable_seats
from huifeng_desktop.service.door.sign_in import Method, SignInOutcome
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.door.forms import DoorForms
from huifeng_desktop.ui.during.words import WIDE, joined, presence_words
from huifeng_desktop.ui.kit.bars import ProgressBar
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton, Segmented
from huifeng_desktop.ui.kit.labels import Card, text_label
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import outcome_sentence

_Key = Qt.Key
_SMALL_NAME, _LARGEST_NAME, _NAME_EDGE = 52, 240, 120
"""Pixels: of the least type for a name, of the largest, and of the room beside it."""


class RollCallDialog(QDialog):
    """Every answer is on disk before the next name is shown; 上一个 and another answer mend it."""

    called = Signal(object)
    """The `Seat` that the hall is to read, only while 投到大屏 is on; else None."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._roll = Roll(context.session, context.door, Method.ROLL_CALL, context.operator)
        self._forms = DoorForms(context, self, Method.ROLL_CALL)
        self._seats: list[Seat] = []
        self._place = 0
        self.setWindowTitle(self.tr("点名"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(980, 600)
        self._make_parts()
        self._lay_out()
        self._connect()
        self.call_roll()

    def _make_parts(self) -> None:
        self.which = Segmented([self.tr("还没到的"), self.tr("全部")], compact=True, parent=self)
        self.place = text_label("", size=16, tone="mute", parent=self)
        self.counts = text_label("", size=16, bold=True, parent=self)
        self.progress = ProgressBar(parent=self)
        self.name = text_label("", size=_SMALL_NAME, bold=True, parent=self)
        self.post = text_label("", size=28, parent=self)
        self.post.setWordWrap(True)
        self.state = Tag("", size=20, parent=self)
        self.after = text_label("", size=16, tone="mute", parent=self)
        for label in (self.name, self.post):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        answers = (("到", "1 空格", ButtonKind.PRIMARY), ("未到", "2", ButtonKind.NORMAL))
        asked = (("代会…", "3", ButtonKind.NORMAL), ("请假…", "4", ButtonKind.NORMAL))
        self.here, self.away, self.deputy, self.leave = (
            KeyButton(word, hint=hint, kind=kind, size=20, height=54, parent=self)
            for word, hint, kind in (*answers, *asked)
        )
        self.back = KeyButton(self.tr("上一个"), hint="←", parent=self)
        self.forward = KeyButton(self.tr("下一个"), hint="→", parent=self)
        self.hall = KeyButton(self.tr("投到大屏"), hint="5", parent=self)
        self.hall.setCheckable(True)
        self.large = KeyButton(self.tr("全屏"), hint="F11", parent=self)
        self.shut = KeyButton(self.tr("关闭"), hint="Esc", parent=self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.which)
        head.addSpacing(theme.SPACE_4)
        head.addWidget(self.place)
        head.addStretch(1)
        head.addWidget(self.counts)
        sheet = Card(self, padding=24, spacing=18)
        sheet.body.addStretch(2)
        sheet.body.addWidget(self.name)
        sheet.body.addWidget(self.post)
        sheet.body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignHCenter)
        sheet.body.addStretch(3)
        sheet.body.addWidget(self.after, 0, Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(head)
        layout.addWidget(self.progress)
        layout.addWidget(sheet, 1)
        layout.addLayout(self._row(self.here, self.away, self.deputy, self.leave))
        layout.addLayout(self._row(self.back, self.forward, self.hall, self.large, self.shut))

    def _row(self, *buttons: KeyButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        for button in buttons:
            row.addWidget(button, 1)
        return row

    def _connect(self) -> None:
        self.which.index_changed.connect(lambda _: self.call_roll())
        self.here.clicked.connect(self.answer_here)
        self.away.clicked.connect(self.answer_away)
        self.deputy.clicked.connect(self.ask_deputy)
        self.leave.clicked.connect(self.ask_leave)
        self.back.clicked.connect(lambda: self.step(-1))
        self.forward.clicked.connect(lambda: self.step(1))
        self.large.clicked.connect(self.toggle_full_screen)
        self.shut.clicked.connect(self.close)
        self.hall.toggled.connect(self._on_hall)
        self.finished.connect(lambda _: self.called.emit(None))
        self._forms.stored.connect(lambda _: self.step(1))
        self._context.bridge.changed.connect(self._on_changed)

    # -- the roll ------------------------------------------------------------------------------

    def call_roll(self) -> None:
        """From the first name on, by the choice above."""
        everybody = self.which.index() == 1
        self._seats = callable_seats(self._context.session.verdicts(), everybody=everybody)
        self._place = 0
        self._show()
        self.setFocus()

    def seat(self) -> Seat | None:
        """Whose name is up; None behind the last one."""
        return self._seats[self._place] if self._place < len(self._seats) else None

    def step(self, by: int) -> None:
        """Another name, without an answer."""
        self._place = min(max(self._place + by, 0), len(self._seats))
        self._show()

    def answer_here(self) -> None:
        """到."""
        seat = self.seat()
        if seat is None:
            return
        outcome = attempt(self._context.voice, lambda: self._roll.present(seat))
        if outcome is not None and outcome.is_durable:
            self.step(1)
        elif outcome is not None:
            self._say_refusal(outcome)

    def _say_refusal(self, outcome: SignInOutcome) -> None:
        self.after.setText(outcome_sentence(outcome))

    def answer_away(self) -> None:
        """未到; takes an entry back that was made by mistake."""
        seat = self.seat()
        if seat is not None and attempt(self._context.voice, lambda: self._roll.absent(seat)) is not None:
            self.step(1)

    def ask_deputy(self) -> None:
        """代."""
        seat = self.seat()
        if seat is not None and not self._roll.is_here(seat):
            self._forms.ask_deputy(seat)

    def ask_leave(self) -> None:
        """假."""
        seat = self.seat()
        if seat is not None and not self._roll.is_here(seat):
            self._forms.ask_leave(seat)

    # -- showing -------------------------------------------------------------------------------

    def _on_changed(self, _: object) -> None:
        self._show()

    def _show(self) -> None:
        seat, count = self.seat(), len(self._seats)
        self.progress.set_progress(self._place / count if count else 1.0)
        self.place.setText((f"第 {self._place + 1} 人，" if seat else "") + self._count_words(count))
        came = sum(self._roll.is_here(one) for one in self._seats)
        self.counts.setText(f"已到 {came}{WIDE}还没到 {count - came}")
        for button in (self.here, self.away, self.deputy, self.leave, self.forward):
            button.setEnabled(seat is not None)
        self.back.setEnabled(self._place > 0)
        self.state.setVisible(seat is not None)
        if seat is None:
            self._show_end(count)
        else:
            self._show_seat(seat)
        self.called.emit(seat if self.hall.isChecked() else None)

    def _count_words(self, count: int) -> str:
        """共 292 人，含列席 11 人: else the figure seems to contradict 未到 in the window."""
        observers = sum(one.category is Category.OBSERVER for one in self._seats)
        return f"共 {count} 人" + (f"，含列席 {observers} 人" if observers else "")

    def _on_hall(self, shown: bool) -> None:
        """The name in large type before the hall, by the operator's wish only."""
        self.hall.setText(self.tr("从大屏撤下") if shown else self.tr("投到大屏"))
        self._show()

    def _show_seat(self, seat: Seat) -> None:
        self.name.setFont(theme.ui_font(self._fitting_size(seat.display_name), bold=True))
        self.name.setText(seat.display_name)
        self.post.setText(joined(seat.unit, seat.post))
        verdict = self._context.session.verdict(seat.seat_id)
        self.state.set_state(*(presence_words(verdict) if verdict else ("", Tone.PLAIN)))
        more = self._seats[self._place + 1] if self._place + 1 < len(self._seats) else None
        self.after.setText(joined("下一个", more.display_name, more.unit) if more else "这是最后一个")

    def _fitting_size(self, name: str) -> int:
        """As large as the window allows: the full screen is read from the last row."""
        by_width = (self.width() - _NAME_EDGE) // max(1, len(name))
        return max(_SMALL_NAME, min(by_width, self.height() // 6, _LARGEST_NAME))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name grows with the window."""
        super().resizeEvent(event)
        self._show()

    def _show_end(self, count: int) -> None:
        self.name.setFont(theme.ui_font(_SMALL_NAME, bold=True))
        self.name.setText(self.tr("点名完毕") if count else self.tr("都到了，不用点名"))
        self.post.setText("")
        self.after.setText(self.tr("按 ← 可以回到上一个改") if count else "")

    # -- keys ----------------------------------------------------------------------------------

    def toggle_full_screen(self) -> None:
        """The whole screen, for reading from a distance; F11 once more gives the window back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        word = self.tr("还原") if self.isFullScreen() else self.tr("全屏")
        self.large.setText(word)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key an answer; Esc first gives the window back."""
        key = _Key(event.key())
        if key in (_Key.Key_1, _Key.Key_Space, _Key.Key_Return, _Key.Key_Enter):
            self.answer_here()
        elif key is _Key.Key_2:
            self.answer_away()
        elif key is _Key.Key_3:
            self.ask_deputy()
        elif key is _Key.Key_4:
            self.ask_leave()
        elif key is _Key.Key_5:
            self.hall.toggle()
        elif key in (_Key.Key_Left, _Key.Key_Up, _Key.Key_Backspace):
            self.step(-1)
        elif key in (_Key.Key_Right, _Key.Key_Down):
            self.step(1)
        elif key is _Key.Key_F11 or (key is _Key.Key_Escape and self.isFullScreen()):
            self.toggle_full_screen()
        else:
            super().keyPressEvent(event)
