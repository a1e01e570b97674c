"""Renders the phone pages from the templates in resources/web: one small file each.

The style sheet is written into the page and named by its hash in the Content-Security-Policy, so
that a phone on a slow hotspot needs one answer only and nothing injected can style or run. The one
script there is, for a signature drawn by finger, is a file of its own and only asked for where the
meeting wants signatures; without it everything else works.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any, Self, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from huifeng_desktop.desk.wording import Phone, spoken_time
from huifeng_desktop.domain.people import MIDDLE_DOT, Deputy, display_name, normalise_name
from huifeng_desktop.domain.phones import Document
from huifeng_desktop.domain.second_factor import TAIL_LENGTH, is_second_factor
from huifeng_desktop.domain.signature import Signature
from huifeng_desktop.service.door.guests import AgendaLine, Visit
from huifeng_desktop.service.door.sign_in import DeskMeeting, OutcomeCode, SignInOutcome

_Line = TypeVar("_Line")
_NAME_LENGTH = 40
_DIGITS_LENGTH, _WHOLE_NUMBERS = 20, (11, 13)
_POST_LENGTH = 60
_TITLE_LENGTH, _UNIT_LENGTH = 60, 40
_MOST_ITEMS, _ITEM_TAGS, _AGENDA_ROOM = 40, 100, 13_000
_FILE_TAGS, _FILE_LENGTH, _FILES_ROOM = 140, 80, 9_000
"""Numbers of bytes, but for the lengths: together with all else they stay under 30 KB in any writing."""
_BESIDE_THE_TIME, _LARGE_IN_A_LINE = 4, 11
"""How long a name may be on a narrow telephone: beside the time, and in the large type in one line."""
_KILOBYTE = 1024
_NEVER_TYPED = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Categories of what nobody types into a name: controls, formats, halves, ends of lines."""
_NO_BREAK = "\u2060"
_UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Form:
    """What a phone sent in, or the empty form."""

    ticket: str
    name: str = ""
    digits: str = ""
    by_deputy: bool = False
    deputy_name: str = ""
    deputy_post: str = ""
    signature: str = ""

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> Self:
        """The form with names normalised and digits in whatever width and spacing they were typed."""
        return cls(
            ticket=fields.get("ticket", ""),
            name=normalise_name(_clean(fields.get("name", "")))[:_NAME_LENGTH],
            digits=_ending(re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", fields.get("digits", "")))),
            by_deputy=fields.get("who") == "deputy",
            deputy_name=normalise_name(_clean(fields.get("deputy_name", "")))[:_NAME_LENGTH],
            deputy_post=_clean(fields.get("deputy_post", ""))[:_POST_LENGTH],
            signature=_signature(fields.get("signature", "")),
        )

    @property
    def deputy(self) -> Deputy | None:
        """Who came instead, when somebody did."""
        return Deputy(self.deputy_name, self.deputy_post) if self.by_deputy else None

    def missing(self) -> str:
        """What is still to be filled in, as a sentence; "" when the form is complete."""
        if not self.name:
            return Phone.NO_NAME
        if not is_second_factor(self.digits):
            return Phone.NO_DIGITS
        if self.by_deputy and not (self.deputy_name and self.deputy_post):
            return Phone.NO_DEPUTY
        return ""

    def with_ticket(self, ticket: str) -> Form:
        """The same entries under another ticket."""
        return replace(self, ticket=ticket)


class Pages:
    """The pages: the form, a person's own page, the wait for a word, refusals."""

    def __init__(self, web: Path) -> None:
        style = (web / "phone.css").read_text(encoding="utf-8")
        self._policy, self._policy_with_script = _policy(style), _policy(style, "script-src 'self'; ")
        self._templates = Environment(
            loader=FileSystemLoader(web),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            auto_reload=False,  # the files are the program's own: no look at them for every page
        )
        self._templates.globals["style"] = Markup(style)  # our own file, not input
        self._place_of_ticket = secrets.token_hex()
        self._blank: list[str] = []
        self._blank_of: tuple[DeskMeeting, bool] | None = None
        self._agenda = Markup()
        self._agenda_of: Sequence[AgendaLine] = ()

    def form(
        self,
        meeting: DeskMeeting,
        form: Form,
        message: str = "",
        status: int = 200,
        *,
        has_pass: bool = False,
    ) -> HTMLResponse:
        """The form, with a sentence about what to correct."""
        policy = self._policy_with_script if meeting.asks_signature else self._policy
        is_blank = not message and form == Form(form.ticket)
        fill = self._blank_form if is_blank else self._form
        return _answer(fill(meeting, form, message, has_pass), status, policy)

    def _blank_form(self, meeting: DeskMeeting, form: Form, message: str, has_pass: bool) -> str:
        """The form as everybody gets it first: made once for all of a meeting, but for the ticket."""
        if self._blank_of != (meeting, has_pass):
            page = self._form(meeting, Form(self._place_of_ticket), message, has_pass)
            self._blank, self._blank_of = page.split(self._place_of_ticket), (meeting, has_pass)
        return str(escape(form.ticket)).join(self._blank)

    def _form(self, meeting: DeskMeeting, form: Form, message: str, has_pass: bool) -> str:
        return self._render(
            "form.html",
            heading=_heading(meeting),
            form=form,
            message=message,
            has_pass=has_pass,
            has_pins=meeting.has_pins,
            asks_signature=meeting.asks_signature,
        )

    def guest(
        self, meeting: DeskMeeting, visit: Visit, outcome: SignInOutcome | None = None, status: int = 200
    ) -> HTMLResponse:
        """The own page of somebody who is signed in: when, where to sit, agenda, documents."""
        return self._page(
            "guest.html",
            status,
            heading=_heading(meeting),
            card=_card(visit, outcome),
            agenda=self._agenda_part(visit.agenda),
            documents=[_listed(one) for one in _fitting(visit.documents, _FILES_ROOM, _bytes_of_file)],
        )

    def _agenda_part(self, agenda: Sequence[AgendaLine]) -> Markup:
        """The agenda as it stands on everybody's page: made anew only when it has changed."""
        if self._agenda_of != agenda:
            short = [_shortened(one) for one in agenda[:_MOST_ITEMS]]
            shown = _fitting(short, _AGENDA_ROOM, _bytes_of_item)
            more = len(agenda) - len(shown)
            self._agenda = Markup(self._render("agenda.html", agenda=shown, more=more))
            self._agenda_of = agenda
        return self._agenda

    def waiting(self, meeting: DeskMeeting, visit: Visit, status: int = 200) -> HTMLResponse:
        """Proposed: the page looks again by itself until a person has confirmed."""
        return self._page("waiting.html", status, heading=_heading(meeting), card=_card(visit, None))

    def refusal(
        self,
        words: tuple[str, str],
        status: int,
        about: str = "会议签到",
        again: str = "",
        *,
        has_pass: bool = False,
    ) -> HTMLResponse:
        """A headline and what to do; says nothing about the meeting.

        `again`: after how many seconds the page looks again, and where if elsewhere ("5;url=/s/me").
        `has_pass`: this telephone was used for an entry, whose page it is led to.
        """
        values = {"headline": words[0], "advice": words[1], "about": about, "again": again}
        return self._page("refusal.html", status, has_pass=has_pass, **values)

    def too_many(self, retry_after: int) -> HTMLResponse:
        """Tried too often, and for how many seconds to leave it alone."""
        headline, advice = Phone.TOO_MANY
        answer = self.refusal((headline, advice.format(seconds=retry_after)), 429)
        answer.headers["Retry-After"] = str(retry_after)
        return answer

    def hello(self) -> HTMLResponse:
        """Somebody has typed the desk's address: he has got through."""
        return self._page("hello.html", 200)

    def _page(self, template: str, status: int, **values: Any) -> HTMLResponse:
        return _answer(self._render(template, **values), status, self._policy)

    def _render(self, template: str, **values: Any) -> str:
        return self._templates.get_template(template).render(values)


def _answer(html: str, status: int, policy: str) -> HTMLResponse:
    return HTMLResponse(html, status, {"Content-Security-Policy": policy})


def _heading(meeting: DeskMeeting) -> dict[str, str]:
    return {
        "title": _short(meeting.title, _TITLE_LENGTH),
        "time": spoken_time(meeting.start),
        "place": _short(meeting.place, _TITLE_LENGTH),
    }


def _card(visit: Visit, outcome: SignInOutcome | None) -> dict[str, str | bool]:
    """The words of the card: what the desk knows, not what was typed."""
    who = visit.deputy or visit.name
    return {
        "who": _unbroken(display_name(who)),
        "is_long": len(who) > _BESIDE_THE_TIME,
        "is_longest": len(who) > _LARGE_IN_A_LINE,
        "instead_of": _unbroken(visit.name) if visit.deputy else "",
        "unit": _short(visit.unit, _UNIT_LENGTH),
        "post": _short(visit.post, _POST_LENGTH),
        "seat": _short(visit.place, _UNIT_LENGTH),
        "at": f"{visit.at.astimezone():%H:%M}" if visit.at else "",
        "notes": "　".join(_notes(visit, outcome)),
        "remarks": "；".join(_remarks(visit, outcome)),
    }


def _notes(visit: Visit, outcome: SignInOutcome | None) -> list[str]:
    """What is in order."""
    approved = visit.deputy and not (outcome is not None and outcome.pending)
    notes = ["代会已按请假批准"] if approved and outcome is not None else []
    return [*notes, "已手写签名"] if visit.has_signature else notes


def _remarks(visit: Visit, outcome: SignInOutcome | None) -> list[str]:
    """What the person should know or do."""
    remarks = []
    if outcome is not None and outcome.code is OutcomeCode.ALREADY:
        remarks.append("此前已签到，无需重复签到")
    if outcome is not None and outcome.late_minutes:
        remarks.append(f"迟到 {outcome.late_minutes} 分钟")
    if outcome is not None and outcome.pending:
        remarks.append("代会情况待签到台核实" if visit.deputy else "请到签到台核实本人到会")
    return remarks


def _unbroken(name: str) -> str:
    """A name of which no line ends or begins at its dot."""
    return _short(name, _NAME_LENGTH).replace(MIDDLE_DOT, f"{_NO_BREAK}{MIDDLE_DOT}{_NO_BREAK}")


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _shortened(line: AgendaLine) -> AgendaLine:
    return replace(line, title=_short(line.title, _TITLE_LENGTH), unit=_short(line.unit, _UNIT_LENGTH))


def _fitting(lines: Sequence[_Line], room: int, bytes_of: Callable[[_Line], int]) -> Sequence[_Line]:
    """The first of these that go into so many bytes."""
    used = list(accumulate(bytes_of(one) for one in lines))
    return lines[: sum(1 for size in used if size <= room)]


def _bytes_of_item(line: AgendaLine) -> int:
    return len(escape(line.title + line.unit).encode()) + _ITEM_TAGS


def _bytes_of_file(document: Document) -> int:
    return len(escape(_short(document.name, _FILE_LENGTH)).encode()) + _FILE_TAGS


def _listed(document: Document) -> dict[str, str]:
    """A document as the page lists it."""
    kilobytes = max(1, round(document.size / _KILOBYTE))
    size = f"{kilobytes} KB" if kilobytes < _KILOBYTE else f"{kilobytes / _KILOBYTE:.1f} MB"
    return {"document_id": document.document_id, "name": _short(document.name, _FILE_LENGTH), "size": size}


def _policy(style: str, script: str = "") -> str:
    """No image, no frame, nothing inline but our own style; forms only to ourselves."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; {script}style-src 'sha256-{digest}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def _ending(digits: str) -> str:
    """What was typed; of a whole telephone or badge number its tail, which is what was asked for."""
    is_whole = len(digits) in _WHOLE_NUMBERS and digits.isdecimal()
    return digits[-TAIL_LENGTH:] if is_whole else digits[:_DIGITS_LENGTH]


def _signature(text: str) -> str:
    """What was drawn; "" for anything that is no signature."""
    return text if Signature.parse(text) is not None else ""


def _clean(text: str) -> str:
    """One line without control characters and halves of characters; "" for what was no UTF-8.

    Nothing else is taken away: to this Python the rarest name characters are unassigned.
    """
    if _UNREADABLE in text:
        return ""
    return "".join(char for char in text if unicodedata.category(char) not in _NEVER_TYPED).strip()
