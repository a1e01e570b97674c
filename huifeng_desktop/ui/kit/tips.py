"""Tool tips that hold what somebody else has typed: Qt takes a tool tip with tags in it for a page.

A telephone chooses what a deputy is called; as a page that name could hide itself, or fetch a picture
from another machine. A label can be told that its text is plain, a tool tip cannot.
"""

from __future__ import annotations


def plain_tip(text: str) -> str:
    """The tool tip that shows exactly this text."""
    if "<" not in text and "&lt;" not in text:
        return text
    import html

    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>'
