"""Words in cells: yes and no, categories, approvals, telephone numbers.

A parser returns the value or raises `CellProblem` with the sentence for the user; a blank cell is
the caller's business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TypeVar

from huifeng_desktop.domain.imported import Approval, ProblemCode
from huifeng_desktop.domain.people import Category

ValueT = TypeVar("ValueT")


class CellProblem(ValueError):
    """A cell that cannot be taken; `str(problem)` says what is wrong and what to do."""

    def __init__(self, code: ProblemCode, text: str) -> None:
        super().__init__(text)
        self.code = code


def plain_key(text: str) -> str:
    """Text with width, case and every space levelled out, for looking words up."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _lexicon(words: Mapping[ValueT, str]) -> dict[str, ValueT]:
    return {plain_key(word): value for value, row in words.items() for word in row.split()}


_YES_NO = _lexicon(
    {
        True: "是 有 在 在场 到 已到 √ ✓ ✔ ☑ v y yes true 1 准 准予 准许 同意 批准 已批 已批准 可 允许 o ○ ●",
        False: "否 无 不在 不在场 未到 离场 × ✗ ✘ x n no false 0 不准 不同意 未批 未批准 未准 不批 擅自 没有",
    }
)
_CATEGORIES = _lexicon(
    {
        Category.LEADER: "县领导 领导 市领导 区领导 镇领导 出席领导 与会领导 主席台领导 领导干部",
        Category.MEMBER: "出席 参会 参加 正式 与会 正式代表 出席人员 参会人员 与会人员 正式参会 代表 应到",
        Category.OBSERVER: "列席 列席人员 旁听 旁听人员 特邀 列席代表",
        Category.STAFF: "工作人员 会务 会务人员 服务人员 工作 记者 媒体 会务工作人员 随行人员 随行",
        Category.VACANT: "空缺",
    }
)
_APPROVALS = _lexicon(
    {
        Approval.APPROVED: "已批 已批准 批准 同意 已同意 准 准假 准予 已准 是 √ ✓ ✔ 已审批 通过 书面",
        Approval.NOT_APPROVED: "未批 未批准 不同意 不批 不准 否 × ✗ x 未审批 待批 未同意 驳回 待审批",
        Approval.ORAL: "口头 口头批准 口头同意 已口头同意 口头请假 电话 电话同意 电话请假 待补 口头已批",
    }
)

_PHONE_MARKS = re.compile(r"[\s\-—–()+.]+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d+")
_IDENTITY_NUMBER = re.compile(r"\d{17}[\dx]", re.IGNORECASE)
_SICKNESS = re.compile(
    r"病|住院|手术|就医|看诊|门诊|体检|治疗|疗养"
    r"|发烧|发热|骨折|医院|化疗|透析|产检|流感|不适"
)


def parse_yes_no(text: str) -> bool:
    """是/否 in the ways people tick a list."""
    value = _YES_NO.get(plain_key(text))
    if value is None:
        raise CellProblem(ProblemCode.UNREADABLE, f"“{text}”看不懂，请填是或否")
    return value


def parse_category(text: str) -> Category:
    """身份 in words."""
    value = _CATEGORIES.get(plain_key(text))
    if value is None:
        raise CellProblem(ProblemCode.UNREADABLE, f"身份“{text}”不认识，请填县领导、出席、列席或工作人员")
    return value


def parse_approval(text: str) -> Approval:
    """审批 in words."""
    value = _APPROVALS.get(plain_key(text))
    if value is None:
        raise CellProblem(ProblemCode.UNREADABLE, f"审批“{text}”看不懂，请填已批、未批或口头")
    return value


def parse_phone(text: str) -> str:
    """The digits of one telephone number; the country's own prefix 86 before a mobile goes."""
    if _SCIENTIFIC.fullmatch(plain_key(text)):
        sentence = "科学记数丢了后几位，没有读入，请补"
        raise CellProblem(ProblemCode.LOST_CHARACTER, sentence)
    digits = _PHONE_MARKS.sub("", unicodedata.normalize("NFKC", text))
    if _IDENTITY_NUMBER.search(digits):
        raise CellProblem(ProblemCode.CONFLICT, "像身份证号，不读入；请改成电话")
    if not (digits.isascii() and digits.isdigit()):
        raise CellProblem(ProblemCode.UNREADABLE, "电话不是数字，请核对")
    return digits[2:] if len(digits) == 13 and digits.startswith("861") else digits


def plain_reason(text: str) -> str:
    """A leave reason without particulars of health, which are never stored (DOMAIN.md §9)."""
    return "因病" if _SICKNESS.search(text) else text
