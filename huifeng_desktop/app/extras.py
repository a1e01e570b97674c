"""What the window offers from its menu beside the three pages; each dialog is made when first asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from huifeng_desktop.app.background import run_command
from huifeng_desktop.app.folder import Folder
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.deskside.address_menu import ListAddresses
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.deskside.second_desks import SecondDesks
from huifeng_desktop.ui.shell import MainWindow
from huifeng_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from huifeng_desktop.ui.audit.dialog import AuditDialog, Proof
    from huifeng_desktop.ui.deskside.second_desks_dialog import SecondDesksDialog


def offer_second_desks(
    window: MainWindow, context: UiContext, desk: DeskProcess, list_addresses: ListAddresses
) -> None:
    """第二签到台: what is open outlives its dialog and dies with the window."""
    desks = SecondDesks(desk, window)
    made: list[SecondDesksDialog] = []

    def show() -> None:
        from huifeng_desktop.ui.deskside.second_desks_dialog import SecondDesksDialog

        dialog = made[0] if made else SecondDesksDialog(context, desks, list_addresses, window)
        made[:] = [dialog]
        dialog.show()
        dialog.raise_()

    def heed_the_end(_: object) -> None:
        if desks.desks() and context.session.state.adjourned_at is not None:
            desks.revoke_all()
            context.voice.say("已散会，第二签到台已全部收回。", Tone.NEUTRAL)

    window.second_desks_requested.connect(show)
    context.bridge.changed.connect(heed_the_end)


def offer_history(
    window: MainWindow, context: UiContext, folder: Folder, chosen_seat: Callable[[], str]
) -> None:
    """操作记录: of whoever is chosen on the page in front, else of everybody."""
    made: list[AuditDialog] = []

    def show() -> None:
        seat = chosen_seat()
        dialog = made[0] if made else _make_audit(window, context, folder)
        made[:] = [dialog]
        dialog.refresh()
        dialog.show_person(seat)
        dialog.show()
        dialog.raise_()

    window.history_requested.connect(show)


def _make_audit(window: MainWindow, context: UiContext, folder: Folder) -> AuditDialog:
    from huifeng_desktop.exchange.audit_papers import export_audit
    from huifeng_desktop.service.audit.trail import Audit
    from huifeng_desktop.ui.ask_path import ask_target
    from huifeng_desktop.ui.audit.dialog import AuditDialog

    return AuditDialog(
        context,
        Audit(context.session, folder.settings.installation()),
        window,
        export=export_audit,
        check=lambda tell: check_records(folder.path, window, tell),
        ask_target=lambda name: ask_target("导出操作记录", name, "工作簿 (*.xlsx);;文本表格 (*.csv)"),
    )


def check_records(path: Path, window: MainWindow, tell: Callable[[Proof], None]) -> None:
    """Prove every chain of the folder by the command `verify`."""
    from huifeng_desktop.ui.audit.dialog import Proof

    def finished(out: str, problem: str) -> None:
        plain = json.loads(out) if out else {}
        if not problem:
            tell(Proof(f"已逐条核对 {plain['events']} 条记录（含其他会议），没有改动、缺失或调换。", True))
            return
        tell(Proof(problem, False, str(plain.get("broken", {}).get("event", ""))))

    run_command(path, ["verify"], window, finished)
