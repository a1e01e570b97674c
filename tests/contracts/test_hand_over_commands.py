"""`pack` and `merge` as CONTRACT.md has them: two laptops, a USB stick, no network."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True, slots=True)
class Laptop:
    """A data folder of its own and the command line."""

    data: Path

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """One command as users start it."""
        command = [sys.executable, "-m", "huifeng_desktop", "--data", self.data, *arguments]
        return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)

    def json(self, *arguments: str | Path) -> Any:
        """The one document that a command prints; it must have gone well."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def ours(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path / "ours")


@pytest.fixture
def theirs(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path / "theirs")


@pytest.fixture
def meeting(ours: Laptop, tmp_path: Path) -> str:
    meeting = str(ours.json("new", "--title", "全县工作会议", "--start", "2026-03-12T14:30")["meeting"])
    roster = "序号,单位,姓名,职务\n1,县水利局,李伟,局长\n2,柳渡镇,李伟,镇长\n3,县财政局,王磊,局长\n"
    (tmp_path / "名单.csv").write_text(roster, encoding="utf-8")
    ours.json("load", meeting, tmp_path / "名单.csv", "--as", "roster")
    return meeting


def _records(laptop: Laptop, meeting: str, file: Path, *rows: str) -> None:
    """Sign-ins at one of the laptops."""
    file.write_text("姓名,单位,签到时间,代会人\n" + "\n".join(rows), encoding="utf-8")
    laptop.json("load", meeting, file, "--as", "records")


def test_two_desks_become_one_record(ours: Laptop, theirs: Laptop, meeting: str, tmp_path: Path) -> None:
    # GIVEN a second desk that got the meeting by file
    packed = ours.json("pack", meeting, "--out", tmp_path / "出.huifeng")
    assert Path(packed["file"]) == tmp_path / "出.huifeng"
    first = theirs.json("merge", tmp_path / "出.huifeng")
    assert (first["added"], first["already"], first["conflicts"]) == (packed["events"], 0, [])
    # WHEN both sign people in, one of them twice, and the files are exchanged
    _records(ours, meeting, tmp_path / "a.csv", "李伟,县水利局,14:20,", "王磊,县财政局,14:31,")
    _records(theirs, meeting, tmp_path / "b.csv", "李伟,柳渡镇,14:22,", "王磊,县财政局,14:25,赵镕")
    theirs.json("pack", meeting, "--out", tmp_path / "回.huifeng")
    merged = ours.json("merge", tmp_path / "回.huifeng")
    # THEN the union is taken and the difference is named
    assert (merged["added"], merged["already"]) == (2, packed["events"])
    (conflict,) = merged["conflicts"]
    assert (conflict["unit"], conflict["name"], conflict["seq"]) == ("县财政局", "王磊", 3)
    assert "本机 14:31:00 本人到会，文件 14:25:00 由赵镕代会；以本人到会的 14:31:00 为准" in conflict["what"]
    seats = ours.json("results", meeting)["seats"]
    assert [seat["signed_in_at"][-8:] for seat in seats] == ["14:20:00", "14:22:00", "14:31:00"]
    assert [seat["pending"] for seat in seats] == [False, False, True]
    # AND again it adds nothing, and the way back makes both the same
    again = ours.json("merge", tmp_path / "回.huifeng")
    assert (again["added"], again["already"], again["conflicts"]) == (0, packed["events"] + 2, [])
    ours.json("pack", meeting, "--out", tmp_path / "出.huifeng")
    theirs.json("merge", tmp_path / "出.huifeng")
    assert theirs.json("results", meeting) == ours.json("results", meeting)
    for laptop in (ours, theirs):
        assert laptop.json("verify") == {"ok": True, "events": packed["events"] + 4}


def test_a_person_reads_what_was_merged(ours: Laptop, theirs: Laptop, meeting: str, tmp_path: Path) -> None:
    ours.run("pack", meeting, "--out", tmp_path / "出.huifeng")
    done = theirs.run("merge", tmp_path / "出.huifeng")
    assert done.stdout == f"会议 {meeting}“全县工作会议”：并入 2 条，原来就有 0 条。\n"


def test_a_file_that_cannot_be_merged_is_one_sentence(
    ours: Laptop, theirs: Laptop, meeting: str, tmp_path: Path
) -> None:
    ours.json("pack", meeting, "--out", tmp_path / "出.huifeng")
    (tmp_path / "断.huifeng").write_bytes((tmp_path / "出.huifeng").read_bytes()[:-100])
    for file in ("断.huifeng", "名单.csv", "没有.huifeng"):
        done = theirs.run("merge", tmp_path / file)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.count("\n") == 1 and file in done.stderr and "Traceback" not in done.stderr
    assert theirs.json("list") == []


def test_pack_says_what_is_wrong(ours: Laptop, meeting: str, tmp_path: Path) -> None:
    unknown = ours.run("pack", "20260101-zzz", "--out", tmp_path / "x.huifeng")
    precious = ours.run("pack", meeting, "--out", tmp_path / "名单.csv")
    for done in (unknown, precious):
        assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "没有覆盖" in precious.stderr
    assert ours.run("pack", meeting).returncode == 2
