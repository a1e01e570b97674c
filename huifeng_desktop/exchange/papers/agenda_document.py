"""会议议程 as DOCX, in both versions."""

from __future__ import annotations

from huifeng_desktop.exchange.papers.agenda import agenda_lines, circumstances, staff_agenda
from huifeng_desktop.exchange.papers.document import OfficialDocument
from huifeng_desktop.exchange.papers.paper import PaperKind, paper_title
from huifeng_desktop.service.papers import PaperOptions
from huifeng_desktop.service.session import MeetingSession


def agenda_document(session: MeetingSession, options: PaperOptions) -> bytes:
    """The leaders' version as DOCX."""
    document = _document(session, PaperKind.AGENDA, options)
    for line in circumstances(session):
        document.body(line)
    document.blank()
    for line in agenda_lines(session):
        document.body(line)
    return document.save()


def staff_agenda_document(session: MeetingSession, options: PaperOptions) -> bytes:
    """The same as DOCX."""
    paper = staff_agenda(session)
    document = _document(session, PaperKind.STAFF_AGENDA, options)
    for line in circumstances(session):
        document.body(line)
    document.blank()
    document.table(
        (10, 36, 22, 28, 19, 14, 27),
        [[str(cell) for cell in row] for row in (*paper.rows, *paper.sums)],
        header=[column.title for column in paper.columns],
        size_pt=10.5,
        left=(1, 3),
        one_line=(0, 2, 4, 5, 6),
    )
    return document.save()


def _document(session: MeetingSession, kind: PaperKind, options: PaperOptions) -> OfficialDocument:
    title = paper_title(session, kind)
    document = OfficialDocument(title, options.body_family, session.now().wall)
    document.title(title)
    document.blank()
    return document
