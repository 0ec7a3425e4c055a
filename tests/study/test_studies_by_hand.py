"""What studies report, worked out anew from the totals of plain replications with numpy and scipy alone.

Every world is lived here by `sim.replicate`, each by itself; intervals are written down from Hall, "The Bootstrap and
Edgeworth Expansion", 1992, section 2.6, and everything else from the pages on sweeps, choosing, levers, staffing and
stopping. Nothing is taken from `sim.study`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy import stats
from scipy.optimize import brentq

import sim
from sim.reading import digest
from sim.study.choosing import best as choosing
from tests.study.points import living, numbered
from tests.worlds import MEMORYLESS, tiny_world

Floats = npt.NDArray[np.float64]
Valued = tuple[float, Floats]
"""A ratio, and its linearised residuals, one for each replication."""

FIRM, CALLS, WAITED, SOLVED = "firm_eur_per_problem", "calls_per_problem", "hold_minutes_per_call", "solved_share"
MINUTES = "customer_minutes_per_problem"
MEASURES = [FIRM, CALLS, WAITED, SOLVED, MINUTES]
SEED = 11
ROUNDING = 1e-10


def busy(**changes: Any) -> sim.World:
    """Return a paid line of three agents: callers hang up, are cut, and call again unsolved."""
    return tiny_world(
        time={"warm_up": "1 d", "horizon": "3 d", "follow_up": "2 d"},
        population={
            "handling": MEMORYLESS,
            "patience": {"law": "exponential", "mean": "6 min"},
            "again": {"persistence": 0.7, "after_abandoned": "40 min", "after_unsolved": "5 h"},
        },
        teams={"front": {"staff": 3, "talk": "12 min", "wage": 20, "solve": {"plain": 0.7}}},
        tariff={"price_per_minute": 0.5, "firm_share": 0.5},
        levers={"time": {"cut_after": "12 min"}, "memory": {"identification": "1 min", "explanation": "2 min"}},
        **changes,
    )


WORLD = busy()


LIVED: dict[tuple[str, int], Mapping[str, Floats]] = {}
"""The sums of worlds that have been lived: most are asked for again, and each time a slip of a study is planted."""


def totals(world: sim.World, measure: str, replications: int) -> Floats:
    which = digest(world), replications
    if which not in LIVED:
        lived = sim.replicate(world, measures=MEASURES, replications=replications, seed=SEED, workers=1)
        LIVED[which] = lived.totals
    return LIVED[which][measure]


def valued(above: Floats, below: Floats) -> Valued:
    """Return a ratio of sums, and the residuals of the delta method (Cochran, "Sampling Techniques", chapter 6)."""
    ratio = above.sum() / below.sum()
    return float(ratio), (above - ratio * below) / below.mean()


def lived(world: sim.World, changes: Mapping[str, Any], measure: str, replications: int) -> Valued:
    return valued(*totals(sim.changed(world, changes) if changes else world, measure, replications).T)


def interval(mean: float, residuals: Floats, confidence: float = 0.95) -> tuple[float, float, float]:
    """Return mean, low and high: Student's t, from four replications on wider by Hall's term in the skewness."""
    many = len(residuals)
    reach = stats.t.ppf((1 + confidence) / 2, many - 1) * residuals.std(ddof=1) / math.sqrt(many)
    if many > 3 and residuals.std() > 0:
        x = stats.norm.ppf((1 + confidence) / 2)
        reach *= 1 + (x**4 + 2 * x**2 - 3) / 18 * stats.skew(residuals, bias=False) ** 2 / many
    return mean, mean - reach, mean + reach


def apart(first: Valued, second: Valued) -> tuple[float, float, float]:
    """Return the second minus the first, paired."""
    return interval(second[0] - first[0], second[1] - first[1])


def told(row: Any, *names: str) -> Any:
    return pytest.approx(tuple(float(row[name]) for name in names), rel=1e-9, abs=ROUNDING)


DESIGN = sim.factorial(
    {"teams.front.staff": ["x0.7", "x1.5"], "levers.time.cut_after": ["8 min", "none"], "line.menu": ["0 s", "1 min"]}
)


@pytest.mark.parametrize("replications", [2, 3, 6])
def test_the_tables_of_a_sweep(replications):
    """Two and three replications are Student's own; six are widened."""
    made = sim.sweep(WORLD, DESIGN, measures=[CALLS, FIRM], replications=replications, seed=SEED)
    for measure in (CALLS, FIRM):
        worlds = {-1: lived(WORLD, {}, measure, replications)}
        worlds |= {at: lived(WORLD, point, measure, replications) for at, point in enumerate(DESIGN)}
        for _, row in made.table(measure).iterrows():
            assert interval(*worlds[row["point"]]) == told(row, "mean", "low", "high")
            if row["point"] >= 0:
                names = ("difference", "difference_low", "difference_high")
                assert apart(worlds[-1], worlds[row["point"]]) == told(row, *names)
        assert made.wide()[measure].tolist() == pytest.approx([worlds[at][0] for at in sorted(worlds)])


