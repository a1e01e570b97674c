"""Files into the meeting: previews change nothing, a second load adds nothing, nothing is lost."""

from __future__ import annotations

from datetime import datetime

import pytest
from desk_office import PEOPLE, Meeting, beside, reading

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.imported import (
    AgendaRow,
    Approval,
    HeadcountRow,
    LeaveRow,
    ProblemCode,
    Reading,
    RecordRow,
    RosterRow,
)
from huifeng_desktop.domain.people import Category
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.before.preparation import LoadPreview
from huifeng_desktop.service.door.sign_in import Method

AUDIT, FORESTRY, STATISTICS, ARCHIVE = PEOPLE


def roster(meeting: Meeting, *rows: RosterRow) -> LoadPreview:
    """The preview of a roster."""
    return meeting.preparation.preview_roster(reading(rows))


def leave(meeting: Meeting, *rows: LeaveRow) -> LoadPreview:
    """Load leave."""
    preview = meeting.preparation.preview_leave(Reading(list(rows), row_count=len(rows)))
    meeting.preparation.apply(preview)
    return preview


def records(meeting: Meeting, *rows: RecordRow) -> LoadPreview:
    """Load records."""
    preview = meeting.preparation.preview_records(Reading(list(rows), row_count=len(rows)))
    meeting.preparation.apply(preview)
    return preview


def came(name: str, unit: str, at: str, row: int = 2, **more: object) -> RecordRow:
    """One line of a record; times are naive, as files have them."""
    return RecordRow(row, name, unit, datetime.fromisoformat(f"2026-03-12T{at}"), **more)  # type: ignore[arg-type]


def agenda(meeting: Meeting, *titles: str) -> LoadPreview:
    """Load an agenda of reports of five minutes."""
    rows = [AgendaRow(n, title, kind=ItemKind.REPORT, limit_s=300) for n, title in enumerate(titles, 2)]
    preview = meeting.preparation.preview_agenda(Reading(rows, row_count=len(rows)))
    meeting.preparation.apply(preview)
    return preview


# -- roster ------------------------------------------------------------------------------------------


def test_a_preview_changes_nothing(meeting: Meeting) -> None:
    before = list(meeting.session.state.seats)

    preview = roster(meeting, AUDIT)

    assert preview.facts and meeting.session.state.seats == before


def test_the_same_roster_twice_adds_nothing(meeting: Meeting) -> None:
    preview = roster(meeting, *PEOPLE)

    assert preview.facts == [] and preview.accepted == 4
    assert preview.roster is not None and preview.roster.is_empty
    assert meeting.preparation.apply(preview) == []


def test_known_people_keep_their_seat_and_badge_whatever_else_changes(meeting: Meeting) -> None:
    before = {seat.name: (seat.seat_id, seat.badge) for seat in meeting.session.state.seats}
    promoted = RosterRow(2, "县 审计局", "欧阳 建", "党组书记、局长")
    moved = RosterRow(3, "石梁镇", "马俊", "镇长")

    preview = roster(meeting, moved, promoted, FORESTRY, STATISTICS)
    meeting.preparation.apply(preview)

    seats = {seat.name: seat for seat in meeting.session.state.seats}
    assert (seats["欧阳 建"].seat_id, seats["欧阳 建"].badge) == before["欧阳建"]
    assert [seat.seq for seat in meeting.session.state.seats] == [1, 2, 3, 4]
    changes = preview.roster
    assert changes is not None
    assert [seat.name for seat in changes.added] == ["马俊"]
    assert [seat.unit for seat in changes.removed] == ["县档案馆"]
    assert [old.post for old, _ in changes.changed] == ["局长", "局长", "副局长"]


def test_somebody_whose_unit_was_renamed_keeps_the_badge_by_telephone(meeting: Meeting) -> None:
    badge = meeting.badge("欧阳建")
    meeting.load(RosterRow(2, "禾川县审计局", "欧阳建", "局长", phone="13900000001"), *PEOPLE[1:])

    assert meeting.badge("欧阳建") == badge


