"""The main window of one meeting, put together from its parts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from huifeng_desktop.app.extras import offer_history, offer_second_desks
from huifeng_desktop.app.folder import Folder, preparation_for
from huifeng_desktop.app.late import late, late_imports, late_papers, late_scripts
from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.service.before.documents import Documents
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.door.networks import offered
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.storage.shelf import FolderShelf
from huifeng_desktop.ui.context import Bridge, UiContext
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.lazy_page import LazyPage
from huifeng_desktop.ui.projection.awake import Wakefulness, wakefulness_of
from huifeng_desktop.ui.projection.director import StageDirector
from huifeng_desktop.ui.projection.link import StageLink
from huifeng_desktop.ui.shell import AFTER, DURING, MainWindow
from huifeng_desktop.ui.sounds.bells import SystemBell
from huifeng_desktop.ui.stage.code import load_library_soon
from huifeng_desktop.ui.storage_watch import StorageWatch
from huifeng_desktop.ui.theme import apply_theme

if TYPE_CHECKING:
    from huifeng_desktop.ui.after.page import AfterPage
    from huifeng_desktop.ui.before.page import BeforePage
    from huifeng_desktop.ui.deskside.tablets_dialog import TabletsDialog


def make_application() -> QApplication:
    """The Qt application with the program's look."""

    application = QApplication.instance() or QApplication(["会风"])
    assert isinstance(application, QApplication)
    application.setApplicationName("会风")
    apply_theme(application)
    return application


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """The main window of one meeting, and the parts that drive it from outside."""

    window: MainWindow
    context: UiContext
    desk: DeskProcess
    director: StageDirector
    during: DuringPage
    lazy_before: LazyPage
    lazy_after: LazyPage

    @property
    def before(self) -> BeforePage:
        """会前, made now if nobody has looked at it."""
        from huifeng_desktop.ui.before.page import BeforePage

        page = self.lazy_before.page()
        assert isinstance(page, BeforePage)
        return page

    @property
    def after(self) -> AfterPage:
        """会后, made now if nobody has looked at it."""
        from huifeng_desktop.ui.after.page import AfterPage

        page = self.lazy_after.page()
        assert isinstance(page, AfterPage)
        return page


def build_window(
    folder: Folder,
    session: MeetingSession,
    desk_call: Sequence[str],
    rehearse: Callable[[], None] = lambda: None,
) -> OpenWindow:
    """The main window of one meeting with everything it needs; `rehearse` is what 彩排一遍 does."""

    context = _context(folder, session)
    bell = SystemBell(context.settings)
    desk, director = DeskProcess(desk_call), StageDirector(context, bell, awake=_wakefulness())
    during = DuringPage(context, desk, director, list_addresses=_addresses)
    before = LazyPage(lambda: _before_page(context, desk, lambda: window.show_stage(DURING), rehearse))
    after = LazyPage(lambda: _after_page(context))
    window = MainWindow(context, (before, during, after), desk, director, back_up=folder.back_up)
    _offer_tablets(window, context, desk, director)
    offer_second_desks(window, context, desk, _addresses)
    offer_history(window, context, folder, lambda: _chosen_seat(window, during, after))
    _offer_cues(window, context, director, bell)
    _watch_storage(window, context, desk, folder.prove_room)
    window.opened.connect(during.scanner.listen, Qt.ConnectionType.QueuedConnection)
    window.opened.connect(during.restore_phones)
    window.opened.connect(lambda: load_library_soon(window))
    return OpenWindow(window, context, desk, director, during, before, after)


def _watch_storage(
    window: MainWindow, context: UiContext, desk: DeskProcess, prove: Callable[[], None]
) -> None:
    watch = StorageWatch(prove, window)
    watch.changed.connect(window.show_trouble)
    context.voice.save_failed.connect(watch.report)
    desk.storage_changed.connect(watch.report)
    window.trouble.look_requested.connect(watch.look)


def _chosen_seat(window: MainWindow, during: DuringPage, after: LazyPage) -> str:
    """Who is chosen on the page in front."""
    if window.stage_index() == DURING:
        return during.chosen_seat()
    if window.stage_index() != AFTER:
        return ""
    from huifeng_desktop.ui.after.page import AfterPage

    page = after.page()
    assert isinstance(page, AfterPage)
    return page.chosen_seat()


def _offer_cues(window: MainWindow, context: UiContext, director: StageDirector, bell: SystemBell) -> None:
    def show() -> None:
        from huifeng_desktop.ui.sounds.cues_dialog import CuesDialog
        from huifeng_desktop.ui.sounds.player import list_devices

        dialog = CuesDialog(context.settings, bell.ring, list_devices(), window)
        dialog.accepted.connect(director.read_cues)
        dialog.open()

    window.cues_requested.connect(show)


def _offer_tablets(
    window: MainWindow, context: UiContext, desk: DeskProcess, director: StageDirector
) -> None:
    """平板与遥控: the dialog is made when it is first asked for, and keeps what it shows."""
    link = StageLink(context, desk, director, parent=window)
    window.opened.connect(link.restore)
    made: list[TabletsDialog] = []

    def show() -> None:
        from huifeng_desktop.ui.deskside.tablets_dialog import TabletsDialog

        dialog = made[0] if made else TabletsDialog(desk, _addresses, window)
        made[:] = [dialog]
        dialog.show()
        dialog.raise_()

    window.tablets_requested.connect(show)


def _wakefulness() -> Wakefulness:
    """Off screen there is no display to keep on."""
    platform = "" if QGuiApplication.platformName() == "offscreen" else sys.platform
    return wakefulness_of(platform)


def _addresses() -> list[tuple[str, str]]:
    from huifeng_desktop.desk.network.cards import list_addresses

    return [(one.interface, one.address) for one in offered(list_addresses())]


def _before_page(
    context: UiContext, desk: DeskProcess, enter: Callable[[], None], rehearse: Callable[[], None]
) -> BeforePage:
    from huifeng_desktop.ui.before.page import BeforePage

    page = BeforePage(context)
    page.enter_meeting_requested.connect(enter)
    page.rehearse_requested.connect(rehearse)
    _tell_about_desk(page, desk)
    return page


def _tell_about_desk(page: BeforePage, desk: DeskProcess) -> None:
    """投影与签到 says whether phones may sign in; the page cannot know it by itself."""
    from huifeng_desktop.ui.before.ready_panel import DeskWord

    def tell(*_: object) -> None:
        page.set_desk(DeskWord.of(desk.url()))

    for signal in (desk.ready, desk.stopped, desk.failed, desk.restarted):
        signal.connect(tell)
    tell()


def _after_page(context: UiContext) -> AfterPage:
    from huifeng_desktop.ui.after.page import AfterPage

    return AfterPage(context)


def _context(folder: Folder, session: MeetingSession) -> UiContext:

    return UiContext(
        office=folder.office,
        session=session,
        preparation=late(lambda: preparation_for(session)),
        door=Door(session),
        podium=Podium(session),
        rulings=Rulings(session),
        imports=late_imports(),
        papers=late_papers(folder),
        settings=folder.settings,
        bridge=Bridge(session),
        scripts=late_scripts(),
        documents=Documents(session, FolderShelf(folder.path)),
    )
