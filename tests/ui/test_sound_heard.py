"""The bells as they are heard: played to a sound server's silent speaker, recorded there, and analysed.

Needs PulseAudio, which no test machine has to have: without it these tests are skipped. The server is
one of its own, in a folder of the test, so that nobody's loudspeakers sound.
"""

from __future__ import annotations

import array
import math
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from kept import Kept
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.cues import Bell, BellTone
from huifeng_desktop.ui.sounds import player as sound
from huifeng_desktop.ui.sounds.bells import Bells, SoundSettings, SystemBell, keep_sound

pytestmark = pytest.mark.skipif(
    not all(shutil.which(name) for name in ("pulseaudio", "pactl", "parec")),
    reason="PulseAudio is not installed: nothing here could hear the bells",
)
_HEAR_RATE = 44100
_SILENCE, _QUIET = 22050, 60
_LOUDEST = {BellTone.SOFT: 660, BellTone.BRIGHT: 1175, BellTone.LOW: 330, BellTone.CHIME: 523}
_ELSEWHERE = (440, 880, 1000, 1700)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A sound server with two speakers that only record: 会场 (the usual one) and 备用."""
    home = tmp_path_factory.mktemp("pulse")
    socket = home / "native"
    loads = (
        f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
        "module-null-sink sink_name=hall rate=44100 sink_properties=device.description=Hall",
        "module-null-sink sink_name=spare rate=44100 sink_properties=device.description=Spare",
    )
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    environment = {**os.environ, "PULSE_RUNTIME_PATH": str(home), "HOME": str(home)}
    process = subprocess.Popen(
        [*command, *[word for load in loads for word in ("-L", load)]],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PULSE_SERVER", f"unix:{socket}")
        try:
            _wait_for_server(process)
            subprocess.run(["pactl", "set-default-sink", "hall"], check=True)
            yield
        finally:
            process.kill()
            process.wait()


def _wait_for_server(process: subprocess.Popen[bytes]) -> None:
    asked = threading.Event()
    for _ in range(200):
        if process.poll() is not None:
            pytest.skip("PulseAudio does not start here")
        if subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode == 0:
            return
        asked.wait(0.05)
    pytest.skip("PulseAudio does not answer here")


class Ear:
    """What one speaker has sounded while it was listened to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.samples: array.array[int] = array.array("h")

    def read(self) -> None:
        raw = self._path.read_bytes()
        self.samples = array.array("h", raw[: len(raw) // 2 * 2])

    def is_over(self) -> bool:
        """Whether something was heard and it is silent again."""
        self.read()
        return max(map(abs, self.samples[-_SILENCE:]), default=0) < _QUIET < self.peak

    def loudness(self) -> list[float]:
        """The mean level of every hundredth of a second."""
        step = _HEAR_RATE // 100
        pieces = (self.samples[at : at + step] for at in range(0, len(self.samples) - step, step))
        return [math.sqrt(sum(value * value for value in piece) / step) for piece in pieces]

    def strokes(self) -> int:
        """How often it swells out of (near) silence: each stroke dies away before the next."""
        levels = self.loudness()
        peak = max(levels, default=0.0)
        rises = [level > peak * 0.5 for level in levels]
        return sum(now and not any(rises[max(0, at - 20) : at]) for at, now in enumerate(rises))

    def share(self, pitch: float) -> float:
        """How strong one pitch is, by Goertzel's filter over the loudest half second."""
        levels = self.loudness()
        start = max(range(len(levels)), key=levels.__getitem__) * _HEAR_RATE // 100
        piece = self.samples[start : start + _HEAR_RATE // 4]
        turn = 2 * math.cos(2 * math.pi * pitch / _HEAR_RATE)
        before, last = 0.0, 0.0
        for value in piece:
            before, last = last, value + turn * last - before
        power = before * before + last * last - turn * before * last
        return math.sqrt(max(power, 0.0)) / max(len(piece), 1)

    @property
    def peak(self) -> int:
        return max(map(abs, self.samples), default=0)


@contextmanager
def listening(folder: Path, sink: str = "hall", *, is_heard: bool = True) -> Iterator[Ear]:
    """Record a speaker: surely before the block begins, and after it until the sound is over."""
    path = folder / f"{sink}.raw"
    with path.open("wb") as file:
        command = ["parec", "-d", f"{sink}.monitor", "--format=s16le", "--rate=44100", "--channels=1"]
        process = subprocess.Popen([*command, "--latency-msec=20"], stdout=file)
        ear = Ear(path)
        try:
            _wait(process, lambda: path.stat().st_size > _SILENCE)
            yield ear
            _wait(process, lambda: ear.is_over() or not is_heard)
        finally:
            process.terminate()
            process.wait()


def _wait(process: subprocess.Popen[bytes], is_enough: Callable[[], bool]) -> None:
    waited = threading.Event()
    for _ in range(400):
        if is_enough():
            return
        assert process.poll() is None, "parec has ended"
        waited.wait(0.05)
    pytest.fail("nothing was heard")


@pytest.mark.parametrize(
    ("tone", "count"),
    [(BellTone.SOFT, 2), (BellTone.BRIGHT, 3), (BellTone.LOW, 1), (BellTone.CHIME, 1)],
)
def test_every_tone_is_heard_at_its_pitch_as_often_as_asked(
    server: None, tmp_path: Path, tone: BellTone, count: int
) -> None:
    with listening(tmp_path) as ear:
        sound._play(sound.samples_of(Bell(count, tone), 100), "")
    assert ear.strokes() == count and ear.peak > 8000
    wanted, own = ear.share(_LOUDEST[tone]), [pitch for pitch, _ in sound._PARTIALS[tone]]
    strange = [one for one in (*_ELSEWHERE, *_LOUDEST.values()) if min(abs(one - its) for its in own) > 40]
    assert all(wanted > 5 * ear.share(pitch) for pitch in strange)


def test_the_bell_by_hand_and_the_sound_test_are_heard(server: None, tmp_path: Path, qtbot: QtBot) -> None:
    """GIVEN the chosen tone and volume WHEN 铃 and then 试听 THEN each is heard as it is set up."""
    settings = Kept()
    keep_sound(settings, SoundSettings("", 50, BellTone.CHIME))
    bell = SystemBell(settings)
    failed: list[Bell] = []
    bell._failed.connect(failed.append)
    with listening(tmp_path) as by_hand:
        Bells(settings, bell).ring_by_hand()
    with listening(tmp_path) as tried:
        bell.ring(Bell(2, BellTone.LOW), SoundSettings("", 100, BellTone.CHIME))
    assert failed == []
    assert by_hand.strokes() == 1 and by_hand.share(523) > 5 * by_hand.share(330)
    assert tried.strokes() == 2 and tried.share(330) > 5 * tried.share(523)


def test_the_volume_is_that_of_the_device(server: None, tmp_path: Path) -> None:
    """GIVEN another loudness for each of two speakers THEN only the chosen one sounds, with its own."""
    names = sound.list_devices()
    assert {"Hall", "Spare"} <= set(names)
    with listening(tmp_path, is_heard=False) as hall, listening(tmp_path, "spare") as spare:
        sound._play(sound.samples_of(Bell(1), 25), "Spare")
    assert spare.peak > 4000 and hall.peak < 50
    with listening(tmp_path) as loud:
        sound._play(sound.samples_of(Bell(1), 100), "Hall")
    assert loud.peak == pytest.approx(4 * spare.peak, rel=0.15)
