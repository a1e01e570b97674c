"""A meeting on disk with the window's services in this process and a real desk beside them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from child import ChildDesk

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.imported import Reading, RosterRow
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.service.before.preparation import Preparation
from huifeng_desktop.service.podium import Podium

AGENDA = (
    AgendaItem("", "财政工作", "赵镕", "县财政局", ItemKind.MULTIMEDIA_REPORT, 360),
    AgendaItem("", "人社工作", "", "县人力资源和社会保障局", ItemKind.REPORT, 300),
    AgendaItem("", "县领导讲话", "严学军", "", ItemKind.ADDRESS, 60),
)
NAMES = ("欧阳建", "陆川", "何平")


class RealDesk:
    """The window's podium and the desk's lines."""

    def __init__(self, folder: Folder, meeting_id: str, child: ChildDesk) -> None:
        self.session = folder.office.open(meeting_id)
        self.podium = Podium(self.session)
        self.child = child

    def open_stage(self) -> str:
        """The address of the stage."""
        self.child.tell(command="open_stage")
        line = self.child.read_until(lambda one: one.get("event") == "stage")
        return str(line["url"])

    def open_remote(self) -> tuple[str, str]:
        """The address of the remote and its PIN."""
        self.child.tell(command="open_remote")
        line = self.child.read_until(lambda one: one.get("event") == "remote")
        return str(line["url"]), str(line["pin"])

    def show(self, mode: str, message: str = "") -> None:
        """What the window says of its stage."""
        self.child.tell(command="stage", mode=mode, message=message)

    def change(self, row: int, **more: object) -> None:
        """Change an item of the agenda."""
        self.podium.change_item(replace(self.session.state.items[row], **more))  # type: ignore[arg-type]


@contextmanager
def real_desk(path: Path, title: str = "全县重点工作推进会") -> Iterator[RealDesk]:
    """Three people, three items, a desk on 127.0.0.1."""
    with open_folder(path, "console") as folder:
        start = SystemClock().reading().wall.replace(microsecond=0)
        meeting_id = folder.office.create(MeetingPlan(title, start, place="县行政中心三楼会议室"))
        session = folder.office.open(meeting_id)
        preparation = Preparation(session, str)
        rows = [RosterRow(row, "县审计局", name, "主任") for row, name in enumerate(NAMES, 2)]
        preparation.apply(
            preparation.preview_roster(Reading(rows, row_count=len(rows), source="参会名单.xlsx"))
        )
        for item in AGENDA:
            Podium(session).add_item(item)
        command = [sys.executable, "-m", "huifeng_desktop", "--data", str(path), "desk", meeting_id]
        with ChildDesk(command) as child:
            yield RealDesk(folder, meeting_id, child)
