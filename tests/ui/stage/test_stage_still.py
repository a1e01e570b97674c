"""Nothing on the stage or in the window moves or blinks: a picture changes with the second or not at all."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractAnimation, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import huifeng_desktop
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.stage.canvas import StageCanvas
from huifeng_desktop.ui.stage.view import ComingItem, StageMode, StagePhase, StageView

VIEW = StageView(
    StageMode.COUNTDOWN,
    6,
    "财政工作",
    "赵　镕",
    "县财政局",
    limit_s=360.0,
    meeting_title="全县重点工作推进会",
    qr_payload="http://192.168.1.20:8765/s/Zm9v",
    expected=126,
    present=98,
    clock_text="14:57",
    coming=(ComingItem(7, "人社工作", "县人社局", 300.0),),
)
PHASES = {
    StagePhase.IDLE: 0.0,
    StagePhase.NORMAL: 100.1,
    StagePhase.AMBER: 330.1,
    StagePhase.OVER: 400.1,
    StagePhase.PAUSED: 330.1,
}
_MOVING = re.compile(r"Q\w*Animation|QTimeLine|QMovie|blink|\banimate", re.IGNORECASE)


@pytest.mark.parametrize("mode", list(StageMode))
@pytest.mark.parametrize("phase", list(StagePhase))
def test_within_one_second_every_picture_stands_still(
    qtbot: QtBot, qapp: QApplication, mode: StageMode, phase: StagePhase
) -> None:
    """GIVEN any picture in any phase WHEN tenths of a second pass THEN all but the bar is the same."""
    theme.apply_theme(qapp)
    canvas = StageCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(480, 270)
    view = replace(VIEW, mode=mode, phase=phase, elapsed_s=PHASES[phase])
    canvas.set_view(view)
    first = canvas.grab().toImage()
    for tenth in range(1, 9):
        canvas.set_view(replace(view, elapsed_s=view.elapsed_s + tenth / 10 if view.elapsed_s else 0.0))
        again = canvas.grab().toImage()
        bar = canvas.scene().bar
        if bar is not None:
            box = bar.toAlignedRect()
            again = again.copy(0, 0, again.width(), box.top())
            first = first.copy(0, 0, first.width(), box.top())
        assert again == first


def test_the_stage_has_no_clockwork_of_its_own(qtbot: QtBot, qapp: QApplication) -> None:
    canvas = StageCanvas()
    qtbot.addWidget(canvas)
    canvas.set_view(replace(VIEW, phase=StagePhase.OVER, elapsed_s=400.0))
    assert canvas.findChildren(QTimer) == [] and canvas.findChildren(QAbstractAnimation) == []


def test_no_widget_of_the_program_is_animated() -> None:
    root = Path(huifeng_desktop.__file__).parent / "ui"
    moving = [path.name for path in root.rglob("*.py") if _MOVING.search(path.read_text(encoding="utf-8"))]
    assert moving == []
