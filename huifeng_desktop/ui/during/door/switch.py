"""Whether the door takes entries, the button that closes it early or opens it again, and the camera's."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import clock_time

STOP_QUESTION = (
    "停止签到后，扫码、键入、勾选、手机和第二签到台都不能再签，补录不受影响；随时可以恢复。现在停止吗？"
)


class DoorSwitch(QWidget):
    """One line: 签到开放 or 签到已停止 14:50, and the button for the other. Not there once it is over."""

    stop_requested = Signal()
    resume_requested = Signal()
    camera_requested = Signal()
    """The camera is to be switched on, or off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_closed = False
        self.state = Tag("", Tone.OK, parent=self)
        self.button = ActionButton("", "Ctrl+Shift+P", size=13, height=28, parent=self)
        self.button.clicked.connect(self._on_button)
        self.camera = ActionButton(self.tr("摄像头"), size=13, height=28, parent=self)
        self.camera.setToolTip(self.tr("用摄像头扫证件　Ctrl Shift S"))
        self.camera.clicked.connect(self.camera_requested)
        self.camera.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.state)
        layout.addStretch(1)
        layout.addWidget(self.camera)
        layout.addWidget(self.button)

    def offer_camera(self, offered: bool) -> None:
        """Whether there is a camera's button at all."""
        self.camera.setVisible(offered)

    def refresh(self, state: MeetingState) -> bool:
        """Show how the door stands; False where there is nothing to be switched any more."""
        self._is_closed = state.sign_in_closed
        if self._is_closed:
            kind = EventKind.SIGN_IN_CLOSED
            closed = next((one for one in reversed(state.log) if one.kind is kind), None)
            at = clock_time(closed.at) if closed else ""
            self.state.set_state(f"签到已停止 {at}".strip(), Tone.WARN, Mark.SQUARE)
            self.button.set_words(self.tr("恢复签到"))
        else:
            self.state.set_state(self.tr("签到开放"), Tone.OK, Mark.DOT)
            self.button.set_words(self.tr("停止签到…"))
        return not (state.adjourned_at or state.sealed or state.postponed)

    def _on_button(self) -> None:
        (self.resume_requested if self._is_closed else self.stop_requested).emit()
