"""Run by the tests with QT_SCALE_FACTOR set: measures the figures in device pixels at a scaled desktop."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.stage.canvas import StageCanvas
from huifeng_desktop.ui.stage.countdown import phase_colour
from huifeng_desktop.ui.stage.view import ComingItem, StageMode, StagePhase, StageView

_VIEW = StageView(
    StageMode.COUNTDOWN,
    6,
    "关于贯彻落实全县重点工作推进会精神进一步加快推进乡村振兴重点帮扶工作情况的汇报",
    "阿布都热依木·阿布都克里木",
    "国网××省电力有限公司禾川县供电公司",
    limit_s=360.0,
    elapsed_s=395.0,
    phase=StagePhase.OVER,
)


def _share(image: QImage, colour: str) -> float:
    """Height of all that is painted in the figures' colour in the right half, by the picture's height."""
    wanted = QColor(colour).rgb()
    columns = range(image.width() * 6 // 10, image.width() * 9 // 10, 3)
    rows = [
        y
        for y in range(image.height() // 5, image.height() * 17 // 20)
        if any(image.pixel(x, y) == wanted for x in columns)
    ]
    return (rows[-1] - rows[0] + 1) / image.height()


def _every_picture() -> list[StageView]:
    """Each picture with everything long."""
    coming = tuple(ComingItem(7 + place, _VIEW.title, _VIEW.unit, 300.0) for place in range(3))
    more = replace(
        _VIEW,
        meeting_title="禾川县" + _VIEW.title,
        start_text="3 月 12 日 星期四　14:30",
        place="县行政中心三楼会议室",
        qr_payload="http://192.168.1.20:8765/s/Zm9v",
        expected=1126,
        present=1098,
        clock_text="14:57",
        coming=coming,
        next_title=f"{_VIEW.title}　{_VIEW.unit}",
    )
    said = [replace(more, mode=mode, message="请围绕主题，抓紧时间") for mode in StageMode]
    return [*(replace(more, mode=mode) for mode in StageMode if mode is not StageMode.MESSAGE), *said]


def _fits(canvas: StageCanvas, view: StageView) -> bool:
    """Whether every line is whole, in its box and on the picture."""
    canvas.set_view(view)
    sheet = QRectF(canvas.rect()).adjusted(-0.5, -0.5, 0.5, 0.5)
    return all(
        "…" not in run.text
        and sheet.contains(run.box)
        and QFontMetricsF(run.font).horizontalAdvance(run.text) <= run.box.width() + 1
        for run in canvas.scene().runs
    )


def main() -> None:
    """For each size in device pixels: the share of the figures, and whether any line is too long."""
    app = QApplication(sys.argv[:1])
    theme.apply_theme(app)
    seen = {}
    for width, height in ((1024, 768), (1366, 768), (1920, 1080), (3840, 2160)):
        canvas = StageCanvas()
        ratio = canvas.devicePixelRatioF()
        canvas.resize(round(width / ratio), round(height / ratio))
        canvas.set_view(_VIEW)
        image = canvas.grab().toImage()
        fits = all(_fits(canvas, view) for view in _every_picture())
        seen[f"{width}x{height}"] = {
            "ratio": ratio,
            "pixels": [image.width(), image.height()],
            "share": _share(image, phase_colour(_VIEW)),
            "fits": fits,
        }
    print(json.dumps(seen))
    app.quit()


if __name__ == "__main__":
    main()
