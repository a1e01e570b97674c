"""A signature as a small PNG: black ink on nothing, cut to the ink, for a cell of a paper."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from huifeng_desktop.domain.signature import Signature

_PEN = 7
"""Width of the pen in units of the signature's grid."""
_FINE = 4
"""Drawn so many times larger and made small again, so that the edges are soft."""
_GREYS = 16


def signature_png(signature: Signature, height: int = 120) -> bytes:
    """The picture, `height` pixels high; a few KB, transparent where there is no ink."""
    left, top, right, bottom = signature.bounds
    scale = _FINE * height / (bottom - top + 2 * _PEN)
    width = max(1, round(scale * (right - left + 2 * _PEN) / _FINE))
    ink = Image.new("L", (width * _FINE, height * _FINE), 0)
    pen = ImageDraw.Draw(ink)
    thick = max(1, round(_PEN * scale))
    for stroke in signature.strokes:
        points = [((x - left + _PEN) * scale, (y - top + _PEN) * scale) for x, y in stroke]
        pen.line(points, fill=255, width=thick, joint="curve")
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
    return _encoded(ink.resize((width, height), Image.Resampling.BOX))


def _encoded(ink: Image.Image) -> bytes:
    """Black in as many strengths as the eye tells apart: far smaller than full colours."""
    palette = ink.point([round(level * (_GREYS - 1) / 255) for level in range(256)]).convert("P")
    palette.putpalette([0, 0, 0] * _GREYS)
    strengths = bytes(round(level * 255 / (_GREYS - 1)) for level in range(_GREYS))
    file = io.BytesIO()
    palette.save(file, "PNG", optimize=True, transparency=strengths)
    return file.getvalue()
