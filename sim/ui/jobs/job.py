"""One piece of long work: who waits for it, how far it is, what it has come to so far and at the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Hashable
from typing import Any, Literal

State = Literal["waiting", "running", "finished", "failed", "cancelled"]
Work = Callable[["Job"], Any]
"""Told the job it is done for, and returns the answer; it says how far it is by `Job.tell`, which ends it where it
raises. A generator is set aside where it yields, while others have come to nothing yet, and gone on with after them."""


class Unwanted(Exception):  # noqa: N818 - no error: nobody waits any more
    """Nobody waits for this work any more."""


class Job:
    """Long work that was asked for.

    Attributes
    ----------
    key : hashable
        What the answer depends on: whoever asks for the same gets the same job.
    done : float
        The part that is done, from 0 to 1.
    what : str
        What is being done.
    partial : object or None
        What it has come to so far, where it shows that.
    answer : object or None
        What it came to, once finished.
    error : Exception or None
        Why it failed.
    """

    def __init__(self, key: Hashable, work: Work, *, stays: bool) -> None:
        self.key, self.work, self.stays = key, work, stays
        self.state: State = "waiting"
        self.done, self.what = 0.0, ""
        self.partial: Any = None
        self.answer: Any = None
        self.error: Exception | None = None
        self.seen: dict[str, float] = {}
        self.last_seen = time.monotonic()
        self.begun: float | None = None
        self._others: Callable[[], int] = int
        self._steps: Generator[None, None, Any] | None = None
        self._changed = threading.Condition()

    def tell(self, done: float, what: str) -> None:
        """Say how far the work is.

        Raises
        ------
        Unwanted
            If nobody waits for it any more.
        """
        if self.state == "cancelled":
            raise Unwanted
        self.done, self.what = done, what

    def publish(self, partial: object) -> None:
        """Show what the work has come to so far."""
        self._set(partial=partial)

    @property
    def crowded(self) -> bool:
        """Whether others are at work or wait beside it, so that it should take one processor and small steps."""
        return self._others() > 0

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("finished", "failed", "cancelled")

    @property
    def shown(self) -> Any:
        """What there is to show: the answer, or what it has come to so far."""
        return self.partial if self.answer is None else self.answer

    def seconds_left(self) -> float | None:
        """Return how long it will take at the pace so far; None before that can be told."""
        if self.begun is None or self.over or self.done < 0.02:
            return None
        return (time.monotonic() - self.begun) * (1 - self.done) / self.done

    def look(self, owner: str) -> None:
        """Note that somebody still waits for it."""
        self.seen[owner] = self.last_seen = time.monotonic()

    def leave(self, *owners: str) -> None:
        """Note that some do not wait any more; the last one who leaves ends it."""
        for owner in owners:
            self.seen.pop(owner, None)
        if not self.seen:
            self.cancel()

    def cancel(self) -> None:
        """End it for all."""
        if not self.over:
            self._set(state="cancelled")

    def run(self, others: Callable[[], int] = int, first: Callable[[], bool] = bool) -> bool:
        """Do the work, or go on with it; called by a lane's thread.

        Parameters
        ----------
        others : function
            How many others are at work or wait.
        first : function
            Whether others wait that have come to nothing yet.

        Returns
        -------
        bool
            Whether it was set aside, since others wait: it is to be run again.
        """
        with self._changed:
            if self.over:
                return False
            if self.state == "waiting":
                self.state, self.begun = "running", time.monotonic()
            self._others = others
        try:
            return self._done(first)
        except Unwanted:
            self.cancel()
        except Exception as error:
            self._end(state="failed", error=error)
        return False

    def _done(self, first: Callable[[], bool]) -> bool:
        """Do the work to its end, or until it yields while others come first; return whether something is left."""
        answer = self.work(self) if self._steps is None else self._steps
        if isinstance(answer, Generator):
            self._steps = answer
            while True:
                try:
                    next(answer)
                except StopIteration as end:
                    answer = end.value
                    break
                if self.state == "cancelled":
                    answer.close()
                    return False
                if first():
                    return True
        self._end(state="finished", answer=answer, done=1.0)
        return False

    def wait(self, seconds: float, until: Callable[[Job], bool]) -> bool:
        """Wait until something is so of it, or it is over, at most so long; return whether it came to that."""
        with self._changed:
            return self._changed.wait_for(lambda: self.over or until(self), seconds)

    def _end(self, **values: Any) -> None:
        if self.state != "cancelled":
            self._set(**values)

    def _set(self, **values: Any) -> None:
        with self._changed:
            for name, value in values.items():
                setattr(self, name, value)
            self._changed.notify_all()
