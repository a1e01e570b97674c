"""Every piece of evidence that the rules can state has a Chinese sentence of its own."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from huifeng_desktop import rules
from huifeng_desktop.rules.verdict import Reason
from huifeng_desktop.wording import reason_sentence

AT = datetime(2026, 3, 12, 14, 41).astimezone()
DETAIL = {
    "name": "王磊",
    "unit": "县水利局",
    "post": "副局长",
    "at": AT - timedelta(minutes=3),
    "by": "刘芳",
    "entered_at": AT + timedelta(hours=2),
    "method": "badge",
    "minutes": 11,
    "off_s": 3600.0,
    "reason": "因公",
    "approved_by": "张县长",
    "decision": "excused",
}
CODES = sorted(
    {
        code
        for source in Path(rules.__file__).parent.glob("*.py")
        for code in re.findall(r'\bReason\(\s*"(\w+)"', source.read_text("utf-8"))
    }
    | {"left_early"}  # named apart from the reason it becomes
)


@pytest.mark.parametrize("code", CODES)
def test_every_code_of_the_rules_is_said_in_chinese(code: str) -> None:
    sentence = reason_sentence(Reason(code, "e", AT, DETAIL))
    assert re.search(r"[\u4e00-\u9fff]", sentence)
    assert not re.search(r"[{}]|None|[a-z]{3}", sentence)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("late", "迟到 11 分钟"),
        ("left_early", "14:41 离场，早退 11 分钟"),
        ("vouched", "14:41 刘芳核实本人在场"),
        ("device_shared", "这部手机 14:38 已为县水利局王　磊签到"),
        ("deputy_refused", "14:41 副局长王　磊到会，未经批准"),
    ],
)
def test_what_it_says(code: str, sentence: str) -> None:
    assert reason_sentence(Reason(code, "e", AT, DETAIL)) == sentence
