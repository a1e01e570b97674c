"""`python -m huifeng_desktop` is the same as the installed command."""

from huifeng_desktop.cli import main

raise SystemExit(main())
