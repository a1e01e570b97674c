"""Values that are made by the ten thousand: not to be changed, and cheap to make.

A frozen dataclass of fourteen fields takes eight times as long to make as a plain one, and a year's
ledger makes a quarter of a million. These are frozen for the type checker, which reads all of this
program, and not once more at run time. They know nothing of what they hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_RecordT = TypeVar("_RecordT")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(made: type[_RecordT]) -> type[_RecordT]:
    """Turn a class into a dataclass with slots whose values are never assigned to and can be hashed."""
    return dataclass(slots=True, unsafe_hash=True)(made)
