"""The work behind the page Compare: two worlds lived, a few replications first, the others added as they come."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import suppress
from functools import partial

from sim.machine.compiling import Compiling
from sim.measures.ready import ready
from sim.reading import World
from sim.study.comparing.compare import compare
from sim.study.comparing.comparison import Comparison
from sim.study.searching.equal import LABELS, Equal
from sim.ui.comparing.question import Question
from sim.ui.jobs.far import days_lived
from sim.ui.jobs.job import Job, Unwanted, Work

FIRST = 2
"""Replications of the first look: the fewest that have an interval."""


def work_of(question: Question, shown: Callable[[Comparison], object] = lambda made: made) -> Work:
    """Return the work that answers a question.

    Parameters
    ----------
    shown : function
        What a comparison that is not finished is published as.

    Raises
    ------
    ValueError
        As `Question.worlds`.
    """
    first, second = question.worlds()
    how = question.how or question.ways()[0]
    return partial(_lived, first, second, how, question, shown)


def compiled(job: Job, *worlds: World, parted: bool = False) -> None:
    """Compile what was never compiled on this machine, and say so."""

    def compiling(now: Compiling) -> None:
        with suppress(Unwanted):  # what is compiled once is of use to whoever comes next
            job.tell(0.0, str(now))

    ready(*worlds, tell=compiling, parted=parted)


def _lived(
    first: World,
    second: World,
    how: Equal,
    question: Question,
    shown: Callable[[Comparison], object],
    job: Job,
) -> Generator[None, None, Comparison]:
    """Live the replications part by part, and step aside between them: a first look comes before another's last."""
    compiled(job, first, second)
    made: Comparison | None = None
    done, whole = 0, how in ("service", "least_cost")  # a search needs all replications at once
    while done < question.replications:
        crowded = job.crowded
        numbers = part(done, question.replications, whole=whole, small=crowded)
        more = compare(
            first,
            second,
            replications=numbers,
            days=question.days,
            seed=question.seed,
            equal=how,
            workers=1 if crowded else None,
            progress=partial(_told, job, numbers, question.replications, how),
        )
        made, done = more if made is None else made + more, numbers.stop
        job.publish(shown(made))
        yield
    assert made is not None
    return made


def _told(job: Job, numbers: range, of: int, how: Equal, done: int, days: int) -> None:
    part = (numbers.start + len(numbers) * done / max(days, 1)) / of
    job.tell(part, days_lived(done, days, LABELS[how].capitalize()))


def part(done: int, of: int, *, whole: bool, small: bool) -> range:
    """Return which replications are lived next: as many as there are, or a few where others wait, or all the rest.

    Examples
    --------
    >>> part(0, 10, whole=False, small=False), part(4, 10, whole=False, small=False)
    (range(0, 2), range(4, 8))
    >>> part(4, 10, whole=False, small=True), part(0, 10, whole=True, small=True)
    (range(4, 6), range(0, 10))
    """
    many = of if whole else FIRST if small else max(done, FIRST)
    until = min(of, done + many)
    if of - until == 1 and until - done > 1:
        until = of  # two are the fewest that can be compared
    return range(done, until)
