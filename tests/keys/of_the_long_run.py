"""The keys of `[generations]`, each turned, with what has to follow from it for one customer, worked by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

import sim
from sim.study.generations.next_year import Causes
from sim.study.generations.people import people_of
from tests.study.one_customer import ces, disloyal, goes, lived
from tests.worlds import tiny_world

BAD, GOOD = 8.0, 0.0
"""Efforts: a CES of 4.46, and of 1, less than the competitors' 1.5."""
W = ces(BAD) - 1.5
"""What the bad journey adds to the grievance."""


class LongTurn(NamedTuple):
    """A key, some of its values, what is asked of a world that has them, and what each has to lead to."""

    key: str
    values: tuple[Any, ...]
    asked: Callable[[sim.World], float]
    expected: tuple[float, ...]
    beside: dict[str, Any] = {}  # noqa: RUF012 - a named tuple's default is shared, and written to by nobody


def leaves(script: dict[int, Sequence[int]], efforts: Sequence[float] = (BAD,), *, at: int = 0) -> Callable[..., float]:
    """Return the part of one customer who leaves at his date."""
    return lambda world: float(lived(world, script, efforts, decides=(at,))["left"][at])


def won(effort: float) -> Callable[[sim.World], float]:
    """Return who comes in a month in which one customer has one problem."""
    return lambda world: float(lived(world, {0: [0]}, [effort])["won"][0])


def staff_a_year(world: sim.World) -> float:
    """Return what staff costs in a year for each customer."""
    return sim.generations([world, world], years=1, replications=2, customers=10).year("staff_eur", 1).mean


def first_date(world: sim.World) -> float:
    """Return in which month, from his own first on, one who came in the first month may leave."""
    people = people_of(world, 1, 0, 10, 12)
    return float((people.decides - people.joins)[people.size])


def problems_later(world: sim.World) -> float:
    """Return what two years later is left of the problems."""
    return Causes.of(world).after_a_year(world).after_a_year(world).all


WELL = 1 - disloyal(ces(GOOD))
RECURS = {"population": {"reasons": {"any": {"share": 1.0, "recurrence": 0.3}}}}
WAGED = {"teams": {"front": {"wage": 20}}}
SAID = {"speaks_well": 0.5, "won_per_told": 0.01}

LONG_RUN = (
    LongTurn("problems_per_customer", (1.6, 3.2), staff_a_year, (16.0, 32.0), WAGED),
    LongTurn("memory", (18, 6), leaves({0: [0]}, at=6), (goes(W * math.exp(-6 / 18)), goes(W * math.exp(-1)))),
    LongTurn("contract", (12, 24), first_date, (11, 23)),
    LongTurn("belief_competitors_equal", (0.7, 0), leaves({0: [0]}), (goes(W), goes(W, belief=0))),
    LongTurn("belief_at_change", (0.2, 0.5), leaves({0: [0]}), (goes(W, 0, 0.2), goes(W, 0, 0.5)),
             {"generations": {"change_in_year": 1}}),
    LongTurn("change_in_year", (0, 1), leaves({0: [0]}), (goes(W), goes(W, 0, 0.2))),
    LongTurn("lock_in_at_change", (0, 1), leaves({0: [0]}), (goes(W, 0, 0.2), goes(W, 0.5, 0.2)),
             {"generations": {"change_in_year": 1}}),
    LongTurn("competitor_effort", (1.5, 3), leaves({0: [0]}), (goes(W), goes(W - 1.5))),
    LongTurn("competitor_drift", (0, -0.2), leaves({12: [0]}, (BAD, BAD), at=12), (goes(W - 0.5), goes(W - 0.3)),
             {"generations": {"competitor_effort": 2.0, "acquisitions": 0}}),
    LongTurn("goodwill", (0, 1), leaves({0: [0], 12: [0]}, (BAD, GOOD), at=12),
             (goes(W * math.exp(-12 / 18)), goes(W * math.exp(-12 / 18) - 0.5)), {"generations": {"acquisitions": 0}}),
    LongTurn("believe_temporary", (0, 0.4, 1), leaves({0: [0]}),
             (goes(W), 0.6 * goes(W) + 0.4 * goes(W / 2), goes(W / 2))),
    LongTurn("acquisitions", ("none", 0.24, 0), won(GOOD), (0.01, 0.02, 0)),
    LongTurn("speaks_well", (0, 0.5), won(GOOD), (0.01, 0.01 + 0.5 * WELL * 0.01),
             {"generations": {"won_per_told": 0.01}}),
    LongTurn("well_told", (1, 3), won(GOOD), (0.01 + 0.5 * WELL * 0.01, 0.01 + 0.5 * WELL * 0.03),
             {"generations": SAID}),
    LongTurn("won_per_told", (0, 0.01), won(GOOD), (0.01, 0.01 + 0.5 * WELL * 0.01),
             {"generations": {"speaks_well": 0.5}}),
    LongTurn("root_causes_found", ("none", 0.5), problems_later, (0.7, 0.7 + 0.3 * 0.5 * (0.7 + 0.3 * 0.5)),
             {**RECURS, "levers": {"follow_through": {"root_cause": 1.0}}}),
    LongTurn("root_causes_found", (0, 0.5, 1), problems_later, (1, 0.7 + 0.3 * 0.5 * (0.7 + 0.3 * 0.5), 0.7), RECURS),
)  # fmt: skip
"""In year 2 a competitor at 2 has drifted to 1.8; those who came in the first month may leave then, so nobody comes. A
tiny world pays 5 agents day and night, 2,400 EUR for 240 problems: 10 for each, and 1.6 problems a year are 16 EUR for
each customer."""


def answers(turn: LongTurn) -> np.ndarray:
    """Return what each value leads to."""
    world = sim.variant(tiny_world(), turn.beside) if turn.beside else tiny_world()
    return np.array(
        [turn.asked(sim.variant(world, {"generations": {turn.key: value}})) for value in turn.values], float
    )
