"""All jobs of a server: a few at once, others in line, each forgotten some time after nobody looks at it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

from sim.ui.jobs.job import Job, Work

Lane = Literal["quick", "long"]
_TIDIED_EVERY = 5.0


@dataclass(frozen=True)
class Limits:
    """How much a server does and keeps.

    Attributes
    ----------
    quick, long : int
        Jobs at once in each lane: what answers a slider, and what takes minutes.
    waiting : int
        Jobs in line, of both lanes together, beyond which none is taken on.
    unseen : float
        Seconds after which a job that answers a slider is given up, when nobody has looked at it.
    unseen_long : float
        The same for one that takes minutes, and stays when its page is left.
    kept : float
        Seconds for which an answer is kept after it was last looked at.
    answers : int
        Answers that are kept at most.
    """

    quick: int = 2
    long: int = 1
    waiting: int = 40
    unseen: float = 20.0
    unseen_long: float = 3600.0
    kept: float = 900.0
    answers: int = 48


class Full(RuntimeError):  # noqa: N818 - no mistake of the program
    """More work is in line than this server takes on."""


class Jobs:
    """The jobs of one server, whoever asked for them."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._jobs: dict[Hashable, Job] = {}
        self._lines: dict[Lane, deque[Job]] = {"quick": deque(), "long": deque()}
        self._more = threading.Condition()
        for lane, hands in (("quick", self.limits.quick), ("long", self.limits.long)):
            for at in range(hands):
                threading.Thread(target=self._work, args=(lane, at == 0), name=f"{lane} work {at}", daemon=True).start()
        threading.Thread(target=self._tidy_on, name="tidying", daemon=True).start()

    def ask(self, key: Hashable, work: Work, owner: str, lane: Lane = "quick") -> Job:
        """Return the job of this key: the one that there is, or a new one in line.

        Raises
        ------
        Full
            If too many are in line already.
        """
        with self._more:
            job = self._jobs.get(key)
            if job is None or job.state in ("failed", "cancelled"):
                job = self._new(key, work, lane)
            job.look(owner)
            return job

    def known(self, key: Hashable) -> Job | None:
        """Return the job of a key, if it was asked for."""
        return self._jobs.get(key)

    def place(self, job: Job) -> int:
        """Return how many stand in line before a job that waits, itself included; 0 for one that was begun."""
        with self._more:
            for line in self._lines.values():
                if job in line and job.state == "waiting":
                    return [one for one in line if one.state == "waiting"].index(job) + 1
        return 0

    def busy(self) -> int:
        """Return how many jobs run or wait."""
        return sum(not job.over for job in list(self._jobs.values()))

    def tidy(self, now: float | None = None) -> None:
        """Give up what nobody waits for, and forget answers that nobody looks at."""
        now = time.monotonic() if now is None else now
        with self._more:
            for job in list(self._jobs.values()):
                unseen = now - job.last_seen
                if not job.over and unseen > (self.limits.unseen_long if job.stays else self.limits.unseen):
                    job.cancel()
                if job.over and (unseen > self.limits.kept or job.state == "cancelled"):
                    del self._jobs[job.key]
            over = sorted((job for job in self._jobs.values() if job.over), key=lambda job: job.last_seen)
            for job in over[: max(0, len(over) - self.limits.answers)]:
                del self._jobs[job.key]

    def end(self) -> None:
        """Give up all work: the server ends, which waits for the threads of a study."""
        with self._more:
            for job in self._jobs.values():
                if not job.over:
                    job.cancel()

    def __len__(self) -> int:
        return len(self._jobs)

    def _new(self, key: Hashable, work: Work, lane: Lane) -> Job:
        for line in self._lines.values():  # what was given up waits for nobody
            for gone in [job for job in line if job.over]:
                line.remove(gone)
        if sum(one.state == "waiting" for line in self._lines.values() for one in line) >= self.limits.waiting:
            raise Full(f"{self.limits.waiting} pieces of work are in line already")
        job = self._jobs[key] = Job(key, work, stays=lane == "long")
        self._lines[lane].append(job)
        self._more.notify_all()
        return job

    def _work(self, lane: Lane, goes_on: bool) -> None:
        """Do what stands in line, what shows nothing yet first; one hand alone goes on with what was set aside."""
        line = self._lines[lane]

        def next_one() -> Job | None:
            return next((one for one in line if one.begun is None), line[0] if goes_on and line else None)

        def first() -> bool:
            return not goes_on or any(one.begun is None and not one.over for one in list(line))

        while True:
            with self._more:
                while (job := next_one()) is None:
                    self._more.wait()
                line.remove(job)
            if job.run(lambda: self.busy() - 1, first):
                with self._more:
                    line.append(job)
                    self._more.notify_all()

    def _tidy_on(self) -> None:
        while True:
            time.sleep(_TIDIED_EVERY)
            self.tidy()
