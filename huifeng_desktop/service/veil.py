"""How much of the stage's ground lies over the operator's own picture, so that words on it can be read.

One rule for the projected stage and the tablet, which draw by different means. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable

Colour = tuple[int, ...]
"""Red, green and blue, 0 to 255."""
BRIGHTEST = 0.026
"""Luminance that leaves the dimmest ink of the stage a contrast of 7:1."""
PROBE = (160, 90)
"""Width and height at which a picture is looked at: a single bright pixel is no place to read on."""
_STEPS = 8


def veil_over(colours: Iterable[Colour], ground: Colour) -> float:
    """0 to 1: with so much of the ground over it the brightest of the colours is dark enough."""
    brightest = max(colours, key=luminance)
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        mixed = tuple(
            round(over * (1 - middle) + under * middle)
            for over, under in zip(brightest, ground, strict=True)
        )
        low, high = (middle, high) if luminance(mixed) > BRIGHTEST else (low, middle)
    return high


def luminance(colour: Colour) -> float:
    """Relative luminance as in WCAG 2."""
    parts = [part / 255 for part in colour]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
