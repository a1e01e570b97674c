"""席卡 as DOCX, to be corrected in WPS: a sheet for each person, two frames that meet at the fold.

The far face is a text frame turned by half a circle, its letters with it; everything lies where the
PDF has it, so that cards of either kind can be cut together.

LibreOffice turns no letters in a frame. It takes a choice that requires `wps` but none that requires
`wps wp14`, both of which Word has known since 2010: so the far face asks for both, and its fallback is
the old lettering (VML, as in watermarks), which every program turns and everybody can edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.papers.cards import (
    CARD_HEIGHT,
    CARD_LEFT,
    CARD_TOP,
    CARD_WIDTH,
    NAME_PT,
    where_words,
    with_card,
)
from huifeng_desktop.exchange.papers.setting.document import SONG, TITLE, Form, OfficialDocument
from huifeng_desktop.exchange.papers.setting.layout import text_width
from huifeng_desktop.exchange.papers.setting.paper import clean

_FORM = Form(top=20, bottom=20, is_letter=False)
_EMU_MM = 36_000
_ROOM_PT = 180 / 25.4 * 72
"""What a name may take of the card's width."""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_NAMESPACES = (
    f'xmlns:w="{_WORD}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" '
    f'xmlns:wps="{_WPS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp14="http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_LETTERING = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    + "".join(
        f'<v:f eqn="{one}"/>'
        for one in (
            "sum #0 0 10800",
            "prod #0 2 1",
            "sum 21600 0 @1",
            "sum 0 0 @2",
            "sum 21600 0 @3",
            "if @0 @3 0",
            "if @0 21600 @1",
            "if @0 0 @2",
            "if @0 @4 21600",
            "mid @5 @6",
            "mid @8 @5",
            "mid @7 @8",
            "mid @6 @7",
            "sum @6 0 @5",
        )
    )
    + '</v:formulas><v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/>'
    "</v:shapetype>"
)
"""What lettering is, as every program writes it before the first of its kind."""
_INK = 0.92
"""How much of its square a character blackens; lettering is stretched over its box."""


def card_document(seats: Sequence[Seat], title: str, made_at: datetime) -> bytes:
    """One page for each person who sits behind a card."""
    document = OfficialDocument(title, TITLE, made_at, _FORM)
    held = with_card(seats)
    for place, seat in enumerate(held):
        document.anchored(list(_frames(seat, 3 * place + 1)), new_page=place > 0)
    return document.save()


def _frames(seat: Seat, number: int) -> Iterator[str]:
    """The far face, the near face, and the line for whoever sets the cards out."""
    name = clean(seat.display_name)
    size = min(NAME_PT, _ROOM_PT * 2 / text_width(name))
    fold = CARD_TOP + CARD_HEIGHT
    yield _frame(number, CARD_TOP, CARD_HEIGHT, name, TITLE, size, turned=True)
    yield _frame(number + 1, fold, CARD_HEIGHT, name, TITLE, size)
    yield _frame(number + 2, fold + CARD_HEIGHT + 3, 8, where_words(seat), SONG, 10, framed=False)


def _frame(
    number: int,
    top: float,
    high: float,
    text: str,
    family: str,
    size: float,
    *,
    turned: bool = False,
    framed: bool = True,
) -> str:
    """A run that holds one text frame of the card's width, in millimetres from the top of the page."""
    wide, tall = round(CARD_WIDTH * _EMU_MM), round(high * _EMU_MM)
    turn, needs = (' rot="10800000"', "wps wp14") if turned else ("", "wps")
    other = (
        f"<mc:Fallback>{_lettering(number, top, high, text, family, size)}</mc:Fallback>" if turned else ""
    )
    line = '<a:solidFill><a:srgbClr val="777777"/></a:solidFill>' if framed else "<a:noFill/>"
    half_points = int(size * 2)
    return (
        f'<w:r {_NAMESPACES}><mc:AlternateContent><mc:Choice Requires="{needs}"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" behindDoc="0" locked="0" '
        f'layoutInCell="1" allowOverlap="1" relativeHeight="{number}"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{round(CARD_LEFT * _EMU_MM)}</wp:posOffset>'
        '</wp:positionH><wp:positionV relativeFrom="page">'
        f"<wp:posOffset>{round(top * _EMU_MM)}</wp:posOffset></wp:positionV>"
        f'<wp:extent cx="{wide}" cy="{tall}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:wrapNone/><wp:docPr id="{number}" name="席卡 {number}" descr="{escape(text, _QUOTE)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_WPS}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm{turn}><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{tall}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="5400">{line}</a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{_paragraph(text, family, half_points)}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr">'
        "<a:noAutofit/></wps:bodyPr>"
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"{other}</mc:AlternateContent></w:r>"
    )


def _lettering(number: int, top: float, high: float, text: str, family: str, size: float) -> str:
    """The far face for programs that turn no frames: the frame's lines, and the name on its head."""
    point = 72 / 25.4
    wide, tall = size * (text_width(text) / 2 - 1 + _INK), size * _INK
    left, middle = (CARD_LEFT + CARD_WIDTH / 2) * point - wide / 2, (top + high / 2) * point
    frame = _at(CARD_LEFT * point, top * point, CARD_WIDTH * point, high * point)
    name = _at(left, middle - tall / 2, wide, tall)
    font = escape(f'font-family:"{family}";font-size:{size:.1f}pt', _QUOTE)
    return (
        f'<w:pict>{_LETTERING}<v:shape id="name{number}" type="#_x0000_t136" '
        f'style="{name};rotation:180;z-index:{number}" fillcolor="black" stroked="f">'
        f'<v:path textpathok="t"/><v:textpath on="t" fitshape="t" style="{font}" '
        f'string="{escape(text, _QUOTE)}"/></v:shape></w:pict>'
        f'<w:pict><v:rect id="frame{number}" style="{frame}" filled="f" strokecolor="#777777" '
        'strokeweight="0.4pt"/></w:pict>'
    )


def _at(left: float, top: float, wide: float, tall: float) -> str:
    """A place on the page, in points, as VML says it."""
    return (
        f"position:absolute;margin-left:{left:.2f}pt;margin-top:{top:.2f}pt;width:{wide:.2f}pt;"
        f"height:{tall:.2f}pt;mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    )


def _paragraph(text: str, family: str, half_points: int) -> str:
    """One centred line in its own family for Chinese and for everything else."""
    fonts = " ".join(f'w:{script}="{family}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        '<w:p><w:pPr><w:snapToGrid w:val="0"/>'
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rFonts {fonts}/>'
        f'<w:spacing w:val="0"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


_QUOTE = {'"': "&quot;"}
