"""The bell as sound, its settings by device, and a machine that has no sound at all."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from kept import Kept

from huifeng_desktop.domain.cues import Bell, BellTone
from huifeng_desktop.ui.sounds import player as sound
from huifeng_desktop.ui.sounds.bells import SoundSettings, keep_sound, sound_settings


@pytest.mark.parametrize("tone", list(BellTone))
def test_every_tone_sounds_stays_within_bounds_and_dies_away(tone: BellTone) -> None:
    samples = sound.stroke(tone)

    assert 8000 < max(samples) <= 32767 and min(samples) >= -32768
    assert max(map(abs, samples[-2000:])) < max(samples) / 8


def test_strokes_are_counted_and_the_volume_scales_them() -> None:
    once, thrice = sound.samples_of(Bell(1), 100), sound.samples_of(Bell(3), 100)

    assert len(thrice) == 3 * len(once)
    assert max(sound.samples_of(Bell(1), 50)) == pytest.approx(max(once) / 2, abs=1)
    assert not any(sound.samples_of(Bell(2), 0))


def test_the_source_gives_as_many_frames_as_are_asked_for_then_silence() -> None:
    samples, done = sound.samples_of(Bell(1), 100), threading.Event()
    source = sound._feed(samples, done)
    next(source)
    pieces = []
    while not done.is_set():
        pieces.append(source.send(1000))

    joined = [value for piece in pieces for value in piece]
    assert {len(piece) for piece in pieces} == {1000}
    assert joined[: len(samples)] == list(samples) and not any(joined[len(samples) :])


def test_a_missing_sound_device_is_told_and_nothing_else_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Bell] = []
    told = threading.Event()

    def broken(*_: Any) -> None:
        raise OSError("no sound device")

    def fail(bell: Bell) -> None:
        heard.append(bell)
        told.set()

    monkeypatch.setattr(sound, "_play", broken)
    player = sound.SoundPlayer(fail)
    player.play(Bell(2), 70)

    assert told.wait(5) and heard == [Bell(2)]


def test_each_device_keeps_its_own_volume() -> None:
    settings = Kept()
    keep_sound(settings, SoundSettings("扬声器", 40, BellTone.CHIME))
    keep_sound(settings, SoundSettings("HDMI", 90, BellTone.CHIME))

    assert sound_settings(settings) == SoundSettings("HDMI", 90, BellTone.CHIME)
    assert sound_settings(settings, "扬声器").volume == 40
    assert sound_settings(settings, "耳机").volume == 70


@pytest.mark.parametrize("kept", [None, 5, {"volumes": 3}, {"tone": "trumpet", "device": 7}])
def test_settings_that_make_no_sense_are_the_usual_ones(kept: object) -> None:
    settings = Kept()
    settings.put("cue_sound", kept)

    found = sound_settings(settings)
    assert (found.volume, found.tone) == (70, BellTone.SOFT)