def test_namesakes_of_one_unit_keep_their_own_badges_when_one_is_promoted(meeting: Meeting) -> None:
    one, other = RosterRow(2, "县水利局", "李伟", "科长"), RosterRow(3, "县水利局", "李伟", "副局长")
    meeting.load(one, other)
    badges = {seat.post: seat.badge for seat in meeting.session.state.seats}

    meeting.load(RosterRow(2, "县水利局", "李伟", "局长"), other)

    assert {seat.post: seat.badge for seat in meeting.session.state.seats} == {
        "局长": badges["科长"],
        "副局长": badges["副局长"],
    }


def test_people_with_facts_stay_at_the_end_when_the_file_forgets_them(meeting: Meeting) -> None:
    meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED)

    preview = roster(meeting, AUDIT, STATISTICS, ARCHIVE)
    meeting.preparation.apply(preview)

    assert [seat.name for seat in meeting.session.state.seats] == ["欧阳建", "何平", "", "陆川"]
    (problem,) = preview.problems
    assert problem.code is ProblemCode.KEPT and "保留在名单末尾" in problem.text
    assert meeting.session.totals().present == 1


def test_somebody_who_signs_in_between_preview_and_storing_is_not_lost(meeting: Meeting) -> None:
    preview = roster(meeting, AUDIT, STATISTICS, ARCHIVE)
    with beside(meeting) as desk:
        desk.door.sign_in(desk.seat_id("陆川"), Method.TYPED)

    with pytest.raises(UserProblem, match="县林业局陆川刚刚有了新的记录"):
        meeting.preparation.apply(preview)

    assert len(meeting.session.state.seats) == 4 and meeting.session.totals().present == 1


def test_a_roster_of_which_no_row_can_be_taken_leaves_the_old_one(meeting: Meeting) -> None:
    preview = meeting.preparation.preview_roster(Reading([], row_count=3))
    meeting.preparation.apply(preview)

    assert preview.facts == [] and len(meeting.session.state.seats) == 4


def test_one_person_with_two_posts_signs_in_once(meeting: Meeting) -> None:
    first = RosterRow(2, "县委办公室", "刘海波", "主任")
    second = RosterRow(3, "县直机关工委", "刘海波", "书记", note="兼（县委办公室主任）")
    meeting.load(first, second, RosterRow(4, "柳渡镇", "刘海波", "镇长"))

    meeting.door.sign_in(meeting.session.state.seats[1].seat_id, Method.TYPED)

    assert [one.disposition for one in meeting.session.verdicts()] == ["in_person", "in_person", "absent"]


def test_badges_differ_and_vacant_posts_have_one_too(meeting: Meeting) -> None:
    badges = [seat.badge for seat in meeting.session.state.seats]

    assert "" not in badges and len(set(badges)) == len(badges) == 4
    assert meeting.session.state.seats[-1].category is Category.VACANT


# -- agenda ------------------------------------------------------------------------------------------


def test_the_same_agenda_twice_adds_nothing_and_a_new_one_keeps_times(
    meeting: Meeting, clock: FixedClock
) -> None:
    agenda(meeting, "财政工作", "审计工作", "统计工作")
    assert agenda(meeting, "财政工作", "审计工作", "统计工作").facts == []
    meeting.podium.start()
    clock.advance(100)
    meeting.podium.finish()

    preview = agenda(meeting, "统计工作", "审计工作")

    assert [item.title for item in meeting.session.state.items] == ["统计工作", "审计工作", "财政工作"]
    assert meeting.podium.rows()[2].spoken_s == 100
    assert [one.code for one in preview.problems] == [ProblemCode.KEPT]


def test_the_item_before_the_hall_cannot_be_replaced(meeting: Meeting) -> None:
    agenda(meeting, "财政工作", "审计工作")
    meeting.podium.start()

    with pytest.raises(UserProblem, match="“财政工作”正在计时"):
        agenda(meeting, "审计工作")


