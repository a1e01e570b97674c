"""The bell as sound: tones made by reckoning, played by miniaudio in a thread of their own. No Qt.

A machine without sound, or without the library (Linux on ARM), changes nothing else: `failed` is
called and the desktop's own beep stands in.
"""

from __future__ import annotations

import array
import math
import queue
import threading
from collections.abc import Callable, Generator
from functools import lru_cache
from typing import Any

from huifeng_desktop.domain.cues import Bell, BellTone

RATE = 44100
_STROKE_S, _GAP_S, _TAIL_S = 0.5, 0.12, 0.15
_PARTIALS: dict[BellTone, tuple[tuple[float, float], ...]] = {
    BellTone.SOFT: ((660.0, 0.8), (1320.0, 0.15)),
    BellTone.BRIGHT: ((1175.0, 0.7), (2350.0, 0.25)),
    BellTone.LOW: ((330.0, 0.8), (495.0, 0.2)),
    BellTone.CHIME: ((523.0, 0.5), (1046.0, 0.25), (1412.0, 0.15), (2093.0, 0.08)),
}
"""Frequencies (Hz) and their shares; each stroke rises in 5 ms and dies away."""


@lru_cache(maxsize=8)
def stroke(tone: BellTone) -> array.array[int]:
    """One stroke at full volume, 16-bit mono."""
    samples = array.array("h")
    for step in range(int(_STROKE_S * RATE)):
        at = step / RATE
        level = min(1.0, at / 0.005) * math.exp(-6.0 * at)
        value = sum(share * math.sin(2 * math.pi * pitch * at) for pitch, share in _PARTIALS[tone])
        samples.append(round(32000 * level * value))
    return samples


def samples_of(bell: Bell, volume: int) -> array.array[int]:
    """The whole bell; `volume` is 0 to 100."""
    gap = array.array("h", bytes(2 * int(_GAP_S * RATE)))
    scaled = array.array("h", (value * volume // 100 for value in stroke(bell.tone)))
    whole = array.array("h")
    for _ in range(bell.count):
        whole.extend(scaled)
        whole.extend(gap)
    return whole


class SoundPlayer:
    """Plays bells one after the other; `play` never waits and never raises."""

    def __init__(self, failed: Callable[[Bell], None]) -> None:
        self._failed = failed
        self._waiting: queue.SimpleQueue[tuple[Bell, int, str]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def play(self, bell: Bell, volume: int, device: str = "") -> None:
        """Sound a bell on the named device, "" for the usual one."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="bell", daemon=True)
            self._thread.start()
        self._waiting.put((bell, volume, device))

    def _work(self) -> None:
        while True:
            bell, volume, device = self._waiting.get()
            try:
                _play(samples_of(bell, volume), device)
            except Exception:
                # Whatever a driver or the library throws: no sound must never stop a meeting.
                self._failed(bell)


def list_devices() -> list[str]:
    """The names of what can sound; empty where nothing can or the library is missing."""
    _quieten_alsa()
    try:
        import miniaudio

        return [str(one["name"]) for one in miniaudio.Devices().get_playbacks()]
    except Exception:
        # A missing library, service or driver all mean the same here: nothing to choose from.
        return []


def _play(samples: array.array[int], device: str) -> None:
    """Play to the end; raises whatever the library raises."""
    import miniaudio

    _quieten_alsa()
    done = threading.Event()
    wanted = _device_id(miniaudio, device)
    kind = miniaudio.SampleFormat.SIGNED16
    with miniaudio.PlaybackDevice(kind, 1, RATE, device_id=wanted) as output:
        source = _feed(samples, done)
        next(source)
        output.start(source)
        if not done.wait(len(samples) / RATE + 2.0):
            raise OSError("the sound device takes no samples")
        # What was handed over last is still on its way to the loudspeaker.
        threading.Event().wait(_TAIL_S)


@lru_cache(maxsize=1)
def _quieten_alsa() -> object:
    """Keep ALSA's complaints about a missing sound card off the terminal; the result must stay alive."""
    import ctypes

    signature = ctypes.CFUNCTYPE(
        None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
    )
    handler = signature(lambda *_: None)
    try:
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(handler)
    except (OSError, AttributeError):
        return None  # not Linux, or no ALSA there
    return handler


def _device_id(library: Any, name: str) -> Any:
    if not name:
        return None
    return next((one["id"] for one in library.Devices().get_playbacks() if one["name"] == name), None)


def _feed(samples: array.array[int], done: threading.Event) -> Generator[array.array[int], int, None]:
    """What the library draws from: frames wanted in, samples out, silence when all is said."""
    place = 0
    wanted = yield array.array("h")
    while True:
        piece = samples[place : place + wanted]
        place += wanted
        if place >= len(samples):
            done.set()
        missing = wanted - len(piece)
        wanted = yield piece + array.array("h", bytes(2 * missing))
