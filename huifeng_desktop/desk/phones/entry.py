"""`/s`: the pages that people see who scan the projected code. Plain forms that need no script.

A person proves who he is by full name and a second thing; whichever is wrong, the answer is the
same, so that the roster can neither be listed nor guessed. A cookie names the telephone, so that a
second name from it is seen; it refuses nobody.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from huifeng_desktop.clock import Clock
from huifeng_desktop.desk.http.guard import client_address, is_own_origin, read_body
from huifeng_desktop.desk.http.limits import RateLimit
from huifeng_desktop.desk.phones.codes import CodeSigner, Ticket, TicketBook
from huifeng_desktop.desk.phones.guest import GuestPages, Holder, PassDesk
from huifeng_desktop.desk.phones.pages import Form, Pages
from huifeng_desktop.desk.phones.passes import Passes
from huifeng_desktop.desk.wording import Phone
from huifeng_desktop.desk.writer import GroupCommitWriter
from huifeng_desktop.domain.people import name_key
from huifeng_desktop.service.door.guests import Standing, Visit
from huifeng_desktop.service.door.sign_in import (
    Candidate,
    DeskMeeting,
    Method,
    OutcomeCode,
    SignInOutcome,
    SignInRequest,
)
from huifeng_desktop.service.registrar import Registrar

_MAX_FIELDS = 20


@dataclass(slots=True)
class PhoneGate:
    """Whether phones may sign in; the window opens and closes it."""

    is_open: bool = True


class PhoneLimits:
    """How often one address and one person may fail; many phones can share one address.

    Only what went wrong is counted, so the slips of a whole hall behind one address fit in the first 300;
    after those an address waits as a guesser has to, of whom ten thousand tails must not be had in a day.
    """

    def __init__(self) -> None:
        self.pages = RateLimit(burst=600, per_second=50)
        self._addresses = RateLimit(burst=300, per_second=1 / 5)
        self._persons = RateLimit(burst=8, per_second=1 / 30)

    def take(self, address: str, person: str, now: float) -> bool:
        """Book one attempt as failed before it is made, so that attempts side by side count too."""
        if not (self._addresses.has_room(address, now) and self._persons.has_room(person, now)):
            return False
        return self._addresses.take(address, now) and self._persons.take(person, now)

    def give_back(self, address: str, person: str, now: float) -> None:
        """The attempt went well after all."""
        self._addresses.give_back(address, now)
        self._persons.give_back(person, now)

    def note_repeat(self, person: str, now: float) -> None:
        """An entry that brought nothing new; each leaves a line in the log, so they are not without end."""
        self._persons.take(person, now)

    def retry_after(self, address: str, person: str, now: float) -> int:
        """Seconds until `take` may succeed."""
        return max(self._addresses.retry_after(address, now), self._persons.retry_after(person, now))


class PhoneDoor:
    """From the scanned code to the answer on the phone's screen."""

    def __init__(
        self,
        writer: GroupCommitWriter,
        *,
        codes: CodeSigner,
        tickets: TicketBook,
        pages: Pages,
        gate: PhoneGate,
        clock: Clock,
    ) -> None:
        self._writer = writer
        self._codes = codes
        self._tickets = tickets
        self._pages = pages
        self._gate = gate
        self._clock = clock
        self._limits = PhoneLimits()
        self._passes = PassDesk(writer)
        self._guests = GuestPages(writer, self._passes, pages, clock)

    def routes(self) -> list[Route]:
        """Where the pages are."""
        return [
            Route("/s/sign-in", self.sign_in, methods=["POST"]),
            *self._guests.routes(),
            Route("/s/{code}", self.open_form, methods=["GET"]),
        ]

    async def open_form(self, request: Request) -> Response:
        """Swap a projected code for a one-use ticket inside a fresh form, and name the telephone."""
        address, now = client_address(request), self._now()
        if not self._gate.is_open:
            return self._pages.refusal(Phone.CLOSED, 403)
        if not self._limits.pages.take(address, now):
            return self._pages.too_many(self._limits.pages.retry_after(address, now))
        if not self._codes.accepts(request.path_params["code"], now):
            return await self._stale(request, Phone.STALE_CODE)
        meeting = await self._writer.meeting()
        if not meeting.is_open:
            return self._pages.refusal(Phone.NOT_OPEN, 409)
        holder = await self._passes.holder(request)
        has_pass = bool(holder.seat_id)
        page = self._pages.form(meeting, Form(ticket=self._tickets.issue(now)), has_pass=has_pass)
        if not holder.device:
            await self._passes.give(page, Holder(Passes.new_device()))
        return page

    async def sign_in(self, request: Request) -> Response:
        """Take the filled-in form."""
        if not self._gate.is_open:
            return self._pages.refusal(Phone.CLOSED, 403)
        if not is_own_origin(request):
            return self._pages.refusal(Phone.WRONG_PAGE, 403)
        form = _form_of(await read_body(request))
        ticket = self._tickets.read(form.ticket, self._now())
        if ticket is None:
            return await self._stale(request, Phone.STALE_TICKET)
        if sentence := form.missing():
            return self._pages.form(await self._writer.meeting(), form, sentence, 422)
        return await self._try(request, ticket, form)

    async def _try(self, request: Request, ticket: Ticket, form: Form) -> Response:
        """Look for the person, within the limits of this address and this name."""
        address = client_address(request)
        now, person = self._now(), name_key(form.name)
        if not self._limits.take(address, person, now):
            return self._pages.too_many(self._limits.retry_after(address, person, now))
        if not self._tickets.use(ticket, _fingerprint(form), now):
            return await self._stale(request, Phone.USED_TICKET)
        found = await self._writer.find(form.name, form.digits)
        if not found:
            return await self._again(ticket, form)
        self._limits.give_back(address, person, now)
        if len(found) > 1:
            return self._pages.refusal(Phone.ASK_DESK, 409)
        return await self._register(request, found[0], ticket, form)

    async def _register(self, request: Request, person: Candidate, ticket: Ticket, form: Form) -> Response:
        """Enter the person, on disk before the answer, and let the telephone keep who it is."""
        known = (await self._passes.holder(request)).device
        device = known or Passes.new_device()
        entry = _request(person, device, ticket, form)
        outcome, seen = await self._writer.register_then(entry, _seen_after)
        if outcome.code is not OutcomeCode.SIGNED_IN:
            self._limits.note_repeat(name_key(form.name), self._now())
        if outcome.code is OutcomeCode.NOT_OPEN:
            return self._pages.refusal(Phone.NOT_OPEN, 409)
        if not outcome.is_durable:
            return self._pages.refusal(Phone.ASK_DESK, 409)
        if seen is None:  # the entry is on disk, and nobody may be told otherwise
            page: Response = self._pages.refusal(Phone.KEPT, 202, again="5;url=/s/me")
        else:
            page = self._page_for(outcome, *seen)
        await self._passes.give(page, Holder(device, outcome.seat_id), knows_device=bool(known))
        return page

    async def _again(self, ticket: Ticket, form: Form) -> Response:
        """The same form with a new ticket, as long as corrections are left."""
        if ticket.tries == 0:
            return self._pages.refusal(Phone.STALE_TICKET, 410)
        renewed = form.with_ticket(self._tickets.issue(self._now(), ticket.tries - 1))
        return self._pages.form(await self._writer.meeting(), renewed, Phone.NOT_FOUND, 422)

    def _page_for(self, outcome: SignInOutcome, meeting: DeskMeeting, visit: Visit) -> Response:
        """The person's own page, or the wait for a word."""
        if refusal := self._guests.closed(visit):
            return refusal
        if visit.standing is Standing.WAITING:
            return self._pages.waiting(meeting, visit, 202)
        status = 201 if outcome.code is OutcomeCode.SIGNED_IN else 200
        return self._pages.guest(meeting, visit, outcome, status)

    async def _stale(self, request: Request, words: tuple[str, str]) -> Response:
        """A code or a page of earlier; who was entered with this telephone need not scan for the result."""
        has_pass = self._passes.may_hold(request) and bool((await self._passes.holder(request)).seat_id)
        return self._pages.refusal(words, 410, has_pass=has_pass)

    def _now(self) -> float:
        return self._clock.reading().mono


def _seen_after(registrar: Registrar, outcome: SignInOutcome) -> tuple[DeskMeeting, Visit]:
    """What the page after the sign-in shows."""
    return registrar.meeting(), registrar.guests.visit(outcome.seat_id)


def _request(person: Candidate, device: str, ticket: Ticket, form: Form) -> SignInRequest:
    """What the door is asked; a form sent twice is one entry by its ticket."""
    return SignInRequest(
        nonce=f"phone-{ticket.ident}",
        seat_id=person.seat_id,
        method=Method.PHONE,
        station="phone",
        deputy=form.deputy,
        device=device,
        signature=form.signature,
    )


def _form_of(body: bytes) -> Form:
    """The fields of an urlencoded body; anything unreadable counts as not filled in."""
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MAX_FIELDS)
    except ValueError:
        pairs = []
    return Form.from_fields(dict(pairs))


def _fingerprint(form: Form) -> str:
    """What a ticket was used for; not readable, so that no names stay in memory."""
    deputy = form.deputy
    parts = (name_key(form.name), form.digits, deputy.name if deputy else "", form.signature)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