def test_an_agenda_of_which_no_row_can_be_taken_leaves_the_old_one(meeting: Meeting) -> None:
    agenda(meeting, "财政工作")

    assert agenda(meeting).facts == [] and len(meeting.session.state.items) == 1


# -- leave -------------------------------------------------------------------------------------------

SICK = LeaveRow(2, "何 平", "县统计局", "因病", Approval.APPROVED, "韩立民")


def test_the_same_leave_twice_adds_nothing(meeting: Meeting) -> None:
    assert len(leave(meeting, SICK).facts) == 1
    assert leave(meeting, SICK).facts == []


def test_a_changed_line_of_leave_replaces_the_old(meeting: Meeting) -> None:
    leave(meeting, SICK)
    leave(meeting, LeaveRow(2, "何平", "县统计局", "因病", Approval.NOT_APPROVED, "韩立民"))

    assert meeting.session.verdicts()[2].disposition == "absent"


def test_two_lines_about_one_person_are_doubted_and_load_twice_alike(meeting: Meeting) -> None:
    other = LeaveRow(3, "何平", "县统计局", "因公", Approval.NOT_APPROVED)
    first = leave(meeting, SICK, other)
    second = leave(meeting, SICK, other)

    assert (len(first.facts), len(second.facts)) == (1, 0)
    assert [(one.row, one.code) for one in first.problems] == [(3, ProblemCode.CONFLICT)]
    assert meeting.session.verdicts()[2].disposition == "on_leave"


def test_an_old_file_does_not_undo_what_the_door_recorded(meeting: Meeting) -> None:
    leave(meeting, SICK)
    meeting.door.record_leave(meeting.seat_id("何平"), reason="因病", approval=Approval.NOT_APPROVED)

    again = leave(meeting, SICK)

    assert again.facts == [] and "没有改动" in again.problems[0].text
    assert meeting.session.verdicts()[2].disposition == "absent"


def test_unknown_and_ambiguous_people_are_problems_of_their_row(meeting: Meeting) -> None:
    meeting.load(*PEOPLE, RosterRow(6, "柳渡镇", "何平", "镇长"))
    preview = leave(
        meeting,
        LeaveRow(2, "何平", ""),
        LeaveRow(3, "何平", "县财政局"),
        LeaveRow(4, "无名氏", "县财政局"),
        LeaveRow(5, "何平", "柳渡镇"),
    )

    assert [(one.row, one.code) for one in preview.problems] == [
        (2, ProblemCode.AMBIGUOUS_PERSON),
        (3, ProblemCode.UNKNOWN_PERSON),
        (4, ProblemCode.UNKNOWN_PERSON),
    ]
    assert (preview.row_count, preview.accepted, preview.errors) == (4, 1, 3)


# -- records and headcounts --------------------------------------------------------------------------


def test_records_are_local_times_and_load_once(meeting: Meeting) -> None:
    row = came("欧阳建", "县审计局", "14:41:00", left_at=datetime(2026, 3, 12, 15, 0))
    first, second = records(meeting, row), records(meeting, row)

    assert (len(first.facts), len(second.facts), second.accepted) == (2, 0, 1)
    verdict = meeting.session.verdicts()[0]
    assert verdict.signed_in_at == datetime(2026, 3, 12, 14, 41).astimezone()
    assert verdict.late_minutes == 11


def test_a_line_that_stands_twice_in_one_file_is_one_sign_in(meeting: Meeting) -> None:
    preview = records(meeting, came("欧阳建", "县审计局", "14:20"), came("欧阳建", "县审计局", "14:20", 3))

    assert len(preview.facts) == 1 and preview.problems == []


def test_two_times_for_one_person_in_one_file_are_doubted(meeting: Meeting) -> None:
    rows = came("欧阳建", "县审计局", "14:41"), came("欧阳建", "县审计局", "14:20", 3)
    first, second = records(meeting, *rows), records(meeting, *rows)

    assert (len(first.facts), len(second.facts)) == (1, 0)
    assert [(one.row, one.column) for one in first.problems] == [(3, "签到时间")]


