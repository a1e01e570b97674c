"""What is not taken in: damaged, foreign, newer, forged and contradicting files. Nothing changes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from desks import Contents, Desk, forge, minutes, sign_in

from huifeng_desktop.domain.events import canonical_json, content_digest
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.storage.hand_over import HandOvers
from huifeng_desktop.storage.hand_over_file import read_parcel


def _refused(desk: Desk, file: Path) -> str:
    """The one sentence; nothing was changed."""
    before = desk.dump()
    with pytest.raises(FileProblem) as problem:
        desk.merge(file)
    assert desk.dump() == before
    sentence = str(problem.value)
    assert "\n" not in sentence and sentence.endswith("。") and "没有并入任何内容" in sentence
    return sentence


def test_a_file_cut_short_is_refused(second: Desk, shared: Path, tmp_path: Path) -> None:
    whole = shared.read_bytes()
    for length in range(0, len(whole), len(whole) // 25):
        (tmp_path / "cut.huifeng").write_bytes(whole[:length])
        assert "没有传完整" in _refused(second, tmp_path / "cut.huifeng")


def test_a_byte_changed_anywhere_is_refused_or_changes_no_event(
    first: Desk, shared: Path, tmp_path: Path
) -> None:
    whole = shared.read_bytes()
    sound = read_parcel(shared)
    for place in range(0, len(whole), 3):
        changed = bytearray(whole)
        changed[place] ^= 0x11
        (tmp_path / "交接.huifeng").write_bytes(changed)
        try:
            parcel = read_parcel(tmp_path / "交接.huifeng")
        except FileProblem:
            continue
        assert parcel == sound


def test_another_kind_of_file_is_refused(second: Desk, shared: Path, tmp_path: Path) -> None:
    others = {"名单.csv": "姓名\n王磊\n".encode(), "空.huifeng": b"", "db": b"SQLite format 3\0"}
    for name, content in others.items():
        (tmp_path / name).write_bytes(content)
        assert "不是会风的交接文件" in _refused(second, tmp_path / name)
    with zipfile.ZipFile(tmp_path / "名单.huifeng", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "不是会风的交接文件" in _refused(second, tmp_path / "名单.huifeng")
    with pytest.raises(FileProblem, match="打不开"):
        second.merge(tmp_path / "没有.huifeng")
    with pytest.raises(FileProblem, match="打不开"):
        second.merge(tmp_path)


def _newer(said: Contents) -> None:
    said.manifest["version"] = 2


def _other_words(said: Contents) -> None:
    said.events[2]["body"] = '{"method":"typed"}'


def _other_meeting(said: Contents) -> None:
    said.manifest["meeting"] = "20260312-zzz"


def _extra_column(said: Contents) -> None:
    said.events[0]["position"] = 1


def _no_number(said: Contents) -> None:
    said.events[0]["lamport"] = True


def _unknown_kind(said: Contents) -> None:
    said.events[-1]["kind"] = "teleported"
    said.chain_anew()


def _own_event_as_link(said: Contents) -> None:
    event = said.events.pop(1)
    said.links.append({name: event[name] for name in ("meeting", "writer", "writer_seq")})
    said.links[-1]["content"] = content_digest(event)


def _no_seats(said: Contents) -> None:
    """Every hash is right, but the roster has no seats: it must not poison the log."""
    next(one for one in said.events if one["kind"] == "roster_loaded")["body"] = "{}"
    for event in said.events:
        event["meeting"] = said.manifest["meeting"] = "20260312-new"
    said.as_of_another_writer()


def _misshapen(kind: str, *place: str | int, value: object) -> Callable[[Contents], None]:
    """A fact of a shape that this program never writes, with every hash right."""

    def change(said: Contents) -> None:
        event = next(one for one in said.events if one["kind"] == kind)
        body = inner = json.loads(event["body"])
        for key in place[:-1]:
            inner = inner[key]
        inner[place[-1]] = value
        event["body"] = canonical_json(body)
        _as_a_new_meeting(said)

    return change


def _as_a_new_meeting(said: Contents) -> None:
    for one in said.events:
        one["meeting"] = said.manifest["meeting"] = "20260312-new"
    said.as_of_another_writer()


def _word_of_a_deletion(said: Contents) -> None:
    """That this meeting was once deleted, without a word of what it was."""
    said.events[-1].update(kind="meeting_removed", body=canonical_json({}))
    _as_a_new_meeting(said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_newer, "更新版本"),
        (lambda said: said.events.pop(), "有缺失或调换了次序"),
        (lambda said: said.events.pop(2), "有缺失或调换了次序"),
        (lambda said: said.links.pop(0), "有缺失或调换了次序"),
        (_other_words, "被改动过"),
        (_other_meeting, "不是完整的一次会议"),
        (lambda said: said.manifest["heads"].popitem(), "末尾校验值"),
        (_extra_column, "不是会风的交接文件"),
        (_no_number, "不是会风的交接文件"),
        (_unknown_kind, "看不懂"),
        (_own_event_as_link, "不是完整的一次会议"),
        (_no_seats, "看不懂"),
        (_misshapen("sign_in", "deputy", value="李想"), "看不懂"),
        (_misshapen("roster_loaded", "seats", 0, "unit", value=None), "看不懂"),
        (_misshapen("roster_loaded", "seats", 1, "name", value=["甲"]), "看不懂"),
        (_misshapen("roster_loaded", "seats", 1, "seq", value=[]), "看不懂"),
        (_word_of_a_deletion, "看不懂"),
    ],
)
def test_a_forged_file_is_refused(
    second: Desk, shared: Path, tmp_path: Path, change: Callable[[Contents], object], said: str
) -> None:
    assert said in _refused(second, forge(shared, tmp_path / "forged.huifeng", change))
    newcomer = Desk(tmp_path / "newcomer")
    assert said in _refused(newcomer, tmp_path / "forged.huifeng")


def test_an_event_rewritten_with_its_whole_chain_is_refused_where_the_true_one_is(
    second: Desk, shared: Path, tmp_path: Path
) -> None:
    def change(said: Contents) -> None:
        said.events[2]["at"] = minutes(-1).isoformat()
        said.chain_anew()

    file = forge(shared, tmp_path / "forged.huifeng", change)
    read_parcel(file)
    assert "有一边被改动过" in _refused(second, file)


def test_a_writer_that_went_on_after_falling_back_to_a_backup_is_refused(
    first: Desk, second: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    """GIVEN two different events at one place of one chain."""
    backup = first.database.read_bytes()
    first.state(meeting, sign_in("s4", 1))
    second.merge(first.pack(meeting, tmp_path / "later.huifeng"))
    first.database.write_bytes(backup)
    first.state(meeting, sign_in("s4", 2))
    sentence = _refused(second, first.pack(meeting, tmp_path / "fork.huifeng"))
    assert "从备份恢复后又接着录了" in sentence


def test_two_meetings_that_drew_the_same_id_are_not_mixed(
    second: Desk, meeting: str, shared: Path, tmp_path: Path
) -> None:
    file = forge(shared, tmp_path / "namesake.huifeng", Contents.as_of_another_writer)
    assert "不是同一次会议" in _refused(second, file)


def test_a_crash_in_the_middle_leaves_nothing(
    first: Desk, second: Desk, meeting: str, tmp_path: Path
) -> None:
    parcel = read_parcel(first.pack(meeting, tmp_path / "m.huifeng"))
    with second.folder() as folder:
        hand_overs = HandOvers(folder.db, second.database, folder.clock)
        with pytest.raises(RuntimeError), hand_overs.taking_in(parcel):
            raise RuntimeError
        assert folder.db.execute("SELECT count(*) FROM events").fetchone()[0] == 0
        assert folder.db.execute("SELECT count(*) FROM chain_heads").fetchone()[0] == 0
