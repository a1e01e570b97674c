"""Paints a stage view at any size: full on the projector, small as the preview beside the controls."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.marks import Mark, draw_mark
from huifeng_desktop.ui.stage.backdrop import backdrop, read_picture
from huifeng_desktop.ui.stage.code import code_image
from huifeng_desktop.ui.stage.corner_timer import compose_timer
from huifeng_desktop.ui.stage.countdown import phase_colour
from huifeng_desktop.ui.stage.digits import digits_path
from huifeng_desktop.ui.stage.pictures import compose
from huifeng_desktop.ui.stage.scene import NORMAL, TROUGH, Frame, Plate, Scene
from huifeng_desktop.ui.stage.view import (
    StageMode,
    StagePhase,
    StageView,
    digits_text,
    figures_text,
    is_timed,
    progress,
)

_PHASE_MARKS = {
    StagePhase.IDLE: Mark.RING,
    StagePhase.NORMAL: Mark.DOT,
    StagePhase.AMBER: Mark.TRIANGLE,
    StagePhase.OVER: Mark.SQUARE,
    StagePhase.PAUSED: Mark.PAUSE,
}


TIMER_RADIUS = 0.1


class StageCanvas(QWidget):
    """One view, painted; while only time passes, only the figures and the bar are painted again.

    A `prompt` one paints before `set_view` returns, since the hall sees it; a preview when there is time.
    """

    def __init__(self, parent: QWidget | None = None, *, radius: int = 0, prompt: bool = False) -> None:
        super().__init__(parent)
        self._is_prompt = prompt
        self._view = StageView(StageMode.BLACKOUT)
        self._scene: Scene | None = None
        self._code: tuple[str, QImage] | None = None
        self._backdrop: tuple[str, QSize, QImage] | None = None
        self._radius = radius
        self._floating = self._solid = False
        self._font = theme.ui_font()
        if not radius:
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_floating(self, floating: bool, *, solid: bool = False) -> None:
        """Whether this is the timer over somebody's slides; `solid` where nothing can shine through."""
        self._floating, self._solid, self._scene = floating, solid, None
        opaque = not floating and not self._radius
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, opaque)
        self.update()

    def view(self) -> StageView:
        """What is shown."""
        return self._view

    def set_view(self, view: StageView) -> None:
        """Show `view`; as little is painted again as has changed."""
        old, self._view = self._view, view
        if view == old:
            return
        if self._scene is None or replace(old, elapsed_s=view.elapsed_s) != view:
            self._scene = None
            self._paint_again(self.rect())
            return
        if digits_text(old) != digits_text(view) and self._scene.digits is not None:
            self._paint_again(self.digits_area())
        if self._scene.bar is not None and self._filled(old) != self._filled(view):
            self.update(self._scene.bar.toAlignedRect())

    def _paint_again(self, area: QRect) -> None:
        (self.repaint if self._is_prompt else self.update)(area)

    def scene(self) -> Scene:
        """Where everything stands at the present size."""
        if self._scene is None:
            draw = compose_timer if self._floating else compose
            self._scene = draw(self._view, Frame(QSizeF(self.size()), self._font))
            if self._solid:
                self._scene = replace(self._scene, opacity=1.0, rounded=False)
        return self._scene

    def digits_area(self) -> QRect:
        """All pixels that the figures can touch; round figures stand a little out of their box."""
        box = self.scene().digits
        if box is None:
            return QRect()
        spill = box.height() * 0.03 + 2
        return box.adjusted(-spill, -spill, spill, spill).toAlignedRect()

    def sizeHint(self) -> QSize:
        """The preview of the mock-up."""
        return QSize(214, 120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything stands elsewhere now."""
        self._scene = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The parts of the scene that the damaged region touches."""
        scene, region = self.scene(), event.region()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, scene)
        self._paint_backdrop(painter)
        for plate in scene.plates:
            self._paint_plate(painter, plate)
        for run in scene.runs:
            if region.intersects(run.box.toAlignedRect()):
                painter.setFont(run.font)
                painter.setPen(QColor(run.colour))
                painter.drawText(run.box, run.align | Qt.TextFlag.TextDontClip, run.text)
        if scene.digits is not None and region.intersects(self.digits_area()):
            painter.fillPath(digits_path(self._figures(), self._font, scene.digits), QColor(self._colour()))
        if scene.bar is not None and region.intersects(scene.bar.toAlignedRect()):
            self._paint_bar(painter, scene.bar)
        if scene.mark is not None:
            draw_mark(painter, _PHASE_MARKS[self._view.phase], scene.mark, QColor(self._colour()))
        if scene.code is not None and self._view.qr_payload:
            self._paint_code(painter, scene.code, self._view.qr_payload)

    def _paint_ground(self, painter: QPainter, scene: Scene) -> None:
        radius = self.height() * TIMER_RADIUS if scene.rounded else self._radius
        ground = QColor(scene.ground)
        ground.setAlphaF(scene.opacity)
        if not radius:
            painter.fillRect(self.rect(), ground)
            return
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.fillPath(clip, ground)
        painter.setClipPath(clip)

    def _paint_backdrop(self, painter: QPainter) -> None:
        """The operator's own picture, where one was chosen and no time is shown."""
        view = self._view
        if not view.background or is_timed(view) or view.mode is StageMode.BLACKOUT or self._floating:
            return
        size = self.size() * self.devicePixelRatioF()
        if self._backdrop is None or self._backdrop[:2] != (view.background, size):
            try:
                image = backdrop(read_picture(view.background), size)
            except FileProblem:  # said when it was chosen; the hall sees the plain ground
                image = QImage()
            self._backdrop = (view.background, size, image)
        if not self._backdrop[2].isNull():
            painter.drawImage(self.rect(), self._backdrop[2])

    @staticmethod
    def _paint_plate(painter: QPainter, plate: Plate) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(plate.box, plate.radius, plate.radius)
        painter.fillPath(shape, QColor(plate.colour))

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
        painter.fillRect(bar, QColor(TROUGH))
        filled = QRectF(bar.left(), bar.top(), self._filled(self._view), bar.height())
        painter.fillRect(filled, QColor(self._colour()))
        painter.restore()

    def _paint_code(self, painter: QPainter, box: QRectF, payload: str) -> None:
        """Whole device pixels for each module, so that every edge is sharp."""
        image = self._code_image(payload)
        ratio = self.devicePixelRatioF()
        module = max(1, int(box.width() * ratio / image.width()))
        side = module * image.width() / ratio
        left = round((box.left() + (box.width() - side) / 2) * ratio) / ratio
        top = round((box.top() + (box.height() - side) / 2) * ratio) / ratio
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing, False
        )
        painter.drawImage(QRectF(left, top, side, side), image)
        painter.restore()

    def _code_image(self, payload: str) -> QImage:
        if self._code is None or self._code[0] != payload:
            self._code = (payload, code_image(payload))
        return self._code[1]

    def _figures(self) -> str:
        return figures_text(self._view)

    def _colour(self) -> str:
        return phase_colour(self._view) if is_timed(self._view) else NORMAL

    def _filled(self, view: StageView) -> int:
        """Pixels of the bar that are used up."""
        bar = self.scene().bar
        return round(bar.width() * progress(view)) if bar is not None else 0
