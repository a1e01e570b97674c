"""The QR code as an image of one pixel a module, quiet zone included."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

_QUIET_ZONE = 4
_LOAD_AFTER_MS = 1500
_DARK, _LIGHT = 0xFF000000, 0xFFFFFFFF


def code_image(payload: str) -> QImage:
    """The code of `payload`; scale it by whole numbers without smoothing."""
    import qrcode  # too much for the first picture: see load_library_soon
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET_ZONE)
    code.add_data(payload)
    matrix = code.get_matrix()
    image = QImage(len(matrix), len(matrix), QImage.Format.Format_RGB32)
    for row, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            image.setPixel(column, row, _DARK if dark else _LIGHT)
    return image


def load_library_soon(owner: QObject, after_ms: int = _LOAD_AFTER_MS) -> None:
    """Load what makes codes beside the work of the window, as long as the owner is there.

    It takes a tenth of a second, which nobody shall wait for when telephones are let in.
    """
    loader = threading.Thread(target=_load_library, name="codes", daemon=True)
    # Of a bound method Qt for Python keeps only a borrowed owner: the thread object must live in a closure.
    QTimer.singleShot(after_ms, owner, lambda: loader.start())


def _load_library() -> None:
    import qrcode  # noqa: F401
