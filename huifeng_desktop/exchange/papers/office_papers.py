"""The papers of one meeting, made and put into a folder: the `Papers` port."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from huifeng_desktop.errors import UserProblem
from huifeng_desktop.exchange.papers.delimited import csv_bytes
from huifeng_desktop.exchange.papers.details import details
from huifeng_desktop.exchange.papers.paper import PAPER_NAME, Paper, PaperKind
from huifeng_desktop.exchange.papers.speaking import speaking_times
from huifeng_desktop.exchange.papers.statistics import statistics
from huifeng_desktop.exchange.papers.storing import make_folder, put_files
from huifeng_desktop.paths import safe_file_name
from huifeng_desktop.service.session import MeetingSession

_MAKERS: dict[PaperKind, Callable[[MeetingSession], Paper]] = {
    PaperKind.DETAILS: details,
    PaperKind.STATISTICS: statistics,
    PaperKind.SPEAKING: speaking_times,
}


def _workbook(paper: Paper) -> bytes:
    from huifeng_desktop.exchange.papers.workbook import workbook_bytes  # the library takes a while

    return workbook_bytes(paper)


_WRITERS: dict[str, Callable[[Paper], bytes]] = {"xlsx": _workbook, "csv": csv_bytes}
_TITLE_LIMIT = 48


class OfficePapers:
    """Three papers in two formats; an earlier export of the same meeting is replaced."""

    def export(self, session: MeetingSession, out: Path, only: str | None = None) -> list[Path]:
        """Write every paper into `out`, as "xlsx" or "csv" if `only` says so; returns the files.

        Raises UserProblem for a format that is not offered, FileProblem if a file cannot be written.
        """
        formats = _formats(only)
        session.catch_up()
        papers = [make(session) for make in _MAKERS.values()]
        contents = {
            out / file_name(session, paper.kind, suffix): _WRITERS[suffix](paper)
            for suffix in formats
            for paper in papers
        }
        make_folder(out)
        return put_files(contents)

    def export_one(self, session: MeetingSession, paper: str, target: Path) -> Path:
        """Write one paper to `target` (.xlsx or .csv).

        A folder, or a name without an ending, takes the paper under its usual name as .xlsx.
        """
        if paper not in set(PaperKind):
            raise UserProblem(f"没有名为“{paper}”的材料，可导出的有：{'、'.join(PAPER_NAME.values())}。")
        kind = PaperKind(paper)
        file = target / file_name(session, kind, "xlsx") if target.is_dir() or not target.suffix else target
        write = _WRITERS[_formats(file.suffix.removeprefix(".").lower())[0]]
        session.catch_up()
        content = write(_MAKERS[kind](session))
        make_folder(file.parent)
        return put_files({file: content})[0]


def file_name(session: MeetingSession, kind: PaperKind, suffix: str) -> str:
    """Title, day and hour, paper: two meetings of one title do not overwrite each other."""
    title = safe_file_name(session.plan.title, _TITLE_LIMIT)
    start = session.plan.start.astimezone()
    return f"{title}_{start:%Y%m%d-%H%M}_{PAPER_NAME[kind]}.{suffix}"


def _formats(only: str | None) -> tuple[str, ...]:
    if only is None:
        return tuple(_WRITERS)
    if only not in _WRITERS:
        raise UserProblem(f"还不能导出“{only}”格式，目前可以导出 {' 和 '.join(_WRITERS)}。")
    return (only,)
