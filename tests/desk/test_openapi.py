"""The OpenAPI document against real answers, with as much of JSON Schema as it uses itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx
from desk_fakes import MEETING
from local_desk import AUTHORISED, LocalDesk

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "string": str,
    "boolean": bool,
    "integer": int,
    "null": type(None),
}


def conforms(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """Whether `value` meets `schema`; every keyword of the document is known here or it fails."""
    if "$ref" in schema:
        return conforms(value, root["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], root)
    return all(_meets(value, key, rule, schema, root) for key, rule in schema.items())


def _meets(value: Any, key: str, rule: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    match key:
        case "type":
            names = [rule] if isinstance(rule, str) else rule
            return any(isinstance(value, _TYPES[name]) for name in names)
        case "required":
            return all(name in value for name in rule)
        case "properties":
            return all(name in rule and conforms(value[name], rule[name], root) for name in value)
        case "enum":
            return value in rule
        case "const":
            return bool(value == rule)
        case "minimum":
            return bool(value >= rule)
        case "format":
            return value is None or datetime.fromisoformat(value).tzinfo is not None
        case "maxLength" | "minLength" | "pattern":
            return isinstance(value, str) and bool(re.match(schema.get("pattern", ""), value))
        case "description" | "default":
            return True
    raise AssertionError(f"unknown keyword {key}")


def expect(desk: LocalDesk, path: str, method: str, answer: httpx.Response) -> None:
    root = desk.request("GET", "/openapi.json").json()
    described = root["paths"][path][method]["responses"][str(answer.status_code)]
    schema = described["content"]["application/json"]["schema"]
    assert answer.headers["content-type"] == "application/json"
    assert conforms(answer.json(), schema, root), answer.text


def test_every_answer_is_described(desk: LocalDesk) -> None:
    badge = desk.registrar.seats[0].badge
    answers = [
        desk.sign_in(badge, "n1"),
        desk.sign_in(badge, "n2"),
        desk.sign_in(badge, "n3", kind="leave"),
        desk.sign_in(badge, "n4", kind="return"),
        desk.sign_in(desk.registrar.seats[1].badge, "n5", kind="leave"),
        desk.sign_in(desk.registrar.seats[2].badge, "n6"),
        desk.sign_in("1", "n7"),
        desk.sign_in("", "n8"),
        desk.request("POST", "/api/sign-ins"),
        desk.request("POST", "/api/sign-ins", content=b"x" * 20000, headers=AUTHORISED),
        desk.request("POST", "/api/sign-ins", headers={"Host": "evil.example"}),
    ]
    desk.registrar.meeting_now = replace(MEETING, is_open=False)
    answers.append(desk.sign_in(badge, "n9"))
    desk.registrar.trouble = RuntimeError("bug")
    answers.append(desk.sign_in(badge, "n10"))

    for answer in answers:
        expect(desk, "/api/sign-ins", "post", answer)
    assert {answer.status_code for answer in answers} == {200, 201, 400, 401, 404, 409, 413, 422, 500}


def test_the_other_endpoints_are_described(desk: LocalDesk) -> None:
    expect(desk, "/api/summary", "get", desk.request("GET", "/api/summary", headers=AUTHORISED))
    expect(desk, "/api/summary", "get", desk.request("GET", "/api/summary"))
    expect(desk, "/healthz", "get", desk.request("GET", "/healthz"))


def test_references_lead_somewhere(desk: LocalDesk) -> None:
    text = desk.request("GET", "/openapi.json").text
    schemas = desk.request("GET", "/openapi.json").json()["components"]["schemas"]
    used = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert used == set(schemas)
