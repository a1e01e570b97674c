"""A meeting that is over, on a real data folder, with the real parts under the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from context_kit import context_of
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableView, QWidget

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Category, Deputy, Seat
from huifeng_desktop.exchange.rule_set_files import read_rule_sets
from huifeng_desktop.paths import resource_path
from huifeng_desktop.service.bus import Bus
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.service.office import Office
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.storage.database import DATABASE_NAME, open_database
from huifeng_desktop.storage.event_store import EventStore
from huifeng_desktop.storage.settings import SettingsStore
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.theme import Tone

START = datetime(2026, 3, 12, 14, 30).astimezone()
APPEAL_OVER = timedelta(days=7)
_LATIN = re.compile(r"[A-Za-z]{2,}")
_KEYS = re.compile(r"\b(Ctrl|Enter|Esc)\b")
_SEATS = (
    ("县领导", "沈国栋", "县委书记", Category.LEADER),
    ("县水利局", "王磊", "局长", Category.MEMBER),
    ("县审计局", "欧阳建", "局长", Category.MEMBER),
    ("县林业局", "陆川", "局长", Category.MEMBER),
    ("县商务局", "黄敏", "局长", Category.MEMBER),
    ("柳渡镇", "吴堃", "党委书记", Category.MEMBER),
    ("县文联", "司马岚", "主席", Category.OBSERVER),
    ("县档案馆", "", "馆长", Category.VACANT),
)


@dataclass
class Parts:
    """The open meeting, the clock, and what was said."""

    context: UiContext
    clock: FixedClock
    folder: Path
    said: list[tuple[str, Tone]] = field(default_factory=list)

    @property
    def session(self) -> MeetingSession:
        return self.context.session

    @property
    def last_words(self) -> str:
        return self.said[-1][0] if self.said else ""

    def on_disk(self) -> list[Event]:
        """Every event of the meeting, read through a connection of its own."""
        db = open_database(self.folder)
        store = EventStore(db, self.folder / DATABASE_NAME, "reader", self.clock)
        events, _ = store.read(self.session.meeting_id)
        store.close()
        return events


def at(clock: str) -> datetime:
    """A time on the meeting's day."""
    hour, minute = map(int, clock.split(":"))
    return START.replace(hour=hour, minute=minute)


def make_parts(folder: Path, *, rules: str = "ladder", adjourned: bool = True) -> Parts:
    """Two open cases (陆川, 黄敏), one late (欧阳建), one absent (吴堃), two items spoken."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = FixedClock(at("16:00"))
    db, path = open_database(folder), folder / DATABASE_NAME
    office = Office(
        EventStore(db, path, "x-console", clock), clock, read_rule_sets(resource_path("rule_sets"))
    )
    plan = MeetingPlan("全县重点工作推进会", START, rule_set=office.rule_set(rules), counts=True)
    session = office.open(office.create(plan), Bus())
    context = context_of(office, session, SettingsStore(db, path))
    _hold(context, adjourned=adjourned)
    parts = Parts(context, clock, folder)
    context.voice.said.connect(lambda sentence, tone: parts.said.append((sentence, tone)))
    return parts


def _hold(context: UiContext, *, adjourned: bool) -> None:
    seats = [Seat(f"s{n}", n, unit, name, post, kind) for n, (unit, name, post, kind) in enumerate(_SEATS, 1)]
    seats = [replace(seat, pinyin="wangkun wk") if seat.seq == 6 else seat for seat in seats]
    items = [
        AgendaItem("i1", "财政工作", "赵镕", "县财政局", ItemKind.REPORT, 360),
        AgendaItem("i2", "小结", "韩立民", "", ItemKind.HOSTING, 420),
    ]
    session, door, podium = context.session, context.door, context.podium
    session.state_facts(
        [
            Fact(EventKind.ROSTER_LOADED, START, body={"seats": [one.to_json() for one in seats]}),
            Fact(EventKind.AGENDA_LOADED, START, body={"items": [one.to_json() for one in items]}),
        ]
    )
    for seat, clock in (("s1", "14:20"), ("s2", "14:25"), ("s3", "14:41"), ("s5", "14:20"), ("s7", "14:26")):
        door.sign_in(seat, Method.BADGE, at=at(clock))
    door.sign_in("s4", Method.TYPED, Deputy("陈昇", "股长"), at=at("14:36"))
    podium.declare_opened(at("14:30"))
    door.count_heads(["s1", "s2", "s3", "s4"], ["s5"], at=at("15:05"))
    podium.start("i1")
    podium.correct("i1", 395, why="导入")
    podium.finish()
    if adjourned:
        podium.declare_adjourned(at("15:55"))


def words_on(root: QWidget) -> list[str]:
    """Every text that is visible inside a widget."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            found += [widget.text(), widget.toolTip(), widget.accessibleDescription()]
        if isinstance(widget, QLineEdit):
            found += [widget.text(), widget.placeholderText()]
        if isinstance(widget, QTableView):
            model = widget.model()
            rows, columns = range(model.rowCount()), range(model.columnCount())
            found += [str(model.index(row, column).data() or "") for row in rows for column in columns]
    return [text for text in found if text]


def latin_words(texts: list[str]) -> list[str]:
    """Texts with a word in Latin letters that is not a key."""
    return [text for text in texts if _LATIN.search(_KEYS.sub("", text))]
