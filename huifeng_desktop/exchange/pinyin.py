"""The keys by which a name is found: full pinyin and initials, in every reading people type.

The dictionary is large (200 ms, 54 MB), so it is loaded at the first name and the keys are stored
with the seat. It reads many surnames as common words; those are in a table of our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SURNAMES: Mapping[str, str] = {
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "曾": "zeng",
    "区": "ou",
    "查": "zha",
    "盖": "ge",
    "朴": "piao",
    "翟": "zhai",
    "卜": "bu",
    "覃": "qin",
    "乐": "yue",
    "缪": "miao",
    "员": "yun",
    "召": "shao",
    "种": "chong",
    "繁": "po",
    "能": "nai",
    "折": "she",
    "秘": "bi",
    "牟": "mu",
    "都": "du",
    "黑": "he",
    "薄": "bo",
    "重": "chong",
    "佴": "nai",
    "隗": "wei",
    "郇": "xun",
    "洗": "xian",
    "祭": "zhai",
    "么": "yao",
    "句": "gou",
    "阚": "kan",
    "单于": "chan yu",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "长孙": "zhang sun",
    "乐正": "yue zheng",
}
"""Surnames that the dictionary reads as another word, and double surnames that begin with one."""


def readings(name: str) -> str:
    """Space-separated search keys of a stored name: "shanwei sw danwei dw"; latin in lower case."""
    from pypinyin import lazy_pinyin

    spoken = "".join(char for char in name if char.isalnum())
    common = [syllable.lower() for syllable in lazy_pinyin(spoken)]
    keys: dict[str, None] = {}
    for syllables in (_as_name(spoken, common), common, _one_by_one(spoken)):
        keys.update(dict.fromkeys(_keys(syllables)))
    return " ".join(keys)


def _as_name(spoken: str, common: Sequence[str]) -> list[str]:
    """The surname by our table, the given name by the dictionary."""
    for length in (2, 1):
        surname = SURNAMES.get(spoken[:length])
        if surname and len(common) == len(spoken) > length:
            return [*surname.split(), *common[length:]]
    return list(common)


def _one_by_one(spoken: str) -> list[str]:
    """The first character by itself: how a surname is typed by those who do not know better."""
    from pypinyin import lazy_pinyin

    if spoken[:1] not in SURNAMES and spoken[:2] not in SURNAMES:
        return []
    return [lazy_pinyin(spoken[0])[0], *lazy_pinyin(spoken[1:])]


def _keys(syllables: Sequence[str]) -> list[str]:
    known = [syllable for syllable in syllables if syllable.isascii()]
    if not known:
        return []
    whole, initials = "".join(known), "".join(syllable[0] for syllable in known)
    return [whole, initials] if len(known) > 1 else [whole]
