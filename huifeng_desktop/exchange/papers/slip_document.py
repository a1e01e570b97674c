"""到会情况 as DOCX, A5 across like the slip that goes to the printer."""

from __future__ import annotations

from huifeng_desktop.exchange.papers.setting.document import KAI, TITLE, Form, OfficialDocument
from huifeng_desktop.exchange.papers.setting.paper import PaperKind, paper_title
from huifeng_desktop.exchange.papers.slip import slip_words
from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.service.session import MeetingSession

_FORM = Form(210, 148, 11, 8, 16, 16, is_numbered=False)


def slip_document(session: MeetingSession, options: PaperOptions) -> bytes:
    """The same words as `slip_page`, to be put into the chair's own."""
    words, family = slip_words(session), options.body_family
    document = OfficialDocument(paper_title(session, PaperKind.SLIP), family, session.now().wall, _FORM)
    document.line(words.title, TITLE, 24, centred=True)
    document.line(words.meeting, KAI, 15, centred=True, rule="bottom")
    for place, line in enumerate(words.spoken):
        document.line(line, family, 28, before_pt=0 if place else 20)
    for place, line in enumerate(words.remarks):
        document.line(line, family, 16, before_pt=0 if place else 14)
    document.line(f"{words.when}　　{words.as_of}", family, 11, before_pt=20, rule="top")
    return document.save()
