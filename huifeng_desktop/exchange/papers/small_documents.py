"""请假单, blank, as DOCX; its pages of marks are in `leave_form`."""

from __future__ import annotations

from huifeng_desktop.exchange.papers.leave_form import (
    LABEL_MM,
    OPINION_MM,
    ROW_MM,
    TEXT_WIDTH_MM,
    TITLE,
    WIDTHS_MM,
    form_rows,
    note,
    opinion_rows,
)
from huifeng_desktop.exchange.papers.setting.document import OfficialDocument
from huifeng_desktop.exchange.papers.setting.layout import text_width
from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.service.session import MeetingSession

_USUAL_PT, _CLOSE_PT, _USUAL_TITLE = 14, 10.5, 150
"""A title of more than three lines (in half-width characters) would push the form over its page."""


def leave_form(session: MeetingSession, options: PaperOptions) -> bytes:
    """请假单 as DOCX."""
    document = OfficialDocument(TITLE, options.body_family, session.now().wall)
    document.title(TITLE)
    document.blank()
    size = _USUAL_PT if text_width(session.plan.title) <= _USUAL_TITLE else _CLOSE_PT
    document.table(WIDTHS_MM, form_rows(session), row_mm=ROW_MM, size_pt=size, left=(1,))
    widths = (LABEL_MM, TEXT_WIDTH_MM - LABEL_MM)
    document.table(widths, opinion_rows(), row_mm=OPINION_MM, size_pt=14, left=(1,))
    document.body(note(session))
    return document.save()
