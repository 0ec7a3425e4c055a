"""What the command line writes: words on the screen, and files that are checked before the long work begins."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sim.files import is_file, real_path, written_whole

if TYPE_CHECKING:
    from sim.bars import Progress
    from sim.machine.compiling import Compiling
    from sim.world import World

COMPARED = ("double_peine", "empowered")
"""The worlds compared when none are named."""


File = tuple[str | None, Callable[[Path], object]]
"""Where something is to be written, None for nowhere, and what writes it."""


class Refused(ValueError):  # noqa: N818 - a sentence to the user, not an error of the program
    """A demand of the user's that cannot be met, in words."""


class NothingToWrite(ValueError):  # noqa: N818 - as above: nothing has gone wrong
    """A file that was asked for would be empty: the words say why."""


def complain(message: str) -> None:
    """Write to the error stream; where that cannot be written, nothing more can be said."""
    with suppress(OSError, ValueError, AttributeError):  # full, closed, or none at all
        for line in message.splitlines():
            print(f"sim: {line}" if not line.startswith(" ") else line, file=sys.stderr)


def say(text: str) -> bool:
    """Print; files are written all the same where nobody reads on, or the output is full.

    Returns
    -------
    bool
        Whether it could be printed, as far as somebody wanted to read it.
    """
    try:
        print(text, flush=True)
    except (OSError, ValueError, AttributeError) as error:
        # What is still held back is thrown away, or it would fail once more at the end of the program.
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return True
        complain(f"the standard output could not be written: {getattr(error, 'strerror', None) or error}")
        return False
    return sys.stdout is not None


@contextmanager
def progressing(options: Namespace, what: str, *worlds: World, parted: bool = False) -> Iterator[Progress | None]:
    """Compile what worlds need and never was on this machine, then give a progress bar; silence with ``--quiet``.

    Parameters
    ----------
    parted : bool
        Their intervals, or queues, are counted as well.
    """
    from sim.bars import bar
    from sim.measures.ready import ready

    ready(*worlds, tell=_silent if options.quiet else None, parted=parted)
    if options.quiet:
        yield None
        return
    with bar(what) as progress:
        yield progress


def _silent(_: Compiling) -> None:
    """Say nothing."""


def writable(
    files: Iterable[tuple[str, str | None]],
    inputs: Iterable[str] = (),
    read: Iterable[tuple[str, str | None]] = (),
    worlds: Iterable[str] = ("--out",),
) -> None:
    """Refuse files that could not be written, before anything is computed.

    Parameters
    ----------
    files : pairs of option and path
        None where the option was not given.
    inputs : iterable of str
        Worlds that were named: none of them may be written over.
    read : pairs of str and path
        What other files are that are read, such as "the log".
    worlds : iterable of str
        The options that write worlds.

    Raises
    ------
    Refused
        With every file that cannot be written, and why.
    """
    taken = {real_path(Path(name)): "the file of a world" for name in inputs if is_file(Path(name))}
    taken |= {real_path(Path(name)): what for what, name in read if name and is_file(Path(name))}
    wrong = []
    for option, name in files:
        if name is None:
            continue
        path = Path(name)
        reason = _unwritable(path) or _of_a_figure(option, path) or _of_a_report(option, path)
        if not reason and real_path(path) in taken:
            reason = f"is {taken[real_path(path)]} too"
        if not reason and path.suffix.lower() == ".toml" and option not in worlds:
            reason = "ends as the files of worlds do (.toml), and none of them may be written over"
        if reason:
            wrong.append(f"{option} {name or repr(name)} {reason}")
        else:
            taken[real_path(path)] = f"what {option} writes"
    if wrong:
        raise Refused("\n".join(wrong))


def _unwritable(path: Path) -> str:
    """Say why a file could not be written there; empty if it could."""
    try:
        if not path.name or path.is_dir():
            return "is a folder; a file's name is needed"
        if path.exists() and not path.is_file():
            return "is not an ordinary file"
        above = path.parent
        while not above.exists():
            above = above.parent
        if not above.is_dir():
            return f"cannot be written: {above} is not a folder"
        if not os.access(above, os.W_OK | os.X_OK):
            return f"cannot be written: no right to write in {above}"
        _try_the_name(above / path.name)
    except OSError as error:
        return f"cannot be written: {(error.strerror or str(error)).lower()}"
    except ValueError as error:
        return f"cannot be written: {error}"
    return ""


def _try_the_name(path: Path) -> None:
    """Begin to write such a file and take it away again: it is written under a longer name until it is whole."""
    with suppress(_OnlyTried), written_whole(path):
        raise _OnlyTried


class _OnlyTried(Exception):  # noqa: N818 - no error: it takes away what was begun
    """The trial is over."""


def _of_a_figure(option: str, path: Path) -> str:
    if option not in ("--figure", "--heat-map"):
        return ""
    from sim.figures.saving import FORMATS

    return "" if path.suffix.lower() in FORMATS else f"has to end in {' or '.join(FORMATS)}"


def _of_a_report(option: str, path: Path) -> str:
    """Say why no report could be written there: it ends otherwise, or the library that writes it is not there."""
    if option != "--report":
        return ""
    from sim.handouts.writing import ENDINGS, FORMS, lacking

    ending = path.suffix.lower().removeprefix(".")
    form = next((form for form in FORMS if form == ending), None)
    return f"has to end in {ENDINGS}" if form is None else lacking(form)


def written(files: Iterable[File], *, quiet: bool) -> bool:
    """Write each file that was asked for; one that fails does not keep the others from being written.

    Returns
    -------
    bool
        Whether all could be written.
    """
    good = True
    for name, write in files:
        if name is None:
            continue
        try:
            write(Path(name))
        except OSError as error:
            complain(f"{name} could not be written: {error.strerror or error}")
            good = False
        except NothingToWrite as nothing:
            complain(f"{name} was not written: {nothing}")
        except Exception as error:  # whatever goes wrong in writing or drawing, the rest has been worked for
            complain(f"{name} could not be written: {type(error).__name__}: {error}")
            good = False
        else:
            if not quiet:
                with suppress(OSError, ValueError, AttributeError):
                    print(f"written: {name}", file=sys.stderr)
    return good


def text_file(text: str) -> Callable[[Path], object]:
    """Return how a text is written, whole or not at all."""

    def write(path: Path) -> None:
        with written_whole(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8", newline="")

    return write
