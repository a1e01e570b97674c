"""A document as GB/T 9704 sets it: margins, 22 lines of 28 characters, 三号仿宋, page numbers outside.

WPS takes a font for Chinese from `eastAsia` only, and a width from both `gridCol` and `tcW`; both are
always written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt
from docx.styles.style import BaseStyle
from docx.table import Table, _Cell
from docx.text.font import Font
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from huifeng_desktop.exchange.papers.setting.layout import text_width
from huifeng_desktop.exchange.papers.setting.letter import closed_up
from huifeng_desktop.exchange.papers.setting.paper import clean

TITLE, HEAD, KAI, SONG = "方正小标宋简体", "黑体", "楷体", "宋体"
TEXT_WIDTH_MM = 210 - 28 - 26
LINE_HEIGHT = 1.35
"""Of a `line`, in sizes of its type."""
_LINE = Pt(28.95)
"""225 mm of text height for 22 lines."""
_GRID_LINE, _CLOSER = "579", "-5"
"""Line pitch, and how much closer than 16 points characters stand so that 28 fill 156 mm, in twips. A
grid of characters would say the same, but some programs give each character two cells of it."""
_CELL_MARGIN_PT, _SMALLEST_PT = 2.85, 5.0
_SIZE_3, _SIZE_2, _SIZE_4 = Pt(16), Pt(22), Pt(14)
_CENTRE, _LEFT, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


@dataclass(frozen=True, slots=True)
class Form:
    """A size of paper and its margins, in millimetres."""

    width: float = 210
    height: float = 297
    top: float = 37
    bottom: float = 35
    left: float = 28
    right: float = 26
    is_letter: bool = True
    """Whether its lines keep to the grid of 22 a page, and its pages are numbered."""


LETTER = Form()
"""A4 as GB/T 9704 has it."""


class OfficialDocument:
    """Built from top to bottom, then saved."""

    def __init__(self, title: str, body_family: str, made_at: datetime, form: Form = LETTER) -> None:
        self._document = Document()
        self._body = body_family
        self._set_page(form)
        self._set_styles()
        if form.is_letter:
            self._set_page_numbers()
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = clean(title)[:200], "", ""
        properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)

    # -- paragraphs ----------------------------------------------------------------------------

    def title(self, text: str) -> None:
        """二号小标宋, centred."""
        paragraph = self._paragraph(_CENTRE)
        paragraph.paragraph_format.line_spacing = Pt(34)
        paragraph.paragraph_format.keep_with_next = True
        _run(paragraph, text, TITLE, _SIZE_2)

    def blank(self) -> None:
        """An empty line."""
        self._paragraph(_LEFT)

    def heading(self, text: str) -> None:
        """一、 in 黑体."""
        paragraph = self._indented()
        paragraph.paragraph_format.keep_with_next = True
        _run(paragraph, text, HEAD, _SIZE_3)

    def subheading(self, text: str, follows: str = "") -> None:
        """（一） in 楷体, with the text that goes on in the same paragraph."""
        paragraph = self._indented()
        _run(paragraph, text, KAI, _SIZE_3)
        if follows:
            _run(paragraph, follows, self._body, _SIZE_3)

    def body(self, text: str) -> None:
        """Running text, indented by two characters."""
        _run(self._indented(), text, self._body, _SIZE_3)

    def mark(self, text: str) -> None:
        """黑体 without indent, as for marks above a title."""
        _run(self._paragraph(_LEFT), text, HEAD, _SIZE_3)

    def signed(self, text: str) -> None:
        """Who and when, at the right, four characters in."""
        paragraph = self._paragraph(_RIGHT)
        paragraph.paragraph_format.right_indent = Pt(64)
        _run(paragraph, text, self._body, _SIZE_3)

    def picture(self, png: bytes, width_mm: float, words: str) -> None:
        """A picture across the page; `words` tell it to who cannot see it."""
        paragraph = self._paragraph(_CENTRE)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        shape = _run(paragraph, "", self._body, _SIZE_4).add_picture(BytesIO(png), width=Mm(width_mm))
        shape._inline.docPr.set("descr", clean(words)[:1000])

    def line(
        self,
        text: str,
        family: str,
        size_pt: float,
        *,
        centred: bool = False,
        before_pt: float = 0,
        rule: str = "",
    ) -> None:
        """One line of any size, with a `rule` at its "top" or "bottom"."""
        paragraph = self._paragraph(_CENTRE if centred else _LEFT)
        paragraph.paragraph_format.line_spacing = Pt(size_pt * LINE_HEIGHT)
        paragraph.paragraph_format.space_before = Pt(before_pt)
        if rule:
            _draw_rule(paragraph, rule)
        _run(paragraph, text, family, Pt(size_pt))

    def anchored(self, runs: Sequence[str], *, new_page: bool) -> None:
        """A paragraph of runs as they stand, for what lies at its own place on the page."""
        paragraph = self._paragraph(_LEFT)
        paragraph.paragraph_format.page_break_before = new_page
        for run in runs:
            paragraph._p.append(parse_xml(run))

    def _paragraph(self, align: WD_ALIGN_PARAGRAPH) -> Paragraph:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = align
        return paragraph

    def _indented(self) -> Paragraph:
        paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.JUSTIFY)
        paragraph.paragraph_format.first_line_indent = Pt(32)
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")
        return paragraph

    # -- tables --------------------------------------------------------------------------------

    def table(
        self,
        widths_mm: Sequence[float],
        rows: Sequence[Sequence[str | None]],
        *,
        header: Sequence[str] = (),
        row_mm: float = 9,
        size_pt: float = 12,
        left: Sequence[int] = (),
        one_line: Sequence[int] = (),
        together: int = 0,
    ) -> None:
        """A table of fixed widths; the header row repeats on every page, no row is parted.

        The last `together` rows stand on one page.

        None joins a cell with the one at its left; columns of `one_line` are set smaller rather than
        wrapped, so that no name is parted.
        """
        table = self._document.add_table(rows=0, cols=len(widths_mm), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _set_cell_margins(table)
        widths = [Mm(width) for width in widths_mm]
        for place, width in enumerate(widths):
            table.columns[place].width = width
        if header:
            self._row(table, header, widths, row_mm, _Setting(HEAD, size_pt))
            _repeat(table)
        for row in rows:
            self._row(table, row, widths, row_mm, _Setting(self._body, size_pt, tuple(left), tuple(one_line)))
        for row_of_table in table.rows[-together:-1] if together else ():
            for cell in row_of_table.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def _row(
        self,
        table: Table,
        cells: Sequence[str | None],
        widths: Sequence[Length],
        row_mm: float,
        how: _Setting,
    ) -> None:
        row = table.add_row()  # type: ignore[no-untyped-call]
        row.height, row.height_rule = Mm(row_mm), WD_ROW_HEIGHT_RULE.AT_LEAST
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
        start = row.cells[0]
        for place, text in enumerate(cells):
            if text is None:
                start = start.merge(row.cells[place])
            else:
                start = row.cells[place]
                size = how.size_of(place, text, widths[place])
                _fill(start, text, how.family, size, _LEFT if place in how.left else _CENTRE)

    # -- the page ------------------------------------------------------------------------------

    def _set_page(self, form: Form) -> None:
        section = self._document.sections[0]
        is_wide = form.width > form.height
        section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(form.width), Mm(form.height)
        section.top_margin, section.bottom_margin = Mm(form.top), Mm(form.bottom)
        section.left_margin, section.right_margin = Mm(form.left), Mm(form.right)
        section.footer_distance = Mm(25 if form.is_letter else form.bottom)
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        grid.set(qn("w:type"), "lines" if form.is_letter else "default")
        grid.set(qn("w:linePitch"), _GRID_LINE)

    def _set_styles(self) -> None:
        for style in self._document.styles:
            _set_style_font(style, self._body)
        normal = self._document.styles["Normal"]
        normal.font.size = _SIZE_3
        _set_language(self._document.styles.element)
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), _CLOSER)
        normal.font._element.get_or_add_rPr().find(qn("w:sz")).addprevious(closer)
        spacing = normal.paragraph_format
        spacing.space_before = spacing.space_after = Pt(0)
        spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
        spacing.widow_control = True

    def _set_page_numbers(self) -> None:
        """— 1 —, 四号, outside: right on odd pages, left on even ones."""
        self._document.settings.odd_and_even_pages_header_footer = True
        section = self._document.sections[0]
        for footer, align in ((section.footer, _RIGHT), (section.even_page_footer, _LEFT)):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = align
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
            _run(paragraph, "— ", SONG, _SIZE_4)
            _page_field(_run(paragraph, "", SONG, _SIZE_4))
            _run(paragraph, " —", SONG, _SIZE_4)

    def save(self) -> bytes:
        """The document, complete in memory."""
        buffer = BytesIO()
        self._document.save(buffer)
        return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the cells of a row are set; `left` and `one_line` name columns."""

    family: str
    size_pt: float
    left: tuple[int, ...] = ()
    one_line: tuple[int, ...] = ()

    def size_of(self, place: int, text: str, width: Length) -> Length:
        """The size of a cell's text, smaller where it must stay on one line."""
        if place not in self.one_line or not text:
            return Pt(self.size_pt)
        room = (width.pt - 2 * _CELL_MARGIN_PT) * 2 / text_width(text)
        return Pt(max(_SMALLEST_PT, min(self.size_pt, int(room * 2 - 0.5) / 2)))


