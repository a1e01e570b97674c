"""到会情况: the figures before opening, the sentence for the chair, and who is missing.

Pure: made from totals and verdicts that somebody else has judged. The telephone numbers in it are
for the operator's window only; the sentence and the leaders' chips carry none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.rule_set import Quorum, RuleSet
from huifeng_desktop.rules.totals import Totals
from huifeng_desktop.rules.verdict import Disposition, Reason, Verdict
from huifeng_desktop.service.muster import Muster
from huifeng_desktop.wording import clock_time


class Place(StrEnum):
    """What is known of a leader's seat, in one word."""

    PRESENT = "present"
    LEAVE = "leave"
    DEPUTY = "deputy"
    AWAITED = "awaited"
    OUT = "out"
    """Came, and is out of the hall by the register."""


@dataclass(frozen=True, slots=True)
class LeaderPlace:
    """One leader: a short title ("宣传部长"), whether there, the full words, and why on leave in two."""

    title: str
    place: Place
    detail: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What the slip says. `missing` are expected seats without anybody and without leave."""

    totals: Totals
    sentence: str
    remarks: tuple[str, ...]
    leaders: tuple[LeaderPlace, ...]
    missing: tuple[Seat, ...]

    @property
    def leaders_present(self) -> int:
        """How many leaders came themselves."""
        return sum(one.place in (Place.PRESENT, Place.OUT) for one in self.leaders)


def brief_of(verdicts: Sequence[Verdict], rule_set: RuleSet) -> Brief:
    """The slip as of these verdicts; leaders come first among the missing."""
    muster = Muster([one.seat for one in verdicts])
    for one in verdicts:
        muster.put(one)
    return brief_from(muster, rule_set)


def brief_from(muster: Muster, rule_set: RuleSet) -> Brief:
    """The slip as of what has come together; costs no more in a hall of thousands."""
    totals = muster.tally.totals(rule_set)
    leaders = tuple(_leader(one) for one in muster.leaders())
    remarks = _remarks(totals, rule_set)
    return Brief(totals, chair_sentence(totals), remarks, leaders, tuple(muster.missing()))


def chair_sentence(totals: Totals) -> str:
    """To be read aloud: 应到126人，实到118人，请假5人（另有4人经批准派员代会），未到3人。"""
    if not totals.expected:
        return "名单里还没有应到人员。"
    if totals.in_person == totals.expected:
        return f"应到{totals.expected}人，全部到会。"
    parts = [f"应到{totals.expected}人", f"实到{totals.present}人", *_leave_words(totals)]
    if totals.in_person_only and totals.unapproved_substitute:
        parts.append(f"{totals.unapproved_substitute}人擅自派人顶替（不计入实到）")
    if totals.absent:
        parts.append(f"未到{totals.absent}人")
    return "，".join(parts) + "。"


def _leave_words(totals: Totals) -> list[str]:
    """请假 in both ways of speaking: those who sent nobody, and those who sent a deputy."""
    deputies = totals.approved_deputy
    apart = "不计入实到" if totals.in_person_only else ""
    if totals.on_leave and deputies:
        more = "，".join(filter(None, (f"另有{deputies}人经批准派员代会", apart)))
        return [f"请假{totals.on_leave}人（{more}）"]
    if totals.on_leave:
        return [f"请假{totals.on_leave}人"]
    aside = f"（{apart}）" if apart else ""
    return [f"{deputies}人经批准派员代会{aside}"] if deputies else []


def _remarks(totals: Totals, rule_set: RuleSet) -> tuple[str, ...]:
    remarks = []
    if totals.observers:
        remarks.append(f"列席{totals.observers}人，到会{totals.observers_present}人。")
    if rule_set.quorum is not None and totals.expected:
        remarks.append(_quorum_words(rule_set.quorum, totals))
    return tuple(remarks)


def _quorum_words(quorum: Quorum, totals: Totals) -> str:
    """Names the fraction and whether equality is enough."""
    fraction = f"{quorum.numerator}/{quorum.denominator}"
    edge = f"超过应到人数的{fraction}（不含" if quorum.strict else f"达到应到人数的{fraction}（含"
    need = f"{edge}{fraction}）"
    met = quorum.is_met(totals.present, totals.expected)
    return f"法定人数须{need}，{'已符合' if met else '尚未符合，不能开会'}。"


# -- leaders ---------------------------------------------------------------------------------------

_PARTY_HEAD = re.compile(r"^[省市州县区]委(?=书记|副书记)")
_ORGAN_HEAD = re.compile(r"^[省市州县区](?=人大|政协|纪委|监委)")
_LONGEST_TITLE = 7
_TOLD_REASONS = ("因公", "因病")


def short_title(post: str) -> str:
    """The post as colleagues say it: 县委常委、宣传部部长 → 宣传部长; 县委副书记、县长 → 县长."""
    parts = [part for part in re.split(r"[、,，/;；]", post) if part]
    telling = [part for part in parts if not part.endswith(("常委", "副书记"))] or parts
    title = telling[0] if telling else ""
    title = _ORGAN_HEAD.sub("", _PARTY_HEAD.sub("", title))
    title = title.replace("常委会", "").replace("部部长", "部长")
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"


def _leader(verdict: Verdict) -> LeaderPlace:
    place, word = _place(verdict)
    seat = verdict.seat
    title = short_title(seat.post) or seat.display_name
    words = filter(None, (seat.display_name, seat.post, word, _leader_more(verdict)))
    note = _leave_note(verdict) if place is Place.LEAVE else ""
    return LeaderPlace(title, place, "　".join(words), note)


def _leave(verdict: Verdict) -> Reason | None:
    return next((one for one in verdict.reasons if one.code.startswith("leave")), None)


def _leave_note(verdict: Verdict) -> str:
    """因公 or 因病; any other reason is nobody's business beside the name."""
    leave = _leave(verdict)
    reason = str(leave.detail.get("reason", "")) if leave is not None else ""
    return reason if reason in _TOLD_REASONS else "请假"


def _leader_more(verdict: Verdict) -> str:
    """When a leader came, or why not; for the operator's tool tip only."""
    if verdict.signed_in_at is not None:
        late = f"，迟到 {verdict.late_minutes} 分钟" if verdict.late_minutes else ""
        who = f"，{verdict.stood_in_by.post}{verdict.stood_in_by.name}" if verdict.stood_in_by else ""
        left = f"，{clock_time(verdict.left_at)} 离场" if verdict.left_at is not None else ""
        return f"{clock_time(verdict.signed_in_at)}{late}{who}{left}"
    leave = _leave(verdict)
    if leave is None:
        return ""
    by = leave.detail.get("approved_by")
    return "，".join(filter(None, (str(leave.detail.get("reason", "")), f"{by}批准" if by else "")))


def _place(verdict: Verdict) -> tuple[Place, str]:
    match verdict.disposition:
        case Disposition.IN_PERSON if verdict.left_at is not None:
            return Place.OUT, "已到"
        case Disposition.IN_PERSON:
            return Place.PRESENT, "已到"
        case Disposition.ON_LEAVE:
            return Place.LEAVE, "请假"
        case Disposition.APPROVED_DEPUTY | Disposition.UNAPPROVED_SUBSTITUTE:
            return Place.DEPUTY, "由他人代会"
    return Place.AWAITED, "未到"
