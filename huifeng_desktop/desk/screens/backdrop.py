"""The operator's own picture for tablets: as large as they need, darkened as on the projected stage.

What is on the screen is read from the same file by the window; this makes what a browser can fetch.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huifeng_desktop.service.veil import PROBE, veil_over

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 1920
_GROUND = (13, 24, 39)
_QUALITY = 88


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
    Image.blend(picture, ground, _veil(picture)).save(out, "JPEG", quality=_QUALITY)
    data = out.getvalue()
    return Backdrop(path, f"back-{hashlib.sha256(data).hexdigest()[:12]}.jpg", data)


def _veil(picture: Image) -> float:
    colours = picture.resize(PROBE).getcolors(PROBE[0] * PROBE[1]) or []
    return veil_over((colour for _, colour in colours if isinstance(colour, tuple)), _GROUND)
