"""What makes a study shorter: the same customers, a control variate, busy days by strata, antithetic busy days.

Run it: ``python experiments/variance_reduction.py [--replications 60] [--days 28]``; some five minutes. Ctrl-C keeps
what is finished. How long a half-width of 1 % of a difference takes is reckoned from the variances (it falls with the
root of the replications) and from the seconds of a replication; independent runs are lived here too, the second world
on other customers. A control variate is told by how many times as many replications the plain interval would take.

Strata and antithetic pairs of busy days are tried where a run is one day, on the reference day M2 with a busyness of
Gamma(10): there the day's factor is one number, and a world with so many more problems is lived for each. The library
has neither: ``docs/stopping.md`` says what they bring, and why not.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from bench.precision import OTHERS, lived_both_ways, seconds_to, spread, spread_of_difference
from bench.worlds import m2

from sim.reading import load
from sim.study.changing.changed import changed
from sim.study.running.estimate import paired_difference
from sim.study.running.replicate import together
from sim.study.running.replications import Replications
from sim.study.running.size import Size, with_days
from sim.study.searching.equal import equal_staff
from sim.study.stopping.controlled import at_no_surplus, expected_problems
from sim.world import World

Floats = npt.NDArray[np.float64]
MEASURES = ("firm_eur_per_problem", "firm_cash_eur_per_problem", "customer_eur_per_problem")
PROBLEMS = "problems_per_day"
SHAPE, STRATA = 10.0, 10
"""Of the busyness of the day that is parted into strata, and how many they are."""


def pairs(days: float | None) -> dict[str, tuple[World, World]]:
    """Return the pairs that are compared: two organisations, and single levers."""
    double, calm, hotline = (with_days(load(name), days) for name in ("double_peine", "empowered", "hotline_2005"))
    return {
        "double_peine, and empowered with its staff": (double, equal_staff(double, calm).second),
        "hotline_2005, and a cut after 20 min": (hotline, changed(hotline, {"levers.time.cut_after": "20 min"})),
        "double_peine, and its cut after 15 min": (double, changed(double, {"levers.time.cut_after": "15 min"})),
        "double_peine, and agents who grant 20 EUR": (double, changed(double, {"levers.authority.limit": 20})),
        "hotline_2005, and talks 2 % longer": (hotline, changed(hotline, {"teams.*.talk": "x1.02"})),
        "empowered, and agents who grant 20 EUR": (calm, changed(calm, {"levers.authority.limit": 20})),
        "empowered, and wages 5 % higher": (calm, changed(calm, {"teams.*.wage": "x1.05"})),
    }


def half(low: float | None, high: float | None) -> float:
    assert low is not None and high is not None
    return (high - low) / 2


def compared(first: World, second: World, many: int, seed: int) -> Iterator[str]:
    """Give a row for each measure of a pair."""
    both = lived_both_ways(first, second, many, seed, (PROBLEMS, *MEASURES))
    one, other = (lived.totals for lived in both.paired)
    surplus = one[PROBLEMS][:, 0] - expected_problems(first)
    for name in MEASURES:
        a, b = one[name], other[name]
        difference = paired_difference(*a.T, *b.T)
        if not half(difference.low, difference.high):
            yield f"| {name} | {difference.mean:.3g} | the same in every replication | | | | |"
            continue
        paired, apart = seconds_to(both, name)
        control = at_no_surplus([(a[:, 0], a[:, 1]), (b[:, 0], b[:, 1])], surplus).gain or float("inf")
        cells = [
            f"{difference.mean:.3g} ± {half(difference.low, difference.high):.2g}",
            *map(_long, (apart, paired)),
            *map(_times, (apart / paired, control, apart / paired * max(control, 1.0))),
        ]
        yield f"| {name} | {' | '.join(cells)} |"


def _long(seconds: float) -> str:
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:,.1f} {unit}"
    return f"{seconds:.1f} s"


def _times(gain: float) -> str:
    return "all" if np.isinf(gain) else f"{gain:,.0f}" if gain >= 100 else f"{gain:.3g}"


def alone(days: float | None, many: int, seed: int) -> Iterator[str]:
    """Say what the control variate brings to a single world, where no other one cancels the surplus."""
    for name in ("double_peine", "hotline_2005", "empowered"):
        world = with_days(load(name), days)
        (lived,) = together((world,), Size(tuple(range(many)), seed, ids=(PROBLEMS, *MEASURES)))
        surplus = lived.totals[PROBLEMS][:, 0] - expected_problems(world)
        gains = []
        for measure in MEASURES:
            above, below = lived.totals[measure].T
            gains.append(_times(at_no_surplus([(above, below)], surplus).gain or float("inf")))
        yield f"| {name} | {' | '.join(gains)} |"


def busy_days(many: int, seed: int) -> Iterator[str]:
    """Say what strata and antithetic pairs of busy days bring to M2, beside the control variate.

    What is compared is the variance of an estimate of as many runs: of groups of ten by strata, and of pairs.
    """
    from scipy.stats import gamma

    luck = np.random.default_rng(seed)
    day = changed(m2(), {"teams.*.wage": 20, "teams.*.staff": "x1.1"})
    shorter = changed(day, {"teams.*.talk": "x0.98"})
    groups = max(4, many // STRATA)
    plain = luck.random(groups * STRATA)
    strata = ((np.arange(STRATA) + luck.random((groups, STRATA))) / STRATA).ravel()
    half_of_them = luck.random(groups * STRATA // 2)
    antithetic = np.column_stack([half_of_them, 1 - half_of_them]).ravel()
    lived = {}
    for at, (name, uniforms) in enumerate((("plain", plain), ("strata", strata), ("antithetic", antithetic))):
        factors = gamma.ppf(uniforms, SHAPE, scale=1 / SHAPE)
        lived[name] = _with_factors((day, shorter), factors, seed, at * OTHERS // 4)
    expected = expected_problems(day)
    for measure in ("customer_minutes_per_problem", "firm_cash_eur_per_problem"):
        for what in ("value", "difference"):
            base = _between(lived["plain"], measure, what, 1)
            if base == 0.0:
                continue
            told = [_times(base / _between(lived[name], measure, what, size)) for name, size in _GROUPS.items()]
            totals = [(one.totals[measure][:, 0], one.totals[measure][:, 1]) for one in lived["plain"]]
            surplus = lived["plain"][0].totals[PROBLEMS][:, 0] - expected
            control = at_no_surplus(totals[:1] if what == "value" else totals, surplus)
            yield f"| {measure}, {what} | {_times(control.gain or float('inf'))} | {' | '.join(told)} |"


_GROUPS = {"strata": STRATA, "antithetic": 2}
"""Runs that depend on each other, by what makes them so."""


def _with_factors(worlds: tuple[World, World], factors: Floats, seed: int, start: int) -> tuple[Replications, ...]:
    """Live each replication with its own factor of the day's problems."""
    ids, each = (PROBLEMS, "customer_minutes_per_problem", "firm_cash_eur_per_problem"), []
    for number, factor in enumerate(factors):
        change = {"population.problems_per_day": float(worlds[0].population.problems_per_day * factor)}
        lived = together(
            [changed(world, change) for world in worlds], Size((start + number,), seed, ids=ids, workers=1)
        )
        each.append([one.totals for one in lived])
    made = []
    for at, world in enumerate(worlds):
        totals = {name: np.concatenate([one[at][name] for one in each]) for name in ids}
        made.append(Replications(world, world, seed, tuple(range(len(factors))), "compiled", 0.0, totals, ()))
    return tuple(made)


