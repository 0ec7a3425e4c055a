"""How often intervals hold the truth: 1,000 studies of small worlds, with 5, 10 and 20 replications, and stopped ones.

Run it: ``python experiments/coverage_of_intervals.py [--studies 1000]``; some ten minutes with two cores. Ctrl-C keeps
what is finished.

Each study has replications of its own; the truth comes from 20,000 on another seed. Asked of are ratios, paired
differences, and paired differences of studies that were stopped by the rule (`sim.compare_until`) at a half-width that
some 25 replications have. Nominal is 95 %, wanted 93 to 97 %; the standard error of a share of 1,000 is .7 %. Beside it
stands how often Student's own interval would have held it, which is not widened where replications are skewed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from sim.reading import load, variant
from sim.study.running.estimate import Estimate, paired_difference, ratio, widening
from sim.study.running.replicate import together
from sim.study.running.size import Size
from sim.study.stopping.precision import Precision
from sim.study.stopping.pursuit import LOOK_AHEAD, PILOT
from sim.study.stopping.rule import Watched, held
from sim.world import World

Floats = npt.NDArray[np.float64]
MEASURES = ("customer_minutes_per_problem", "calls_per_problem", "hold_minutes_per_call", "solved_share")
MANY, MOST, ABOUT = (5, 10, 20), 40, 25
"""Replications of a study, of a stopped one at most, and those that have about the half-width that is wished."""
TRUTH = 20_000
BAND = 93.0, 97.0


def small(days: float, problems: float, busy: float | None, agents: int, talk: str) -> World:
    """Return a small centre: one team, open day and night, callers who give up and ring again."""
    change: dict[str, Any] = {
        "time": {"warm_up": "0 min", "horizon": f"{days:g} d", "follow_up": "0 min"},
        "population": {
            "problems_per_day": problems,
            "busyness_day": "none" if busy is None else busy,
            "patience": {"law": "exponential", "mean": "10 min"},
            "handling": {"law": "exponential", "mean": 1},
            "awake": "mon-sun 00:00-24:00",
        },
        "line": {"open": ["mon-sun 00:00-24:00"]},
        "teams": {"front": {"staff": {"mon-sun 00:00-24:00": agents}, "talk": talk}},
    }
    return variant(load("base"), change, name=f"{agents} agents, {talk}")


WORLDS: dict[str, tuple[World, World]] = {
    "a week of one agent, busy days Gamma(10)": (small(7, 30, 10, 1, "10 min"), small(7, 30, 10, 1, "8 min")),
    "a day of two agents, Gamma(28.7)": (small(1, 200, 28.7, 2, "10 min"), small(1, 200, 28.7, 2, "9 min")),
    "a day of two agents, no busyness": (small(1, 150, None, 2, "10 min"), small(1, 150, None, 2, "9 min")),
    "a day of one agent, Gamma(4)": (small(1, 60, 4, 1, "10 min"), small(1, 60, 4, 1, "8 min")),
}
"""The last one is there to show where no interval of so few replications holds what it promises."""


def truth_of(first: Floats, second: Floats) -> tuple[float, float]:
    """Return the value of the first world, and the difference."""
    one, other = (totals[:, 0].sum() / totals[:, 1].sum() for totals in (first, second))
    return float(one), float(other - one)


def holds(found: Estimate, truth: float) -> bool:
    return found.low is not None and found.high is not None and found.low <= truth <= found.high


def student_holds(found: Estimate, truth: float, residuals: Floats) -> bool:
    """Say whether the interval that is not widened holds it."""
    if found.mean is None or found.high is None:
        return False
    return abs(found.mean - truth) <= (found.high - found.mean) / float(widening(residuals, 0.95))


def left(totals: Floats) -> Floats:
    above, below = totals.T
    residuals: Floats = (above - above.sum() / below.sum() * below) / below.mean()
    return residuals


def stopped(first: Floats, second: Floats, wish: float) -> tuple[Estimate, int]:
    """Return the difference of a study that the rule has stopped, and how many replications it took."""
    watched = Watched(Precision("any", wish), "", 0.95)
    watched.follow(first, second)
    many = held([watched], PILOT, len(first), LOOK_AHEAD).enough or len(first)
    return paired_difference(*first[:many].T, *second[:many].T), many


def shares(first: Floats, second: Floats, truth: tuple[Floats, Floats]) -> Iterator[tuple[str, float, float | None]]:
    """Give what is asked of one measure: how often the interval held it, and Student's own, in percent."""
    value, apart = truth_of(*truth)
    for many in MANY:
        for what, number in (("ratio", value), ("difference", apart)):
            sure, student, studies = 0, 0, 0
            for one, other in zip(first, second, strict=True):
                a, b = one[:many], other[:many]
                if not a[:, 1].sum() or not b[:, 1].sum():
                    continue
                found = ratio(*a.T) if what == "ratio" else paired_difference(*a.T, *b.T)
                residuals = left(a) if what == "ratio" else left(b) - left(a)
                sure += holds(found, number)
                student += student_holds(found, number, residuals)
                studies += 1
            yield f"{what}, {many}", 100 * sure / studies, 100 * student / studies
    wide = paired_difference(*truth[0].T, *truth[1].T)
    assert wide.high is not None and wide.mean is not None
    wish = (wide.high - wide.mean) * (len(truth[0]) / ABOUT) ** 0.5
    ended = [stopped(one, other, wish) for one, other in zip(first, second, strict=True)]
    mean = np.mean([many for _, many in ended])
    yield f"stopped ({mean:.0f})", 100 * float(np.mean([holds(found, apart) for found, _ in ended])), None


def asked(name: str, studies: int, seed: int) -> Iterator[str]:
    """Give the rows of one world."""
    worlds = WORLDS[name]
    lived = together(worlds, Size(tuple(range(studies * MOST)), seed, ids=MEASURES))
    true = together(worlds, Size(tuple(range(TRUTH)), seed + 1, ids=MEASURES))
    for measure in MEASURES:
        first, second = (one.totals[measure].reshape(studies, MOST, 2) for one in lived)
        told = list(shares(first, second, (true[0].totals[measure], true[1].totals[measure])))
        cells = [_cell(sure, student) for _, sure, student in told]
        yield f"| {measure} | {' | '.join(cells)} |"


def _cell(sure: float, student: float | None) -> str:
    marked = f"{sure:.1f}" if BAND[0] <= sure <= BAND[1] else f"**{sure:.1f}**"
    return marked if student is None else f"{marked} ({student:.1f})"


def report(names: Sequence[str], studies: int, seed: int) -> Iterator[str]:
    """Give the findings line by line, as Markdown."""
    heads = [f"{what}, {many}" for many in MANY for what in ("ratio", "difference")]
    for name in tqdm(names, desc="worlds", leave=False):
        yield f"\n### {name}\n"
        yield f"| measure | {' | '.join(heads)} | stopped |\n|---|{'---|' * (len(heads) + 1)}"
        yield from asked(name, studies, seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args()
    lines = []
    try:
        for line in report(list(WORLDS), given.studies, given.seed):
            print(line, flush=True)
            lines.append(line)
    except KeyboardInterrupt:
        print("\ninterrupted: this is what is finished")
    Path("out").mkdir(exist_ok=True)
    Path("out/coverage_of_intervals.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
