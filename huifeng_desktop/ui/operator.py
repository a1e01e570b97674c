"""当前操作人: who works this computer's window. Every event that the window writes carries the name.

Nobody has to give one: without it the record says 本机. The store itself reads the name from the settings.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from huifeng_desktop.service.ports import Settings

LONGEST = 20
"""Characters of a name and a post, as 刘芳 or 县委办 刘芳."""
_NOW, _GIVEN, _KNOWN = "operator", "given_name", "operators"
_KNOWN_MOST = 6


class Operator(QObject):
    """Remembered between runs for this computer alone, as a copied folder has other hands."""

    changed = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    @property
    def name(self) -> str:
        """Who works it now; "" while nobody was named."""
        return str(self._settings.get(_NOW, ""))

    @property
    def usual(self) -> str:
        """What a field that asks who answers for something begins with."""
        return self.name or str(self._settings.get(_GIVEN, ""))

    def known(self) -> list[str]:
        """Who has worked here, the latest first."""
        return [str(name) for name in self._settings.get(_KNOWN, [])]

    def change(self, name: str) -> str:
        """Somebody else takes over, "" for nobody in particular; the name as kept. Raises StorageProblem."""
        name = " ".join(name.split())[:LONGEST]
        self._settings.put(_NOW, name)
        if name:
            others = [one for one in self.known() if one != name]
            self._settings.put(_KNOWN, [name, *others][:_KNOWN_MOST])
        self.changed.emit(name)
        return name

    def remember_given(self, name: str) -> None:
        """A name that was given in such a field. Raises StorageProblem."""
        name = name.strip()
        if name and name != self.usual:
            self._settings.put(_GIVEN, name)
