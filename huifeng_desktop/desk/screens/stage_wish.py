"""What the window says its stage shows, as the desk understands it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Self

from huifeng_desktop.domain.cues import CuePlan

MODES = frozenset({"countdown", "agenda", "sign_in", "clock", "welcome", "roll_call", "message", "blackout"})
_TEXT_LENGTH = 200
_ADDRESS_LENGTH = 400
_PATH_LENGTH = 4096


@dataclass(frozen=True, slots=True)
class Called:
    """Who is called in the roll call."""

    name: str
    unit: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class StageWish:
    """What the window's stage shows; `mode` "" where no window says, then the meeting decides."""

    mode: str = ""
    message: str = ""
    leaders_too: bool = False
    code: str = ""
    """The address behind the code to scan, "" while phones are kept out."""
    called: Called | None = None
    backdrop: str = ""
    """The file of the operator's own picture, for pictures without a time; "" for none."""
    cues: CuePlan = field(default_factory=CuePlan, compare=False)
    """When the light turns amber, for each type of item."""

    @classmethod
    def from_line(cls, line: Mapping[str, Any]) -> Self:
        """The wish in a {"command": "stage"} line; what cannot be understood counts as not said."""
        mode, called = line.get("mode"), _called(line.get("called"))
        known = isinstance(mode, str) and mode in MODES and not (mode == "roll_call" and called is None)
        return cls(
            mode=str(mode) if known else "",
            message=_text(line.get("message")),
            leaders_too=line.get("leaders_too") is True,
            code=_text(line.get("code"), _ADDRESS_LENGTH),
            called=called,
            backdrop=_text(line.get("backdrop"), _PATH_LENGTH),
            cues=CuePlan.from_json(line.get("cues")),
        )


@lru_cache(maxsize=2)
def code_modules(payload: str) -> tuple[str, ...]:
    """The rows of the code of `payload`, 1 for dark, without the quiet zone; none for no payload."""
    if not payload:
        return ()
    import qrcode  # a desk without tablets never needs it
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(payload)
    return tuple("".join("1" if dark else "0" for dark in row) for row in code.get_matrix())


def _called(plain: object) -> Called | None:
    if not isinstance(plain, Mapping) or not _text(plain.get("name")):
        return None
    return Called(_text(plain["name"]), _text(plain.get("unit")), _text(plain.get("post")))


def _text(value: object, longest: int = _TEXT_LENGTH) -> str:
    return value.strip()[:longest] if isinstance(value, str) else ""