def _between(lived: Sequence[Replications], measure: str, what: str, size: int) -> float:
    """Return the variance of an estimate, as told by groups of so many runs that depend on each other."""
    sides = [one.totals[measure].reshape(-1, size, 2).sum(axis=1) for one in lived]
    if what == "value":
        return spread(sides[0]) / len(sides[0])
    return spread_of_difference(sides[0], sides[1]) / len(sides[0])


def report(days: float | None, many: int, seed: int) -> Iterator[str]:
    """Give the findings line by line, as Markdown."""
    yield f"{many} replications of each. Time to ± 1 % of the difference, with two cores of this machine.\n"
    for name, (first, second) in pairs(days).items():
        yield f"\n### {name}\n"
        yield "| measure | difference | independent runs | same customers | times less | control variate | both |"
        yield "|---|---|---|---|---|---|---|"
        yield from compared(first, second, many, seed)
    yield "\n### The control variate in a single world: times as many replications without it\n"
    yield f"| world | {' | '.join(MEASURES)} |\n|---|{'---|' * len(MEASURES)}"
    yield from alone(days, many, seed)
    yield f"\n### Busy days of M2, Gamma({SHAPE:g}): times as many runs without\n"
    yield "| | control variate | ten strata | antithetic pairs |\n|---|---|---|---|"
    yield from busy_days(10 * many, seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=60)
    parser.add_argument("--days", type=float, default=None, help="horizon in days; the worlds' own by default")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    lines = []
    try:
        for line in report(given.days, given.replications, given.seed):
            print(line, flush=True)
            lines.append(line)
    except KeyboardInterrupt:
        print("\ninterrupted: this is what is finished")
    Path("out").mkdir(exist_ok=True)
    Path("out/variance_reduction.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
