"""Where things lie on the disk: shipped resources, the data folder, names for files that are written.

Knows nothing of meetings and never opens the database. Whatever the operating system refuses comes
back as a `StorageProblem` with one Chinese sentence.
"""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from huifeng_desktop.errors import FileProblem, StorageProblem

DATA_VARIABLE = "HUIFENG_DATA"

_PACKAGE = Path(__file__).resolve().parent
_MAX_NAME_BYTES = 200
_ROOM_NEEDED_BYTES = 1 << 20
_UNNAMED = "未命名"

# Windows refuses these; the full-width forms read the same in a Chinese title.
_FORBIDDEN = {ord(c): chr(ord(c) + 0xFEE0) for c in '<>:"/\\|?*'}
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)
# Controls, invisible formatting marks (which can turn a name round), halves of characters, line breaks.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "所在磁盘是只读的",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "这个位置或上一级是文件，不是文件夹",
    errno.EEXIST: "这个位置上是文件，不是文件夹",
    errno.ENAMETOOLONG: "路径太长",
    errno.EIO: "磁盘读写出错",
}
_REMEDIES = {
    errno.ENOENT: "请检查路径是否正确",
    errno.ENOSPC: "请清理磁盘后再试",
    errno.EDQUOT: "请清理磁盘后再试",
    errno.EIO: "请尽快把数据复制到另一块磁盘",
}


def resource_path(relative: str) -> Path:
    """The shipped file or folder `relative` to resources/, as in `rule_sets/ladder.toml`.

    A built wheel carries the resources inside the package; a checkout and an editable install have
    them beside it. Raises FileProblem when neither place has it: the installation is damaged.
    """
    places = (_PACKAGE / "_resources", _PACKAGE.parent / "resources")
    for place in places:
        if (place / relative).exists():
            return place / relative
    raise FileProblem(f"程序文件不完整，缺少“resources/{relative}”，请重新安装。")


def default_data_dir() -> Path:
    """The one folder that holds everything: HUIFENG_DATA, or the platform's user data folder."""
    chosen = os.environ.get(DATA_VARIABLE, "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs  # a fiftieth of a whole start, and most folders are named

    return platformdirs.user_data_path("huifeng-desktop", appauthor=False)


def safe_file_name(title: str, limit: int = 80) -> str:
    """A file name without suffix made from a title, legal on Windows and Linux, Chinese kept.

    At most `limit` characters and 200 bytes of UTF-8, so that a suffix still fits.
    """
    visible = "".join(" " if c.isspace() else c for c in title if c.isspace() or _is_printable(c))
    name = " ".join(visible.translate(_FORBIDDEN).split()).lstrip(". ")
    name = _shortened(name, limit).rstrip(". ") or _UNNAMED
    stem, dot, rest = name.partition(".")
    if _RESERVED.fullmatch(stem.rstrip()):
        return f"{stem.rstrip()}_{dot}{rest}"
    return name


def check_writable(folder: Path, probe: Callable[[Path], None] | None = None) -> None:
    """Make sure that `folder` exists and takes data, or raise a StorageProblem that says why not.

    `probe` writes something into the folder and takes it away again.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (probe or _write_and_remove)(folder)
    except OSError as error:
        raise StorageProblem(
            f"数据文件夹“{folder}”无法写入：{os_error_reason(error)}，{os_error_remedy(error)}。"
        ) from error


def os_error_reason(error: OSError) -> str:
    """A Chinese clause saying why the operating system refused."""
    return _REASONS.get(error.errno or 0, f"系统拒绝了操作（错误号 {error.errno}）")


def os_error_remedy(error: OSError) -> str:
    """A Chinese clause saying what to do about it."""
    return _REMEDIES.get(error.errno or 0, "请换一个可以写入的文件夹，或请管理员处理")


def _write_and_remove(folder: Path) -> None:
    """Write as much as the database needs at once, down to the disk."""
    trial = folder / f".write-test-{os.getpid()}"
    try:
        with trial.open("wb") as file:
            file.write(bytes(_ROOM_NEEDED_BYTES))
            file.flush()
            os.fsync(file.fileno())
    finally:
        trial.unlink(missing_ok=True)


def _is_printable(character: str) -> bool:
    return unicodedata.category(character) not in _UNPRINTABLE


def _shortened(name: str, limit: int) -> str:
    """Cut to both limits without parting a character from the marks that belong to it."""
    end = min(len(name), limit)
    while len(name[:end].encode()) > _MAX_NAME_BYTES or (
        end < len(name) and end > 0 and unicodedata.category(name[end]).startswith("M")
    ):
        end -= 1
    return name[:end]
