"""投影到哪个屏幕: the screens as they stand, each with its number, while every one shows that number."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.kit.buttons import ButtonKind, Segmented
from huifeng_desktop.ui.kit.labels import text_label
from huifeng_desktop.ui.projection.projector import Projector, ScreenChoice
from huifeng_desktop.ui.stage.numbers import ScreenNumber, show_numbers
from huifeng_desktop.ui.stage.placement import Corner, StageForm
from huifeng_desktop.ui.stage.screens import is_same_device

_FORMS = (StageForm.FULL, StageForm.TIMER, StageForm.SMALL)
_CORNERS = (Corner.TOP_LEFT, Corner.TOP_RIGHT, Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT)
_HINTS = {
    StageForm.FULL: "占满选中的屏幕。本窗口所在的屏幕不会被盖住。",
    StageForm.TIMER: "半透明计时，浮在别人的幻灯片上面，鼠标点击穿过它。",
    StageForm.SMALL: "一个可以拖动、放大的小窗，总在最前。",
}


class ScreenMap(QWidget):
    """The screens in small; a click or a figure key chooses one."""

    chosen = Signal(int)
    """The place of the screen in the list, from 0."""

    def __init__(self, choices: list[ScreenChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices, self._index = choices, 0
        self._may_choose_main = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(200)

    def sizeHint(self) -> QSize:
        """Wide enough for three screens beside each other."""
        return QSize(560, 200)

    def choice(self) -> ScreenChoice:
        """The chosen screen."""
        return self._choices[self._index]

    def allow_main(self, allowed: bool) -> None:
        """Whether the secretary's own screen may be chosen: for a whole picture it may not."""
        self._may_choose_main = allowed
        if not self.may_choose(self._index):
            self._index = next((i for i in range(len(self._choices)) if self.may_choose(i)), self._index)
        self.update()

    def may_choose(self, index: int) -> bool:
        """Whether this screen is offered."""
        return 0 <= index < len(self._choices) and (self._may_choose_main or self._choices[index].is_free)

    def choose(self, index: int) -> None:
        """Mark another screen."""
        if self.may_choose(index) and index != self._index:
            self._index = index
            self.update()
            self.chosen.emit(index)

    def boxes(self) -> list[QRectF]:
        """Where each screen is drawn, to scale and in its place."""
        screens = [QRect(*choice.identity.geometry) for choice in self._choices]
        whole = QRect()
        for screen in screens:
            whole = whole.united(screen)
        room = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        scale = min(room.width() / max(whole.width(), 1), room.height() / max(whole.height(), 1))
        left = room.center().x() - whole.width() * scale / 2
        top = room.center().y() - whole.height() * scale / 2
        return [
            QRectF(
                left + (one.left() - whole.left()) * scale,
                top + (one.top() - whole.top()) * scale,
                one.width() * scale,
                one.height() * scale,
            ).adjusted(3, 3, -3, -3)
            for one in screens
        ]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the screen under the pointer."""
        for index, box in enumerate(self.boxes()):
            if box.contains(event.position()):
                self.choose(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Number, name, size, and what is special about it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, box in enumerate(self.boxes()):
            self._paint_screen(painter, index, box)

    def _paint_screen(self, painter: QPainter, index: int, box: QRectF) -> None:
        choice, is_chosen = self._choices[index], index == self._index and self.may_choose(index)
        ground, ink = (theme.ACCENT, theme.CARD) if is_chosen else (theme.CARD, theme.INK)
        if not self.may_choose(index):
            ground, ink = theme.TROUGH, theme.MUTE
        painter.setPen(QPen(QColor(theme.ACCENT_DEEP if is_chosen else theme.BORDER), 2 if is_chosen else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(ink))
        upper = QRectF(box.left(), box.top(), box.width(), box.height() * 0.56)
        painter.setFont(theme.ui_font(max(20, int(box.height() * 0.36)), bold=True))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, str(choice.number))
        font = theme.ui_font(theme.TEXT_SMALL)
        painter.setFont(font)
        _, _, width, height = choice.identity.geometry
        own = self.tr("本窗口在此") if choice.is_main else ""
        lines = (choice.identity.model or choice.identity.name, f"{width}×{height}", own)
        top = upper.bottom()
        for line in filter(None, lines):
            row = QRectF(box.left() + 4, top, box.width() - 8, 18)
            shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(row.width()))
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, shown)
            top += 18


class ScreenDialog(QDialog):
    """Chooses screen and form; every screen shows its number while this is open."""

    def __init__(self, projector: Projector, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._projector = projector
        self.numbers: list[ScreenNumber] = []
        self.setWindowTitle(self.tr("投影到哪个屏幕"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.map = ScreenMap(projector.choices(), self)
        self.forms = Segmented(
            [self.tr("整屏"), self.tr("角落计时"), self.tr("小窗")], expanding=True, parent=self
        )
        self.corners = Segmented(
            [self.tr("左上"), self.tr("右上"), self.tr("左下"), self.tr("右下")], compact=True, parent=self
        )
        self.hint = text_label("", size=13, tone="mute", parent=self)
        self.hint.setWordWrap(True)
        self.done_button = ActionButton(self.tr("用这块屏幕"), "Return", kind=ButtonKind.PRIMARY, parent=self)
        self._lay_out()
        self._show_kept()
        self.forms.index_changed.connect(self._on_form)
        self.done_button.clicked.connect(self.confirm)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._on_screens_changed)
        application.screenRemoved.connect(self._on_screens_changed)
        projector.changed.connect(self._on_stage_moved)

    def _lay_out(self) -> None:
        cancel = ActionButton(self.tr("取消"), "Esc", parent=self)
        cancel.clicked.connect(self.reject)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(20, 18, 20, 16)
        self._body.setSpacing(theme.SPACE_3)
        self._body.addWidget(
            text_label(
                self.tr("每块屏幕上都显示着自己的号码，按号码键或单击选择"), size=15, bold=True, parent=self
            )
        )
        self._body.addWidget(self.map)
        forms = QHBoxLayout()
        forms.addWidget(self.forms, 1)
        forms.addWidget(self.corners)
        self._body.addLayout(forms)
        self._body.addWidget(self.hint)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.done_button)
        self._body.addLayout(foot)

    def _show_kept(self) -> None:
        """Begin with what was chosen last."""
        self.forms.set_index(_FORMS.index(self._projector.form()))
        self.corners.set_index(_CORNERS.index(self._projector.corner()))
        wanted = self._projector.remembered()
        for index, choice in enumerate(self._projector.choices()):
            if wanted is not None and is_same_device(choice.identity, wanted):
                self.map.choose(index)
        self._on_form()

    def _on_form(self, _: int = 0) -> None:
        form = _FORMS[self.forms.index()]
        self.corners.setVisible(form is StageForm.TIMER)
        self.map.allow_main(form is not StageForm.FULL)
        free = any(choice.is_free for choice in self._projector.choices())
        alone = form is StageForm.FULL and not free
        self.hint.setText(self._alone_words() if alone else _HINTS[form])
        self.done_button.setEnabled(not alone)

    def _alone_words(self) -> str:
        if len(self._projector.choices()) > 1:
            return self.tr(
                "几块屏幕显示同样的内容，整屏会盖住本窗口。请把显示方式由“复制”改为“扩展”（Win+P）。"
            )
        return self.tr("只有这一块屏幕，整屏会盖住本窗口。请接上投影仪并设为“扩展”，或选角落计时、小窗。")

    def confirm(self) -> None:
        """Open the stage there."""
        form, corner = _FORMS[self.forms.index()], _CORNERS[self.corners.index()]
        identity = None if form is StageForm.SMALL else self.map.choice().identity
        self.accept()
        self._projector.choose(identity, form, corner)

    def showEvent(self, event: object) -> None:
        """The numbers come with the dialog."""
        if not self.numbers:
            self._show_numbers()
            self.raise_()
            self.activateWindow()

    def done(self, result: int) -> None:
        """The numbers go with the dialog, however it is left."""
        self._take_numbers_away()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The figure of a screen chooses it."""
        if event.text().isdigit() and event.text() != "0":
            self.map.choose(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def _on_screens_changed(self, _: object) -> None:
        """Draw the screens anew: one came or went while they were looked at."""
        fresh = ScreenMap(self._projector.choices(), self)
        self._body.replaceWidget(self.map, fresh)
        self.map.deleteLater()
        self.map = fresh
        self._show_numbers()
        self._on_form()

    def _on_stage_moved(self) -> None:
        """The stage came back to a screen, or went: the numbers are above it all the same."""
        if self.isVisible():
            self._show_numbers()

    def _show_numbers(self) -> None:
        self._take_numbers_away()
        self.numbers = show_numbers(QGuiApplication.screens(), self, self._projector.stage_on)

    def _take_numbers_away(self) -> None:
        for plate in self.numbers:
            plate.close()
            plate.deleteLater()
        self.numbers = []
