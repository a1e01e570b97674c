"""Whose turn it is, what was just seen, and who may load the extra."""

from __future__ import annotations

import ast
from pathlib import Path

import huifeng_desktop
from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.ui.camera.codes import AGAIN_S, Code, Sightings, Turn, turn_of
from huifeng_desktop.ui.camera.extra import is_installed

ONE, TWO = (make_badge("m", seat, set()) for seat in ("s1", "s2"))


def test_the_nearest_badge_goes_before_others_and_before_posters() -> None:
    assert turn_of([]) == (Turn.NOBODY, "")
    assert turn_of([Code("http://a", 300), Code(ONE, 60)]) == (Turn.BADGE, ONE)
    assert turn_of([Code(ONE, 60), Code(TWO, 90)]) == (Turn.BADGE, TWO)
    assert turn_of([Code(ONE, 80), Code(TWO, 90)])[0] is Turn.SEVERAL
    assert turn_of([Code(ONE, 80), Code(ONE, 90)]) == (Turn.BADGE, ONE), "as QR code and as bars"
    assert turn_of([Code("6901234567890", 90)])[0] is Turn.FOREIGN


def test_two_in_turn_are_each_seen_once_until_they_were_gone_for_a_while() -> None:
    sightings = Sightings()
    seen = [what for step in range(100) for what in (ONE, TWO) if sightings.is_new(what, step / 10)]
    assert seen == [ONE, TWO]
    assert not sightings.is_new(ONE, 9.9 + AGAIN_S - 0.1)
    assert sightings.is_new(TWO, 9.9 + AGAIN_S)


def test_only_the_rooms_of_the_camera_load_the_extra() -> None:
    root = Path(huifeng_desktop.__file__).parent
    loading = {file.relative_to(root).as_posix() for file in root.rglob("*.py") if _loads_it(file)}
    rooms = ("cameras", "decoder", "luma", "reader")
    assert loading == {f"ui/camera/{room}.py" for room in rooms} and is_installed()


def _loads_it(file: Path) -> bool:
    """At the top of the module; what stands under TYPE_CHECKING or in a function loads nothing."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    names = [node.module for node in body if isinstance(node, ast.ImportFrom)]
    names += [alias.name for node in body if isinstance(node, ast.Import) for alias in node.names]
    return any(name in ("PySide6.QtMultimedia", "zxingcpp") for name in names)