def test_a_sign_in_that_is_already_there_is_a_conflict_and_stays(meeting: Meeting) -> None:
    meeting.door.sign_in(meeting.seat_id("欧阳建"), Method.TYPED)

    preview = records(meeting, came("欧阳建", "县审计局", "14:41"))

    assert preview.facts == [] and meeting.session.verdicts()[0].late_minutes == 0
    assert preview.problems[0].text == "欧阳建已有 14:00 的签到，与表中不同，没有改动。要改请先撤销原来的。"


def test_a_sign_in_that_was_undone_can_be_loaded_again(meeting: Meeting) -> None:
    row = came("欧阳建", "县审计局", "14:20")
    (event,) = meeting.preparation.apply(meeting.preparation.preview_records(Reading([row], row_count=1)))
    meeting.door.undo(event.event_id, reason="导错了文件")

    assert len(records(meeting, row).facts) == 1
    assert len(records(meeting, row).facts) == 0
    assert meeting.session.totals().present == 1


def test_both_posts_of_one_person_in_the_record_are_one_presence(meeting: Meeting) -> None:
    meeting.load(
        RosterRow(2, "县委办公室", "刘海波", "主任"),
        RosterRow(3, "县直机关工委", "刘海波", "书记", note="兼县委办公室主任"),
    )
    rows = came("刘海波", "县委办公室", "14:20"), came("刘海波", "县直机关工委", "14:20", 3)

    assert records(meeting, *rows).problems == []
    assert records(meeting, *rows).facts == []


def test_a_blank_approval_leaves_the_deputy_waiting(meeting: Meeting) -> None:
    records(meeting, came("陆川", "县林业局", "14:41", deputy_name="陈昇", deputy_post="股长"))

    verdict = meeting.session.verdicts()[1]
    assert (verdict.disposition, verdict.pending, verdict.late_minutes) == ("unapproved_substitute", True, 11)


def counted(
    meeting: Meeting, *rows: HeadcountRow, columns: tuple[str, ...] = ("姓名", "单位")
) -> LoadPreview:
    """Load a headcount of 15:05."""
    at = datetime(2026, 3, 12, 15, 5).astimezone()
    preview = meeting.preparation.preview_headcount(
        Reading(list(rows), row_count=len(rows), columns=columns), at
    )
    meeting.preparation.apply(preview)
    return preview


def test_a_list_of_those_seen_says_who_was_not(meeting: Meeting) -> None:
    records(meeting, came("欧阳建", "县审计局", "14:20"), came("何平", "县统计局", "14:20", 3))
    first = counted(meeting, HeadcountRow(2, "何平", "县统计局"), HeadcountRow(3, "陆川", "县林业局"))
    again = counted(meeting, HeadcountRow(2, "何平", "县统计局"), HeadcountRow(3, "陆川", "县林业局"))

    flags = [[flag.value for flag in one.flags] for one in meeting.session.verdicts()]
    assert flags == [["signed_then_gone"], ["seen_not_signed"], [], ["vacant"]]
    assert (len(first.facts), len(again.facts)) == (1, 0)


def test_a_list_with_a_column_of_presence_says_nothing_of_others(meeting: Meeting) -> None:
    records(meeting, came("欧阳建", "县审计局", "14:20"), came("何平", "县统计局", "14:20", 3))
    counted(meeting, HeadcountRow(2, "何平", "县统计局", seen=False), columns=("姓名", "在场"))

    assert [one.pending for one in meeting.session.verdicts()] == [False, False, True, False]


def test_a_sealed_meeting_takes_no_file(meeting: Meeting, clock: FixedClock) -> None:
    leave(meeting, *(LeaveRow(n, row.name, row.unit) for n, row in enumerate(PEOPLE[:3])))
    meeting.podium.declare_opened()
    clock.advance(60)
    meeting.podium.declare_adjourned()
    clock.advance(10 * 24 * 3600)
    meeting.rulings.seal(by="林静")

    preview = roster(meeting, AUDIT)
    with pytest.raises(UserProblem, match="已由林静封存"):
        meeting.preparation.apply(preview)
