"""请假单, blank, and the paragraph of the 纪要 that says who was there."""

from __future__ import annotations

from collections.abc import Sequence

from huifeng_desktop.domain.people import Category
from huifeng_desktop.exchange.papers.document import TEXT_WIDTH_MM, OfficialDocument
from huifeng_desktop.exchange.papers.paper import PaperKind, paper_title, when_words
from huifeng_desktop.rules.verdict import Disposition, Verdict
from huifeng_desktop.service.papers import PaperOptions
from huifeng_desktop.service.session import MeetingSession

_LABEL_MM = 28.0
_WIDTHS = (_LABEL_MM, TEXT_WIDTH_MM / 2 - _LABEL_MM, _LABEL_MM, TEXT_WIDTH_MM / 2 - _LABEL_MM)


def leave_form(session: MeetingSession, options: PaperOptions) -> bytes:
    """请假单: the meeting is filled in, the rest is for the pen; reasons by kind only."""
    plan = session.plan
    document = OfficialDocument("会议请假单", options.body_family, session.now().wall)
    document.title("会议请假单")
    document.blank()
    document.table(
        _WIDTHS,
        [
            ("会议名称", plan.title, None, None),
            ("会议时间", when_words(plan.start), None, None),
            ("会议地点", plan.place, None, None),
            ("请假人", "", "职　　务", ""),
            ("单　　位", "", None, None),
            ("事　　由", "□ 因公　　□ 因病　　□ 其他", None, None),
            ("代会人", "", "职　　务", ""),
            ("联系电话", "", "派人代会", "□ 是　□ 否"),
        ],
        row_mm=11,
        size_pt=14,
        left=(1,),
    )
    opinion = "签名（盖章）：" + "　" * 9 + "年　　月　　日"
    document.table(
        (_LABEL_MM, TEXT_WIDTH_MM - _LABEL_MM),
        [("单位意见", opinion), ("审批意见", opinion)],
        row_mm=27,
        size_pt=14,
        left=(1,),
    )
    until = plan.convener or "会议召集单位"
    document.body(f"注：须于会前书面报{until}批准；口头请假的，应按规定期限补办手续。")
    return document.save()


def minutes_block(session: MeetingSession, options: PaperOptions) -> bytes:
    """出席、请假、缺席、列席 as they go to the end of the 纪要."""
    title = paper_title(session, PaperKind.MINUTES)
    document = OfficialDocument(title, options.body_family, session.now().wall)
    for head, names in minutes_lines(session):
        document.subheading(f"{head}：", f"{names}。")
    return document.save()


def minutes_lines(session: MeetingSession) -> list[tuple[str, str]]:
    """Heads and names, in house order; heads without anybody are left out."""
    verdicts = session.verdicts()
    expected = [one for one in verdicts if one.is_expected]
    leaders = [one for one in expected if one.seat.category is Category.LEADER and one.is_present]
    members = [one for one in expected if one.seat.category is Category.MEMBER and one.is_present]
    away = [one for one in expected if one.disposition is Disposition.ON_LEAVE]
    absent = [one for one in expected if one.disposition is Disposition.ABSENT]
    observers = [one for one in verdicts if one.seat.category is Category.OBSERVER and one.is_present]
    groups = (
        ("出席", [*leaders, *members]),
        ("请假", away),
        ("缺席", absent if session.context().has_begun else []),
        ("列席", observers),
    )
    return [(head, _names(group)) for head, group in groups if group]


def _names(group: Sequence[Verdict]) -> str:
    return "，".join(_name(one) for one in group)


def _name(verdict: Verdict) -> str:
    """Unit and name; a leader by name and post; a deputy is said to be one."""
    seat, deputy = verdict.seat, verdict.stood_in_by
    own = f"{seat.name}（{seat.post}）" if seat.category is Category.LEADER and seat.post else ""
    own = own or f"{seat.unit}{seat.name}"
    return f"{own}（{deputy.name}代）" if deputy and verdict.is_present else own
