"""操作记录: every event of a meeting, who stated it, by which device, what held before, and why.

Events are taken in as the log grows; what they say in words is made when a row is looked at, so that
a log of tens of thousands opens at once. Undo goes through here too, for what can be undone by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.domain.people import Seat, name_key
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.audit.kinds import (
    ATTENDANCE,
    BLANK,
    NOT_UNDOABLE,
    STEPWISE,
    UNDOABLE,
    AuditGroup,
    group_of,
    matter_of,
)
from huifeng_desktop.service.audit.words import NAMES, changed_fields, value_words, why_words
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.service.undoing import last_operation
from huifeng_desktop.wording import clock_time, day

_WIDE = "\u3000"
_SAME_TIME = timedelta(minutes=1)


HERE = "本机"
"""Who worked this computer's window while nobody was named."""
_ROLES = {"console": "主窗口", "desk": "签到服务", "command": "命令"}


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One event in words. `undone` says when and why it was taken back, "" if it holds."""

    event_id: str
    at: str
    kind: str
    who: str
    what: str
    before: str
    why: str
    by: str
    device: str
    undone: str = ""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is looked for; an empty field looks for nothing in particular."""

    text: str = ""
    group: AuditGroup | None = None
    device: str = ""
    seat: str = ""
    person: str = ""
    """Who worked the window, or answers for the entry."""


