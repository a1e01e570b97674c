"""Names and folders: what Windows, full disks and odd titles do to them."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huifeng_desktop.errors import FileProblem, StorageProblem
from huifeng_desktop.paths import check_writable, default_data_dir, resource_path, safe_file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("全县经济工作会议", "全县经济工作会议"),
        ("关于“会风”的通知（第 1 次）", "关于“会风”的通知（第 1 次）"),
        ("上午/下午: 议题?", "上午／下午： 议题？"),
        ("  第一行\n第二行\t ", "第一行 第二行"),
        ("会议\u202e\u200b纪要\x00", "会议纪要"),
        ("会议…… ..", "会议……"),
        ("../../etc", "／..／etc"),
        ("𬱖䶮会议", "𬱖䶮会议"),
        ("con", "con_"),
        ("LPT1.2026", "LPT1_.2026"),
        ("CONTROL", "CONTROL"),
        ("", "未命名"),
        (" . ", "未命名"),
    ],
)
def test_a_title_becomes_a_file_name(title: str, name: str) -> None:
    assert safe_file_name(title) == name


def test_a_long_title_is_cut_by_characters_and_by_bytes() -> None:
    assert safe_file_name("a" * 100) == "a" * 80
    assert safe_file_name("会" * 100) == "会" * 66
    assert safe_file_name("会议 纪要", limit=3) == "会议"


def test_a_cut_never_parts_a_character_from_its_variation_mark() -> None:
    assert safe_file_name("会葛\U000e0100", limit=2) == "会"


@given(st.text(max_size=300))
def test_any_title_gives_a_name_that_every_system_takes(title: str) -> None:
    name = safe_file_name(title)
    assert name and len(name) <= 80 and len(name.encode()) <= 200
    assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
    assert name[0] not in " ." and name[-1] not in " ."
    assert safe_file_name(name) == name


def test_the_data_folder_is_the_one_that_was_named(data_dir: Path) -> None:
    assert default_data_dir() == data_dir


def test_without_a_choice_the_data_folder_is_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIFENG_DATA", "  ")
    assert default_data_dir().name == "huifeng-desktop"
    assert default_data_dir().is_absolute()


def test_a_good_folder_is_made_and_left_empty(data_dir: Path) -> None:
    check_writable(data_dir / "子文件夹")
    assert [path.name for path in data_dir.rglob("*")] == ["子文件夹"]


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "会风"
    in_the_way.write_text("")
    for folder in (in_the_way, in_the_way / "数据"):
        with pytest.raises(StorageProblem, match=r"是文件，不是文件夹.*。") as problem:
            check_writable(folder)
        assert str(folder) in str(problem.value)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux has /proc")
def test_a_folder_that_cannot_be_made_is_named() -> None:
    with pytest.raises(StorageProblem, match="“/proc/nowhere”无法写入"):
        check_writable(Path("/proc/nowhere"))


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EROFS, "无法写入：所在磁盘是只读的，请换一个可以写入的文件夹，或请管理员处理。"),
        (errno.EACCES, "无法写入：没有写入权限，请换一个可以写入的文件夹，或请管理员处理。"),
        (errno.ENOSPC, "无法写入：磁盘已满，请清理磁盘后再试。"),
        (9999, "无法写入：系统拒绝了操作（错误号 9999），请换一个可以写入的文件夹，或请管理员处理。"),
    ],
)
def test_a_refusing_disk_is_one_sentence(data_dir: Path, number: int, sentence: str) -> None:
    def refuse(folder: Path) -> None:
        raise OSError(number, "refused", str(folder))

    with pytest.raises(StorageProblem) as problem:
        check_writable(data_dir, probe=refuse)
    assert str(problem.value) == f"数据文件夹“{data_dir}”{sentence}"


def test_a_missing_resource_asks_for_a_new_installation() -> None:
    with pytest.raises(FileProblem, match=r"缺少“resources/no/such\.toml”，请重新安装。"):
        resource_path("no/such.toml")
