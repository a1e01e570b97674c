"""Run as a program: the window with its stage at 1920×1080 off screen; prints what it measured as JSON.

Arguments: folder, meeting, seconds to watch the digits. Reads one line from stdin before it watches the
digits, after having said where the desk listens, so that whoever started it can put a load on the desk. It
goes on until its standard input ends, so that the load finds the desk until then.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from huifeng_desktop.app import desk_command, import_before_qt, open_folder

import_before_qt()

import psutil  # noqa: E402
from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from huifeng_desktop.app.growth import Growth  # noqa: E402
from huifeng_desktop.app.starting import collect_again  # noqa: E402
from huifeng_desktop.app.window import OpenWindow, build_window, make_application  # noqa: E402
from huifeng_desktop.ui.stage.canvas import StageCanvas  # noqa: E402
from huifeng_desktop.ui.stage.view import digits_text  # noqa: E402

PRESSES = 60


class PaintWatch(QObject):
    """Notes when the stage was painted, and which digits it showed then."""

    def __init__(self, canvas: StageCanvas, parts: OpenWindow) -> None:
        super().__init__()
        self._parts, self._digits, self._is_painted = parts, "", False
        self.painted_at = 0.0
        self.late_ms: list[float] = []
        canvas.installEventFilter(self)
        parts.director.view_changed.connect(lambda _: self._note())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The filter runs just before the painting; it is over when the director, or the loop, goes on."""
        if event.type() == QEvent.Type.Paint:
            self._is_painted = True
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        if not self._is_painted:
            return
        self._is_painted, self.painted_at = False, time.perf_counter()
        digits = digits_text(self._parts.director.view())
        timer = self._parts.context.podium.view()
        if digits != self._digits and self._digits and timer is not None:
            self.late_ms.append(timer.elapsed_s % 1 * 1000)
        self._digits = digits


def stage_canvas() -> StageCanvas:
    """The projected picture, whichever window it is in."""
    shown = [one for top in QApplication.topLevelWidgets() for one in top.findChildren(StageCanvas)]
    return max(shown, key=lambda one: one.width() * one.height())


def press_to_paint_ms(application: QApplication, parts: OpenWindow, watch: PaintWatch) -> list[float]:
    """Pause and go on, each time until the stage was painted anew."""
    spans = []
    for _ in range(PRESSES):
        began, before = time.perf_counter(), watch.painted_at
        parts.during.speaker.pause.click()
        while watch.painted_at == before:
            application.sendPostedEvents()
            application.processEvents()
        spans.append((watch.painted_at - began) * 1000)
    return spans


def share(values: list[float], of: float) -> float:
    """The value below which this share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * of))]


def main(path: Path, meeting: str, seconds: float) -> None:
    """Measure presses, then the digits for a while."""
    application = make_application()
    with open_folder(path, "console") as folder:
        parts = build_window(folder, folder.office.open(meeting), desk_command(path, meeting))
        Growth(parts.context, parts.window)
        QTimer.singleShot(0, collect_again)
        parts.window.show()
        parts.context.podium.declare_opened()
        parts.context.podium.start()
        parts.director.open_stage()
        application.processEvents()
        canvas = stage_canvas()
        canvas.window().resize(1920, 1080)
        application.processEvents()
        watch = PaintWatch(canvas, parts)
        spans = press_to_paint_ms(application, parts, watch)
        me, began = psutil.Process(), 0.0
        cpu = [0.0]

        def listen(url: str, token: str) -> None:
            print(json.dumps({"url": url, "token": token}), flush=True)

        def begin() -> None:
            nonlocal began
            notifier.setEnabled(False)
            sys.stdin.readline()
            watch.late_ms.clear()
            cpu[0], began = sum(me.cpu_times()[:2]), time.perf_counter()
            QTimer.singleShot(round(seconds * 1000), end)

        def end() -> None:
            used = (sum(me.cpu_times()[:2]) - cpu[0]) / (time.perf_counter() - began)
            late = list(watch.late_ms)
            pressed = press_to_paint_ms(application, parts, watch)
            report = {
                "size": [canvas.width(), canvas.height()],
                "press_p50": share(spans, 0.5),
                "press_p99": share(spans, 0.99),
                "pressed_p50": share(pressed, 0.5),
                "pressed_p99": share(pressed, 0.99),
                "late_p50": share(late, 0.5),
                "late_p99": share(late, 0.99),
                "late_most": max(late),
                "changes": len(late),
                "cpu_percent": used * 100,
                "held_mb": me.memory_full_info().uss / 1e6,
            }
            print(json.dumps(report), flush=True)
            sys.stdin.readline()
            parts.context.podium.finish()
            parts.window.close()
            application.quit()

        notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(begin)
        parts.desk.ready.connect(listen)
        parts.desk.start("127.0.0.1")
        application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
