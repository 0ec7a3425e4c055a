"""How far work is, in English: one job may be watched in several languages, and each page tells it in its reader's."""

from __future__ import annotations

from sim.bars import Progress
from sim.ui.jobs.job import Job
from sim.ui.state.speech import later


def telling(job: Job) -> Progress:
    """Return what a study of the library tells its progress to; it ends the study when nobody waits for it."""
    return lambda done, of: job.tell(done / max(of, 1), days_lived(done, of))


def days_lived(done: int, of: int, whose: str = "") -> str:
    """Return how many days are lived by now, in English.

    Examples
    --------
    >>> days_lived(5, 20)
    'days lived: 5 of 20'
    >>> days_lived(5579, 2022400, "Own staff")
    'Own staff, days lived: 5,579 of 2,022,400'
    """
    if whose:
        return later("{said}, days lived: {n} of {n_of}").format(said=whose, n=f"{done:,}", n_of=f"{of:,}")
    return later("days lived: {n} of {n_of}").format(n=f"{done:,}", n_of=f"{of:,}")
