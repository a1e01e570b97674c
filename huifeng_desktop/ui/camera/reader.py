"""QR codes and Code 128 by zxing-cpp: what our badge sheets print, and what offices print from 证件编号表.

EAN-13 is left out: its check digit is another one than that of a badge, so hardly a badge number can be one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import zxingcpp

from huifeng_desktop.ui.camera.codes import Code

_FORMATS = "QRCode,Code128"


class ZxingReader:
    """A `CodeReader`. The library lets go of the interpreter while it searches a picture."""

    def read(self, grey: memoryview, width: int, height: int) -> Sequence[Code]:
        """Every readable code, in any direction, mirrored ones too."""
        # Asked for anew each time, in microseconds: what is kept, the library calls a leak at the end.
        formats = zxingcpp.barcode_formats_from_str(_FORMATS)
        found = zxingcpp.read_barcodes(grey.cast("B", (height, width)), formats=formats)
        return [Code(one.text, _side(one.position)) for one in found]


def _side(place: zxingcpp.Position) -> float:
    """The longer of the upper and the left edge."""
    corner, right, below = place.top_left, place.top_right, place.bottom_left
    return max(math.hypot(one.x - corner.x, one.y - corner.y) for one in (right, below))
