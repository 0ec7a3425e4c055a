"""How far long work is, shown: a bar in a terminal or a notebook, gone when the work is over; lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import cache, wraps
from typing import Any, ParamSpec, Protocol, TextIO, TypeVar

from sim.quoting import short

Progress = Callable[[int, int], None]
"""Told what is done and what is to do (simulated days, if nothing else is said), several times a second, from a thread
of its own. What it raises ends the study, at once where the compiled engine works."""
Shown = Progress | bool | None
"""What an argument ``progress`` may be: a function that is told; True for a bar; False or None for silence."""

P = ParamSpec("P")
R = TypeVar("R")
_DAYS = "simulated days"
_AGAIN = 0.5
"""Seconds after which words in a notebook are written anew."""
_CANNOT = (OSError, ValueError, AttributeError)
"""What writing to a stream raises that is full, closed or not there."""


def given(progress: Shown) -> Progress | None:
    """Return the function that is to be told how far it is; None for silence.

    Raises
    ------
    ValueError
        If it is none; True has become one before, in a function that `shows_progress`.
    """
    if progress is None or _is(progress, False):
        return None
    if not callable(progress):
        raise ValueError(
            f"progress is {short(repr(progress))}: True for a bar, None for silence, "
            "or a function of days done and days to do is needed"
        )
    return progress


def _is(progress: object, said: bool) -> bool:
    """Say whether it is this truth value, numpy's own among them."""
    return type(progress).__name__ in ("bool", "bool_") and bool(progress) is said


def shows_progress(what: str, unit: str = _DAYS) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let ``progress=True`` of a function be a `bar`, which is gone when it returns, is interrupted or fails."""

    def showing(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def shown(*args: P.args, **kwargs: P.kwargs) -> R:
            if not _is(kwargs.get("progress"), True):
                return function(*args, **kwargs)
            with bar(what, unit=unit) as progress:
                kwargs["progress"] = progress
                return function(*args, **kwargs)

        return shown

    return showing


@contextmanager
def bar(what: str, stream: TextIO | None = None, *, unit: str = _DAYS) -> Iterator[Progress]:
    """Give a progress bar with the time left, for the argument ``progress`` of whatever takes long.

    Where nothing else has to be said of it ``progress=True`` does the same. In a notebook it is a widget, words where
    ipywidgets is not installed; in a terminal a bar; elsewhere a line for every fifth of the way. When the block ends,
    in whatever way, widget, words and bar are gone.

    Parameters
    ----------
    what : str
        What is being done, written before the bar.
    stream : file, optional
        Where to; by default the notebook, or standard error.
    unit : str
        What is counted.

    Returns
    -------
    context manager
        Of a function of what is done and what is to do. What cannot be written (a full disk, a closed terminal) costs
        the bar, never the result.

    Examples
    --------
    >>> import sys, sim
    >>> with sim.bar("a day", sys.stdout) as progress:
    ...     lived = sim.replicate("base", replications=1, days=1, progress=progress)  # doctest: +ELLIPSIS
    a day: 100 % of the simulated days, ... s
    """
    shown = _shown(what, stream, unit)
    try:
        yield _unless_it_cannot(shown.tell)
    finally:
        with suppress(*_CANNOT):
            shown.close()


def in_a_notebook() -> bool:
    """Say whether a kernel runs this; who has not imported IPython is in none."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return getattr(shell, "kernel", None) is not None


class Words:
    """Words in a notebook that are written over, and leave nothing when they are cleared."""

    def __init__(self) -> None:
        self.place: Any = None

    def write(self, said: str) -> None:
        """Write them in the place of those before."""
        if self.place is None:
            self.place = _placed({"text/plain": said}, raw=True)
        else:
            self.place.update({"text/plain": said}, raw=True)

    def clear(self) -> None:
        """Take them away."""
        if self.place is not None:
            self.place.update({}, raw=True)


def _placed(what: Any, *, raw: bool = False) -> Any:
    """Show something in the notebook, and return its place, where other things may be shown."""
    from IPython import display

    handle: Any = display.DisplayHandle
    place = handle()
    place.display(what, raw=raw)
    return place


class _Bar(Protocol):
    def tell(self, done: int, of: int) -> None: ...

    def close(self) -> None: ...


