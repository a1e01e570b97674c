"""The brightness of a video frame, without asking a graphics card: safe in a thread beside the window's.

`QVideoFrame.toImage` would make a surface of its own there, which some platforms allow in the window's
thread only.
"""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

_Pixel = QVideoFrameFormat.PixelFormat
_GREY = QImage.Format.Format_Grayscale8
_PLANAR = frozenset(
    {
        _Pixel.Format_YUV420P,
        _Pixel.Format_YUV422P,
        _Pixel.Format_YV12,
        _Pixel.Format_NV12,
        _Pixel.Format_NV21,
        _Pixel.Format_IMC1,
        _Pixel.Format_IMC2,
        _Pixel.Format_IMC3,
        _Pixel.Format_IMC4,
        _Pixel.Format_Y8,
    }
)
"""Their first plane is the brightness."""
_PACKED = {_Pixel.Format_YUYV: 0, _Pixel.Format_UYVY: 1}
"""Every second byte is brightness, from here on."""


def luma_of(frame: QVideoFrame) -> QImage | None:
    """A grey picture of its own; None for a frame that cannot be read."""
    if not frame.isValid() or not frame.map(QVideoFrame.MapMode.ReadOnly):
        return None
    try:
        return _grey(frame)
    finally:
        frame.unmap()


def _grey(frame: QVideoFrame) -> QImage | None:
    pixel, plane, stride = frame.pixelFormat(), frame.bits(0), frame.bytesPerLine(0)
    if pixel is _Pixel.Format_Jpeg:
        picture = QImage.fromData(bytes(plane))
        return None if picture.isNull() else picture.convertToFormat(_GREY)
    if pixel in _PLANAR:
        return QImage(plane, frame.width(), frame.height(), stride, _GREY).copy()
    if pixel in _PACKED:
        brightness = bytes(plane)[_PACKED[pixel] :: 2]  # of bytes: much faster than of a memoryview
        return QImage(brightness, frame.width(), frame.height(), stride // 2, _GREY).copy()
    kind = QVideoFrameFormat.imageFormatFromPixelFormat(pixel)
    if kind is QImage.Format.Format_Invalid:
        return None
    return QImage(plane, frame.width(), frame.height(), stride, kind).convertToFormat(_GREY)
