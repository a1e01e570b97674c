"""请假单, blank: the meeting is filled in, the rest is for the pen; reasons by kind only.

The form is plain rows; `small_documents` writes it as DOCX, this module draws it as a page.
"""

from __future__ import annotations

from collections.abc import Sequence

from huifeng_desktop.exchange.papers.setting.paper import clean, when_words
from huifeng_desktop.service.printed.marks import Align, Box, Face, Mark, Page, Text
from huifeng_desktop.service.session import MeetingSession

TITLE = "会议请假单"
TEXT_WIDTH_MM = 210.0 - 28 - 26
LABEL_MM = 28.0
WIDTHS_MM = (LABEL_MM, TEXT_WIDTH_MM / 2 - LABEL_MM, LABEL_MM, TEXT_WIDTH_MM / 2 - LABEL_MM)
ROW_MM, OPINION_MM = 11.0, 27.0
_LEFT, _TOP, _PAD = 28.0, 37.0, 1.5

FormRow = tuple[str, str, str | None, str | None]
"""Label and field, twice; None joins a cell with the one at its left."""


def form_rows(session: MeetingSession) -> list[FormRow]:
    """What is asked for."""
    plan = session.plan
    return [
        ("会议名称", plan.title, None, None),
        ("会议时间", when_words(plan.start), None, None),
        ("会议地点", plan.place, None, None),
        ("请假人", "", "职　　务", ""),
        ("单　　位", "", None, None),
        ("事　　由", "□ 因公　　□ 因病　　□ 其他", None, None),
        ("代会人", "", "职　　务", ""),
        ("联系电话", "", "派人代会", "□ 是　□ 否"),
    ]


def opinion_rows() -> list[tuple[str, str]]:
    """Who signs."""
    opinion = "签名（盖章）：" + "　" * 9 + "年　　月　　日"
    return [("单位意见", opinion), ("审批意见", opinion)]


def note(session: MeetingSession) -> str:
    """To whom, and until when."""
    until = session.plan.convener or "会议召集单位"
    return f"注：须于会前书面报{until}批准；口头请假的，应按规定期限补办手续。"


def leave_form_page(session: MeetingSession) -> Page:
    """The form on a page of A4."""
    marks: list[Mark] = [Text(_LEFT, _TOP, TEXT_WIDTH_MM, 12, TITLE, 22, Face.TITLE)]
    y = _TOP + 22
    for row in form_rows(session):
        marks += _row(y, ROW_MM, WIDTHS_MM, row)
        y += ROW_MM
    for pair in opinion_rows():
        marks += _row(y, OPINION_MM, (LABEL_MM, TEXT_WIDTH_MM - LABEL_MM), pair)
        y += OPINION_MM
    words = clean(note(session))
    marks.append(Text(_LEFT, y + 3, TEXT_WIDTH_MM, 16, words, 14, Face.BODY, Align.LEFT, wraps=True))
    return Page(210, 297, tuple(marks))


def _row(top: float, high: float, widths: Sequence[float], cells: Sequence[str | None]) -> list[Mark]:
    marks: list[Mark] = []
    left = _LEFT
    for place, (text, width) in enumerate(zip(cells, widths, strict=True)):
        if text is not None:
            joined = width
            for other, more in zip(cells[place + 1 :], widths[place + 1 :], strict=True):
                if other is not None:
                    break
                joined += more
            box = (left + _PAD, top, joined - 2 * _PAD, high)
            align = Align.LEFT if place == 1 else Align.CENTRE
            marks += [Box(left, top, joined, high, 0.25)]
            marks += [Text(*box, clean(text), 14, Face.BODY, align, wraps=True)] if text else []
        left += width
    return marks