def _run(paragraph: Paragraph, text: str, family: str, size: Length) -> Run:
    run = paragraph.add_run(closed_up(clean(text)) if text.strip() == text else text)
    run.font.size = size
    _set_family(run.font, family)
    return run


def _draw_rule(paragraph: Paragraph, side: str) -> None:
    """A thin line along one side of a paragraph, a little off the text."""
    borders, border = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "6"), ("color", "000000")):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:jc")


def _set_family(font: Font, family: str) -> None:
    """The family for Chinese and for everything else, themes put out of action."""
    fonts = font._element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), family)
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
    fonts.attrib.pop(qn("w:cstheme"), None)


def _set_language(styles: BaseOxmlElement) -> None:
    """Chinese is that of the mainland: else stops stand in the middle, and words are marked as wrong."""
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _set_style_font(style: BaseStyle, family: str) -> None:
    if hasattr(style, "font"):
        _set_family(style.font, family)


def _set_cell_margins(table: Table) -> None:
    """One millimetre at either side, half of it above and below, so that no text touches a line."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        wide = _CELL_MARGIN_PT if side in ("left", "right") else _CELL_MARGIN_PT / 2
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(wide * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)


def _fill(cell: _Cell, text: str, family: str, size: Length, align: WD_ALIGN_PARAGRAPH) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    spacing = paragraph.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.SINGLE, 1.0
    free = OxmlElement("w:snapToGrid")
    free.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().find(qn("w:spacing")).addprevious(free)
    _run(paragraph, text, family, size)
    properties = cell._tc.get_or_add_tcPr()
    middle = OxmlElement("w:vAlign")
    middle.set(qn("w:val"), "center")
    properties.append(middle)


def _repeat(table: Table) -> None:
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)


def _page_field(run: Run) -> None:
    """The number of the page."""
    for kind in ("begin", "", "end"):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = " PAGE "
        run._r.append(mark)
