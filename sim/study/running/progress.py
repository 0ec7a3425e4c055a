"""How far a study is: simulated days done, out of those to do."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path

from sim.bars import Progress
from sim.study.running.tasks import Stopped

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
        # In the context of this thread, by which a kernel knows the cell that it writes for.
        watcher = threading.Thread(target=copy_context().run, args=(watch,), daemon=True)
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
