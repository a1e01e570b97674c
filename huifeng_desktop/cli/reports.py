"""Commands that read: badges, results, ledger, export, verify."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime, time, timedelta
from pathlib import Path

from huifeng_desktop.app import open_folder
from huifeng_desktop.cli.printing import Answer, table
from huifeng_desktop.domain.people import display_name
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.ledger import LedgerRow
from huifeng_desktop.service.after.results import results
from huifeng_desktop.service.office import year_window
from huifeng_desktop.service.printed.choices import PaperOptions, snapshot
from huifeng_desktop.service.printed.reprints import Reprints
from huifeng_desktop.wording import clock_time, ledger_note, result_words


def badges(arguments: Namespace, data_dir: Path) -> Answer:
    """The badge number of every seat; a vacant post's name is empty."""
    with open_folder(data_dir, "command") as folder:
        session = folder.office.open(folder.office.resolve(arguments.meeting))
        seats = session.state.seats
    document = [
        {"seq": seat.seq, "unit": seat.unit, "name": seat.name, "badge": seat.badge} for seat in seats
    ]
    return Answer(document, table([(seat.seq, seat.unit, seat.name, seat.badge) for seat in seats]))


def results_of(arguments: Namespace, data_dir: Path) -> Answer:
    """The classification."""
    with open_folder(data_dir, "command") as folder:
        session = folder.office.open(folder.office.resolve(arguments.meeting))
        document, totals, verdicts = results(session), session.totals(), session.verdicts()
    head = (
        f"应到 {totals.expected}，实到 {totals.present}（{totals.attendance_rate}），"
        f"请假未派人 {totals.on_leave}（请假合计 {totals.leave_all}），缺席 {totals.absent}，"
        f"迟到 {totals.late}，早退 {totals.left_early}，"
        f"待认定 {totals.pending}"
    )
    rows = [
        (
            one.seat.seq,
            one.seat.unit,
            display_name(one.seat.name),
            clock_time(one.signed_in_at),
            result_words(one),
        )
        for one in verdicts
    ]
    return Answer(document, [head, *table(rows)])


def ledger_of(arguments: Namespace, data_dir: Path) -> Answer:
    """The ledger per person and per unit."""
    if (arguments.first is None) != (arguments.last is None):
        raise UserProblem("--from 和 --to 要一起写，请补上另一个日期。")
    if arguments.first is not None and arguments.first > arguments.last:
        raise UserProblem(f"起始日期 {arguments.first} 晚于截止日期 {arguments.last}，请核对。")
    first, last = _window(arguments)
    with open_folder(data_dir, "command") as folder:
        rules = folder.office.rule_set(arguments.rule_set) if arguments.rule_set else None
        found = folder.office.ledger(
            first=first, last=last, sealed_only=arguments.sealed_only, rule_set=rules
        )
    document = {
        "persons": [row.to_json() for row in found.persons],
        "units": [row.to_json() for row in found.units],
        "meetings": found.meetings,
        "provisional": found.provisional,
        "removed": found.removed,
    }
    lines = table([_person(row) for row in found.persons if row.counted or row.points])
    return Answer(document, [f"计入台账的会议 {found.meetings} 次{ledger_note(found)}", *lines])


def _window(arguments: Namespace) -> tuple[datetime | None, datetime | None]:
    if arguments.year is not None:
        if not 2000 <= arguments.year <= 2099:
            raise UserProblem(f"年份 {arguments.year} 不对，请写 2000 到 2099 之间的年份。")
        return year_window(arguments.year)
    if arguments.first is None:
        return None, None
    after = arguments.last + timedelta(days=1)
    return datetime.combine(arguments.first, time()).astimezone(), datetime.combine(
        after, time()
    ).astimezone()


def _person(row: LedgerRow) -> tuple[object, ...]:
    points = f"{row.points:g} 分" if row.points else ""
    return (row.unit, display_name(row.name), f"{row.counted} 次", points, row.suggestion)


def export(arguments: Namespace, data_dir: Path) -> Answer:
    """The papers, into a folder; 变更清单 knows of them as of those made in the window."""
    from huifeng_desktop.app.printing import make_papers

    options = PaperOptions(
        order=arguments.order,
        single_name_first=not arguments.single_names_by_strokes,
        circular_names=arguments.circular == "persons",
        body_family=arguments.font,
    )
    with open_folder(data_dir, "command") as folder:
        session = folder.office.open(folder.office.resolve(arguments.meeting))
        papers, still = make_papers(folder.office), snapshot(session)
        files = papers.export(still, arguments.out, arguments.only, options=options)
        warnings = [] if arguments.only == "csv" else papers.warnings(still, options)
        if arguments.only != "csv":  # those are figures to reckon with, not papers
            reprints = Reprints(session, papers)
            reprints.record(reprints.facts(papers.wanted(still, arguments.only), options, still))
    paths = [str(file.resolve()) for file in files]
    return Answer({"files": paths, "warnings": warnings}, [*paths, *warnings])


def verify_folder(arguments: Namespace, data_dir: Path) -> Answer:
    """Every hash chain and SQLite's own integrity; the ledger stands on the proved events alone again."""
    from huifeng_desktop.storage.database import DATABASE_NAME
    from huifeng_desktop.storage.verify import verify

    with open_folder(data_dir, "command") as folder:
        found = verify(folder.db, data_dir / DATABASE_NAME)
        folder.office.forget_sums()
        if found.ok:
            folder.office.refresh_sums([card.meeting_id for card in folder.office.cards()])
    document: dict[str, object] = {"ok": found.ok, "events": found.events}
    if found.ok:
        return Answer(document, [f"{found.events} 条记录，全部完好。"])
    document["integrity"] = found.integrity
    what = f"数据库文件损坏（{found.integrity}）"
    if found.broken is not None:
        broken = found.broken
        document["broken"] = {
            "position": broken.position,
            "event": broken.event_id,
            "writer": broken.writer,
            "problem": broken.what,
        }
        where = (
            f"第 {broken.position} 条（{broken.event_id}）" if broken.event_id else f"记录者 {broken.writer}"
        )
        what = f"{where}：{broken.what}"
    return Answer(document, [], f"记录不完整：{what}。请停用这份数据，从备份恢复。")
