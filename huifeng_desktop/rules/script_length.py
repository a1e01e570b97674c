"""How long a speech script is: 字数 and 字符数 as WPS and Word count them, the limits, the minutes.

字数 = Chinese characters and full-width signs, one each, + every run of anything else (a Latin word,
a number, a half-width sign standing alone) as one. Signs that Chinese type sets full width and Latin
type does not (“ ” … — · ① ℃) count one each, as they do when typed with a Chinese input method.
字符数 counts every character; paragraph and line ends belong to no count.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

SLOW_PER_MINUTE = 150
FAST_PER_MINUTE = 200
"""字 spoken in a minute, at least and at most."""

_EMOJI_PLANE = range(0x1F000, 0x20000)
_FULL_WIDTH_LATIN_1 = "§°±·×÷"
_LINE_ENDS = "\r\n\v\f\u0085\u2028\u2029"
_INSIDE_A_WORD = re.compile(r"(?<=[A-Za-z0-9])[’‐‑–](?=[A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class ScriptLength:
    """The counts of a text."""

    chinese: int = 0
    """中文字符: ideographs and full-width signs."""
    others: int = 0
    """非中文单词: runs of anything else."""
    characters: int = 0
    """字符数（不计空格）."""
    spaces: int = 0

    @property
    def words(self) -> int:
        """字数."""
        return self.chinese + self.others

    @property
    def characters_and_spaces(self) -> int:
        """字符数（计空格）."""
        return self.characters + self.spaces

    def __add__(self, other: ScriptLength) -> ScriptLength:
        """Both texts one after the other, in paragraphs of their own."""
        return ScriptLength(
            self.chinese + other.chinese,
            self.others + other.others,
            self.characters + other.characters,
            self.spaces + other.spaces,
        )


class _Sort(Enum):
    CHINESE = auto()
    OTHER = auto()
    SPACE = auto()
    LINE_END = auto()
    INVISIBLE = auto()


def measure(text: str) -> ScriptLength:
    """Count a text."""
    joined = _INSIDE_A_WORD.sub("-", text)
    sorts = {char: _sort(char) for char in set(joined)}
    seen = dict.fromkeys(_Sort, 0)
    others, before = 0, _Sort.LINE_END
    for char in joined:
        sort = sorts[char]
        seen[sort] += 1
        if sort is _Sort.INVISIBLE:
            continue
        others += sort is _Sort.OTHER and before is not _Sort.OTHER
        before = sort
    chinese = seen[_Sort.CHINESE]
    return ScriptLength(chinese, others, chinese + seen[_Sort.OTHER], seen[_Sort.SPACE])


def _sort(char: str) -> _Sort:
    if char in _LINE_ENDS:
        return _Sort.LINE_END
    if char.isspace():
        return _Sort.SPACE
    if char in "\u200b\ufeff" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return _Sort.INVISIBLE
    return _Sort.CHINESE if _is_chinese(char) else _Sort.OTHER


def _is_chinese(char: str) -> bool:
    width = unicodedata.east_asian_width(char)
    if width == "A":
        is_sign = unicodedata.category(char)[0] not in "LM"
        return is_sign and (ord(char) > 0xFF or char in _FULL_WIDTH_LATIN_1)
    return width in "WFH" and ord(char) not in _EMOJI_PLANE


@dataclass(frozen=True, slots=True)
class ScriptLimit:
    """How many 字 a script may have, and who says so."""

    code: str
    name: str
    words: int
    source: str

    def excess(self, words: int) -> int:
        """字 beyond the limit; 0 where it is kept."""
        return max(0, words - self.words)


_WUHAN = "武汉 2011 年改进会风规定"
SCRIPT_LIMITS = (
    ScriptLimit("city", "全市性工作会议", 8000, f"{_WUHAN}：全市性工作会议的讲话稿不超过 8000 字"),
    ScriptLimit("other", "其他会议", 5000, f"{_WUHAN}：其他会议的讲话稿不超过 5000 字"),
    ScriptLimit("town", "乡镇讲话稿", 5000, "镇《文风会风管理制度》：讲话稿不超过 5000 字"),
)


@dataclass(frozen=True, slots=True)
class MinutesRange:
    """How long a speech may take, in whole minutes."""

    shortest: int
    longest: int

    @property
    def middle(self) -> int:
        """Between both, half up."""
        return (self.shortest + self.longest + 1) // 2


def speaking_minutes(words: int) -> MinutesRange:
    """At 200 and at 150 字 a minute, half up, a minute at least."""
    return MinutesRange(_minutes(words, FAST_PER_MINUTE), _minutes(words, SLOW_PER_MINUTE))


def _minutes(words: int, per_minute: int) -> int:
    return max(1, (2 * words + per_minute) // (2 * per_minute))
