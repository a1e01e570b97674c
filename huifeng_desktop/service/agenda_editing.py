"""Changing the agenda, before the meeting and while it runs; and the queue of a free discussion."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from huifeng_desktop.domain.agenda import LONGEST_LIMIT_S, AgendaItem, ItemKind
from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.domain.people import name_key
from huifeng_desktop.domain.speaker_timer import ItemTiming, Run
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.session import MeetingSession

QUEUE_LIMIT_S = 300
"""其他发言 may take five minutes (武汉 2011)."""
QUEUE_TITLE = "自由发言"


class AgendaEditing:
    """What may be done with the items of one meeting, apart from timing them."""

    def __init__(self, session: MeetingSession) -> None:
        self._session = session

    # -- items ---------------------------------------------------------------------------------

    def change_item(self, item: AgendaItem, *, before: str | None = None) -> Event:
        """Change an item, or add it (before another one, or at the end)."""
        self._session.refuse_if_sealed()
        if item.limit_s is not None and not 0 < item.limit_s <= LONGEST_LIMIT_S:
            raise UserProblem(f"“{item.title}”的限时要在 1 秒到 12 小时之间，请重新填写。")
        body = {"item": item.to_json(), "before": before}
        return self._state(EventKind.ITEM_CHANGED, item.item_id, body=body)

    def add_item(self, item: AgendaItem, *, before: str | None = None) -> Event:
        """Insert a new item; its id is made here."""
        return self.change_item(replace(item, item_id=_new_id()), before=before)

    def remove_item(self, item_id: str) -> Event:
        """Take an item off the agenda; not while it is being timed."""
        self._session.refuse_if_sealed()
        item = self._item(item_id)
        if self._timing(item).is_active:
            raise UserProblem(f"“{item.title}”正在计时，不能删除。请先结束或撤销计时。")
        if self._timing(item).run is Run.FINISHED:
            raise UserProblem(f"“{item.title}”已有发言用时，不能删除。")
        return self._state(EventKind.ITEM_REMOVED, item_id)

    def reorder(self, item_ids: list[str]) -> Event:
        """Put the agenda in this order."""
        self._session.refuse_if_sealed()
        return self._state(EventKind.AGENDA_REORDERED, body={"order": item_ids})

    def postpone(self, item_id: str) -> Event:
        """推后: let a waiting item change places with the next waiting one."""
        self._session.refuse_if_sealed()
        item = self._item(item_id)
        if self._timing(item).run is not Run.IDLE:
            raise UserProblem(f"“{item.title}”已经开始，不能推后。按错了请先“撤销”。")
        order = [one.item_id for one in self._session.state.items]
        place = order.index(item_id)
        later = (
            n for n in range(place + 1, len(order)) if self._session.state.timing(order[n]).run is Run.IDLE
        )
        follower = next(later, None)
        if follower is None:
            raise UserProblem(f"“{item.title}”后面没有等待的议题，不能再推后。")
        order.insert(follower, order.pop(place))
        return self.reorder(order)

    # -- the queue -----------------------------------------------------------------------------

    def queue(self) -> list[AgendaItem]:
        """Who waits to speak, in the order of asking."""
        return list(self._session.state.queue)

    def join_queue(self, name: str, unit: str = "", limit_s: int = QUEUE_LIMIT_S) -> Event:
        """报名发言: at the end of the queue, five minutes unless said otherwise."""
        self._session.refuse_if_sealed()
        if not name.strip():
            raise UserProblem("没有写明谁要发言，请填写姓名。")
        if not 0 < limit_s <= LONGEST_LIMIT_S:
            raise UserProblem("发言限时要在 1 秒到 12 小时之间，请重新填写。")
        waiting = {(name_key(one.speaker), one.unit) for one in self._session.state.queue}
        if (name_key(name), unit) in waiting:
            raise UserProblem(f"{unit}{name}已在发言名单里，不必重复报名。")
        item = AgendaItem(_new_id(), QUEUE_TITLE, name.strip(), unit, ItemKind.OTHER, limit_s)
        return self._state(EventKind.QUEUE_JOINED, item.item_id, body={"item": item.to_json()})

    def leave_queue(self, item_id: str) -> Event:
        """放弃发言."""
        self._session.refuse_if_sealed()
        if item_id not in {one.item_id for one in self._session.state.queue}:
            raise UserProblem("这个人已经不在发言名单里。")
        return self._state(EventKind.QUEUE_LEFT, item_id)

    # -- helpers -------------------------------------------------------------------------------

    def _item(self, item_id: str) -> AgendaItem:
        item = self._session.state.item(item_id)
        if item is None:
            raise UserProblem("这个议题已经不在议程里，请刷新后再看。")
        return item

    def _timing(self, item: AgendaItem) -> ItemTiming:
        return self._session.state.timing(item.item_id)

    def _state(
        self,
        kind: EventKind,
        subject: str = "",
        *,
        at: datetime | None = None,
        body: dict[str, Any] | None = None,
    ) -> Event:
        return self._session.state_facts([Fact(kind, at or self._session.now().wall, subject, body or {})])[0]


def _new_id() -> str:
    return uuid.uuid4().hex[:12]
