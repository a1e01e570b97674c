"""What the window offers from its menu beside the three pages; each dialog is made when first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.desk_process import DeskProcess
from huifeng_desktop.ui.during.phone_block import ListAddresses
from huifeng_desktop.ui.second_desks import SecondDesks
from huifeng_desktop.ui.shell import MainWindow

if TYPE_CHECKING:
    from huifeng_desktop.ui.second_desks_dialog import SecondDesksDialog


def offer_second_desks(
    window: MainWindow, context: UiContext, desk: DeskProcess, list_addresses: ListAddresses
) -> None:
    """第二签到台: what is open outlives its dialog and dies with the window."""
    desks = SecondDesks(desk, window)
    made: list[SecondDesksDialog] = []

    def show() -> None:
        from huifeng_desktop.ui.second_desks_dialog import SecondDesksDialog

        dialog = made[0] if made else SecondDesksDialog(context, desks, list_addresses, window)
        made[:] = [dialog]
        dialog.show()
        dialog.raise_()

    window.second_desks_requested.connect(show)
