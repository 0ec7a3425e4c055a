"""How far a study is: simulated days done, out of those to do."""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from sim.study.running.tasks import Stopped

Progress = Callable[[int, int], None]
"""Told the simulated days done and those to do, several times a second, from a thread of its own. What it raises ends
the study, at once where the compiled engine works."""

_EVERY = 0.1


class Days:
    """The days done by every task: told in this process, or written down by another one, a byte for each."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.refusal: BaseException | None = None
        self._done: dict[int, int] = {}
        self._stopped = False

    def tell(self, replication: int, days: int) -> None:
        """Note the days that a task of this process has done.

        Raises
        ------
        Stopped
            If nobody wants any more of them.
        """
        self._done[replication] = days
        if self._stopped:
            raise Stopped

    def stop(self) -> None:
        """End the tasks of this process as soon as they tell how far they are."""
        self._stopped = True

    def done(self) -> int:
        """Return the days done so far."""
        written = 0 if self.folder is None else sum(file.stat().st_size for file in self.folder.iterdir())
        return written + sum(self._done.copy().values())


class Journal:
    """What a task in another process writes its days into."""

    def __init__(self, file: Path) -> None:
        self.file, self.written = file, 0

    def __call__(self, days: int) -> None:
        """Add a byte for every new day."""
        if days > self.written:
            with self.file.open("ab") as file:
                file.write(b"." * (days - self.written))
            self.written = days


@contextmanager
def watched(of: int, progress: Progress | None) -> Iterator[Days]:
    """Give the days to be told, and tell the progress read from them until the block ends.

    Raises
    ------
    BaseException
        Whatever the progress raised, at the end of the block.
    """
    days = Days()
    if progress is None:
        yield days
        return
    ended = threading.Event()

    def show() -> None:
        try:
            progress(min(days.done(), of), of)
        except BaseException as refusal:  # in whatever thread: it is raised again where the study was asked for
            days.refusal = refusal
            days.stop()
            ended.set()

    def watch() -> None:
        while not ended.wait(_EVERY):
            show()

    with tempfile.TemporaryDirectory(prefix="days-", ignore_cleanup_errors=True) as name:
        days.folder = Path(name)
        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield days
        except Stopped:
            pass  # the refusal that led to it is raised below
        finally:
            ended.set()
            watcher.join()
            if days.refusal is None:
                show()
    if days.refusal is not None:
        raise days.refusal


class Whole:
    """Progress of work that is done part by part, when how much it comes to is only expected.

    Parameters
    ----------
    progress : Progress or None
        Told of the whole.
    expected : int
        Simulated days; where the parts come to more, to do is what they come to.
    """

    def __init__(self, progress: Progress | None, expected: int) -> None:
        self._progress, self.expected, self.done = progress, expected, 0

    @property
    def part(self) -> Progress | None:
        """What the next part tells: it is over when it has told that all of its days are done."""
        return None if self._progress is None else self._tell

    def _tell(self, done: int, of: int) -> None:
        assert self._progress is not None
        self._progress(self.done + done, max(self.expected, self.done + of))

    def over(self, days: int) -> None:
        """Note that a part of so many days is done."""
        self.done += days


@contextmanager
def bar(what: str, stream: TextIO | None = None, *, unit: str = "simulated days") -> Iterator[Progress]:
    """Give a progress bar with the time left; a line now and then where the stream is not a terminal."""
    stream = sys.stderr if stream is None else stream
    if not _is_terminal(stream):
        yield _unless_it_cannot(_lines(what, stream, unit))
        return
    how: dict[str, Any] = {"unit": f" {unit.split()[-1]}", "leave": False, "smoothing": 0.1, "dynamic_ncols": True}
    shown: Any = None

    def tell(done: int, of: int) -> None:
        nonlocal shown
        if shown is None:
            from tqdm import tqdm  # here: the work does not wait for it

            shown = tqdm(desc=what, total=of, file=stream, **how)
        if done < shown.n:
            shown.reset(total=of)
        shown.total = of  # more may be foretold on the way: the time that was needed so far still counts
        shown.update(done - shown.n)

    try:
        yield _unless_it_cannot(tell)
    finally:
        with suppress(*_CANNOT):
            if shown is not None:
                shown.close()


_CANNOT = (OSError, ValueError, AttributeError)
"""What writing to a stream raises that is full, closed or not there."""


def _is_terminal(stream: TextIO) -> bool:
    with suppress(*_CANNOT):
        return stream.isatty()
    return False


def _unless_it_cannot(tell: Progress) -> Progress:
    """Tell as long as that can be written: progress is never worth the result."""
    broken = False

    def told(done: int, of: int) -> None:
        nonlocal broken
        if not broken:
            try:
                tell(done, of)
            except _CANNOT:
                broken = True

    return told


def _lines(what: str, stream: TextIO, unit: str) -> Progress:
    """Write a line for every fifth of the way."""
    began, told = time.monotonic(), [0, 0]

    def tell(done: int, of: int) -> None:
        fifths = 5 * done // of if of else 5
        if of != told[1]:
            told[:] = [0, of]
        if fifths > told[0]:
            told[0] = fifths
            print(
                f"{what}: {100 * done // of} % of the {unit}, {time.monotonic() - began:.0f} s",
                file=stream,
                flush=True,
            )

    return tell
