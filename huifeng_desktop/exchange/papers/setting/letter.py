"""What a letter of GB/T 9704 is made of, whoever sets it: a DOCX to go on with, or pages to be read."""

from __future__ import annotations

import re
from typing import Protocol

_GAPS = re.compile(r"(?<=[\u3001-\u9fff）]) (?=\d)|(?<=[\d%]) (?=[\u4e00-\u9fff])")


class Letter(Protocol):
    """Filled from top to bottom."""

    def title(self, text: str) -> None:
        """二号小标宋, centred."""
        ...

    def blank(self) -> None:
        """An empty line."""
        ...

    def heading(self, text: str) -> None:
        """一、 in 黑体."""
        ...

    def subheading(self, text: str, follows: str = "") -> None:
        """（一） in 楷体, with the text that goes on in the same paragraph."""
        ...

    def body(self, text: str) -> None:
        """Running text, indented by two characters."""
        ...

    def mark(self, text: str) -> None:
        """黑体 without indent, as for marks above a title."""
        ...

    def signed(self, text: str) -> None:
        """Who and when, at the right, four characters in."""
        ...


def closed_up(text: str) -> str:
    """Without the thin gaps between Chinese and figures that screens have and documents have not."""
    return _GAPS.sub("", text)
