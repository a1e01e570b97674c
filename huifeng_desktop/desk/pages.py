"""Renders the phone pages from the templates in resources/web: one small file each, no script.

The style sheet is written into the page and named by its hash in the Content-Security-Policy, so
that a phone on a slow hotspot needs one answer only and nothing injected can style or run.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from huifeng_desktop.desk.wording import Phone, spoken_time
from huifeng_desktop.domain.people import Deputy, display_name, normalise_name
from huifeng_desktop.service.ports import DeskMeeting
from huifeng_desktop.service.sign_in import OutcomeCode, SignInOutcome

_NAME_LENGTH = 40
_POST_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Form:
    """What a phone sent in, or the empty form."""

    ticket: str
    name: str = ""
    digits: str = ""
    by_deputy: bool = False
    deputy_name: str = ""
    deputy_post: str = ""

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> Self:
        """The form with names normalised and digits in whatever width and spacing they were typed."""
        return cls(
            ticket=fields.get("ticket", ""),
            name=normalise_name(_clean(fields.get("name", "")))[:_NAME_LENGTH],
            digits=re.sub(r"\s", "", unicodedata.normalize("NFKC", fields.get("digits", "")))[:8],
            by_deputy=fields.get("who") == "deputy",
            deputy_name=normalise_name(_clean(fields.get("deputy_name", "")))[:_NAME_LENGTH],
            deputy_post=_clean(fields.get("deputy_post", ""))[:_POST_LENGTH],
        )

    @property
    def deputy(self) -> Deputy | None:
        """Who came instead, when somebody did."""
        return Deputy(self.deputy_name, self.deputy_post) if self.by_deputy else None

    def missing(self) -> str:
        """What is still to be filled in, as a sentence; "" when the form is complete."""
        if not self.name:
            return Phone.NO_NAME
        if not re.fullmatch(r"[0-9]{4}", self.digits):
            return Phone.NO_DIGITS
        if self.by_deputy and not (self.deputy_name and self.deputy_post):
            return Phone.NO_DEPUTY
        return ""

    def with_ticket(self, ticket: str) -> Form:
        """The same entries under another ticket."""
        return replace(self, ticket=ticket)


class Pages:
    """The three pages: form, result, refusal."""

    def __init__(self, web: Path) -> None:
        style = (web / "phone.css").read_text(encoding="utf-8")
        self._policy = _policy(style)
        self._templates = Environment(
            loader=FileSystemLoader(web), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals["style"] = Markup(style)  # our own file, not input

    def form(self, meeting: DeskMeeting, form: Form, message: str = "", status: int = 200) -> HTMLResponse:
        """The form, with a sentence about what to correct."""
        return self._page("form.html", status, heading=_heading(meeting), form=form, message=message)

    def result(
        self, meeting: DeskMeeting, outcome: SignInOutcome, deputy: Deputy | None, status: int
    ) -> HTMLResponse:
        """The card that says who is signed in, when, and where to sit."""
        return self._page("result.html", status, heading=_heading(meeting), card=_card(outcome, deputy))

    def refusal(self, words: tuple[str, str], status: int, about: str = "会议签到") -> HTMLResponse:
        """A headline and what to do; says nothing about the meeting."""
        return self._page("refusal.html", status, headline=words[0], advice=words[1], about=about)

    def hello(self) -> HTMLResponse:
        """Somebody has typed the desk's address: he has got through."""
        return self._page("hello.html", 200)

    def _page(self, template: str, status: int, **values: Any) -> HTMLResponse:
        html = self._templates.get_template(template).render(values)
        return HTMLResponse(html, status, {"Content-Security-Policy": self._policy})


def _heading(meeting: DeskMeeting) -> dict[str, str]:
    return {"title": meeting.title, "time": spoken_time(meeting.start), "place": meeting.place}


def _card(outcome: SignInOutcome, deputy: Deputy | None) -> dict[str, str]:
    """The words of the result card; of an earlier entry only what the desk knows, not what was typed."""
    came = None if outcome.code is OutcomeCode.ALREADY else deputy
    return {
        "who": display_name(came.name if came else outcome.name),
        "instead_of": outcome.name if came else "",
        "unit": outcome.unit,
        "post": outcome.post,
        "seat": outcome.place,
        "at": f"{outcome.at:%H:%M}" if outcome.at else "",
        "remarks": "；".join(_remarks(outcome, came)),
    }


def _remarks(outcome: SignInOutcome, deputy: Deputy | None) -> list[str]:
    remarks = []
    if outcome.code is OutcomeCode.ALREADY:
        remarks.append("此前已签到，无需重复签到")
    if outcome.late_minutes:
        remarks.append(f"迟到 {outcome.late_minutes} 分钟")
    if deputy is not None:
        remarks.append("代会情况待签到台核实")
    elif outcome.pending:
        remarks.append("待签到台核实")
    return remarks


def _policy(style: str) -> str:
    """No script, no image, no frame; only our own style and forms to ourselves."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def _clean(text: str) -> str:
    """One line without control characters and halves of characters.

    Nothing else is taken away: to this Python the rarest name characters are unassigned.
    """
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Cs")).strip()
