"""The QR code as an image of one pixel a module, quiet zone included."""

from __future__ import annotations

from PySide6.QtGui import QImage

_QUIET_ZONE = 4
_DARK, _LIGHT = 0xFF000000, 0xFFFFFFFF


def code_image(payload: str) -> QImage:
    """The code of `payload`; scale it by whole numbers without smoothing."""
    import qrcode  # a window without phones never needs it
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET_ZONE)
    code.add_data(payload)
    matrix = code.get_matrix()
    image = QImage(len(matrix), len(matrix), QImage.Format.Format_RGB32)
    for row, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            image.setPixel(column, row, _DARK if dark else _LIGHT)
    return image
