"""What is written down when something goes wrong, and the one line the user gets to see.

Knows no Qt: the window adds Qt's own message handler. Logs stay in the data folder and carry no
telephone, identity or badge numbers: digits in long runs are blotted out as the line is written.
"""

from __future__ import annotations

import errno
import faulthandler
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from huifeng_desktop.errors import UserProblem
from huifeng_desktop.paths import os_error_reason, os_error_remedy

LOG_FOLDER = "logs"

_MAX_LOG_BYTES = 1 << 20
_OLD_LOGS = 5
_LINE = "%(asctime)s %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"
_NUMBERS = re.compile(
    r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"  # a mobile number, written in groups or not
    r"|(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)"  # a landline with its area code
    r"|\d{9,}[Xx]?"  # identity cards, badges, anything else of that length
)

# A full disk says so without naming a file.
_DISK_TROUBLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # without a log file nothing may spill onto the terminal


class MaskingFormatter(logging.Formatter):
    """Blots out personal numbers in the finished line, so that tracebacks are covered as well."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_numbers(super().format(record))


def mask_numbers(text: str) -> str:
    """`text` with every digit of a telephone, identity or badge number replaced by *."""
    return _NUMBERS.sub(lambda found: re.sub(r"[\dXx]", "*", found.group()), text)


def install(
    data_dir: Path, program: str = "huifeng", on_crash: Callable[[BaseException], None] | None = None
) -> Path | None:
    """Log to `data_dir`/logs/`program`.log and catch what escapes in any thread.

    Each process of the program needs a name of its own, since two cannot turn over one file. Returns
    the log file, or None where the folder takes none: a missing log must not stop a meeting.
    `on_crash` is called in the thread that crashed, after the log is written.
    """
    log_file = _open_log(data_dir / LOG_FOLDER, program)
    catch_crashes(on_crash)
    return log_file


def explain(error: BaseException, log_file: Path | None = None) -> str:
    """One Chinese line for whatever ended a command; a bug is logged with its traceback."""
    if isinstance(error, UserProblem):
        return _on_one_line(str(error))
    if isinstance(error, KeyboardInterrupt):
        return "操作已中断，此前确认过的记录都已保存。"
    if isinstance(error, OSError) and (error.filename is not None or error.errno in _DISK_TROUBLE):
        _log.warning("the system refused", exc_info=error)
        place = f"“{error.filename}”" if error.filename is not None else "数据"
        return _on_one_line(f"{place}无法读写：{os_error_reason(error)}，{os_error_remedy(error)}。")
    _log.critical("a bug ended the command", exc_info=error)
    return f"程序出现内部错误（{type(error).__name__}），本次操作没有完成，{_where_to_look(log_file)}。"


def _where_to_look(log_file: Path | None) -> str:
    if log_file is None:
        return "请重试，若再次出现请联系技术人员"
    return f"请重试，若再次出现请把日志交给技术人员：{log_file}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


class _SilentHandler(RotatingFileHandler):
    """Loses lines rather than time where the disk is full.

    As logging does it, each lost line would become a traceback on stderr, and whoever started the desk
    and does not read its stderr would bring it to a stop.
    """

    def handleError(self, record: logging.LogRecord) -> None:
        """The line is lost."""


def _open_log(folder: Path, program: str) -> Path | None:
    log_file = folder / f"{program}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _SilentHandler(log_file, maxBytes=_MAX_LOG_BYTES, backupCount=_OLD_LOGS, encoding="utf-8")
        # Qt ends the process from C++; only this leaves a trace of where. It stays open until the end.
        faulthandler.enable((folder / f"{program}-fault.log").open("a", encoding="utf-8"))
    except OSError:
        return None
    handler.setFormatter(MaskingFormatter(_LINE))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return log_file


def catch_crashes(on_crash: Callable[[BaseException], None] | None) -> None:
    """Log what escapes in any thread, then call `on_crash` there; a later call replaces an earlier one."""
    told: set[str] = set()

    def in_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if (place := _place(error)) in told:  # a bug in a timer's slot must not turn the log over
            _log.critical("uncaught in the main thread again: %s", place)
        else:
            told.add(place)
            _log.critical("uncaught in the main thread", exc_info=(kind, error, trace))
        if on_crash is not None:
            on_crash(error)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is None or isinstance(args.exc_value, SystemExit):
            return
        name = args.thread.name if args.thread else "?"
        _log.critical("uncaught in thread %s", name, exc_info=args.exc_value)
        if on_crash is not None:
            on_crash(args.exc_value)

    sys.excepthook = in_main
    threading.excepthook = in_thread


def _place(error: BaseException) -> str:
    """Where an exception was raised, told apart from others by type and line."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {frames[-1].filename}:{frames[-1].lineno}" if frames else repr(error)
