"""The agenda as it stands: its items in order, and who waits to speak. It must not know how they are timed.

Where two laptops change one agenda, a speech that was given on one of them may be of an item that the
other took off. So an item that goes keeps its place: whether it is shown, its timing decides.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from huifeng_desktop.domain.agenda import AgendaItem


@dataclass(slots=True)
class Programme:
    """Items and queue, changed one event at a time."""

    items: list[AgendaItem] = field(default_factory=list)
    """In their order, those that were taken off included."""
    gone: set[str] = field(default_factory=set)
    """The ids of the items that were taken off."""
    queue: list[AgendaItem] = field(default_factory=list)

    def standing(self, is_spoken: Callable[[str], bool]) -> list[AgendaItem]:
        """The agenda: what was not taken off, and what was but has been spoken to all the same."""
        if not self.gone:
            return self.items
        return [one for one in self.items if one.item_id not in self.gone or is_spoken(one.item_id)]

    def load(self, items: Iterable[AgendaItem]) -> None:
        """Another agenda; what it lacks is taken off and stands behind it."""
        loaded = list(items)
        ids = {one.item_id for one in loaded}
        left = [one for one in self.items if one.item_id not in ids]
        self.items, self.gone = [*loaded, *left], {one.item_id for one in left}

    def put(self, item: AgendaItem, before: str | None) -> None:
        """Change an item where it stands, or add it before another one or at the end."""
        self.leave_queue(item.item_id)
        self.gone.discard(item.item_id)
        ids = [one.item_id for one in self.items]
        if item.item_id in ids:
            self.items[ids.index(item.item_id)] = item
        else:
            self.items.insert(ids.index(before) if before in ids else len(ids), item)

    def take_off(self, item_id: str) -> None:
        """Take an item off the agenda."""
        if any(one.item_id == item_id for one in self.items):
            self.gone.add(item_id)

    def reorder(self, order: Collection[str]) -> None:
        """This order; what it does not name goes behind it."""
        rank = {item_id: index for index, item_id in enumerate(order)}
        self.items.sort(key=lambda item: rank.get(item.item_id, len(rank)))

    def join_queue(self, item: AgendaItem) -> None:
        """At the end of the queue, once."""
        self.leave_queue(item.item_id)
        self.queue.append(item)

    def leave_queue(self, item_id: str) -> None:
        """Somebody was called, or gave up waiting."""
        self.queue = [one for one in self.queue if one.item_id != item_id]