NEAR = sim.factorial(
    {
        "teams.front.talk": ["x0.98", "x1"],
        "levers.time.cut_after": ["8 min", "10 min", "none"],
        "teams.front.wage": [20, 21],
    }
)


@pytest.mark.parametrize(
    ("design", "replications", "kinds"), [(DESIGN, 6, {"yes", "no"}), (NEAR, 3, {"yes", "no", "perhaps"})]
)
def test_the_points_of_a_frontier(design, replications, kinds):
    worlds = {
        at: [lived(WORLD, {} if at < 0 else design[at], measure, replications) for measure in (FIRM, MINUTES)]
        for at in range(-1, len(design))
    }

    def beats(one: int, other: int) -> bool:
        better = [a[0] - b[0] for a, b in zip(worlds[one], worlds[other], strict=True)]
        return max(better) <= 0 and min(better) < 0

    def surely(one: int, other: int) -> bool:
        highs = [apart(b, a)[2] for a, b in zip(worlds[one], worlds[other], strict=True)]
        return max(highs) <= 0 and min(highs) < 0

    efficient = [at for at in worlds if not any(beats(one, at) for one in worlds)]
    swept = sim.sweep(WORLD, design, measures=[FIRM, MINUTES], replications=replications, seed=SEED)
    table = sim.frontier(swept, FIRM, MINUTES).table().set_index("point")
    assert sorted(table.index) == sorted(worlds)
    said = set()
    for at, (_, row) in zip(table.index.tolist(), table.iterrows(), strict=True):
        sure = any(beats(one, at) and surely(one, at) for one in efficient)
        expected = "yes" if at in efficient else "no" if sure else "perhaps"
        assert row["efficient"] == expected, at
        said.add(expected)
        for measure, its in zip((FIRM, MINUTES), worlds[at], strict=True):
            assert interval(*its) == told(row, measure, f"{measure}_low", f"{measure}_high")
    assert said == kinds


def test_the_bars_of_a_tornado():
    ranges = {"teams.front.talk": ("x0.8", "x1.2"), "levers.time.cut_after": ("8 min", "20 min"), "line.lines": (4, 20)}
    table = sim.tornado(WORLD, ranges, FIRM, replications=6, seed=SEED).table()
    own = lived(WORLD, {}, FIRM, 6)
    for _, row in table.iterrows():
        low, high = (lived(WORLD, {row["path"]: value}, FIRM, 6) for value in ranges[row["path"]])
        assert apart(own, low) == told(row, "at_low", "at_low_from", "at_low_to")
        assert apart(own, high) == told(row, "at_high", "at_high_from", "at_high_to")
        assert apart(low, high) == told(row, "change", "change_from", "change_to")
        assert row["swing"] == pytest.approx(abs(high[0] - low[0]))
    assert table["swing"].tolist() == sorted(table["swing"], reverse=True)


