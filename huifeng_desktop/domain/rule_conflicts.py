"""Which switches of a rule set cannot all be meant at once."""

from __future__ import annotations

from huifeng_desktop.domain.rule_set import GoneAtHeadcount, LeftEarlyUse, RuleSet, Window

_Found = dict[str, bool]
"""Sentences that name the switches, and whether each is true of a rule set."""


def contradictions(rules: RuleSet) -> list[str]:
    """Why these switches cannot all be meant, as sentences that name them; empty when they can.

    Files and the editor refuse them; a meeting's snapshot is read as it was once taken.
    """
    found = _of_coming_and_going(rules) | _of_counting(rules) | _of_dates(rules)
    return [sentence for sentence, holds in found.items() if holds]


def _of_coming_and_going(rules: RuleSet) -> _Found:
    gone_early = rules.gone_at_headcount is GoneAtHeadcount.LEFT_EARLY
    unrecorded = rules.left_early is LeftEarlyUse.NOT_RECORDED
    in_ladder = rules.left_early is LeftEarlyUse.LADDER
    too_soon = rules.very_late_min is not None and rules.very_late_min <= rules.grace_min
    return {
        "left_early 是 ladder（早退计入阶梯），但 ladder（各档提示）是空的。": in_ladder and not rules.ladder,
        "left_early 是 not_recorded（不记早退），但 points（分值）里有早退。": (
            unrecorded and rules.points.get("left_early", 0) > 0
        ),
        "gone_at_headcount 是 left_early（清点不在按早退），但 left_early 是 not_recorded（不记早退）。": (
            gone_early and unrecorded
        ),
        f"very_late_min（迟到 {rules.very_late_min} 分钟起算缺席）没有大于 "
        f"grace_min（宽限 {rules.grace_min} 分钟）。": too_soon,
    }


def _of_counting(rules: RuleSet) -> _Found:
    quorum, nobody_left = rules.quorum, {"leader", "member"} <= set(rules.exempt)
    return {
        "kinds_separate 是 true（各类分别计次），但 ladder（各档提示）是空的。": (
            rules.kinds_separate and not rules.ladder
        ),
        "points（分值）各项都是 0，等于不扣分。": bool(rules.points) and not any(rules.points.values()),
        "exempt（不计的身份）包括所有应到的人，却又设了 ladder（各档提示）或 points（分值）。": (
            nobody_left and rules.has_consequences
        ),
        "quorum（法定人数）要超过应到的全部人数，永远达不到。": (
            quorum is not None and quorum.strict and quorum.numerator == quorum.denominator
        ),
        "each_session 是 true（各场分别计次），但 ladder（各档提示）和 points（分值）都是空的。": (
            rules.each_session and not rules.has_consequences
        ),
    }


def _of_dates(rules: RuleSet) -> _Found:
    is_term, first, last = rules.window is Window.TERM, rules.term_from, rules.term_to
    both = sorted(set(rules.working_days) & set(rules.holidays))
    return {
        "window 是 term（按任期累计），但没有写明 term_from（任期从）和 term_to（任期到）。": (
            is_term and not (first and last)
        ),
        f"term_from（任期从 {first}）晚于 term_to（任期到 {last}）。": bool(first and last) and first > last,
        "term_from、term_to（任期）填了，但 window（累计多长时间）不是 term（任期）。": (
            not is_term and bool(first or last)
        ),
        f"working_days（调休上班）和 holidays（放假）里都有 {'、'.join(both)}。": bool(both),
    }
