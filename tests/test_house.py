"""The direction of the house: who may know whom. Read `MAY_KNOW` as the plan of the rooms."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "huifeng_desktop"

_INNER = {"domain", "rules"}
_PASSAGES = {"clock", "errors", "paths", "diagnostics", "wording"}
_OUTER = {"domain", "rules", "service"} | _PASSAGES
MAY_KNOW: dict[str, set[str]] = {
    "domain": set(),
    "rules": {"domain"},
    "service": {"domain", "rules", "clock", "errors", "wording"},
    "storage": _OUTER,
    "desk": _OUTER,
    "exchange": _OUTER,
    "ui": _OUTER,
    "clock": {"domain"},
    "errors": set(),
    "paths": {"errors"},
    "diagnostics": {"errors", "paths"},
    "wording": {"domain", "rules", "service", "errors"},
    "__init__": set(),
    "__main__": {"app", "cli"},
    "cli": {"app", "rehearsal", "storage", "desk", "exchange", "ui"} | _OUTER,
    "rehearsal": {"app", "exchange", "ui"} | _OUTER,
    "app": {"rehearsal", "storage", "desk", "exchange", "ui"} | _OUTER,
}
KEPT_IN = {
    "PySide6": {"ui", "app", "rehearsal"},
    "shiboken6": {"ui", "app"},
    "zxingcpp": {"ui"},
    "sqlite3": {"storage"},
    "sqlite_utils": {"storage"},
}
_CLOCK_CALLS = {"now", "utcnow", "today"}


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _room(file: Path) -> str:
    """The first folder under the package, or the module's own name at the top."""
    return file.relative_to(ROOT / PACKAGE).parts[0].removesuffix(".py")


FILES = sorted((ROOT / PACKAGE).rglob("*.py"))
ROOMS = {_room(file) for file in FILES}


def _imports(file: Path) -> Iterator[str]:
    """Every module that a file imports, in full, wherever in the file it does so."""
    folder = file.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(folder[: len(folder) - node.level + 1]) if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _breaches(file: Path) -> Iterator[str]:
    room = _room(file)
    for module in _imports(file):
        top, _, rest = module.partition(".")
        neighbour = rest.partition(".")[0]
        if top == PACKAGE:
            if neighbour in ROOMS - {room} - MAY_KNOW[room]:
                yield f"{room} may not know {neighbour}"
        elif top in KEPT_IN and room not in KEPT_IN[top]:
            yield f"{top} is kept in {sorted(KEPT_IN[top])}"
        elif room in _INNER and top not in sys.stdlib_module_names:
            yield f"{room} is standard library only, not {top}"


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_a_module_knows_only_what_its_room_may_know(file: Path) -> None:
    assert _room(file) in MAY_KNOW, "a new room: give it its place in MAY_KNOW"
    assert sorted(set(_breaches(file))) == []


@pytest.mark.parametrize("file", [f for f in FILES if _room(f) in _INNER], ids=_name)
def test_domain_and_rules_never_read_a_clock(file: Path) -> None:
    calls = {
        node.attr
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in _CLOCK_CALLS
    }
    assert not calls and "time" not in set(_imports(file))


def test_no_modules_need_each_other() -> None:
    """Late imports and those for types alone count as well; raises CycleError with the circle's names."""
    inside = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts): file
        for file in FILES
        if file.name != "__init__.py"  # only the face of a package
    }
    needs = {module: inside.keys() & set(_imports(file)) for module, file in inside.items()}
    assert list(TopologicalSorter(needs).static_order())


def test_no_committed_file_names_a_registry_or_a_developers_machine() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    # Put together here, so that this file does not hold them itself.
    hosts = [b"pypi" + b".org", b"python" + b"hosted.org", b"registry.npm" + b"js", b"deb." + b"debian.org"]
    needles = [*hosts, *(b"/%s/" % folder for folder in (b"work", b"root"))]
    files = [ROOT / name for name in listed.decode().split("\0") if name]
    found = [
        f"{file.relative_to(ROOT)}: {needle.decode()}"
        for file in files
        if file.is_file()
        for needle in needles
        if needle in file.read_bytes()
    ]
    assert found == []


def test_no_two_files_of_the_tests_bear_one_name() -> None:
    """They are collected by their bare names: two of one name stop the whole suite."""
    names = [file.name for file in (ROOT / "tests").rglob("*.py") if file.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))
