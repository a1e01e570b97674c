"""会议议程（会务用） as DOCX."""

from __future__ import annotations

from huifeng_desktop.exchange.papers.agenda import circumstances, staff_agenda
from huifeng_desktop.exchange.papers.setting.document import OfficialDocument
from huifeng_desktop.exchange.papers.setting.layout import text_width
from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.service.session import MeetingSession

_WIDTHS_MM, _FOR_LONG_NAMES_MM = (10, 35, 22, 28, 20, 14, 27), (10, 27, 36, 23, 19, 14, 27)
_USUAL_NAME = 10
"""Half-width characters; longer names would be set too small to be read."""


def staff_agenda_document(session: MeetingSession, options: PaperOptions) -> bytes:
    """The table of `staff_agenda` below the circumstances; the sum never stands alone on a page."""
    paper = staff_agenda(session)
    document = OfficialDocument(paper.title, options.body_family, session.now().wall)
    document.title(paper.title)
    document.blank()
    for line in circumstances(session):
        document.body(line)
    document.blank()
    has_long_names = any(text_width(str(row[2])) > _USUAL_NAME for row in paper.rows)
    document.table(
        _FOR_LONG_NAMES_MM if has_long_names else _WIDTHS_MM,
        [[str(cell) for cell in row] for row in (*paper.rows, *paper.sums)],
        header=[column.title for column in paper.columns],
        size_pt=10.5,
        row_mm=8,
        together=3,
        left=(1, 3),
        one_line=(0, 2, 4, 5, 6),
    )
    return document.save()