def test_the_shares_of_a_world(tmp_path):
    """Saltelli's formulas on the values at the points that were lived: A, B, and A with each column of B."""
    many, ranges = 16, {"teams.front.talk": ("x0.8", "x1.2"), "tariff.price_per_minute": (0.2, 0.9)}
    found = sim.sobol_indices(WORLD, ranges, FIRM, points=many, replications=2, seed=SEED, out=tmp_path / "kept")
    wide = sim.open_sweep(tmp_path / "kept").wide().query("point >= 0")
    places = wide[list(ranges)].map(lambda value: float(str(value).lstrip("x"))).to_numpy()
    a, b, mixed = places[:many], places[many : 2 * many], places[2 * many :].reshape(2, many, 2)
    for at in range(2):
        assert mixed[at][:, at].tolist() == b[:, at].tolist()
        assert mixed[at][:, 1 - at].tolist() == a[:, 1 - at].tolist()
    for at in (3, many + 5, 2 * many + 7, 3 * many + 1):
        changes = {path: wide[path].iloc[at] for path in ranges}
        assert lived(WORLD, changes, FIRM, 2)[0] == pytest.approx(wide[FIRM].iloc[at], rel=1e-12)
    values = wide[FIRM].to_numpy()
    of_a, of_b, of_mixed = values[:many], values[many : 2 * many], values[2 * many :].reshape(2, many)
    whole = np.r_[of_a, of_b]
    table = found.table().set_index("path")
    for path, its in zip(ranges, of_mixed, strict=True):
        first = np.mean((of_b - whole.mean()) * (its - of_a)) / whole.var()
        total = np.mean((of_a - its) ** 2) / 2 / whole.var()
        assert (first, total) == told(table.loc[path], "first_order", "total")
    assert (found.mean, found.deviation) == pytest.approx((whole.mean(), whole.std()))


