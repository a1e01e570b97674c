"""Which font of this machine stands for 仿宋, 小标宋, 黑体, 楷体 and 宋体, and what it holds.

Offices have 方正 and GB2312 fonts, plain Windows has 仿宋 and 黑体, plain Linux has Noto.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont

from huifeng_desktop.service.printed.marks import Face

_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "宋体", "SimSun")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "微软雅黑", "Microsoft YaHei")
CANDIDATES = {
    Face.TITLE: ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", *_SERIF),
    Face.BODY: ("仿宋", "FangSong", "方正仿宋_GBK", "仿宋_GB2312", "STFangsong", *_SERIF),
    Face.HEAD: ("黑体", "SimHei", "方正黑体_GBK", "STHeiti", *_SANS),
    Face.KAI: ("楷体", "KaiTi", "方正楷体_GBK", "楷体_GB2312", "STKaiti", *_SERIF),
    Face.SONG: ("宋体", "SimSun", "方正书宋_GBK", *_SERIF),
}
"""Families by face, the best first. Those held by most machines and most names come before GB2312."""
NOMINAL = {"GB2312": "gb2312", "GBK": "gbk"}
"""What a family that is not installed here holds, by the standard in its name; others: GBK."""


@lru_cache(maxsize=1)
def installed() -> frozenset[str]:
    """The families of this machine."""
    return frozenset(QFontDatabase.families())


def family_of(face: Face, body: str = "") -> str:
    """The installed family that stands for a face; Qt's own choice where there is none.

    `body` goes before the others for `Face.BODY`.
    """
    wanted = (body, *CANDIDATES[face]) if face is Face.BODY and body else CANDIDATES[face]
    return next((one for one in wanted if one in installed()), CANDIDATES[face][0])


def font_of(face: Face, pixels: float, body: str = "") -> QFont:
    """The face at a size in the painter's own units."""
    font = QFont(family_of(face, body))
    font.setPixelSize(max(1, round(pixels)))
    if face is Face.TITLE and "Noto" in font.family():
        font.setWeight(QFont.Weight.DemiBold)
    return font


def lacking(text: str, family: str) -> frozenset[str]:
    """Characters that the family does not hold: asked of the font, else of the standard it follows."""
    characters = {char for char in text if not char.isspace()}
    if family in installed():
        # A QRawFont belongs to its thread, so none is kept.
        raw = QRawFont.fromFont(QFont(family, 20), QFontDatabase.WritingSystem.Any)
        return frozenset(char for char in characters if not raw.supportsCharacter(ord(char)))
    encoding = next((codec for mark, codec in NOMINAL.items() if mark in family), "gbk")
    return frozenset(char for char in characters if not _encodes(char, encoding))


def undrawable(text: str) -> frozenset[str]:
    """Characters that Qt finds in no font at all, fallbacks included."""
    metrics = QFontMetricsF(font_of(Face.BODY, 40))
    return frozenset(char for char in set(text) if not char.isspace() and not metrics.inFontUcs4(ord(char)))


def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
