"""主持稿: what the chair says between the items, to be put into the chair's own words."""

from __future__ import annotations

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.exchange.papers.setting.letter import Letter
from huifeng_desktop.exchange.papers.setting.numerals import chinese
from huifeng_desktop.exchange.papers.setting.paper import PaperKind, paper_title
from huifeng_desktop.service.door.brief import brief_of
from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.service.session import MeetingSession


def script(session: MeetingSession, options: PaperOptions, letter: Letter) -> None:
    """Write 主持稿: sentences to be put into the chair's own."""
    letter.title(paper_title(session, PaperKind.SCRIPT))
    letter.blank()
    for sentence in script_sentences(session):
        letter.body(sentence)


def script_sentences(session: MeetingSession) -> list[str]:
    """Opening, 到会情况, the agenda, a sentence before every item, and the end."""
    plan, items = session.plan, session.state.items
    brief = brief_of(session.verdicts(), plan.rule_set)
    spoken = [item for item in items if item.kind is not ItemKind.HOSTING]
    said = ["同志们：", f"现在召开{plan.title}。请大家将手机关闭或调至静音，保持会场秩序。"]
    if session.context().has_begun or brief.totals.present:
        opens = "符合开会要求，现在开会。" if _meets_quorum(session) else "现在开会。"
        said.append(f"先通报到会情况：今天的会议{brief.sentence}{''.join(brief.remarks)}{opens}")
    if spoken:
        listed = "；".join(f"{_ordinal(number)}{item.title}" for number, item in enumerate(spoken, 1))
        said.append(f"今天的会议有 {len(spoken)} 项议程：{listed}。")
    said += [_invitation(number, item) for number, item in enumerate(spoken, 1)]
    return [*said, "会议各项议程已经进行完毕。请各单位会后认真抓好落实。", "散会。"]


def _meets_quorum(session: MeetingSession) -> bool:
    totals, quorum = session.totals(), session.plan.rule_set.quorum
    return quorum is not None and quorum.is_met(totals.present, totals.expected)


def _invitation(number: int, item: AgendaItem) -> str:
    who = f"{item.unit}{item.speaker}同志" if item.speaker else item.unit
    turn = f"下面进行第{chinese(number)}项：{item.title}。"
    if not who:
        return turn
    does = "讲话" if item.kind is ItemKind.ADDRESS else "汇报" if item.kind.is_report else "发言"
    limit = item.limit_s or item.kind.default_limit_s
    within = f"，时间不超过{_limit_words(limit)}" if limit and item.kind is not ItemKind.ADDRESS else ""
    return f"{turn}请{who}{does}{within}。"


def _limit_words(limit_s: int) -> str:
    minutes, seconds = divmod(limit_s, 60)
    if not minutes:
        return f"{seconds}秒"
    return f"{minutes}分{seconds}秒" if seconds else f"{minutes}分钟"


def _ordinal(number: int) -> str:
    return f"{chinese(number)}是"
