"""The work behind the page: a study in a thread of its own, watched from the script."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from sim.engines import run
from sim.history import History
from sim.population import populate
from sim.study.compare import Comparison, compare
from sim.ui.choices import Choices

Tell = Callable[[float, str], None]
"""Told the part done, from 0 to 1, and what is being done."""


@dataclass(frozen=True)
class Study:
    """What a run of the page gives: the comparison, and one replication of both worlds for the strip."""

    choices: Choices
    comparison: Comparison
    histories: tuple[History, History]


def study(choices: Choices, tell: Tell) -> Study:
    """Compare the worlds chosen, and live the first replication once more to keep its histories.

    Raises
    ------
    ValueError, ReplicationError
        As `Choices.worlds` and `sim.study.compare.compare`.
    """
    first, second = choices.worlds()
    # One replication more than compared is lived: the last part of the bar is its.
    compared = choices.replications / (choices.replications + 1)
    comparison = compare(
        first,
        second,
        replications=choices.replications,
        seed=choices.seed,
        equal="none",
        workers=1,  # processes started from a page's script would run the script again
        progress=lambda done, of: tell(compared * done / of, f"{done} of {of} simulated days"),
    )
    tell(compared, "one replication more, for a customer's story")
    customers = populate(first, seed=choices.seed)
    histories = run(first, customers), run(second, customers)
    return Study(choices, comparison, histories)


def watched(choices: Choices, show: Tell, every: float = 0.2) -> Study:
    """Do the study in a thread and show its progress from this one, which alone may draw on the page.

    Raises
    ------
    Exception
        Whatever the study raises.
    """
    told = (0.0, "starting")

    def tell(part: float, what: str) -> None:
        nonlocal told
        told = (part, what)

    with ThreadPoolExecutor(1) as hands:
        answer: Future[Study] = hands.submit(study, choices, tell)
        while wait([answer], timeout=every).not_done:
            show(*told)
    show(1.0, "done")
    return answer.result()
