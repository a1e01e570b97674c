"""The bells of one meeting: when they ring by themselves, how loud, and by hand.

Marks and the chosen tone belong to the folder; the volume belongs to the sound device, so that a
laptop on the hall's loudspeakers does not shout with the volume of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from huifeng_desktop.domain.cues import Bell, BellTone, CuePlan, MarkTrack
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.service.podium import TimerView
from huifeng_desktop.service.ports import Settings
from huifeng_desktop.ui.sounds.player import SoundPlayer

Ring = Callable[[Bell], None]
MARKS, SOUND = "cue_marks", "cue_sound"
USUAL_VOLUME = 70
_SECOND_BEEP_MS = 400


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """`device` "" is the system's usual one; `volume` 0–100; `tone` is that of the manual bell."""

    device: str = ""
    volume: int = USUAL_VOLUME
    tone: BellTone = BellTone.SOFT


def read_marks(settings: Settings) -> CuePlan:
    """When bells ring and amber comes, as it was set up; the usual marks else."""
    return CuePlan.from_json(settings.get(MARKS, {}))


def sound_settings(settings: Settings, device: str | None = None) -> SoundSettings:
    """What was chosen; for another device with that device's own volume."""
    kept = settings.get(SOUND, {})
    plain = kept if isinstance(kept, dict) else {}
    name = str(plain.get("device", "")) if device is None else device
    volumes = plain.get("volumes")
    volume = volumes.get(name, USUAL_VOLUME) if isinstance(volumes, dict) else USUAL_VOLUME
    tone = plain.get("tone")
    known = BellTone(tone) if tone in set(BellTone) else BellTone.SOFT
    return SoundSettings(name, min(100, max(0, int(volume))), known)


def keep_sound(settings: Settings, chosen: SoundSettings) -> None:
    """Remember device, tone, and this device's volume beside those of the others."""
    kept = settings.get(SOUND, {})
    volumes = dict(kept.get("volumes") or {}) if isinstance(kept, dict) else {}
    volumes[chosen.device] = chosen.volume
    plain = {"device": chosen.device, "volumes": volumes, "tone": chosen.tone.value}
    settings.put(SOUND, plain)


def beep(bell: Bell) -> None:
    """The desktop's own beep; a machine without sound stays silent."""
    for stroke in range(bell.count):
        QTimer.singleShot(stroke * _SECOND_BEEP_MS, QApplication.beep)


class SystemBell(QObject):
    """Rings through the sound device, by the desktop's beep where there is none."""

    _failed = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._player = SoundPlayer(self._failed.emit)
        self._failed.connect(beep)

    def __call__(self, bell: Bell) -> None:
        """Ring as it was set up."""
        self.ring(bell, sound_settings(self._settings))

    def ring(self, bell: Bell, sound: SoundSettings) -> None:
        """Ring as it might be set up: 试听."""
        if sound.volume:
            self._player.play(bell, sound.volume, sound.device)


class Bells:
    """Watches the item before the hall; what is past when it is first seen stays silent."""

    def __init__(self, settings: Settings, ring: Ring) -> None:
        self._settings, self._ring = settings, ring
        self._track = MarkTrack()

    def forget_old(self, timer: TimerView | None) -> None:
        """A speech that was running before a restart has had its bells."""
        if timer is not None and timer.run in (Run.RUNNING, Run.PAUSED):
            self._poll(timer)

    def heed(self, timer: TimerView | None) -> None:
        """Ring if a mark was passed."""
        if timer is not None and timer.run is Run.RUNNING:
            bell = self._poll(timer)
            if bell is not None:
                self._ring(bell)

    def ring_by_hand(self, count: int = 1) -> None:
        """铃."""
        self._ring(Bell(count, sound_settings(self._settings).tone))

    def _poll(self, timer: TimerView) -> Bell | None:
        return self._track.poll(timer.item.item_id, timer.elapsed_s, timer.allowed_s, timer.marks)
