"""The orders of names: fixtures of an office that sorts by 姓氏笔画 every week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from story import moment, seat

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.exchange.strokes import read_strokes
from huifeng_desktop.rules.ordering import Order, OrderingFacts, ordered, post_rank

FACTS = OrderingFacts(read_strokes())


def people(*names: str) -> list[Seat]:
    return [seat(f"s{seq}", name) for seq, name in enumerate(names, 1)]


def names(seats: list[Seat]) -> list[str]:
    return [one.name for one in seats]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("丁一", "王一", "2 strokes before 4"),
        ("林一", "欧阳一", "8 and 8: 横竖 before 横撇"),
        ("欧阳一", "洪一", "8 before 9"),
        ("于一", "马一", "3 and 3: 横 before 折"),
        ("王大一", "王小一", "the second character, of three strokes both: 横 before 竖"),
        ("李伟", "李大伟", "a single given name first"),
        ("欧阳伟", "欧阳一伟", "a single given name after a surname of two characters"),
        ("买买提·艾则孜", "阿布都热依木·阿布都克里木", "6 before 7"),
        ("龙一", "㛃一", "a number alone is enough"),
        ("龚一", "𬱖一", "of as many strokes, those of unknown kinds last"),
    ],
)
def test_strokes(first: str, second: str, why: str) -> None:
    assert names(ordered(people(second, first), Order.STROKES, FACTS)) == [first, second], why


def test_single_given_names_by_strokes_where_the_office_wants_it() -> None:
    seats = people("王磊", "王一凡", "王建国")
    assert names(ordered(seats, Order.STROKES, FACTS)) == ["王磊", "王一凡", "王建国"]
    by_strokes = OrderingFacts(read_strokes(), single_name_first=False)
    assert names(ordered(seats, Order.STROKES, by_strokes)) == ["王一凡", "王建国", "王磊"]


def test_who_cannot_be_placed_comes_last_and_nobody_is_lost() -> None:
    seats = people("=1+1", "龚自强", "Anna", "丁一")
    assert names(ordered(seats, Order.STROKES, FACTS)) == ["丁一", "龚自强", "=1+1", "Anna"]


def test_the_table_knows_the_rare_names() -> None:
    strokes = read_strokes()
    assert all(strokes.get(char) for char in "赵镕孙赟周喆吴堃郑珺王翀陈昇䶮㛃㐱𬱖𡋾𠅤单解仇曾区查朴盖")
    assert (strokes["丁"], strokes["王"], strokes["洪"]) == ("12", "1121", "441122134")
    assert set("".join(strokes.values())) == set("123459")


def test_house_post_pinyin_seat_and_arrival() -> None:
    head = seat("s4", "丙", post="党组书记、局长", pinyin="bing b", place="2排10号")
    deputy = seat("s2", "甲", post="副局长", pinyin="jia j", place="2排9号")
    leader = seat("s3", "丁", post="副县长", category=Category.LEADER, pinyin="ding d")
    office = seat("s1", "乙", post="办公室主任", pinyin="yi y", place="1排1号")
    seats = [head, deputy, leader, office]
    assert names(ordered(seats, Order.HOUSE, FACTS)) == ["乙", "甲", "丁", "丙"]
    assert names(ordered(seats, Order.POST, FACTS)) == ["丁", "丙", "甲", "乙"]
    assert names(ordered(seats, Order.PINYIN, FACTS)) == ["丙", "丁", "甲", "乙"]
    assert names(ordered(seats, Order.SEAT, FACTS)) == ["乙", "甲", "丙", "丁"]
    came = OrderingFacts(arrivals={"s4": moment("14:20"), "s3": moment("14:20") - timedelta(minutes=1)})
    assert names(ordered(seats, Order.ARRIVAL, came)) == ["丁", "丙", "乙", "甲"]
    assert names(ordered(seats, Order.ARRIVAL, FACTS)) == ["乙", "甲", "丁", "丙"]


@pytest.mark.parametrize(
    ("post", "rank"),
    [
        ("镇党委书记", 1),
        ("县委副书记、县长", 2),
        ("局长", 2),
        ("副局长（主持工作）", 3),
        ("常务副县长", 4),
        ("党委委员、副局长", 5),
        ("党组成员、总工程师", 6),
        ("四级调研员", 6),
        ("办公室主任", 6),
        ("记者", 7),
        ("", 7),
    ],
)
def test_posts(post: str, rank: int) -> None:
    assert post_rank(post) == rank
