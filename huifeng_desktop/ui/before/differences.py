"""What a checked table would change, in one sentence for the foot of the panel. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.imported import FileKind
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.service.before.roster_merge import RosterChanges
from huifeng_desktop.ui.before.checking import Check

_NAMED = 3


def differences(check: Check, state: MeetingState) -> str:
    """One sentence: how the meeting would differ after storing."""
    left_out = f"；须改的 {len(check.error_rows)} 行没有算入" if check.error_rows else ""
    if check.kind is FileKind.ROSTER and check.preview.roster is not None:
        return _roster(check.preview.roster, bool(state.seats)) + left_out
    if check.kind is FileKind.AGENDA:
        return _agenda(check, state.items) + left_out
    return _leave(check) + left_out


def difference_list(check: Check) -> str:
    """Everybody whom a roster adds, removes or changes, for the tool tip; "" where nobody differs."""
    changes = check.preview.roster
    if changes is None:
        return ""
    parts = [
        *(f"新增：{_who(seat)}" for seat in changes.added if seat.name),
        *(f"减少：{_who(seat)}" for seat in changes.removed),
        *(f"职务：{_who(old)} → {new.post or '空'}" for old, new in _posts(changes)),
    ]
    more = [f"……另有 {len(parts) - 30} 处"] if len(parts) > 30 else []
    return "\n".join([*parts[:30], *more])


def _roster(changes: RosterChanges, has_roster: bool) -> str:
    vacant = sum(not seat.name for seat in changes.seats)
    if not has_roster:
        empty = f"，另有空缺 {vacant} 席" if vacant else ""
        return f"尚未存入名单；本次共 {len(changes.seats) - vacant} 人{empty}"
    if changes.is_empty:
        return "与现有名单完全相同"
    posts, others = _posts(changes), _others(changes)
    parts = [
        _count("新增", [seat for seat in changes.added if seat.name]),
        _count("减少", changes.removed),
        _count("职务变化", [new for _, new in posts]),
        f"其他信息变化 {len(others)} 人" if others else "",
        f"保留 {len(changes.kept)} 人（已有签到或请假）" if changes.kept else "",
    ]
    return f"与现有名单相比：{'，'.join(filter(None, parts))}"


def _count(word: str, seats: Sequence[Seat]) -> str:
    named = "、".join(seat.display_name for seat in seats[:_NAMED])
    more = "等" if len(seats) > _NAMED else ""
    return f"{word} {len(seats)} 人（{named}{more}）" if seats else f"{word} 0 人"


def _posts(changes: RosterChanges) -> list[tuple[Seat, Seat]]:
    return [(old, new) for old, new in changes.changed if old.post != new.post]


def _others(changes: RosterChanges) -> list[Seat]:
    """Whose telephone, seat, category or note differs; a new place in the order alone is no news."""
    return [new for old, new in changes.changed if old.post == new.post and replace(old, seq=new.seq) != new]


def _who(seat: Seat) -> str:
    return f"{seat.unit}　{seat.display_name}　{seat.post}".rstrip("　")


def _agenda(check: Check, items: Sequence[AgendaItem]) -> str:
    if not items:
        return "尚未存入议程"
    if check.changes_nothing:
        return "与现有议程完全相同"
    new = [AgendaItem.from_json(plain) for fact in check.preview.facts for plain in fact.body["items"]]
    before = {item.item_id: item for item in items}
    added = sum(item.item_id not in before for item in new)
    removed = len(before.keys() - {item.item_id for item in new})
    changed = sum(item.item_id in before and before[item.item_id] != item for item in new)
    return f"与现有议程相比：新增 {added} 项，减少 {removed} 项，类型或时长变化 {changed} 项"


def _leave(check: Check) -> str:
    known = check.preview.accepted - len(check.preview.facts)
    if check.preview.accepted and check.changes_nothing:
        return "这些请假都已存入过"
    return f"新增或更新 {len(check.preview.facts)} 条" + (f"，另 {known} 条已存入过" if known else "")
