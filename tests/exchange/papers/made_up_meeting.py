"""A small meeting on a real data folder in which every disposition happens once, and large ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Category, Deputy, Seat
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.service.office import Office
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.storage.database import open_database
from huifeng_desktop.storage.event_store import EventStore

START = datetime(2026, 3, 12, 14, 30).astimezone()
LONG_UNIT = "国网××省电力有限公司禾川县供电公司（禾川县电力行政执法协助工作领导小组办公室）"
ETHNIC = "阿布都热依木·阿布都克里木"
_M, _O = Category.MEMBER, Category.OBSERVER

PEOPLE = (
    ("县领导", "沈国栋", "县委书记", Category.LEADER),
    ("县水利局", "王磊", "党组书记、局长", _M),
    ("县融媒体中心", "文昊", "记者", Category.STAFF),
    ("县审计局", "欧阳建", "局长", _M),
    ("竹溪乡", ETHNIC, "乡长", _M),
    ("县文联", "司马岚", "主席", _O),
    ("县卫生健康局", "尹国华", "局长", _M),
    ("县林业局", "陆川", "局长", _M),
    ("县气象局", "倪海洋", "局长", _M),
    ("柳渡镇", "吴堃", "党委书记", _M),
    ("县统计局", "何平", "副局长（主持工作）", _M),
    ("县自然资源局", "史文杰", "总工程师", _M),
    ("县商务局", "黄敏", "局长", _M),
    ("县档案馆", "", "馆长", Category.VACANT),
    (LONG_UNIT, "=1+1", "总经理", _M),
    ("县水利局", "𬱖𡋾", "副局长", _M),
    ("县文联", "李伟", "副主席", _O),
)


def at(clock: str, day: int = 12) -> datetime:
    """A time on the meeting's day, or on another day of that March."""
    hour, minute = map(int, clock.split(":"))
    return START.replace(day=day, hour=hour, minute=minute)


def seats_of(people: Sequence[tuple[str, str, str, Category]]) -> list[Seat]:
    return [
        Seat(f"s{seq}", seq, unit, name, post, category, phone="13800000016")
        for seq, (unit, name, post, category) in enumerate(people, 1)
    ]


