"""到会情况 as DOCX, A5 across like the slip that goes to the printer; always one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from huifeng_desktop.exchange.papers.setting.document import (
    KAI,
    LINE_HEIGHT,
    TITLE,
    Form,
    OfficialDocument,
)
from huifeng_desktop.exchange.papers.setting.layout import line_count
from huifeng_desktop.exchange.papers.setting.paper import PaperKind, paper_title
from huifeng_desktop.exchange.papers.slip import SlipWords, slip_words
from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.service.session import MeetingSession

_FORM = Form(210, 148, 11, 8, 16, 16, is_letter=False)
_ROOM_PT = (148 - 11 - 8) / 25.4 * 72 - 8
_MEASURE_PT = (210 - 2 * 16) / 25.4 * 72 * 0.92
"""A little kept back for fonts with wide figures."""
_SMALLEST, _STEP = 0.4, 0.05


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    family: str
    size_pt: float
    before_pt: float = 0
    rule: str = ""
    centred: bool = False

    @property
    def height_pt(self) -> float:
        """Of all lines that the text takes."""
        lines = line_count(self.text, int(_MEASURE_PT * 2 / self.size_pt))
        return self.before_pt + lines * self.size_pt * LINE_HEIGHT


def slip_document(session: MeetingSession, options: PaperOptions) -> bytes:
    """The same words as `slip_page`, to be put into the chair's own."""
    family = options.body_family
    document = OfficialDocument(paper_title(session, PaperKind.SLIP), family, session.now().wall, _FORM)
    for one in _fitted(_lines(slip_words(session), family)):
        document.line(
            one.text, one.family, one.size_pt, centred=one.centred, before_pt=one.before_pt, rule=one.rule
        )
    return document.save()


def _lines(words: SlipWords, family: str) -> list[_Line]:
    """From top to bottom, at the sizes that a usual meeting has room for."""
    return [
        _Line(words.title, TITLE, 24, centred=True),
        _Line(words.meeting, KAI, 15, rule="bottom", centred=True),
        *(_Line(line, family, 28, 0 if place else 20) for place, line in enumerate(words.spoken)),
        *(_Line(line, family, 16, 0 if place else 14) for place, line in enumerate(words.remarks)),
        _Line(f"{words.when}　　{words.as_of}", family, 11, 20, rule="top"),
    ]


def _fitted(lines: Sequence[_Line]) -> list[_Line]:
    """All of them smaller alike until they fit on the page."""
    scale, found = 1.0, list(lines)
    while sum(one.height_pt for one in found) > _ROOM_PT and scale > _SMALLEST:
        scale -= _STEP
        found = [
            replace(one, size_pt=round(one.size_pt * scale * 2) / 2, before_pt=one.before_pt * scale)
            for one in lines
        ]
    return found
