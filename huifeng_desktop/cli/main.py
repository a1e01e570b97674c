"""Entry: find the data folder, run one command, turn whatever ends it into one line and a status."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from huifeng_desktop import diagnostics
from huifeng_desktop.cli.parser import build_parser
from huifeng_desktop.cli.printing import Answer
from huifeng_desktop.paths import default_data_dir


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status is 0 done, 1 a problem to act on, 2 wrong usage."""
    _speak_utf8()
    arguments = build_parser().parse_args(argv)
    data_dir = Path(arguments.data).expanduser().resolve() if arguments.data else default_data_dir()
    log_file = diagnostics.install(data_dir, arguments.program)
    try:
        answer = arguments.run(arguments, data_dir)
    except SystemExit:
        raise
    except BaseException as error:
        print(diagnostics.explain(error, log_file), file=sys.stderr)
        return 1
    return answer.show(as_json=arguments.json) if isinstance(answer, Answer) else int(answer)


def _speak_utf8() -> None:
    """Names of any script must come out, whatever the terminal's code page."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
