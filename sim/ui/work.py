"""The work behind the page: done in a thread of its own, watched from the script, ended when nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, TypeVar

from sim.engines import run
from sim.figures import interesting_customer
from sim.history.rows import History
from sim.machine.compiling import Compiling
from sim.measures.ready import ready
from sim.people import populate
from sim.study.comparing.compare import compare
from sim.study.comparing.comparison import Comparison
from sim.study.searching.equal import LABELS, Equal, EqualServiceError
from sim.ui.choices import Choices
from sim.world import World

Tell = Callable[[float, str], None]
"""Told the part done, from 0 to 1, and what is being done; what it raises ends the work."""
Answer = TypeVar("Answer")
Whose = Literal["median", "worst"]


class Unwanted(Exception):  # noqa: N818 - no error: the page has gone on
    """Nobody waits for this work any more."""


@dataclass(frozen=True)
class Story:
    """One replication of both worlds, and of its customers those whose lives are worth a look.

    Attributes
    ----------
    missing : str
        Why there is nobody to look at; empty where there is.
    """

    histories: tuple[History, History]
    customers: dict[Whose, int]
    missing: str = ""


def with_way(choices: Choices, how: Equal, tell: Tell) -> Comparison | str:
    """Compare the worlds chosen, the second staffed in this way; in words where no staff makes the service equal.

    Raises
    ------
    ValueError, ReplicationError
        As `Choices.worlds` and `sim.study.comparing.compare.compare`.
    """
    first, second = choices.changed()
    _compile((first, second), tell)
    label = LABELS[how]

    def days(done: int, of: int) -> None:
        tell(done / of, f"{label}, days lived: {done:,} of {of:,}")

    try:
        return compare(
            first,
            second,
            replications=choices.replications,
            days=choices.days,
            seed=choices.seed,
            equal=how,
            progress=days,
        )
    except EqualServiceError as reason:
        return str(reason)


def story(worlds: tuple[World, World], seed: int, tell: Tell) -> Story:
    """Live the first replication once more, and keep both histories."""

    def lived(world: World) -> History:
        return run(world, customers, tick=lambda now: tell(now / world.time.end, f"a customer's life in {world.name}"))

    customers = populate(worlds[0], seed=seed)
    histories = lived(worlds[0]), lived(worlds[1])
    whose: tuple[Whose, ...] = ("median", "worst")
    try:
        return Story(histories, {which: interesting_customer(*histories, which=which) for which in whose})
    except ValueError as nobody:
        return Story(histories, {}, str(nobody))


def _compile(worlds: tuple[World, World], tell: Tell) -> None:
    def compiling(now: Compiling) -> None:
        with suppress(Unwanted):  # what is compiled once is of use to whoever comes next
            tell(now.done / now.of, str(now))

    ready(*worlds, tell=compiling)


def watched(work: Callable[[Tell], Answer], show: Tell, every: float = 0.05) -> Answer:
    """Do work in a thread and show its progress from this one, which alone may draw on the page.

    Where showing raises (Streamlit ends a script so, when something was clicked), the work is not waited for: it ends
    by itself the next time it tells how far it is.

    Raises
    ------
    BaseException
        Whatever the work raises, or showing.
    """
    told = (0.0, "starting")
    left = threading.Event()

    def tell(part: float, what: str) -> None:
        nonlocal told
        told = (part, what)
        if left.is_set():
            raise Unwanted

    hands = ThreadPoolExecutor(1)
    answer: Future[Answer] = hands.submit(work, tell)
    try:
        while wait([answer], timeout=every).not_done:
            show(*told)
        return answer.result()
    finally:
        left.set()
        hands.shutdown(wait=False)
