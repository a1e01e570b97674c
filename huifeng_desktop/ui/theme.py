"""The look in one place: colours, sizes, fonts, and how they are put on the application.

The figures are those of the mock-ups. Two inks are a shade darker than drawn there (`MUTE`,
`WARN`), because small text must reach a contrast of 4.5:1 on every ground it stands on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from pathlib import Path
from string import Template
from types import MappingProxyType

from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from huifeng_desktop.paths import resource_path

PAPER = "#f4f3ef"
CARD = "#ffffff"
INK = "#1c2430"
MUTE = "#5f6873"
LINE = "#e2e0d9"
LINE_SOFT = "#f0eee8"
BORDER = "#c9c6bd"
TROUGH = "#eceae4"
ACCENT = "#1f3a5f"
ACCENT_DEEP = "#172d4b"
ACCENT_SOFT = "#e8edf4"
OK = "#1d7a4c"
OK_SOFT = "#e6f2eb"
WARN = "#965700"
WARN_MARK = "#a86400"
WARN_SOFT = "#fbf0dc"
OVER = "#b3261e"
OVER_SOFT = "#fbe9e7"

DISPOSITION_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "in_person": ACCENT,
        "approved_deputy": "#5f83ad",
        "unapproved_substitute": OVER,
        "on_leave": "#8f8a7c",
        "absent": "#3b3b3b",
    }
)

SPACE_1, SPACE_2, SPACE_3, SPACE_4 = 4, 8, 12, 16
TEXT_HINT, TEXT_SMALL, TEXT_BODY, TEXT_LEAD, TEXT_TITLE, TEXT_FIGURE = 11, 12, 14, 17, 23, 32
"""Sizes in device-independent pixels, from key hints to the large figures."""

FONT_FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "思源黑体",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
)
FALLBACK_FAMILIES = ("Noto Serif CJK SC", "SimSun-ExtB", "BabelStone Han", "HanaMinB")
"""Asked last, for the rare characters of names."""

_TRANSLATOR_NAME = "qtbase_zh_CN"


class Tone(StrEnum):
    """What a coloured piece of text says; a word always stands beside the colour."""

    NEUTRAL = "neutral"
    """A fact without judgement, in the accent colour."""
    OK = "ok"
    """As it should be."""
    WARN = "warn"
    """Worth a look."""
    OVER = "over"
    """Wrong, exceeded or waiting for a ruling."""
    PLAIN = "plain"
    """Ordinary ink without a ground."""


_TONE_INK = {Tone.NEUTRAL: ACCENT, Tone.OK: OK, Tone.WARN: WARN, Tone.OVER: OVER, Tone.PLAIN: INK}
_TONE_SOFT = {
    Tone.NEUTRAL: ACCENT_SOFT,
    Tone.OK: OK_SOFT,
    Tone.WARN: WARN_SOFT,
    Tone.OVER: OVER_SOFT,
    Tone.PLAIN: CARD,
}


def tone_ink(tone: Tone) -> QColor:
    """The colour that text of this tone is written in."""
    return QColor(_TONE_INK[tone])


def tone_soft(tone: Tone) -> QColor:
    """The ground that text of this tone stands on."""
    return QColor(_TONE_SOFT[tone])


def font_families(present: Collection[str]) -> list[str]:
    """The families of this theme that are installed, best first; never empty."""
    chosen = [family for family in (*FONT_FAMILIES, *FALLBACK_FAMILIES) if family in present]
    return chosen or ["sans-serif"]


def ui_font(size_px: int = TEXT_BODY, *, bold: bool = False) -> QFont:
    """The window's font at a size in device-independent pixels."""
    font = QFont()  # the application's own, which is ours once the theme is on
    if font.family() not in FONT_FAMILIES:
        font.setFamilies(font_families(QFontDatabase.families()))
    font.setPixelSize(size_px)
    font.setBold(bold)
    return font


def sized(font: QFont, size_px: int, *, bold: bool = False) -> QFont:
    """A copy of `font` in another size; cheaper than `ui_font` inside a paint event."""
    copy = QFont(font)
    copy.setPixelSize(size_px)
    copy.setBold(bold)
    return copy


def style_sheet(source: Path) -> str:
    """The style sheet with every `$NAME` replaced by the colour of that name."""
    colours = {
        name: value
        for name, value in globals().items()
        if name.isupper() and isinstance(value, str) and value.startswith("#")
    }
    icons = resource_path("icons").as_posix()
    return Template(source.read_text(encoding="utf-8")).substitute(colours, icons=icons)


def apply_theme(app: QApplication, sheet: Path | None = None) -> None:
    """Dress the application: light in any desktop, our font, Qt's own words in Chinese."""
    app.setStyle("Fusion")
    app.styleHints().setColorScheme(Qt.ColorScheme.Light)
    app.setPalette(light_palette())
    app.setFont(ui_font())
    app.setStyleSheet(style_sheet(sheet or resource_path("qss/main.qss")))
    _install_chinese(app)


def light_palette() -> QPalette:
    """The palette of the theme, complete, so that a dark desktop leaks nowhere."""
    palette = QPalette(QColor(CARD), QColor(PAPER))
    roles = {
        QPalette.ColorRole.Window: PAPER,
        QPalette.ColorRole.Base: CARD,
        QPalette.ColorRole.AlternateBase: CARD,
        QPalette.ColorRole.Button: CARD,
        QPalette.ColorRole.ToolTipBase: CARD,
        QPalette.ColorRole.Highlight: ACCENT_SOFT,
        QPalette.ColorRole.HighlightedText: INK,
        QPalette.ColorRole.PlaceholderText: MUTE,
        QPalette.ColorRole.Link: ACCENT,
        QPalette.ColorRole.WindowText: INK,
        QPalette.ColorRole.Text: INK,
        QPalette.ColorRole.ButtonText: INK,
        QPalette.ColorRole.ToolTipText: INK,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(MUTE))
    return palette


def _install_chinese(app: QApplication) -> None:
    """Load Qt's own Chinese words (确定, 取消) once for each application."""
    if app.findChild(QTranslator, _TRANSLATOR_NAME) is not None:
        return
    translator = QTranslator(app)
    translator.setObjectName(_TRANSLATOR_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(_TRANSLATOR_NAME, folder):
        app.installTranslator(translator)
