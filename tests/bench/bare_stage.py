"""Run as a program: the floor of `timer_watch.py`: a bare window that paints large figures once a second.

The argument is how many seconds to watch. No meeting, no disk, no other widget; the same size, fill and
path of digits as the stage, painted at once on each second and on each "press".
"""

from __future__ import annotations

import json
import sys
import time

import psutil
from PySide6.QtCore import QEventLoop, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from huifeng_desktop.ui.stage.digits import digits_path

PRESSES, SIZE = 60, (1920, 1080)
_BOX = QRectF(60, 300, 1800, 500)


class BareStage(QWidget):
    """Figures on a dark ground; notes how late each second was on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._font, self._due = QFont(), 0.0
        self.late_ms: list[float] = []
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._on_second)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground and one path."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor("#101418"))
        words = f"{int(time.monotonic()) % 60:02d}:{int(time.monotonic()) % 60:02d}"
        painter.fillPath(digits_path(words, self._font, _BOX), QColor("white"))

    def watch(self) -> None:
        """Aim at the next second, again and again."""
        now = time.monotonic()
        self._due = now // 1 + 1
        self._clock.start(max(0, round((self._due - now) * 1000 + 0.5)))

    def _on_second(self) -> None:
        self.repaint(_BOX.toAlignedRect())
        self.late_ms.append((time.monotonic() - self._due) * 1000)
        self.watch()


def share(values: list[float], of: float) -> float:
    """The value below which this share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * of))]


def press_ms(stage: BareStage) -> list[float]:
    """What painting all of it takes."""
    spans = []
    for _ in range(PRESSES):
        began = time.perf_counter()
        stage.repaint()
        spans.append((time.perf_counter() - began) * 1000)
    return spans


def main(seconds: float) -> None:
    """Paint, then watch the seconds, then report as `timer_watch.py` does."""
    application = QApplication([])
    stage = BareStage()
    stage.resize(*SIZE)
    stage.show()
    application.processEvents()
    spans, me = press_ms(stage), psutil.Process()
    print(json.dumps({}), flush=True)
    sys.stdin.readline()
    used, began = sum(me.cpu_times()[:2]), time.perf_counter()
    stage.watch()
    until = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), until.quit)
    until.exec()
    used = (sum(me.cpu_times()[:2]) - used) / (time.perf_counter() - began)
    pressed = press_ms(stage)
    report = {
        "size": list(SIZE),
        "press_p50": share(spans, 0.5),
        "press_p99": share(spans, 0.99),
        "pressed_p50": share(pressed, 0.5),
        "pressed_p99": share(pressed, 0.99),
        "late_p50": share(stage.late_ms, 0.5),
        "late_p99": share(stage.late_ms, 0.99),
        "late_most": max(stage.late_ms),
        "changes": len(stage.late_ms),
        "cpu_percent": used * 100,
        "held_mb": me.memory_full_info().uss / 1e6,
    }
    print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]))
