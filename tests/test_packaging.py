"""What is shipped: a wheel that finds its resources and locks that fit."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import huifeng_desktop
from huifeng_desktop.paths import resource_path

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the project's wheel, built now, unpacks to."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True, timeout=120)
    (wheel,) = folder.glob("huifeng_desktop-*-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def _committed_resources() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "resources"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return [name.removeprefix("resources/") for name in listed.stdout.split("\0") if name]


def test_the_wheel_carries_every_resource_and_finds_it(unpacked_wheel: Path, tmp_path: Path) -> None:
    names = _committed_resources()
    assert names, "nothing is shipped"
    asked = "import sys; from huifeng_desktop.paths import resource_path as find\n"
    asked += "print(*(find(name.strip()) for name in sys.stdin), sep='\\n')"
    found = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", asked],
        input="\n".join(names),
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(unpacked_wheel)},
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    ).stdout.splitlines()
    assert found == [str(unpacked_wheel / "huifeng_desktop" / "_resources" / name) for name in names]


def test_a_checkout_finds_its_resources() -> None:
    assert [resource_path(name) for name in _committed_resources()] == [
        ROOT / "resources" / name for name in _committed_resources()
    ]


def test_the_wheel_holds_the_package_and_the_command_and_nothing_else(unpacked_wheel: Path) -> None:
    info = f"huifeng_desktop-{huifeng_desktop.__version__}.dist-info"
    assert sorted(path.name for path in unpacked_wheel.iterdir()) == ["huifeng_desktop", info]
    commands = (unpacked_wheel / info / "entry_points.txt").read_text(encoding="utf-8")
    assert "huifeng-desktop = huifeng_desktop.cli:main" in commands
    assert (unpacked_wheel / info / "licenses" / "LICENSE").is_file()


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _locked(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ]+)", text, flags=re.MULTILINE))


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = _project()
    groups, extras = project["dependency-groups"], project["project"]["optional-dependencies"]
    runtime = [*project["project"]["dependencies"], *groups["build"]]
    wanted = {
        "requirements.lock": runtime,
        "requirements-test.lock": [*runtime, *groups["test"], *extras["camera"]],
    }
    for lock, lines in wanted.items():
        pins = _locked(lock)
        for requirement in map(Requirement, lines):
            pin = pins.get(canonicalize_name(requirement.name), "none")
            assert pin in requirement.specifier, f"{lock} has {pin} for {requirement}: run `make lock`"


def test_nobody_gets_the_camera_unasked() -> None:
    extra = {Requirement(line).name for line in _project()["project"]["optional-dependencies"]["camera"]}
    runtime = _locked("requirements.lock")
    assert extra and not [name for name in extra if canonicalize_name(name) in runtime]


def test_both_locks_agree_and_hash_every_file() -> None:
    runtime, testing = _locked("requirements.lock"), _locked("requirements-test.lock")
    assert runtime.items() <= testing.items()
    for lock in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert not re.search(r"^--|://|@ ", text, flags=re.MULTILINE)
        assert len(re.findall(r"^[a-z].*\\\n    --hash=sha256:", text, flags=re.MULTILINE)) == len(
            _locked(lock)
        )
