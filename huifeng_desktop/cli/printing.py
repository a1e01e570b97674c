"""What a command has to say: one JSON document, or Chinese lines for a person."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a command. A `problem` goes to stderr and makes the status 1."""

    document: Any
    lines: Sequence[str] = ()
    problem: str = ""

    def show(self, *, as_json: bool) -> int:
        """Print it; the exit status."""
        if as_json:
            print(json.dumps(self.document, ensure_ascii=False, indent=2))
        else:
            for line in self.lines:
                print(line)
        if self.problem:
            print(self.problem, file=sys.stderr)
        return 1 if self.problem else 0


def table(rows: Sequence[Sequence[object]]) -> list[str]:
    """Rows as lines with tabs between the cells, as WPS takes them from a terminal."""
    return ["\t".join("" if cell is None else str(cell) for cell in row) for row in rows]
