"""Whether the optional extra `camera` is there, asked without loading it: it is large, and seldom used."""

from __future__ import annotations

from importlib.util import find_spec

INSTALL_WORDS = (
    '摄像头扫码没有安装。要用时请管理员在程序文件夹里运行 pip install ".[camera]"，再打开程序；'
    "扫码枪、打字照常签到。"
)
BROKEN_WORDS = "摄像头扫码的组件装了却打不开，多半缺系统的多媒体库，请管理员重装；扫码枪、打字照常签到。"
_MODULES = ("PySide6.QtMultimedia", "zxingcpp")


def is_installed() -> bool:
    """Whether both of its libraries can be found; whether they also load is seen when they are wanted."""
    return all(map(_is_found, _MODULES))


def _is_found(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False
