"""The table of strokes that ships with the program: how each character is written.

Made from cnchar-order (MIT) for the kinds of stroke and from Unicode's data for mere numbers; see
the head of the file itself.
"""

from __future__ import annotations

from functools import lru_cache

from huifeng_desktop.paths import resource_path

STROKES = "strokes.txt"


@lru_cache(maxsize=1)
def read_strokes() -> dict[str, str]:
    """Digits 1 to 5 (横竖撇点折) by character, 9 for every stroke where only their number is known."""
    found: dict[str, str] = {}
    for line in resource_path(STROKES).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            written, _, characters = line.partition(" ")
            digits = "9" * int(written[1:]) if written.startswith("n") else written
            found.update(dict.fromkeys(characters, digits))
    return found
