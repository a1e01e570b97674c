"""A leave told in one line: what is understood, and what is asked back."""

from __future__ import annotations

import pytest

from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category, Deputy, Seat
from huifeng_desktop.service.door.leave_line import read_leave_line

_SEATS = [
    Seat("s1", 1, "县财政局", "赵镕", "局长", pinyin="zhaorong zr"),
    Seat("s2", 2, "县水利局", "李伟", "副局长", pinyin="liwei lw"),
    Seat("s3", 3, "柳渡镇", "李伟", "镇长", pinyin="liwei lw"),
    Seat("s4", 4, "县档案馆", "", "馆长", Category.VACANT),
]


def test_everything_in_one_line() -> None:
    said = read_leave_line("柳渡镇 李伟 因公 韩立民批 口头 代：王 五 副镇长".replace("王 五", "王五"), _SEATS)
    assert said.is_clear and said.seat is _SEATS[2]
    assert (said.reason, said.approval, said.approved_by) == ("因公", Approval.ORAL, "韩立民")
    assert said.deputy == Deputy("王五", "副镇长")


@pytest.mark.parametrize(
    ("text", "approval", "by"),
    [
        ("赵镕 因病", Approval.ORAL, ""),
        ("赵镕，因病，韩立民批", Approval.APPROVED, "韩立民"),
        ("赵镕 病 由韩立民批准", Approval.APPROVED, "韩立民"),
        ("zr 未批", Approval.NOT_APPROVED, ""),
    ],
)
def test_who_approved(text: str, approval: Approval, by: str) -> None:
    said = read_leave_line(text, _SEATS)
    assert said.seat is _SEATS[0] and (said.approval, said.approved_by) == (approval, by)


def test_namesakes_and_strangers_are_asked_about() -> None:
    assert "有 2 人" in read_leave_line("李伟 因公", _SEATS).doubts[0]
    assert read_leave_line("水利 李伟 因公", _SEATS).seat is _SEATS[1]
    assert read_leave_line("孙八 因公", _SEATS).doubts == ("名单里没有“孙八”",)
    assert not read_leave_line("赵镕 因公 代", _SEATS).is_clear
    assert read_leave_line("", _SEATS).doubts == ()


def test_of_namesakes_it_says_first_what_to_add() -> None:
    seats = [
        Seat("s1", 1, "县水利局", "李伟", "局长"),
        Seat("s2", 2, "柳渡镇", "李伟", "镇长"),
        Seat("s3", 3, "县残联", "王磊", "理事长"),
        Seat("s4", 4, "县残联", "王磊", "副理事长"),
    ]
    assert read_leave_line("李伟 因公", seats).doubts == ("“李伟”有 2 人，请写明单位：县水利局、柳渡镇",)
    assert read_leave_line("王磊 因公", seats).doubts == ("“王磊”有 2 人，请写明职务：理事长、副理事长",)
    many = [Seat(f"s{n}", n, f"第{n}局", "李伟") for n in range(1, 7)]
    assert read_leave_line("李伟", many).doubts[0].endswith("第1局、第2局、第3局、第4局等")
