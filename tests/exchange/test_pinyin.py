"""Search keys of names."""

from __future__ import annotations

import pytest

from huifeng_desktop.exchange.pinyin import readings


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("王磊", "wanglei wl"),
        ("欧阳建", "ouyangjian oyj"),
        ("单伟", "shanwei sw danwei dw"),
        ("解明", "xieming xm jieming jm"),
        ("仇英", "qiuying qy chouying cy"),
        ("曾毅", "zengyi zy cengyi cy"),
        ("区志强", "ouzhiqiang ozq quzhiqiang qzq"),
        ("查明", "zhaming zm chaming cm"),
        ("盖伟", "gewei gw gaiwei"),
        ("翟明", "zhaiming zm diming dm"),
        ("单于飞", "chanyufei cyf danyufei dyf"),
        ("买买提·艾则孜", "maimaitiaizezi mmtazz"),
        ("JohnSmith", "johnsmith"),
        ("", ""),
    ],
)
def test_every_reading_people_type(name: str, keys: str) -> None:
    assert readings(name) == keys


@pytest.mark.parametrize("name", ["万俟晓", "尉迟明", "扎西", "㛃㐱", "𬱖伟"])
def test_every_name_has_keys(name: str) -> None:
    assert readings(name).isascii() and readings(name)