def kn(values: Floats, indifference: float, error: float, pilot: int) -> tuple[int, dict[int, int]]:
    """Return the system with the lowest mean, and how many observations each was looked at for: KN++ with common luck.

    A stage is a tenth more, one at least.
    """
    alive, many = list(range(values.shape[1])), pilot
    took: dict[int, int] = {}
    while True:
        eta = ((2 * error / (values.shape[1] - 1)) ** (-2 / (many - 1)) - 1) / 2

        def bears(one: int, other: int, many: int = many, eta: float = eta) -> bool:
            less = values[:many, one] - values[:many, other]
            reach = eta * (many - 1) * less.var(ddof=1) / indifference - indifference * many / 2
            return bool(less.mean() <= max(0.0, reach) / many)

        stay = [one for one in alive if all(bears(one, other) for other in alive if other != one)]
        took |= dict.fromkeys(alive, many)
        alive = stay
        if len(alive) == 1:
            return alive[0], took
        many += max(1, many // 10)


@pytest.mark.parametrize("better", ["lower", "higher"])
def test_the_best_of_systems_of_known_means(monkeypatch, better):
    """Means half a point apart, spreads of 1, 2 and .5, half of the luck common: right in 95 of 100 at least.

    Of 200 searches that are right with 95 %, fewer than 178 are with a chance of 1 in 3,000.
    """
    sign, right = 1 if better == "lower" else -1, 0
    for seed in range(200):
        luck = np.random.default_rng(10_000 + seed)
        values = np.array([0.5, 0.0, 0.5]) + luck.normal(size=(3_000, 3)) * [1, 2, 0.5] + luck.normal(size=(3_000, 1))
        seen = {at - 1: (sign * values[:, at]).tolist() for at in range(3)}
        monkeypatch.setattr(choosing, "sweep", living(seen))
        made = sim.best(WORLD, numbered(2), WAITED, indifference=0.5, better=better, most=3_000)
        chosen, took = kn(values, 0.5, 0.05, 10)
        assert (made.point, made.replications) == (chosen - 1, {at - 1: many for at, many in took.items()})
        right += made.point == 0
        for at, its in made.differences.items():
            many = min(made.replications[at], made.replications[made.point])
            less = sign * (values[:many, at + 1] - values[:many, made.point + 1])
            assert interval(less.mean(), less - less.mean()) == pytest.approx(tuple(its))
    assert right >= 178


def toll_and_none() -> tuple[sim.World, sim.World]:
    changes = {"levers.price.free": True, "levers.time.cut_after": "none", "teams.front.wage": 12}
    return WORLD, sim.changed(WORLD, changes, name="free")


@pytest.mark.parametrize("replications", [2, 3, 6])
def test_the_price_at_which_two_worlds_come_to_the_same(replications):
    """The difference is a line in the price, so the root is a ratio, its interval Fieller's, from four on widened."""
    first, second = toll_and_none()
    above, below = totals(sim.changed(first, {"tariff.price_per_minute": 0.0}), FIRM, replications).T
    at_one = totals(sim.changed(first, {"tariff.price_per_minute": 1.0}), FIRM, replications)[:, 0]
    other = lived(second, {}, FIRM, replications)

    def apart_at(price: float) -> tuple[float, float, float]:
        return apart(valued(above + price * (at_one - above), below), other)

    level, slope = apart_at(0.0)[0], apart_at(1.0)[0] - apart_at(0.0)[0]
    made = sim.break_even(first, second, vary="tariff.price_per_minute", vary_in="first", between=(0.05, 3.0),
                          measure=FIRM, replications=replications, seed=SEED)  # fmt: skip
    assert made.root is not None
    assert made.root.at == pytest.approx(-level / slope, abs=1e-6)
    ends = [brentq(lambda price: apart_at(price)[1] * apart_at(price)[2], *side) for side in
            ((0.05, -level / slope), (-level / slope, 3.0))]  # fmt: skip
    assert made.root.interval == pytest.approx(tuple(ends), abs=3e-4)  # an end is closed in on to 1e-4 of the range
    if replications < 4:
        start, end = valued(above, below), valued(at_one, below)
        parts = np.cov(other[1] - start[1], start[1] - end[1]) / replications
        t = stats.t.ppf(0.975, replications - 1)
        quadratic = [
            slope**2 - t**2 * parts[1, 1],
            2 * (level * slope - t**2 * parts[0, 1]),
            level**2 - t**2 * parts[0, 0],
        ]
        assert made.root.interval == pytest.approx(tuple(np.sort(np.roots(quadratic))), abs=3e-4)


@pytest.mark.slow
def test_the_interval_of_a_price_holds_the_true_one_in_95_of_100_studies():
    """Nobody waits and nobody calls twice: 12 agents cost 4 EUR an hour more, and half of 2,400 minutes are paid a day.

    So the price is 12 x 24 x 4 / (240 x 10 x .5) = .96 EUR. Of 200 intervals of 95 %, 190 hold it, +- 2 x 3.1.
    """
    day = {"warm_up": "0 d", "horizon": "1 d", "follow_up": "1 d"}
    dear = tiny_world(time=day, tariff={"price_per_minute": 0.5, "firm_share": 0.5},
                      teams={"front": {"staff": 12, "wage": 24}}, population={"handling": MEMORYLESS})  # fmt: skip
    free = sim.variant(dear, {"levers": {"price": {"free": True}}, "teams": {"front": {"wage": 20}}}, name="free")
    holding = 0
    for seed in range(1000, 1200):
        made = sim.break_even(dear, free, vary="tariff.price_per_minute", vary_in="first", between=(0.3, 2.5),
                              measure="firm_cash_eur_per_problem", replications=10, seed=seed)  # fmt: skip
        assert made.root is not None
        low, high = made.root.interval
        holding += (low is None or low <= 0.96) and (high is None or high >= 0.96)
    assert holding == pytest.approx(190, abs=7)


MOVES: dict[str, dict[str, Any]] = {
    "price": {"levers.price.free": True},
    "memory": {"levers.memory.explanation": "30 s", "levers.memory.cost_per_hour": 1.0},
    "time": {"levers.time.cut_after": "none"},
    "the rest": {"teams.front.talk": "11 min"},
}


def moved() -> sim.World:
    return sim.changed(WORLD, {path: value for its in MOVES.values() for path, value in its.items()}, name="second")


def test_the_parts_of_a_gap_over_all_orders():
    made = sim.levers(WORLD, moved(), equal="none", measures=[FIRM, CALLS], replications=5, seed=SEED)
    assert [one.name for one in made.players] == list(MOVES)
    everyone = frozenset(MOVES)
    for measure in (FIRM, CALLS):
        worlds = {
            frozenset(those): lived(WORLD, {path: v for one in those for path, v in MOVES[one].items()}, measure, 5)
            for size in range(len(MOVES) + 1)
            for those in itertools.combinations(MOVES, size)
        }
        for part in made.gap(measure).parts:
            name = part.player.name
            befores = [frozenset(order[: order.index(name)]) for order in itertools.permutations(MOVES)]
            steps = [(worlds[before], worlds[before | {name}]) for before in befores]
            mean = np.mean([after[0] - before[0] for before, after in steps])
            residuals = np.mean([after[1] - before[1] for before, after in steps], axis=0)
            assert tuple(part.shapley) == pytest.approx(interval(float(mean), residuals), abs=ROUNDING)
            assert tuple(part.added) == pytest.approx(
                apart(worlds[frozenset()], worlds[frozenset({name})]), abs=ROUNDING
            )
            assert tuple(part.taken) == pytest.approx(apart(worlds[everyone - {name}], worlds[everyone]), abs=ROUNDING)
        assert tuple(made.gap(measure).difference) == pytest.approx(apart(worlds[frozenset()], worlds[everyone]))


def stops(runs: Floats, share: float, confidence: float, pilot: int, ahead: int) -> tuple[int, int]:
    """Return the first number of replications with which it is narrow enough and stays so, and when that shows."""

    def inside(many: int) -> bool:
        mean, _, high = interval(*valued(*runs[:many].T), confidence)
        return high - mean <= share * abs(mean)

    for many in range(pilot, len(runs)):
        last = many + (ahead if many <= 100 else ahead * many // 100)
        if all(inside(one) for one in range(many, last + 1)):
            return many, last
    raise AssertionError("more replications are needed")


@pytest.mark.parametrize(
    ("measure", "share", "confidence", "pilot", "ahead"),
    [
        (CALLS, 0.03, 0.95, 20, 5),
        (CALLS, 0.03, 0.95, 5, 3),
        (CALLS, 0.01, 0.9, 5, 3),
        (SOLVED, 0.02, 0.95, 5, 0),
        (WAITED, 0.03, 0.95, 20, 5),
        (CALLS, 0.006, 0.95, 20, 5),
    ],
)
def test_when_a_study_stops(measure, share, confidence, pilot, ahead):
    made = sim.replicate_until(WORLD, {measure: f"{100 * share:g} %"}, measures=[measure], seed=SEED, pilot=pilot,
                               confidence=confidence, look_ahead=ahead, most=200)  # fmt: skip
    expected = stops(totals(WORLD, measure, 200), share, confidence, pilot, ahead)
    assert made.stopping is not None and made.stopping.reached
    assert (made.stopping.since, made.stopping.replications) == expected
    assert tuple(made.estimate(measure)) == pytest.approx(interval(*lived(WORLD, {}, measure, expected[1])))


IN_HOURS = busy(line={"open": ["mon-sun 08:00-20:00"]})
STAFFED = sim.changed(
    sim.variant(
        IN_HOURS,
        {
            "time": {"warm_up": "0 d", "horizon": "7 d", "follow_up": "0 d"},
            "population": {"problems_per_day": 360, "patience": {"law": "exponential", "mean": "3 min"}},
            "teams": {"front": {"talk": "6 min", "wage": 21, "shrinkage": 0.25}},
            "levers": {"time": {"cut_after": "none"}},
        },
    ),
    {"teams.front.staff": {"mon-sun 08:00-20:00": 4}},
)


def answered(world: sim.World, replications: Iterable[int], every: str) -> pd.DataFrame:
    """Return the calls answered within 20 s, and those that count, by time of day, all days and replications together.

    Of a table by day what stands under a level is known: the calls offered less those abandoned within 20 s.
    """
    table = sim.intervals(world, every=every, columns=["offered", "abandoned_short", "service_level_sl1"], within=1 / 3,
                          short=1 / 3, replications=replications, seed=3)  # fmt: skip
    below = table["offered"] - table["abandoned_short"]
    table = table.assign(above=(table["service_level_sl1"] * below).fillna(0.0), below=below)
    return table.groupby("from")[["above", "below"]].sum().query("below > 0")


def levels(world: sim.World, replications: Iterable[int], every: str) -> list[float]:
    counted = answered(world, replications, every)
    return (counted["above"] / counted["below"]).tolist()


def test_a_staff_meets_its_target_with_no_agent_too_many():
    """Of the three intervals 4, 6 and 2 hours are open; a quarter of the paid time is shrinkage."""
    plan = sim.staff(STAFFED, "service_level>=0.8 within 20 s", every="6 h", replications=5, seed=3)
    agents, slots = [row.agents for row in plan.rows], ["08:00-12:00", "12:00-18:00", "18:00-20:00"]
    hours = sum(many * length * 7 for many, length in zip(agents, (4, 6, 2), strict=True)) / 0.75
    assert (plan.hours, plan.eur) == pytest.approx((hours, 21 * hours))
    assert plan.checked == (5, 6, 7, 8, 9)
    checked = levels(plan.world(), plan.checked, "6 h")
    assert [row.values[0].mean for row in plan.rows] == pytest.approx(checked)
    assert (plan.standings[0].verdict == "met") == (min(checked) >= 0.8)
    assert plan.standings[0].met == sum(level >= 0.8 for level in checked)
    for less in (None, 0, 1, 2):
        staff = {
            f"mon-sun {slot}": many - (at == less) for at, (slot, many) in enumerate(zip(slots, agents, strict=True))
        }
        found = levels(sim.changed(STAFFED, {"teams.front.staff": staff}), plan.searched, "6 h")
        assert (min(found) >= 0.8) == (less is None), (less, found)


FULL = {"length": "8 h", "starts": ["08:00", "09:00", "11:00", "12:00"], "lunch": "1 h", "lunch_after": ["3 h", "4 h"],
        "breaks": {"2 h": "15 min"}}  # fmt: skip
HALF = {"length": "4 h", "starts": ["08:00", "09:00", "12:00", "16:00"], "breaks": {"1 h": "15 min"}}


@pytest.mark.parametrize("shifts", [{"full": FULL}, {"full": FULL, "half": HALF}], ids=["full", "both"])
def test_shifts_cost_their_paid_hours(shifts):
    """A full shift is paid 7 h of its 8, the lunch left out; a half one all of its 4 h, breaks included."""
    plan = sim.staff(STAFFED, "service_level>=0.8 within 20 s over the whole", every="4 h", replications=3, seed=3,
                     shifts=shifts)  # fmt: skip
    hours = [one.agents * 7 * (7 if one.name.startswith("full") else 4) / 0.75 for one in plan.shifts]
    assert {one.name.split()[0] for one in plan.shifts} <= set(shifts)
    assert [one.eur for one in plan.shifts] == pytest.approx([21 * its for its in hours])
    assert (plan.hours, plan.eur) == pytest.approx((sum(hours), 21 * sum(hours)))
    counted = answered(plan.world(), plan.checked, "4 h").sum()
    assert plan.standings[0].estimate.mean == pytest.approx(counted["above"] / counted["below"])
