"""The kinds of events in 操作记录: groups to look for, matters, and what can be undone by itself."""

from __future__ import annotations

from enum import StrEnum

from huifeng_desktop.domain.events import AGENDA_KINDS, TIMER_KINDS, Event, EventKind


class AuditGroup(StrEnum):
    """Kinds of events as one looks for them."""

    DOOR = "签到进出"
    LEAVE = "请假代会"
    RULING = "认定封存"
    TIMER = "议程计时"
    MEETING = "会议名单"
    UNDO = "撤销"
    REFUSED = "未通过"
    OTHER = "其他"


_GROUPS = {
    AuditGroup.DOOR: (
        EventKind.SIGN_IN,
        EventKind.EXIT,
        EventKind.RETURN,
        EventKind.HEADCOUNT,
        EventKind.SIGN_IN_OPENED,
        EventKind.SIGN_IN_CLOSED,
    ),
    AuditGroup.LEAVE: (EventKind.LEAVE_RECORDED, EventKind.DEPUTY_RECORDED, EventKind.CALLED),
    AuditGroup.RULING: (
        EventKind.RULING,
        EventKind.APPEAL,
        EventKind.APPEAL_CLOSED,
        EventKind.SEALED,
        EventKind.REOPENED,
    ),
    AuditGroup.TIMER: (*TIMER_KINDS, *AGENDA_KINDS, EventKind.AGENDA_LOADED),
    AuditGroup.MEETING: (
        EventKind.MEETING_CREATED,
        EventKind.MEETING_CHANGED,
        EventKind.ROSTER_LOADED,
        EventKind.SEAT_ADDED,
        EventKind.OPENED,
        EventKind.ADJOURNED,
        EventKind.LATE_BASE_CHOSEN,
        EventKind.CLOCK_SET,
        EventKind.MEETING_REMOVED,
    ),
    AuditGroup.UNDO: (EventKind.ANNULLED,),
    AuditGroup.REFUSED: (EventKind.REFUSED,),
}
_GROUP_OF = {kind: group for group, kinds in _GROUPS.items() for kind in kinds}

ATTENDANCE = frozenset({EventKind.SIGN_IN, EventKind.EXIT, EventKind.RETURN})
_TIMED = TIMER_KINDS - {EventKind.TIMER_ADJUSTED}
_ITEMS = frozenset({EventKind.ITEM_CHANGED, EventKind.ITEM_REMOVED, EventKind.QUEUE_JOINED})
_SEAL = frozenset({EventKind.SEALED, EventKind.REOPENED})
_DOORS = frozenset({EventKind.SIGN_IN_OPENED, EventKind.SIGN_IN_CLOSED})
_MATTERS = (ATTENDANCE, _TIMED, _ITEMS, _SEAL, _DOORS)
BLANK = {
    EventKind.SIGN_IN: "未到",
    EventKind.LEAVE_RECORDED: "没有请假",
    EventKind.RULING: "没有认定",
    EventKind.SIGN_IN_CLOSED: "签到开放",
    EventKind.SEALED: "没有封存",
}
"""What held before the first event of a matter."""

UNDOABLE = frozenset(
    {
        *ATTENDANCE,
        *_DOORS,
        EventKind.LEAVE_RECORDED,
        EventKind.DEPUTY_RECORDED,
        EventKind.CALLED,
        EventKind.HEADCOUNT,
        EventKind.RULING,
        EventKind.NOTIFIED,
        EventKind.LATE_BASE_CHOSEN,
        EventKind.VOUCHED,
    }
)
STEPWISE = TIMER_KINDS | AGENDA_KINDS | {EventKind.OPENED, EventKind.ADJOURNED}
NOT_UNDOABLE = {
    EventKind.ANNULLED: "撤销本身不能再撤销；要恢复，请把原来的内容重新登记一次。",
    EventKind.REFUSED: "这一次本来就没有登记成功，不用撤销。",
    EventKind.SEALED: "封存请在“会后”用“撤销封存”，并写明原因。",
    EventKind.MEETING_REMOVED: "已由归档包并回；这一条说明谁在何时删除过，不能撤销。",
    EventKind.REOPENED: "撤销封存之后，请在“会后”重新封存。",
}


def group_of(kind: EventKind) -> AuditGroup:
    """Where one looks for events of this kind."""
    return _GROUP_OF.get(kind, AuditGroup.OTHER)


def matter_of(event: Event) -> tuple[object, str]:
    """What an event is about, so that the one before it can be found."""
    kinds = next((kinds for kinds in _MATTERS if event.kind in kinds), event.kind)
    return kinds, event.subject
