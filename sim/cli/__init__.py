"""The command line: ``python -m sim run | compare | sweep | staff | levers | breakeven | ...``."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module

from sim.cli.codes import INTERRUPTED, MISTAKE

_HOME = {
    "best": "choosing",
    "breakeven": "decomposing",
    "calibrate": "calibrating",
    "check": "checking",
    "compare": "comparing",
    "diff": "differing",
    "fit": "fitting",
    "frontier": "choosing",
    "generations": "generations",
    "graph": "graphing",
    "indices": "choosing",
    "levers": "decomposing",
    "merge": "storing",
    "repeat": "storing",
    "run": "running",
    "staff": "staffing",
    "story": "placing",
    "sweep": "sweeping",
    "tell": "lives",
    "tornado": "choosing",
    "weights": "decomposing",
}
"""Where each command is at home: no other's file is read, nor what that imports."""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says.

    Returns
    -------
    int
        0 when done; 1 when a replication failed, or two tellings of a world differ; 2 for a mistake of the user's,
        told in words, and for output that could not be written, everything else having been; 130 when interrupted,
        whatever was finished until then having been printed.
    """
    pressed: list[int] = []
    try:
        with _noted(pressed):
            return _done(argv)  # all that takes time is imported in there: Ctrl-C is answered from the first moment
    except KeyboardInterrupt:
        return _interrupted()
    except ValueError as mistake:  # of the user's, from reading worlds and options: `WorldError` among them
        if pressed:
            return _interrupted()
        from sim.cli.outputs import complain

        complain(str(mistake))
        return MISTAKE
    except (ImportError, AttributeError, RuntimeError, SystemError):
        if not pressed:
            raise
        return _interrupted()  # a module of C that was being imported took the interruption for an error of its own


def _interrupted() -> int:
    exec("")  # Python remembers an interruption inside of an exec, and would end the process by the signal
    from sim.cli.outputs import complain

    complain("interrupted before there was anything more to print")
    return INTERRUPTED


@contextmanager
def _noted(pressed: list[int]) -> Iterator[None]:
    """Note that Ctrl-C was pressed, whatever becomes of the interruption on its way up."""

    def noting(number: int, frame: object) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    here = threading.current_thread() is threading.main_thread()
    if not here or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, noting)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _done(argv: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    from sim.cli.options import parser

    options = parser().parse_args(argv)
    options.command_line = command_line(sys.argv[1:] if argv is None else argv)
    command = getattr(import_module(f"sim.cli.{_HOME[options.command]}"), options.command)
    return int(command(options))


def command_line(argv: Sequence[str]) -> str:
    """Return what to type for these arguments.

    Examples
    --------
    >>> command_line(["compare", "--cut", "15 min"])
    "python -m sim compare --cut '15 min'"
    """
    import shlex

    plain = (one.encode("utf-8", "backslashreplace").decode() for one in argv)  # a file's name may be no text
    return shlex.join(["python", "-m", "sim", *plain])
