"""Bring a table model's rows to another state by exact removals, insertions, moves and changes.

Selection, scroll position and an open editor survive, and a rush of arrivals repaints only what is
new. Where nearly everything differs the model is reset instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex

Row = TypeVar("Row")
_ROOT = QModelIndex()
_MOST_STEPS = 80


def sync_rows(
    model: QAbstractTableModel, held: list[Row], fresh: Sequence[Row], key: Callable[[Row], str]
) -> None:
    """Make `held` (the model's own list) equal to `fresh`, telling the model's views exactly."""
    old_keys, new_keys = [key(row) for row in held], [key(row) for row in fresh]
    if len(set(old_keys) ^ set(new_keys)) > _MOST_STEPS:
        model.beginResetModel()
        held[:] = fresh
        model.endResetModel()
        return
    _remove(model, held, set(new_keys), key)
    _place(model, held, fresh, key)
    _change(model, held, fresh)


def _remove(model: QAbstractTableModel, held: list[Row], wanted: set[str], key: Callable[[Row], str]) -> None:
    for row in range(len(held) - 1, -1, -1):
        if key(held[row]) not in wanted:
            model.beginRemoveRows(_ROOT, row, row)
            del held[row]
            model.endRemoveRows()


def _place(
    model: QAbstractTableModel, held: list[Row], fresh: Sequence[Row], key: Callable[[Row], str]
) -> None:
    """Insert what is new and move what stands elsewhere, from the top down."""
    known = {key(row) for row in held}
    for place, row in enumerate(fresh):
        if place < len(held) and key(held[place]) == key(row):
            continue
        if key(row) not in known:
            model.beginInsertRows(_ROOT, place, place)
            held.insert(place, row)
            model.endInsertRows()
            continue
        source = next(index for index in range(place, len(held)) if key(held[index]) == key(row))
        model.beginMoveRows(_ROOT, source, source, _ROOT, place)
        held.insert(place, held.pop(source))
        model.endMoveRows()


def _change(model: QAbstractTableModel, held: list[Row], fresh: Sequence[Row]) -> None:
    """Replace rows whose content differs; neighbours are told together."""
    changed = [index for index, row in enumerate(fresh) if held[index] != row]
    held[:] = fresh
    start = 0
    for place, index in enumerate(changed):
        if place + 1 == len(changed) or changed[place + 1] != index + 1:
            model.dataChanged.emit(
                model.index(changed[start], 0), model.index(index, model.columnCount() - 1)
            )
            start = place + 1
