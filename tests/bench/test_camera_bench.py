"""What a 720p frame costs on its way from the camera, beside bare zxing-cpp on the same grey picture."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

import pytest
import zxingcpp
from badge_film import Pixel, badge_image, film, frame_of, held
from hall import crowd
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from huifeng_desktop.ui.camera.decoder import sight_of
from huifeng_desktop.ui.camera.reader import ZxingReader

ROUNDS, USUAL, MOST = 15, 1.6, 3.0


def _best_ms(call: Callable[[], object]) -> float:
    """Processor time of this thread, the best of several rounds: the machine is shared."""
    times = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        call()
        times.append((time.thread_time() - began) * 1000)
    return min(times)


@pytest.mark.bench
def test_a_frame_of_720p_beside_bare_zxing(qapp: QApplication) -> None:
    seat, reader = crowd("m", 1)[0], ZxingReader()
    pictures = {"badge": held(badge_image(seat, 480)), "film": list(film(badge_image(seat, 560)))[-1]}
    pictures["nothing"] = held(badge_image(seat, 60))
    ratios = []
    for name, picture in pictures.items():
        grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
        plane = memoryview(grey.constBits()).cast("B", (720, 1280))
        formats = zxingcpp.barcode_formats_from_str("QRCode,Code128")
        floor = _best_ms(partial(zxingcpp.read_barcodes, plane, formats=formats))
        for pixel in (Pixel.Format_NV12, Pixel.Format_YUYV, Pixel.Format_BGRX8888):
            frame = frame_of(picture, pixel)
            seen = sight_of(frame, reader)
            assert bool(seen.codes) == (name != "nothing")
            whole = _best_ms(partial(sight_of, frame, reader))
            ratios.append(whole / floor)
            kind = f"720p {name}, {pixel.name}"
            print(f"\n{kind}: {whole:.1f} ms, bare zxing-cpp {floor:.1f} ms, {whole / floor:.2f}x")
    assert statistics.median(ratios) <= USUAL and max(ratios) <= MOST
