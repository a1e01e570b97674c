"""计时与提示音 through its fields."""

from __future__ import annotations

import pytest
from kept import Kept
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.cues import USUAL_MARKS, Bell, BellTone, CuePlan, Mark, MarkUnit
from huifeng_desktop.ui.during.timing.auto_advance import SETTING
from huifeng_desktop.ui.sounds.bells import MARKS, Bells, SoundSettings, sound_settings
from huifeng_desktop.ui.sounds.cues_dialog import CuesDialog


@pytest.fixture
def settings() -> Kept:
    """Nothing chosen yet."""
    return Kept()


def _dialog(settings: Kept, qtbot: QtBot, heard: list[tuple[Bell, SoundSettings]]) -> CuesDialog:
    dialog = CuesDialog(settings, lambda bell, sound: heard.append((bell, sound)), ["扬声器", "HDMI"])
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_marks_are_set_for_each_type_and_nothing_is_stored_before(settings: Kept, qtbot: QtBot) -> None:
    dialog = _dialog(settings, qtbot, [])
    assert [row.mark() for row in dialog._rows] == list(USUAL_MARKS)
    dialog.add.click()
    row = dialog._rows[-1]
    row.unit.setCurrentIndex(row.unit.findData(MarkUnit.PERCENT))
    row.percent.setValue(50)
    row.count.setValue(3)
    row.tone.setCurrentIndex(row.tone.findData(BellTone.LOW))
    dialog.kind.setCurrentIndex(dialog.kind.findData(ItemKind.ADDRESS))
    for _ in range(2):
        dialog._rows[0].removed.emit()
    assert settings.get(MARKS) is None
    dialog.accept()
    plan = CuePlan.from_json(settings.get(MARKS))
    assert plan.marks(ItemKind.REPORT) == (*USUAL_MARKS, Mark(MarkUnit.PERCENT, 50, Bell(3, BellTone.LOW)))
    assert plan.marks(ItemKind.ADDRESS) == ()
    assert plan.marks(ItemKind.OTHER) == USUAL_MARKS


def test_each_device_has_its_volume_and_what_is_set_is_heard(settings: Kept, qtbot: QtBot) -> None:
    heard: list[tuple[Bell, SoundSettings]] = []
    dialog = _dialog(settings, qtbot, heard)
    dialog.device.setCurrentIndex(dialog.device.findData("HDMI"))
    dialog.volume.setValue(25)
    dialog.tone.setCurrentIndex(dialog.tone.findData(BellTone.CHIME))
    dialog.hear.click()
    dialog._rows[1].tried.emit(dialog._rows[1].mark().bell)
    sound = SoundSettings("HDMI", 25, BellTone.CHIME)
    assert heard == [(Bell(1, BellTone.CHIME), sound), (Bell(2), sound)]
    dialog.accept()
    assert sound_settings(settings) == sound
    again = _dialog(settings, qtbot, [])
    assert again.volume.value() == 25
    again.device.setCurrentIndex(again.device.findData("扬声器"))
    assert again.volume.value() == 70


def test_going_on_by_itself_is_off_until_it_is_switched_on(settings: Kept, qtbot: QtBot) -> None:
    dialog = _dialog(settings, qtbot, [])
    assert not dialog.advance.isChecked()
    dialog.advance.setChecked(True)
    dialog.reject()
    assert settings.get(SETTING) is None
    dialog = _dialog(settings, qtbot, [])
    dialog.advance.setChecked(True)
    dialog.accept()
    assert settings.get(SETTING) is True


def test_the_bell_by_hand_has_the_chosen_tone(settings: Kept) -> None:
    rung: list[Bell] = []
    settings.put("cue_sound", {"tone": "chime"})
    Bells(settings, rung.append).ring_by_hand()

    assert rung == [Bell(1, BellTone.CHIME)]
