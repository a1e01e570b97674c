"""The networks that another device may be in, as a menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

ListAddresses = Callable[[], list[tuple[str, str]]]
"""Name of the network card and IPv4 address, the likeliest first."""


def address_menu(
    parent: QWidget, found: Iterable[tuple[str, str]], on_chosen: Callable[[str], object]
) -> QMenu:
    """A line for each network (name, address), the best first, and one to try it on this machine alone.

    `on_chosen` gets the address. Without any network a line says so and cannot be chosen.
    """
    menu, networks = QMenu(parent), list(found)
    if not networks:
        none = QAction(_tr("没有可用的网络，请先连接会议室网络"), menu)
        none.setEnabled(False)
        menu.addAction(none)
    for name, address in [*networks, (_tr("仅本机试用"), "127.0.0.1")]:
        action = QAction(f"{name}　{address}" if name else address, menu)
        action.triggered.connect(lambda _=False, chosen=address: on_chosen(chosen))
        menu.addAction(action)
    return menu


def _tr(text: str) -> str:
    return QCoreApplication.translate("AddressMenu", text)
