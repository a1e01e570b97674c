"""Commands that make and fill a meeting: new, list, load, declare, headcount."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime, timedelta
from pathlib import Path

from huifeng_desktop.app import open_folder, preparation_for
from huifeng_desktop.cli.printing import Answer, table
from huifeng_desktop.domain.imported import FileKind, RowProblem, Severity
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.exchange.gateway import FileImports, TableSource
from huifeng_desktop.service.after.results import local_iso
from huifeng_desktop.service.before.preparation import LoadPreview, Preparation
from huifeng_desktop.service.office import EARLIEST_YEAR, LATEST_YEAR
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.service.session import MeetingSession


def new(arguments: Namespace, data_dir: Path) -> Answer:
    """Create a meeting."""
    with open_folder(data_dir, "command") as folder:
        rules = folder.office.rule_set(arguments.rule_set)
        counts = arguments.counts
        if counts is None:
            counts = rules.counts_convener(arguments.convener)
        plan = MeetingPlan(
            title=arguments.title.strip(),
            start=arguments.start,
            end=arguments.end,
            place=arguments.place,
            convener=arguments.convener,
            rule_set=rules,
            counts=counts,
            series=arguments.series.strip(),
        )
        meeting_id = folder.office.create(plan)
    return Answer({"meeting": meeting_id}, [meeting_id])


def list_meetings(arguments: Namespace, data_dir: Path) -> Answer:
    """All meetings of the folder."""
    with open_folder(data_dir, "command") as folder:
        cards = folder.office.cards()
    document = [
        {
            "meeting": card.meeting_id,
            "title": card.title,
            "start": local_iso(card.start),
            "adjourned": card.is_adjourned,
            "sealed": card.is_sealed,
        }
        for card in cards
    ]
    lines = table([(card.meeting_id, f"{card.start:%Y-%m-%d %H:%M}", card.title) for card in cards])
    return Answer(document, lines or ["还没有会议。用 new 新建，或打开窗口。"])


def load(arguments: Namespace, data_dir: Path) -> Answer:
    """Read a file into a meeting: good rows are stored, the others are listed."""
    kind = FileKind(arguments.kind)
    source = FileImports().open_file(arguments.file, kind)
    with open_folder(data_dir, "command") as folder:
        session = folder.office.open(folder.office.resolve(arguments.meeting))
        preparation = preparation_for(session)
        preview = _previewed(kind, source, session, preparation)
        preparation.apply(preview)
    return _told(preview, arguments.file)


def _previewed(
    kind: FileKind, source: TableSource, session: MeetingSession, preparation: Preparation
) -> LoadPreview:
    session.refuse_if_sealed()
    if kind is FileKind.ROSTER:
        return preparation.preview_roster(source.roster(session.plan.rule_set.unit_cap or None))
    if kind is FileKind.AGENDA:
        return preparation.preview_agenda(source.agenda())
    if kind is FileKind.LEAVE:
        return preparation.preview_leave(source.leave())
    return preparation.preview_records(source.records(session.plan.start.date()))


def _told(preview: LoadPreview, file: Path) -> Answer:
    lines = [f"{file.name}：共 {preview.row_count} 行，接受 {preview.accepted} 行。"]
    lines += [_problem_line(one) for one in preview.problems]
    problem = ""
    if preview.row_count and not preview.accepted:
        first = next((one for one in preview.problems if one.severity is Severity.ERROR), None)
        why = f"第 {first.row} 行：{first.text}" if first else "请核对文件"
        problem = f"{file.name} 的 {preview.row_count} 行都没有接受，没有存入任何内容。{why}"
    return Answer(preview.to_json(), lines, problem)


def _problem_line(problem: RowProblem) -> str:
    """Where and what; a problem without a row is about something that the file does not have."""
    where = f"第 {problem.row} 行 " if problem.row else ""
    value = f"“{problem.value}”" if problem.value else ""
    return f"{where}{problem.column}{value}：{problem.text}"


def declare(arguments: Namespace, data_dir: Path) -> Answer:
    """Opening and adjournment after the fact; both or one of them."""
    opened: datetime | None = arguments.opened
    adjourned: datetime | None = arguments.adjourned
    if opened is None and adjourned is None:
        raise UserProblem("没有给出时间，请用 --opened 或 --adjourned 写明开会或散会时间。")
    with open_folder(data_dir, "command") as folder:
        session = folder.office.open(folder.office.resolve(arguments.meeting))
        session.refuse_if_sealed()
        _check_declared(opened or session.state.opened_at, adjourned or session.state.adjourned_at)
        Podium(session).declare(opened, adjourned)
    return Answer({"meeting": session.meeting_id}, ["已记录。"])


def _check_declared(opened: datetime | None, adjourned: datetime | None) -> None:
    for moment in filter(None, (opened, adjourned)):
        if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
            raise UserProblem(f"时间里的年份是 {moment.year}，请核对年份。")
    if opened is None:
        raise UserProblem("会议还没有开会时间，不能只记散会。请同时用 --opened 写明开会时间。")
    if adjourned is not None and adjourned <= opened:
        raise UserProblem(f"散会时间 {adjourned:%H:%M} 不晚于开会时间 {opened:%H:%M}，请核对。")


def headcount(arguments: Namespace, data_dir: Path) -> Answer:
    """A list of those seen (or 在场 yes/no) at a time."""
    source = FileImports().open_file(arguments.file, FileKind.HEADCOUNT)
    with open_folder(data_dir, "command") as folder:
        session = folder.office.open(folder.office.resolve(arguments.meeting))
        session.refuse_if_sealed()
        reading = source.headcount(session.plan.start.date())
        stated = arguments.at or (reading.taken_at.astimezone() if reading.taken_at else None)
        at = stated or _within_meeting(session)
        preparation = preparation_for(session)
        preview = preparation.preview_headcount(reading, at)
        preparation.apply(preview)
    answer = _told(preview, arguments.file)
    note = "" if stated else f"清点时间没有写明，按 {at:%H:%M} 记；不对请用 --at 重录。"
    document = answer.document | {"at": local_iso(at), "at_stated": stated is not None}
    return Answer(document, [*answer.lines, *filter(None, [note])], answer.problem)


def _within_meeting(session: MeetingSession) -> datetime:
    """The moment taken for a headcount that states none: now, or 散会 if the meeting is over.

    For a meeting still to come, as in a trial of the files, its end: whoever signs is in by then.
    """
    now, plan = session.now().wall, session.plan
    if session.state.adjourned_at is None and now < plan.start:
        return plan.end or plan.start + timedelta(hours=1)
    return session.state.adjourned_at or now