def new_session(folder: Path, seats: Sequence[Seat], **plan: object) -> tuple[MeetingSession, FixedClock]:
    """An empty meeting with these seats; two hours after its start."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = FixedClock(START + timedelta(hours=2))
    store = EventStore(open_database(folder), folder / "huifeng.db", "test", clock)
    office = Office(store, clock, {"statistics": RuleSet()})
    values: dict[str, object] = {
        "title": "全县重点工作推进会",
        "start": START,
        "place": "县行政中心三楼会议室",
        "convener": "县委、县政府",
        **plan,
    }
    session = office.open(office.create(MeetingPlan(**values)))  # type: ignore[arg-type]
    body = {"seats": [seat.to_json() for seat in seats], "source": "test"}
    session.state_facts([Fact(EventKind.ROSTER_LOADED, START, body=body)])
    return session, clock


def made_up_meeting(folder: Path, **plan: object) -> tuple[MeetingSession, FixedClock]:
    """Everybody of PEOPLE, from the leave of the day before to the headcount, adjourned at 15:55."""
    session, clock = new_session(folder, seats_of(PEOPLE), **plan)
    door, podium = Door(session), Podium(session)
    _record_leave(session)
    for seat, when in ((1, "14:20"), (4, "14:41"), (5, "14:10"), (6, "14:25"), (12, "14:28"), (13, "14:20")):
        door.sign_in(f"s{seat}", Method.BADGE, at=at(when))
    door.sign_in("s2", Method.BACKFILL, at=at("17:05", day=11))
    door.sign_in("s15", Method.PHONE, at=at("14:29"))
    door.sign_in("s16", Method.TYPED, at=at("14:30"))
    door.sign_in("s7", Method.TYPED, Deputy("周喆", "副局长"), at=at("14:22"))
    door.sign_in("s8", Method.TYPED, Deputy("陈昇", "股长"), at=at("14:36"))
    podium.declare_opened(at("14:30"))
    door.count_heads(["s1", "s4", "s8"], ["s13"], at=at("15:05"))
    session.state_facts([Fact(EventKind.EXIT, at("15:31"), "s5")])
    podium.declare_adjourned(at("15:55"))
    return session, clock


def _record_leave(session: MeetingSession) -> None:
    def leave(seat: str, reason: str, approval: Approval, deputy: Deputy | None = None) -> Fact:
        body = {
            "reason": reason,
            "approval": approval.value,
            "approved_by": "韩立民",
            "deputy": {"name": deputy.name, "post": deputy.post} if deputy else None,
        }
        return Fact(EventKind.LEAVE_RECORDED, at("09:00", day=11), seat, body)

    session.state_facts(
        [
            leave("s7", "因公（陪同上级调研）", Approval.APPROVED, Deputy("周喆", "副局长")),
            leave("s9", "感冒发烧住院", Approval.APPROVED),
            leave("s11", "家中有事", Approval.ORAL),
            leave("s12", "外出培训", Approval.APPROVED),
        ]
    )


def with_agenda(session: MeetingSession, clock: FixedClock) -> None:
    """Four items, timed one after the other: in time, over, corrected, skipped."""
    items = [
        AgendaItem("i1", "发展改革工作", "邹永昌", "县发展和改革局", ItemKind.REPORT, 360),
        AgendaItem("i2", "财政工作", "赵镕", "县财政局", ItemKind.MULTIMEDIA_REPORT),
        AgendaItem("i3", "县领导讲话", "沈国栋", "", ItemKind.ADDRESS),
        AgendaItem("i4", "@议题", "买买提·艾则孜", "县民族宗教事务局", ItemKind.OTHER),
    ]
    body = {"items": [item.to_json() for item in items], "source": "test"}
    session.state_facts([Fact(EventKind.AGENDA_LOADED, START, body=body)])
    podium = Podium(session)
    podium.start("i1")
    clock.advance(372)
    podium.adjust(-30)
    podium.start("i2")
    clock.advance(600)
    podium.start("i3")
    clock.advance(1900)
    podium.finish()
    podium.correct("i3", 1940, why="刚才忘按了")
    podium.skip("i4")


def large_people(count: int) -> list[tuple[str, str, str, Category]]:
    """A hall of long units and rare names."""
    units = (
        "县发展和改革局",
        LONG_UNIT,
        "县综合行政执法局（县城市管理局）",
        "龙泉回族乡",
        "县人力资源和社会保障局",
    )
    names = ("王磊", "欧阳建", ETHNIC, "㛃䶮", "𬱖𡋾", "赵镕", "买买提·艾则孜", "才仁卓玛", "吴堃")
    posts = ("局长", "党组成员、总工程师", "党委委员、副局长（主持工作）", "县委常委、县纪委书记、县监委主任")
    kinds = (_M,) * 9 + (_O,)
    return [
        (f"{units[n % 5]}{n // 40 or ''}", names[n % 9], posts[n % 4], kinds[n % 10]) for n in range(count)
    ]


def large_meeting(folder: Path, count: int) -> tuple[MeetingSession, FixedClock]:
    """`count` seats of whom most came, some late, with deputies and leave among them."""
    session, clock = new_session(folder, seats_of(large_people(count)))
    facts = []
    for seq in range(1, count + 1):
        body: dict[str, object] = {"method": "badge"}
        if seq % 17 == 0:
            body |= {
                "deputy": {"name": "阿卜杜外力", "post": "办公室副主任"},
                "deputy_approved": seq % 2 == 0,
            }
        if seq % 23:
            facts.append(Fact(EventKind.SIGN_IN, at("14:00") + timedelta(seconds=seq * 2), f"s{seq}", body))
        if seq % 29 == 0:
            facts.append(Fact(EventKind.EXIT, at("15:20"), f"s{seq}"))
    facts += [Fact(EventKind.OPENED, at("14:30")), Fact(EventKind.ADJOURNED, at("15:55"))]
    session.state_facts(facts)
    return session, clock
