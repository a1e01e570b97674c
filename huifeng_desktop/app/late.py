"""Ports whose libraries are loaded when they are first used: most starts of the window need none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from huifeng_desktop.app.folder import Folder
    from huifeng_desktop.service.ports import Imports, Papers, Scripts

PortT = TypeVar("PortT")


class _Late:
    """Stands in for an object until somebody wants something of it."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._made: object = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = self._make()
        return getattr(self._made, name)


def late(make: Callable[[], PortT]) -> PortT:
    """What `make` returns, made when it is first used."""
    return cast(PortT, _Late(make))


def late_imports() -> Imports:
    """The readers of tables."""

    def make() -> Imports:
        from huifeng_desktop.exchange.gateway import FileImports

        return FileImports()

    return late(make)


def late_scripts() -> Scripts:
    """The readers of speech scripts."""

    def make() -> Scripts:
        from huifeng_desktop.exchange.scripts import FileScripts

        return FileScripts()

    return late(make)


def late_papers(folder: Folder) -> Papers:
    """The writers of papers, for use in any thread."""

    def make() -> Papers:
        from huifeng_desktop.app.printing import make_window_papers

        return make_window_papers(folder)

    return late(make)
