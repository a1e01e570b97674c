"""The eight steps of 会前 and how far each is, from the meeting alone. Knows no Qt widgets' state."""

from __future__ import annotations

from enum import IntEnum

from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.before.agenda_panel import agenda_sum
from huifeng_desktop.ui.before.leave_panel import leave_sum, leaves
from huifeng_desktop.ui.kit.step_list import Step, StepState
from huifeng_desktop.wording import PHONE_LEVEL


class StepName(IntEnum):
    """The steps in their order."""

    MEETING = 0
    ROSTER = 1
    AGENDA = 2
    LEAVE = 3
    RULES = 4
    READY = 5
    PAPERS = 6
    PHONES = 7


TITLES = ("会议", "名单", "议程", "请假与代会", "考勤规则", "投影与签到", "打印材料", "手机与文件")


def step_of(
    name: StepName, session: MeetingSession, screens: int, desk_open: bool, reprints: int = 0
) -> Step:
    """One step as the meeting stands; `reprints` are the pages and cards to print again."""
    if name is StepName.PAPERS and reprints:
        return Step(TITLES[name], f"需重印 {reprints} 处", StepState.ATTENTION)
    subtitle, state = _word(name, session, screens, desk_open)
    return Step(TITLES[name], subtitle, state)


def _word(name: StepName, session: MeetingSession, screens: int, desk_open: bool) -> tuple[str, StepState]:
    state, plan = session.state, session.plan
    match name:
        case StepName.MEETING:
            return plan.title, StepState.DONE
        case StepName.ROSTER:
            expected = sum(seat.category.is_expected for seat in state.seats)
            text = f"{len(state.seats)} 席　应到 {expected}" if state.seats else "尚未导入"
            return text, StepState.DONE if state.seats else StepState.TODO
        case StepName.AGENDA:
            return (agenda_sum(state.items), StepState.DONE) if state.items else ("尚未导入", StepState.TODO)
        case StepName.LEAVE:
            known = bool(leaves(state))
            return (leave_sum(state), StepState.DONE) if known else ("暂无请假", StepState.TODO)
        case StepName.RULES:
            return plan.rule_set.name, StepState.DONE
        case StepName.READY:
            return _ready(screens, desk_open)
        case StepName.PAPERS:
            return _papers(session)
        case StepName.PHONES:
            return _phones(session), StepState.DONE


def _ready(screens: int, desk_open: bool) -> tuple[str, StepState]:
    projector = "已接投影" if screens > 1 else "未接投影"
    desk = "签到已开放" if desk_open else "未开放"
    return f"{projector}，{desk}", StepState.DONE if screens > 1 and desk_open else StepState.TODO


def _phones(session: MeetingSession) -> str:
    book = session.state.phones
    signature = "，手写签名" if book.rules.signature else ""
    documents = f"，文件 {len(book.documents)} 份" if book.documents else ""
    return f"{PHONE_LEVEL[book.rules.level]}{signature}{documents}"


def _papers(session: MeetingSession) -> tuple[str, StepState]:
    """What was printed, without a look at whether it still holds: that takes longer."""
    papers = {event.subject for event in session.state.log if event.kind is EventKind.PRINTED}
    return (f"{len(papers)} 种已导出", StepState.DONE) if papers else ("尚未导出", StepState.TODO)
