"""Names in whatever mixture of syllables and initials they are typed."""

from __future__ import annotations

import pytest

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.pinyin import readings
from huifeng_desktop.service.door.search import SearchIndex, narrowing, search_text
from huifeng_desktop.service.door.spelling import spelled_out

_NAMES = (
    *("崔志刚", "张文山", "单国庆", "翟天明", "区文华", "张爱国", "王安宁", "万俟晓"),
    "阿布都热依木·阿布都克里木",
)
_SEATS = [Seat(f"s{n}", n, "县局", name, pinyin=readings(name)) for n, name in enumerate(_NAMES, 1)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("cuizg", "崔志刚"),
        ("CUIZG", "崔志刚"),
        ("zhangws", "张文山"),
        ("zwshan", "张文山"),
        ("zhangwsh", "张文山"),
        ("shangq", "单国庆"),
        ("dangq", "单国庆"),
        ("zhaitm", "翟天明"),
        ("ditm", "翟天明"),
        ("ouwh", "区文华"),
        ("quwh", "区文华"),
        ("zhangaig", "张爱国"),
        ("wanganing", "王安宁"),
        ("wangann", "王安宁"),
        ("moqx", "万俟晓"),
        ("abdry", "阿布都热依木·阿布都克里木"),
        ("uizg", None),
        ("cuigz", None),
        ("cuizgh", None),
    ],
)
def test_syllables_and_initials_mix(typed: str, name: str | None) -> None:
    found = [seat.name for seat in SearchIndex(_SEATS).find(typed)]
    is_meant = narrowing(typed)
    assert found == ([name] if name else [])
    assert [seat.name for seat in _SEATS if is_meant(search_text(seat))] == found


def test_a_whole_reading_goes_before_a_mixed_one() -> None:
    seats = [
        Seat("s1", 1, "县局", "王爱宁", pinyin=readings("王爱宁")),
        Seat("s2", 2, "县局", "王安", pinyin=readings("王安")),
    ]
    assert [seat.seat_id for seat in SearchIndex(seats).find("wangan")] == ["s2", "s1"]


@pytest.mark.parametrize(
    ("stored", "lines"),
    [
        ("zhangaiguo zag", "\n'zhang'ai'guo"),
        ("xian xa", "\n'xi'an"),
        ("wangang wg", "\n'wan'gang"),
        ("wangang wa", "\n'wang'ang"),
        ("gezhonghua gzh gaizhonghua", "\n'ge'zhong'hua\n'gai'zhong'hua"),
        ("li", ""),
        ("", ""),
        ("john j1", ""),
    ],
)
def test_the_initials_tell_where_a_syllable_begins(stored: str, lines: str) -> None:
    assert spelled_out(stored.split()) == lines
