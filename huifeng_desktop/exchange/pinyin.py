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
    "任": "ren",
    "华": "hua",
    "卜": "bu",
    "宁": "ning",
    "覃": "qin",
    "乐": "yue",
    "纪": "ji",
    "缪": "miao",
    "员": "yun",
    "召": "shao",
    "种": "chong",
    "繁": "po",
    "能": "nai",
    "折": "she",
    "秘": "bi",
    "冼": "xian",
    "牟": "mu",
    "尉": "wei",
    "莘": "shen",
    "都": "du",
    "黑": "he",
    "薄": "bo",
    "褚": "chu",
    "盛": "sheng",
    "万": "wan",
    "柏": "bai",
    "车": "che",
    "重": "chong",
    "葛": "ge",
    "宓": "mi",
    "佴": "nai",
    "曲": "qu",
    "瞿": "qu",
    "宿": "su",
    "隗": "wei",
    "相": "xiang",
    "幺": "yao",
    "燕": "yan",
    "应": "ying",
    "占": "zhan",
    "石": "shi",
    "沈": "shen",
    "贾": "jia",
    "郇": "xun",
    "过": "guo",
    "哈": "ha",
    "洗": "xian",
    "逄": "pang",
    "臧": "zang",
    "祭": "zhai",
    "訾": "zi",
    "谌": "chen",
    "那": "na",
    "么": "yao",
    "钭": "tou",
    "甯": "ning",
    "晟": "cheng",
    "适": "kuo",
    "撒": "sa",
    "眭": "sui",
    "郗": "xi",
    "卒": "cu",
    "角": "jue",
    "句": "gou",
    "仉": "zhang",
    "尹": "yin",
    "靓": "jing",
    "阚": "kan",
    "呙": "guo",
    "俞": "yu",
    "於": "yu",
    "於陵": "yu ling",
    "单于": "chan yu",
    "长孙": "zhang sun",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "澹台": "tan tai",
    "乐正": "yue zheng",
    "令狐": "ling hu",
    "夏侯": "xia hou",
    "宰父": "zai fu",
    "钟离": "zhong li",
    "鲜于": "xian yu",
    "皇甫": "huang fu",
    "濮阳": "pu yang",
    "呼延": "hu yan",
    "淳于": "chun yu",
    "申屠": "shen tu",
    "太叔": "tai shu",
    "闻人": "wen ren",
    "欧阳": "ou yang",
    "轩辕": "xuan yuan",
    "亓官": "qi guan",
}
"""Surnames, with their reading as a name; two characters before one."""


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
    """The first two characters each by itself: how a surname is typed by who does not know better."""
    from pypinyin import lazy_pinyin

    if not spoken or spoken[:1] not in SURNAMES:
        return []
    return [lazy_pinyin(spoken[0])[0], *lazy_pinyin(spoken[1:])]


def _keys(syllables: Sequence[str]) -> list[str]:
    known = [syllable for syllable in syllables if syllable.isascii()]
    if not known:
        return []
    whole, initials = "".join(known), "".join(syllable[0] for syllable in known)
    return [whole, initials] if len(known) > 1 else [whole]