def _shown(what: str, stream: TextIO | None, unit: str) -> _Bar:
    if stream is None and in_a_notebook():
        return _Widget(what, unit) if _has_widgets() else _Said(what, unit)
    stream = sys.stderr if stream is None else stream
    return _Drawn(what, unit, stream) if _is_terminal(stream) else _Lines(what, unit, stream)


def _has_widgets() -> bool:
    from tqdm import notebook

    return getattr(notebook, "IProgress", None) is not None


def _is_terminal(stream: TextIO) -> bool:
    with suppress(*_CANNOT):
        return stream.isatty()
    return False


class _Drawn:
    """A bar of tqdm's in a terminal, made when there is something to tell."""

    def __init__(self, what: str, unit: str, stream: TextIO | None = None) -> None:
        self.how: dict[str, Any] = {"desc": what, "unit": f" {unit.split()[-1]}", "file": stream, "smoothing": 0.1}
        self.how |= {"leave": False, "dynamic_ncols": True}
        self.bar: Any = None

    def tell(self, done: int, of: int) -> None:
        """Draw it."""
        if self.bar is None:
            from tqdm import tqdm  # here: the work does not wait for it

            self.bar = _giving_back(tqdm)(total=of, **self.how)
        if done < self.bar.n:
            self.bar.reset(total=of)
        self.bar.total = of  # more may be foretold on the way: the time that was needed so far still counts
        self.bar.update(done - self.bar.n)

    def close(self) -> None:
        """Take it away."""
        if self.bar is not None:
            self.bar.close()


class _Widget(_Drawn):
    """A bar of tqdm's in a notebook, shown by whoever asked for it: a kernel knows of a cell by its thread."""

    def __init__(self, what: str, unit: str) -> None:
        from tqdm.notebook import tqdm_notebook

        super().__init__(what, unit)
        self.bar = _giving_back(tqdm_notebook)(total=1, display=False, **self.how)
        self.box = self.bar.container
        self.place = _placed(self.box)

    def tell(self, done: int, of: int) -> None:
        """Draw it, and how much there is to do."""
        self.box.children[1].max = of
        super().tell(done, of)

    def close(self) -> None:
        """Take it away: tqdm would leave one that was interrupted, and its place."""
        super().close()
        for widget in (*self.box.children, self.box):
            widget.close()
        self.place.update({}, raw=True)


class _Said:
    """How far it is in a notebook without widgets."""

    def __init__(self, what: str, unit: str) -> None:
        self.what, self.unit, self.began, self.last = what, unit, time.monotonic(), 0.0
        self.words = Words()
        self.words.write(f"{what} ...")

    def tell(self, done: int, of: int) -> None:
        """Write how far it is, and how long it still takes."""
        now = time.monotonic()
        if now < self.last + _AGAIN:
            return
        self.last, took = now, now - self.began
        left = f", {took * (of - done) / done:.0f} s left" if 0 < done < of else ""
        said = f"{self.what}: {100 * done // of if of else 100} % of the {self.unit}, {took:.0f} s{left}"
        self.words.write(said)

    def close(self) -> None:
        """Take it away."""
        self.words.clear()


class _Lines:
    """A line for every fifth of the way."""

    def __init__(self, what: str, unit: str, stream: TextIO) -> None:
        self.what, self.unit, self.stream = what, unit, stream
        self.began, self.fifths, self.done = time.monotonic(), 0, 0

    def tell(self, done: int, of: int) -> None:
        """Write it, if the next fifth is done."""
        if done < self.done:  # something else has begun; where more is foretold on the way, nothing has
            self.fifths = 0
        self.done = done
        percent = 100 * done // of if of else 100
        if percent // 20 > self.fifths:
            self.fifths = percent // 20
            took = time.monotonic() - self.began
            said = f"{self.what}: {percent} % of the {self.unit}, {took:.0f} s"
            print(said, file=self.stream, flush=True)

    def close(self) -> None:
        """Leave them."""


@cache
def _giving_back(kind: Any) -> Any:
    """Return a kind of tqdm's bars that gives its lock back whatever drawing raises.

    The lock is one for all bars, and tqdm keeps it where drawing raises: the next bar of another thread would wait for
    ever.
    """

    class GivingBack(kind):  # type: ignore[misc]
        def refresh(self, nolock: bool = False, lock_args: object = None) -> bool:
            with nullcontext() if nolock else self.get_lock():
                self.display()
            return True

    return GivingBack


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
