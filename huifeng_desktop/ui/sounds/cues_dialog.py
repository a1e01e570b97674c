"""计时与提示音: which bells ring in which type of speech, how loud, and what goes on by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.cues import MOST_MARKS, USUAL_MARKS, Bell, BellTone, Mark, MarkUnit
from huifeng_desktop.service.ports import Settings
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.during.timing.auto_advance import SETTING as AUTO_ADVANCE
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import separator, text_label
from huifeng_desktop.ui.sounds.bells import MARKS, SoundSettings, keep_sound, read_marks, sound_settings
from huifeng_desktop.ui.sounds.mark_row import MarkRow, tone_box
from huifeng_desktop.wording import ITEM_KIND

Try = Callable[[Bell, SoundSettings], None]
_FRESH = Mark(MarkUnit.BEFORE_END, 120, Bell())


class CuesDialog(QDialog):
    """`accept` stores everything; `hear` plays a bell as it stands in the fields."""

    def __init__(
        self, settings: Settings, hear: Try, devices: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings, self._hear = settings, hear
        self._plan = read_marks(settings)
        self._rows: list[MarkRow] = []
        self.setWindowTitle(self.tr("计时与提示音"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(640)
        self.kind = QComboBox(self)
        for kind in ItemKind:
            self.kind.addItem(ITEM_KIND[kind], kind)
        self._shown = ItemKind(self.kind.currentData())
        self.add = KeyButton(self.tr("加一次提示"), height=30, size=13, parent=self)
        self.usual = KeyButton(self.tr("恢复默认"), height=30, size=13, parent=self)
        self._make_sound(devices)
        self.advance = QCheckBox(self.tr("时间到自动进入下一项（默认不自动）"), self)
        self.advance.setChecked(bool(settings.get(AUTO_ADVANCE, False)))
        self._lay_out()
        self._connect()
        self._show_marks(self._plan.marks(self._shown))

    def _make_sound(self, devices: Sequence[str]) -> None:
        chosen = sound_settings(self._settings)
        self.device = QComboBox(self)
        self.device.addItem(self.tr("系统默认"), "")
        names = [*devices, *([chosen.device] if chosen.device and chosen.device not in devices else [])]
        for name in names:
            self.device.addItem(name, name)
        self.device.setCurrentIndex(max(0, self.device.findData(chosen.device)))
        self.volume = QSlider(Qt.Orientation.Horizontal, self)
        self.volume.setRange(0, 100)
        self.volume.setValue(chosen.volume)
        self.volume.setAccessibleName(self.tr("音量"))
        self.volume_words = text_label("", parent=self)
        self.tone = tone_box(chosen.tone, self)
        self.hear = KeyButton(self.tr("试听"), height=30, size=13, parent=self)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        for widget in (text_label(self.tr("发言类型"), tone="mute", parent=self), self.kind):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.add)
        head.addWidget(self.usual)
        self._marks = QVBoxLayout()
        self._marks.setSpacing(theme.SPACE_2)
        self.store = ActionButton(self.tr("存入"), "Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        cancel = ActionButton(self.tr("取消"), "Esc", parent=self)
        self.store.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.store)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(head)
        layout.addLayout(self._marks)
        amber = self.tr("到时之前的第一次提示响起时，画面变黄；一次也没有时，剩 1 分钟变黄。")
        layout.addWidget(text_label(amber, size=13, tone="mute", parent=self))
        layout.addWidget(separator(self))
        layout.addLayout(self._sound_form())
        layout.addWidget(separator(self))
        layout.addWidget(self.advance)
        layout.addStretch(1)
        layout.addLayout(foot)

    def _sound_form(self) -> QFormLayout:
        volume, bell = QHBoxLayout(), QHBoxLayout()
        volume.addWidget(self.volume, 1)
        volume.addWidget(self.volume_words)
        bell.addWidget(self.tone)
        bell.addWidget(self.hear)
        bell.addStretch(1)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_3)
        form.addRow(self.tr("声音设备"), self.device)
        form.addRow(self.tr("这个设备的音量"), volume)
        form.addRow(self.tr("手按铃的声音"), bell)
        return form

    def _connect(self) -> None:
        for button in (self.add, self.usual, self.hear):
            button.setAutoDefault(False)
        self.add.clicked.connect(lambda: self._show_marks((*self._marks_shown(), _FRESH)))
        self.usual.clicked.connect(lambda: self._show_marks(USUAL_MARKS))
        self.hear.clicked.connect(lambda: self._try(Bell(1, BellTone(self.tone.currentData()))))
        self.kind.currentIndexChanged.connect(lambda _: self._on_kind())
        self.device.currentIndexChanged.connect(lambda _: self._on_device())
        self.volume.valueChanged.connect(lambda _: self._show_volume())
        self._show_volume()

    # -- marks ---------------------------------------------------------------------------------

    def _marks_shown(self) -> tuple[Mark, ...]:
        return tuple(row.mark() for row in self._rows)

    def _show_marks(self, marks: Sequence[Mark]) -> None:
        for row in self._rows:
            self._marks.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [MarkRow(mark, self) for mark in marks]
        for row in self._rows:
            row.removed.connect(lambda gone=row: self._remove(gone))
            row.tried.connect(self._try)
            self._marks.addWidget(row)
        self.add.setEnabled(len(self._rows) < MOST_MARKS)

    def _remove(self, gone: MarkRow) -> None:
        self._show_marks([row.mark() for row in self._rows if row is not gone])

    def _on_kind(self) -> None:
        """What was set for the type before is kept until everything is stored."""
        self._plan = self._plan.with_marks(self._shown, self._marks_shown())
        self._shown = ItemKind(self.kind.currentData())
        self._show_marks(self._plan.marks(self._shown))

    # -- sound ---------------------------------------------------------------------------------

    def _sound(self) -> SoundSettings:
        tone = BellTone(self.tone.currentData())
        return SoundSettings(str(self.device.currentData()), self.volume.value(), tone)

    def _on_device(self) -> None:
        self.volume.setValue(sound_settings(self._settings, str(self.device.currentData())).volume)

    def _show_volume(self) -> None:
        value = self.volume.value()
        self.volume_words.setText(f"{value} %" if value else self.tr("静音"))

    def _try(self, bell: Bell) -> None:
        self._hear(bell, self._sound())

    def accept(self) -> None:
        """Store marks, sound and what goes on by itself."""
        plan = self._plan.with_marks(self._shown, self._marks_shown())
        self._settings.put(MARKS, plan.to_json())
        keep_sound(self._settings, self._sound())
        self._settings.put(AUTO_ADVANCE, self.advance.isChecked())
        super().accept()
