"""The OpenAPI 3.1 description of the desk's API; a test holds the real answers against it."""

from __future__ import annotations

from functools import cache
from typing import Any

from huifeng_desktop import __version__
from huifeng_desktop.desk.messages import ANY_TEXT, NONCE_LENGTH, SOME_TEXT, TEXT_LENGTH
from huifeng_desktop.service.door.sign_in import Movement

_Schema = dict[str, Any]

_COUNTS = (
    "expected",
    "present",
    "in_person",
    "approved_deputy",
    "unapproved_substitute",
    "on_leave",
    "absent",
    "late",
    "left_early",
    "leave_all",
    "observers",
    "observers_present",
    "staff",
    "pending",
)


@cache
def document() -> _Schema:
    """The whole document. Phones are left out: their pages are for people."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "会风 Desktop 签到台", "version": __version__},
        "paths": {
            "/api/sign-ins": {"post": _sign_in()},
            "/api/summary": {"get": _summary()},
            "/healthz": {"get": _open_get("Whether the desk runs", "Health")},
            "/openapi.json": {"get": _open_get("This document", "Document")},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _sign_in() -> _Schema:
    return {
        "summary": "Register one movement through the door",
        "description": "The same nonce always gets the same outcome again. 200 and 201 are on disk.",
        "operationId": "signIn",
        "security": [{"token": []}],
        "requestBody": {"required": True, "content": _json("SignIn")},
        "responses": {
            "201": _answer("Signed in, left or returned", "Entry"),
            "200": _answer("Had signed in before", "Already"),
            "403": _answer("Asked by a web page of somebody else", "Problem"),
            "404": _answer("No seat has this badge", "Refusal"),
            "409": _answer("Sign-in is closed, the post is vacant, or nobody to leave or return", "Refusal"),
            "413": _answer("Body over 16 KiB", "Problem"),
            "422": _answer("Malformed request", "Problem"),
            **_common(),
        },
    }


def _summary() -> _Schema:
    return {
        "summary": "The totals of the meeting",
        "operationId": "summary",
        "security": [{"token": []}],
        "responses": {"200": _answer("Totals", "Totals"), **_common()},
    }


def _open_get(summary: str, schema: str) -> _Schema:
    answers = {"200": _answer(summary, schema), "400": _answer("Wrong Host header", "Problem")}
    return {"summary": summary, "security": [], "responses": answers}


def _common() -> _Schema:
    wait = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 1}}}
    return {
        "400": _answer("Wrong Host header", "Problem"),
        "401": _answer("No valid token", "Problem"),
        "429": {**_answer("Too many failures from this address", "Problem"), "headers": wait},
        "500": _answer("A bug; nothing was recorded", "Problem"),
        "503": {
            **_answer(
                "The file is held by another program, or the desk is full; nothing recorded", "Problem"
            ),
            "headers": wait,
        },
        "507": {**_answer("The disk is full; nothing recorded", "Problem"), "headers": wait},
    }


def _answer(description: str, schema: str) -> _Schema:
    return {"description": description, "content": _json(schema)}


def _json(schema: str) -> _Schema:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _schemas() -> _Schema:
    text = {"type": "string"}
    return {
        "SignIn": _sign_in_schema(),
        "Entry": _entry(["signed_in", "left", "returned"], "at"),
        "Already": _entry(["already"], "first_at"),
        "Refusal": _object(
            {
                "outcome": {"enum": ["unknown_badge", "unknown_person", "not_open", "not_in", "vacant"]},
                **_person(),
            },
            ["outcome"],
        ),
        "Problem": _object({"error": text, "message": text}, ["error", "message"]),
        "Totals": _totals(),
        "Health": _object({"ok": {"const": True}}, ["ok"]),
        "Document": {"type": "object", "required": ["openapi", "info", "paths"]},
    }


def _sign_in_schema() -> _Schema:
    line = {"type": "string", "maxLength": TEXT_LENGTH, "pattern": ANY_TEXT}
    deputy = _object({"name": _text(TEXT_LENGTH), "post": line}, ["name"])
    return _object(
        {
            "badge": {**_text(TEXT_LENGTH), "description": "13 digits, the last a Luhn check digit"},
            "nonce": {**_text(NONCE_LENGTH), "description": "Unique for each movement, kept for repeats"},
            "kind": {"enum": [kind.value for kind in Movement], "default": Movement.ENTER.value},
            "station": {**line, "description": "Which door or scanner"},
            "deputy": {"anyOf": [deputy, {"type": "null"}], "description": "Who came instead"},
            "deputy_approved": {"type": ["boolean", "null"], "description": "null: nobody has said"},
        },
        ["badge", "nonce"],
    )


def _entry(outcomes: list[str], moment: str) -> _Schema:
    properties = {
        "outcome": {"enum": outcomes},
        **_person(),
        "late_minutes": {"type": "integer", "minimum": 0},
        "seat": {"type": "string"},
        "pending": {"type": "boolean", "description": "A person still has to rule on it"},
        moment: {"type": ["string", "null"], "format": "date-time"},
    }
    return _object(properties, list(properties))


def _person() -> _Schema:
    text = {"type": "string"}
    return {"seq": {"type": "integer"}, "name": text, "unit": text, "post": text}


def _totals() -> _Schema:
    rates = ("attendance_rate", "in_person_rate", "punctual_rate")
    properties: _Schema = {name: {"type": "integer", "minimum": 0} for name in _COUNTS}
    properties |= {name: {"type": "string"} for name in rates}
    return _object(properties, list(properties))


def _text(longest: int) -> _Schema:
    """A string that must say something."""
    return {"type": "string", "minLength": 1, "maxLength": longest, "pattern": SOME_TEXT}


def _object(properties: _Schema, required: list[str]) -> _Schema:
    return {"type": "object", "properties": properties, "required": required}
