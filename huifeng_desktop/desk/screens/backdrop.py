"""The operator's own picture for tablets: as large as they need, darkened as on the projected stage.

What is on the screen is read from the same file by the window; this makes what a browser can fetch.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 1920
BRIGHTEST = 0.026
"""Luminance that leaves the dimmest ink of the page a contrast of 7:1, as on the projected stage."""
_GROUND = (13, 24, 39)
_PROBE = (160, 90)
_QUALITY = 88
Colour = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What is served; `name` is "" while there is nothing. Another picture has another name."""

    path: str = ""
    name: str = ""
    data: bytes = b""


def make_backdrop(path: str) -> Backdrop:
    """The picture at `path`, upright and darkened; none where it cannot be read, as the window has said."""
    if not path:
        return Backdrop()
    from PIL import Image, ImageOps  # a desk without tablets never needs it

    try:
        with Image.open(path) as file:
            file.draft("RGB", (MOST_PIXELS, MOST_PIXELS))
            picture = ImageOps.exif_transpose(file).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return Backdrop(path)
    picture.thumbnail((MOST_PIXELS, MOST_PIXELS))
    ground = Image.new("RGB", picture.size, _GROUND)
    out = io.BytesIO()
    Image.blend(picture, ground, veil(picture)).save(out, "JPEG", quality=_QUALITY)
    data = out.getvalue()
    return Backdrop(path, f"back-{hashlib.sha256(data).hexdigest()[:12]}.jpg", data)


def veil(picture: Image) -> float:
    """How much of the ground must lie over the picture's brightest place, 0 to 1."""
    colours = picture.resize(_PROBE).getcolors(_PROBE[0] * _PROBE[1]) or []
    brightest = max((colour for _, colour in colours if isinstance(colour, tuple)), key=luminance)
    low, high = 0.0, 1.0
    for _ in range(8):
        middle = (low + high) / 2
        mixed = tuple(
            round(over * (1 - middle) + under * middle)
            for over, under in zip(brightest, _GROUND, strict=True)
        )
        low, high = (middle, high) if luminance(mixed) > BRIGHTEST else (low, middle)
    return high


def luminance(colour: Colour) -> float:
    """Relative luminance as in WCAG 2, of parts from 0 to 255."""
    parts = [part / 255 for part in colour]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
