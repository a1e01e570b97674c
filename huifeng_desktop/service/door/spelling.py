"""Names as they are typed in letters: whole syllables and initials in any mixture, cuizg for 崔志刚.

The readings that come with a seat ("cuizhigang czg") say where a syllable begins only together. A name
spelled out is a line with a mark before each syllable; whatever is typed becomes one pattern that
is looked for in such lines, so that a key costs one pass over plain strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SYLLABLE = "'"
_LINE = "\n" + SYLLABLE
_SYLLABLE = re.compile(r"(?:[zcs]h|[bcdfghjklmnpqrstwxyz])?[aeiouv]+(?:ng|n|r)?")
_TO_THE_NEXT = rf"(?:[a-z]*{SYLLABLE})?"
"""Between two typed letters: nothing, or the rest of a syllable that was left out."""
LEAST_LETTERS = 3
"""Two letters are always the beginning of a reading, or of the initials."""


def spelled_out(readings: Iterable[str]) -> str:
    """Every reading of a name whose syllables can be told, each a line: "\\n'cui'zhi'gang"."""
    words = list(dict.fromkeys(readings))
    lines = []
    for whole in words:
        shorter = (word for word in words if 1 < len(word) < len(whole))
        syllables = next(filter(None, (_split(whole, initials) for initials in shorter)), None)
        if syllables:
            lines.append(_LINE + SYLLABLE.join(syllables))
    return "".join(lines)


def typed_pattern(needle: str) -> re.Pattern[str] | None:
    """What finds `needle` in a name spelled out; None for what is no mixture of letters."""
    if len(needle) < LEAST_LETTERS or not (needle.isascii() and needle.isalpha()):
        return None
    return re.compile(_LINE + _TO_THE_NEXT.join(needle))


def _split(whole: str, initials: str) -> list[str] | None:
    """The syllables of `whole`, one beginning with each of `initials`; zhangaiguo, zag: zhang ai guo."""
    if not initials:
        return None if whole else []
    if whole[:1] != initials[0]:
        return None
    for end in range(len(whole), 0, -1):
        if (end < len(whole)) is (len(initials) == 1) or not _SYLLABLE.fullmatch(whole, 0, end):
            continue
        rest = _split(whole[end:], initials[1:])
        if rest is not None:
            return [whole[:end], *rest]
    return None
