"""How far a study is: simulated days done, out of those to do."""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

Progress = Callable[[int, int], None]
"""Told the simulated days done and those to do, several times a second, from a thread of its own."""

_EVERY = 0.3


@contextmanager
def journals(days: int, progress: Progress | None) -> Iterator[Path | None]:
    """Give a folder for the tasks' journals, and tell the progress that is read from them until the block ends."""
    if progress is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="days-", ignore_cleanup_errors=True) as name:
        folder, ended = Path(name), threading.Event()

        def watch() -> None:
            while not ended.wait(_EVERY):
                progress(min(_bytes_in(folder), days), days)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield folder
        finally:
            ended.set()
            watcher.join()
            progress(min(_bytes_in(folder), days), days)


def _bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


@contextmanager
def bar(what: str, stream: TextIO | None = None) -> Iterator[Progress]:
    """Give a progress bar with the time left; a line now and then where the stream is not a terminal."""
    stream = sys.stderr if stream is None else stream
    if not stream.isatty():
        yield _lines(what, stream)
        return
    from tqdm import tqdm

    with tqdm(
        desc=what, total=None, unit=" days", file=stream, leave=False, smoothing=0.1, dynamic_ncols=True
    ) as shown:

        def tell(done: int, of: int) -> None:
            if shown.total != of or done < shown.n:
                shown.reset(total=of)
            shown.update(done - shown.n)

        yield tell


def _lines(what: str, stream: TextIO) -> Progress:
    """Write a line for every fifth of the way."""
    began, told = time.monotonic(), [0, 0]

    def tell(done: int, of: int) -> None:
        fifths = 5 * done // of if of else 5
        if of != told[1]:
            told[:] = [0, of]
        if fifths > told[0]:
            told[0] = fifths
            print(
                f"{what}: {100 * done // of} % of the simulated days, {time.monotonic() - began:.0f} s",
                file=stream,
                flush=True,
            )

    return tell
