"""The command line: ``python -m sim run | compare | diff | check``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress

from sim.cli.outputs import complain

INTERRUPTED, MISTAKE, FAILED = 130, 2, 1


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says.

    Returns
    -------
    int
        0 when done; 1 when a replication failed; 2 for a mistake of the user's, told in words; 130 when
        interrupted, whatever was finished until then having been printed.
    """
    from sim.cli.options import parser

    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    options = parser().parse_args(argv)
    from sim.cli import commands

    try:
        return int(getattr(commands, options.command)(options))
    except KeyboardInterrupt:
        complain("interrupted before there was anything to print")
        return INTERRUPTED
    except commands.MISTAKES as mistake:
        complain(str(mistake))
        return MISTAKE
