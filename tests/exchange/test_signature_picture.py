"""The picture of a signature is small, see-through, and shows the ink."""

from __future__ import annotations

import io
import math

from PIL import Image

from huifeng_desktop.domain.signature import Signature
from huifeng_desktop.exchange.signature_picture import signature_png


def scrawl() -> Signature:
    """As much ink as fits: thirty loops."""
    strokes = []
    for loop in range(30):
        angles = [step * math.tau / 39 for step in range(40)]
        cx, cy = 60 + loop % 10 * 52, 50 + loop // 10 * 70
        strokes.append(tuple((round(cx + 40 * math.cos(a)), round(cy + 38 * math.sin(a))) for a in angles))
    return Signature(tuple(strokes))


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGBA")


def test_the_picture_has_the_wanted_height_and_shows_the_strokes() -> None:
    picture = opened(signature_png(Signature((((100, 100), (300, 100)), ((200, 50), (200, 150)))), 60))

    assert picture.height == 60
    assert picture.width == round(60 * 214 / 114)
    centre, corner = picture.getpixel((56, 30)), picture.getpixel((2, 2))
    assert (centre, corner) == ((0, 0, 0, 255), (0, 0, 0, 0))


def test_the_picture_is_small() -> None:
    drawn = Signature.parse(scrawl().to_text())
    assert drawn is not None
    assert len(signature_png(drawn)) < 10_000


def test_a_level_line_is_a_picture_too() -> None:
    assert opened(signature_png(Signature((((0, 5), (599, 5)),)), 20)).height == 20
