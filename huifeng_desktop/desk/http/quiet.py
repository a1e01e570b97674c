"""Log lines about failures that hold no names and no telephone numbers."""

from __future__ import annotations

import logging
import traceback

_LOG = logging.getLogger("huifeng_desktop.desk")


def log_failure(what: str, problem: BaseException) -> None:
    """Where it happened and of what kind it was, but not its text: that could hold a name."""
    where = "".join(traceback.format_tb(problem.__traceback__))
    _LOG.error("%s failed with %s\n%s", what, type(problem).__name__, where)
