"""What the pages of the window stand on, with real files and papers, for tests of single pages."""

from __future__ import annotations

from huifeng_desktop.exchange.gateway import FileImports
from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.exchange.pinyin import readings
from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.service.before.preparation import Preparation
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.office import Office
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.service.ports import Settings
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.context import Bridge, UiContext
from huifeng_desktop.ui.printing.pdf import QtPdfPrinter


def context_of(office: Office, session: MeetingSession, settings: Settings) -> UiContext:
    """One open meeting with all its services; nothing greets, nothing rings."""
    return UiContext(
        office=office,
        session=session,
        preparation=Preparation(session, readings),
        door=Door(session),
        podium=Podium(session),
        rulings=Rulings(session),
        imports=FileImports(),
        papers=OfficePapers(QtPdfPrinter()),
        settings=settings,
        bridge=Bridge(session),
    )