class Audit:
    """The meeting's log as a list to look through, newest first. Follows the session it is given."""

    def __init__(self, session: MeetingSession, installation: str = "") -> None:
        self._session, self._installation = session, installation
        self._forget()

    def _forget(self) -> None:
        self._taken: list[Event] = []
        self._by_id: dict[str, Event] = {}
        self._before: dict[str, Event] = {}
        self._matters: dict[tuple[object, str], list[Event]] = {}
        self._plan: dict[str, Any] = {}
        self._plans_before: dict[str, Mapping[str, Any]] = {}
        self._rows: dict[str, AuditRow] = {}
        self._texts: dict[str, str] = {}
        self._devices: dict[str, None] = {}
        self._persons: dict[str, None] = {}

    # -- taking in -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Take in what the log has gained; from the start where something has come in between."""
        log, known = self._session.state.log, len(self._taken)
        if len(log) < known or (known and log[known - 1] is not self._taken[-1]):
            self._forget()
            known = 0
        for event in log[known:]:
            self._take(event)

    def _take(self, event: Event) -> None:
        self._taken.append(event)
        self._by_id[event.event_id] = event
        self._devices.setdefault(self._device(event))
        self._persons |= dict.fromkeys(filter(None, self._people(event)))
        if event.kind is EventKind.ANNULLED:
            self._take_annulment(event)
            return
        if event.kind in (EventKind.MEETING_CREATED, EventKind.MEETING_CHANGED):
            self._plans_before[event.event_id] = dict(self._plan)
            self._plan.update(event.body)
        line = self._matters.setdefault(matter_of(event), [])
        if line:
            self._before[event.event_id] = line[-1]
        line.append(event)

    def _take_annulment(self, event: Event) -> None:
        """What was annulled no longer held for whatever came later."""
        target = self._by_id.get(event.subject)
        if target is not None:
            self._rows.pop(target.event_id, None)
            line = self._matters.get(matter_of(target), [])
            if target in line:
                line.remove(target)

    # -- looking -------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many events there are."""
        return len(self._taken)

    def devices(self) -> list[str]:
        """Every device that has stated something, by its name in words."""
        return list(self._devices)

    def persons(self) -> list[str]:
        """Everybody who worked a window or answers for an entry."""
        return list(self._persons)

    def find(self, wanted: AuditFilter) -> list[Event]:
        """The events that are looked for, the newest first."""
        events = [event for event in reversed(self._taken) if self._is_wanted(event, wanted)]
        needle = name_key(wanted.text)
        return [event for event in events if needle in self._text(event)] if needle else events

    def _is_wanted(self, event: Event, wanted: AuditFilter) -> bool:
        if wanted.group is not None and group_of(event.kind) is not wanted.group:
            return False
        if wanted.device and self._device(event) != wanted.device:
            return False
        if wanted.person and wanted.person not in self._people(event):
            return False
        return not wanted.seat or self._is_about(event, wanted.seat)

    def _is_about(self, event: Event, seat_id: str) -> bool:
        meant = self._meant(event)
        if meant is not event:
            return meant is not None and self._is_about(meant, seat_id)
        posts = self._session.state.posts_of(seat_id)
        if event.kind is EventKind.HEADCOUNT:
            return any(post in event.body.get(key, ()) for key in ("seen", "unseen") for post in posts)
        return event.subject in posts

    def warm(self, count: int) -> bool:
        """Put so many more events into words, so that the first search need not; False when all are."""
        cold = [event for event in self._cold(count) if self._text(event)]
        return len(cold) == count

    def _cold(self, count: int) -> list[Event]:
        unknown = (event for event in reversed(self._taken) if event.event_id not in self._texts)
        return list(islice(unknown, count))

    def _text(self, event: Event) -> str:
        text = self._texts.get(event.event_id)
        if text is None:
            row = self.row(event)
            parts = (row.at, row.kind, row.who, row.what, row.before, row.why, row.by, row.device, row.undone)
            text = self._texts[event.event_id] = name_key("\n".join(parts))
        return text

    def row(self, event: Event) -> AuditRow:
        """One event in words."""
        row = self._rows.get(event.event_id)
        if row is None:
            row = self._rows[event.event_id] = self._told(event)
            self._texts.pop(event.event_id, None)
        return row

    def seat_of(self, event: Event) -> str:
        """The seat that an event, or what it annuls, is about; "" for none."""
        target = self._by_id.get(event.subject) if event.kind is EventKind.ANNULLED else event
        return target.subject if target is not None and self._session.state.seat(target.subject) else ""

    def event(self, event_id: str) -> Event | None:
        """The event of this id."""
        return self._by_id.get(event_id)

    # -- words ---------------------------------------------------------------------------------

    def _told(self, event: Event) -> AuditRow:
        what, before = self._values(event)
        annulled = self._session.state.annulled.get(event.event_id)
        undone = f"{clock_time(annulled.at)} 撤销：{why_words(annulled)}" if annulled else ""
        return AuditRow(
            event.event_id,
            self._time(event),
            NAMES.get(event.kind, event.kind.value),
            self._whom(event),
            what,
            before,
            why_words(event),
            self._by(event),
            self._device(event),
            undone,
        )

    def _people(self, event: Event) -> tuple[str, str]:
        """Who worked the window, and who answers for the entry where another one is named."""
        body = event.body
        by = str(body.get("by") or body.get("confirmed_by") or body.get("station") or "")
        by = "" if by == "phone" else by
        operator = event.operator or ("" if by or not self._is_our_window(event) else HERE)
        return operator, "" if by == operator else by

    def _by(self, event: Event) -> str:
        operator, by = self._people(event)
        return f"{by}（{operator} 操作）" if by and operator else by or operator

    def _is_our_window(self, event: Event) -> bool:
        installation, _, role = event.writer.rpartition("-")
        return role == "console" and installation == self._installation

    def _values(self, event: Event) -> tuple[str, str]:
        if event.kind is EventKind.ANNULLED:
            target = self._by_id.get(event.subject)
            held = f"{NAMES.get(target.kind, '')}：{value_words(target)}" if target else ""
            return "不再算数", held
        if event.kind is EventKind.MEETING_CHANGED:
            return changed_fields(event.body, self._plans_before.get(event.event_id, {}))
        former = self._before.get(event.event_id)
        if former is None:
            return value_words(event), BLANK.get(event.kind, "")
        word, name = value_words(former), NAMES.get(former.kind, "")
        same = former.kind is event.kind or former.kind in ATTENDANCE or word == name
        return value_words(event), word if same else f"{name}　{word}"

    def _whom(self, event: Event) -> str:
        meant = self._meant(event)
        if meant is not event:
            return self._whom(meant) if meant is not None else ""
        seat = self._session.state.seat(event.subject)
        if seat is not None:
            return seat_words(seat)
        item = self._session.state.item(event.subject) if event.subject else None
        return item.title if item is not None else ""

    def _meant(self, event: Event) -> Event | None:
        """The event itself; of an annulment what it takes back in the end.

        None where that is not here, or where annulments of a merged copy annul each other.
        """
        meant: Event | None = event
        passed: set[str] = set()
        while meant is not None and meant.kind is EventKind.ANNULLED and meant.event_id not in passed:
            passed.add(meant.event_id)
            meant = self._by_id.get(meant.subject)
        return None if meant is None or meant.kind is EventKind.ANNULLED else meant

    def _time(self, event: Event) -> str:
        at, written = event.at.astimezone(), event.recorded_at.astimezone()
        on = "" if at.date() == self._session.plan.start.astimezone().date() else f"{day(at)} "
        shown = f"{on}{at:%H:%M:%S}"
        if abs(written - at) < _SAME_TIME:
            return shown
        on = "" if written.date() == at.date() else f"{day(written)} "
        return f"{shown}（{on}{written:%H:%M} 记）"

    def _device(self, event: Event) -> str:
        """主窗口, 第二签到台 东门 刘芳, 手机; another computer by the first letters of its name."""
        installation, _, role = event.writer.rpartition("-")
        station = str(event.body.get("station", ""))
        where = _ROLES.get(role, role)
        if station:
            where = "手机" if station == "phone" else f"签到台 {station}"
        elif event.body.get("device"):
            where = "手机"
        ours = not installation or not self._installation or installation == self._installation
        return where if ours else f"另一台电脑 {installation[:4]}　{where}"

    # -- undoing -------------------------------------------------------------------------------

    def check_undoable(self, event_id: str) -> Sequence[Event]:
        """What would be annulled together; UserProblem where it cannot be, with what to do instead."""
        self._session.refuse_if_sealed()
        event = self._by_id.get(event_id)
        if event is None or event_id in self._session.state.annulled:
            raise UserProblem("这条记录不存在或已经撤销，请刷新后再看。")
        return self._undoable_parts(event)

    def undo(self, event_id: str, *, reason: str, by: str) -> Event:
        """Annul an event, and what came with it, with a reason."""
        parts = self.check_undoable(event_id)
        if not reason.strip():
            raise UserProblem("撤销要写明原因，请填写后再撤销。")
        body = {"reason": reason.strip(), "by": by}
        now = self._session.now().wall
        facts = [Fact(EventKind.ANNULLED, now, one.event_id, body) for one in parts]
        return self._session.state_facts(facts)[0]

    def _undoable_parts(self, event: Event) -> Sequence[Event]:
        if event.kind in UNDOABLE:
            return [event]
        if event.kind not in STEPWISE:
            usual = "这一条不能单独撤销；要改，请在“会前”重新填写或重新导入，改动也会记在这里。"
            raise UserProblem(NOT_UNDOABLE.get(event.kind, usual))
        last = last_operation(self._session.state)
        if event not in last:
            raise UserProblem(
                "开会、散会、议程和计时要从最后一步起逐步撤销，请先撤销它后面的操作（Ctrl Z）。"
            )
        return last


def seat_words(seat: Seat) -> str:
    """李　伟　柳渡镇."""
    return f"{seat.display_name}{_WIDE}{seat.unit}"
