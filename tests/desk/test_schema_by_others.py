"""The desk held against its own `/openapi.json` by a tool that invents requests, good ones and bad ones.

What the tool finds once is kept as a plain test in `test_api.py` or `test_openapi.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from child import ChildDesk
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import ignored_auth

Operation = APIOperation[Any, Any, Any, Any]
_QUICK = settings(
    max_examples=20, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
_OPERATIONS = ("POST /api/sign-ins", "GET /api/summary")


@pytest.fixture(scope="module")
def child(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChildDesk]:
    with ChildDesk.start(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture(scope="module")
def operations(child: ChildDesk) -> dict[str, Operation]:
    """Everything that the document describes."""
    schema = schemathesis.openapi.from_url(f"{child.ready['url']}/openapi.json")
    results: list[Any] = list(schema.get_all_operations())
    found = [one.ok() for one in results]
    return {one.label: one for one in found}


def try_out(child: ChildDesk, operation: Operation, mode: GenerationMode) -> Counter[int]:
    """The statuses of what was invented; raises where an answer is not as described."""
    statuses: Counter[int] = Counter()
    headers = {"Authorization": f"Bearer {child.ready['token']}"}

    @_QUICK
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Case[Any]) -> None:
        answer = case.call(headers=headers)
        statuses[answer.status_code] += 1
        # A check that asks again without the token is slowed down by the desk, and takes that amiss.
        case.validate_response(answer, excluded_checks=[ignored_auth])

    one()
    return statuses


@pytest.mark.parametrize("label", _OPERATIONS)
@pytest.mark.parametrize("mode", GenerationMode)
def test_answers_are_as_described(
    child: ChildDesk, operations: dict[str, Operation], label: str, mode: GenerationMode
) -> None:
    statuses = try_out(child, operations[label], mode)
    assert sum(statuses.values()) > 0 and all(status < 500 for status in statuses)


def test_all_of_them_are_tried(operations: dict[str, Operation]) -> None:
    """The document itself is no operation to the tool; health takes nothing that could be invented."""
    assert set(operations) == {*_OPERATIONS, "GET /healthz"}
