"""A meeting with the real parts under it, and small files for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from context_kit import context_of
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QInputDialog,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.exchange.rule_set_files import read_rule_sets
from huifeng_desktop.paths import resource_path
from huifeng_desktop.service.bus import Bus
from huifeng_desktop.service.office import Office
from huifeng_desktop.storage.database import DATABASE_NAME, open_database
from huifeng_desktop.storage.event_store import EventStore
from huifeng_desktop.storage.settings import SettingsStore
from huifeng_desktop.ui.before.agenda_panel import AgendaPanel
from huifeng_desktop.ui.before.leave_panel import LeavePanel
from huifeng_desktop.ui.before.page import BeforePage
from huifeng_desktop.ui.before.roster_panel import RosterPanel
from huifeng_desktop.ui.before.steps import StepName
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.theme import Tone

SAMPLES = resource_path("samples/hechuan")
START = datetime(2026, 3, 12, 14, 30).astimezone()
HEAD = ["序号", "单位", "姓名", "职务", "电话"]
ROWS = [
    ["1", "县水利局", "王 磊", "局长", "13812340016"],
    ["2", "", "李 伟", "副局长", ""],
    ["3", "县统计局", "何 ?", "副局长（主持工作）", "13512341188"],
    ["4", "县档案馆", "空缺", "馆长", ""],
]
MENDED = [*ROWS[:2], ["3", "县统计局", "何平", "副局长（主持工作）", "13512341188"], ROWS[3]]
AGENDA = [
    ["议题", "发言人", "类型", "时长"],
    ["财政工作", "赵镕", "汇报", "6:00"],
    ["小结", "韩立民", "主持", "5"],
]
_LATIN = re.compile(r"[A-Za-z]{2,}")
_KEYS = re.compile(r"\b(Ctrl|Alt|Enter|Esc|Del|Ins|F\d+|WPS|Excel|xlsx|xls|csv)\b")


@dataclass
class Parts:
    """The open meeting, and what was said."""

    context: UiContext
    said: list[tuple[str, Tone]] = field(default_factory=list)

    @property
    def last_words(self) -> str:
        return self.said[-1][0] if self.said else ""

    @property
    def log_length(self) -> int:
        return len(self.context.session.state.log)


def make_office(folder: Path, clock: FixedClock) -> tuple[Office, SettingsStore]:
    """The services over a real database in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    db, path = open_database(folder), folder / DATABASE_NAME
    office = Office(EventStore(db, path, "desk-1", clock), clock, read_rule_sets(resource_path("rule_sets")))
    return office, SettingsStore(db, path)


def make_parts(folder: Path, clock: FixedClock) -> Parts:
    """One meeting of an hour and a half, nothing prepared."""
    office, settings = make_office(folder, clock)
    plan = MeetingPlan("全县重点工作推进会", START, place="县行政中心三楼会议室", convener="县委、县政府")
    session = office.open(office.create(plan), Bus())
    context = context_of(office, session, settings)
    parts = Parts(context)
    context.voice.said.connect(lambda sentence, tone: parts.said.append((sentence, tone)))
    return parts


def write_csv(folder: Path, name: str, rows: Sequence[Sequence[str]]) -> Path:
    """A file as offices send it."""
    path = folder / name
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8-sig")
    return path


def as_pasted(rows: Sequence[Sequence[str]]) -> str:
    """The same rows as the clipboard holds them."""
    return "\n".join("\t".join(row) for row in rows)


def typed(field: QLineEdit, text: str) -> None:
    """Commit a text as a Chinese input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def words_on(root: QWidget) -> list[str]:
    """Every text that is visible inside a widget."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QLineEdit):
            found += [widget.text(), widget.placeholderText()]
        if isinstance(widget, QTableView):
            model = widget.model()
            found += [
                str(model.index(row, column).data() or "")
                for row in range(model.rowCount())
                for column in range(model.columnCount())
            ]
    return [text for text in found if text]


def latin_words(texts: Sequence[str]) -> list[str]:
    """Texts with a word in Latin letters that is neither a key nor a program nor a kind of file."""
    return [text for text in texts if _LATIN.search(_KEYS.sub("", text))]


def roster_of(page: BeforePage) -> RosterPanel:
    """The roster panel, open."""
    page.open_step(StepName.ROSTER)
    panel = page.panel(StepName.ROSTER)
    assert isinstance(panel, RosterPanel)
    return panel


def give_reason(panel: RosterPanel, reason: str) -> None:
    """Store a roster with units over their cap, and say why when it is asked."""
    panel.store()
    ask = panel.findChildren(QInputDialog)[-1]
    ask.setTextValue(reason)
    ask.accept()


def agenda_of(page: BeforePage) -> AgendaPanel:
    """The agenda panel, open."""
    page.open_step(StepName.AGENDA)
    panel = page.panel(StepName.AGENDA)
    assert isinstance(panel, AgendaPanel)
    return panel


def leave_of(page: BeforePage) -> LeavePanel:
    """The leave panel, open."""
    page.open_step(StepName.LEAVE)
    panel = page.panel(StepName.LEAVE)
    assert isinstance(panel, LeavePanel)
    return panel


def stored_roster(page: BeforePage, tmp_path: Path) -> RosterPanel:
    """The roster panel with three people and a vacant post stored."""
    panel = roster_of(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *MENDED]))
    panel.store()
    return panel
