"""A slip of the pen in a study spoils what was worked out anew by hand: the check can fail, and does."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

import pytest

import sim.study
from tests.slip import Slip, make
from tests.study import test_studies_by_hand as by_hand

_SWEEP, _CHUNK = "study.sweeping.swept", "study.sweeping.chunk"
_FRONTIER, _SCREEN, _ROOTS = "study.choosing.frontier", "study.choosing.screening", "study.breaking_even.roots"
_SHAPLEY, _RULE, _SHIFTS = "study.decomposing.shapley", "study.stopping.rule", "study.staffing.shifts"
_INDICES, _TRIALS, _STANDING = "study.choosing.indices", "study.staffing.trials", "study.staffing.standing"

SHOWS: dict[str, Callable[[pytest.MonkeyPatch, pytest.TempPathFactory], None]] = {
    "tables": lambda patch, made: by_hand.test_the_tables_of_a_sweep(3),
    "frontier": lambda patch, made: by_hand.test_the_points_of_a_frontier(by_hand.NEAR, 3, {"yes", "no", "perhaps"}),
    "tornado": lambda patch, made: by_hand.test_the_bars_of_a_tornado(),
    "shares": lambda patch, made: by_hand.test_the_shares_of_a_world(made.mktemp("shares")),
    "best": lambda patch, made: by_hand.test_the_best_of_systems_of_known_means(patch, "lower"),
    "price": lambda patch, made: by_hand.test_the_price_at_which_two_worlds_come_to_the_same(3),
    "parts": lambda patch, made: by_hand.test_the_parts_of_a_gap_over_all_orders(),
    "stops": lambda patch, made: by_hand.test_when_a_study_stops("calls_per_problem", 0.03, 0.95, 20, 5),
    "many": lambda patch, made: by_hand.test_when_a_study_stops("calls_per_problem", 0.006, 0.95, 20, 5),
    "staff": lambda patch, made: by_hand.test_a_staff_meets_its_target_with_no_agent_too_many(),
    "shifts": lambda patch, made: by_hand.test_shifts_cost_their_paid_hours({"full": by_hand.FULL}),
}
"""What shows a slip, by the name that slips give it."""

SLIPS = (
    Slip(_SWEEP, "difference_of", "own.above[there], own.below[there], its.above[at], its.below[at]",
         "its.above[at], its.below[at], own.above[there], own.below[there]", "tables"),
    Slip(_SWEEP, "difference_of", "its.above[at], its.below[at])",
         "np.roll(its.above[at], 1), np.roll(its.below[at], 1))", "tables"),
    Slip(_SWEEP, "_of", "[point, point + 1]", "[point - 1, point]", "tables"),
    Slip(_CHUNK, "_totals", "chunk.seed, number,", "chunk.seed, 0,", "tables"),
    Slip(_CHUNK, "_totals", "chunk.seed, number,", "1, number,", "tables"),
    Slip(_CHUNK, "answer", "changed(chunk.base, changes)", "chunk.base", "tables"),
    Slip(_FRONTIER, "not_beaten", "means[at, 1] < means[best[-1], 1]", "means[at, 1] < means[best[0], 1]", "frontier"),
    Slip(_FRONTIER, "not_beaten", "< means[best[-1], 1]", "> means[best[-1], 1]", "frontier"),
    Slip(_FRONTIER, "_surely", "apart.high if sign > 0 else apart.low", "apart.low if sign > 0 else apart.high",
         "frontier"),
    Slip("study.choosing.tornado", "_bars", "_apart(runs, low, high)", "_apart(runs, high, low)", "tornado"),
    Slip("study.choosing.tornado", "_bars", "2 * at, 2 * at + 1", "2 * at + 1, 2 * at", "tornado"),
    Slip(_INDICES, "saltelli", "other, one) for at", "one, other) for at", "shares"),
    Slip(_INDICES, "indices_of", "values[2:] if len(ranges) > 1", "values[:1:-1] if len(ranges) > 1", "shares"),
    Slip(_SCREEN, "_reaches", "(systems - 1)", "systems", "best"),
    Slip(_SCREEN, "_reaches", "/ indifference", "", "best"),
    Slip(_SCREEN, "_reaches", "many / 2.0", "many", "best"),
    Slip(_SCREEN, "_reaches", "centred - one[:, None]", "centred", "best"),
    Slip(_ROOTS, "_told", "one / (one - other)", "other / (other - one)", "price"),
    Slip(_ROOTS, "Curve.excess", "high - mean", "(high - mean) / 2", "price"),
    Slip(_ROOTS, "_end", "value > start if up else value < start", "value < start if up else value > start", "price"),
    Slip(_SHAPLEY, "shapley_weights", "players - s - 1", "players - s", "parts"),
    Slip(_SHAPLEY, "shapley_weights", "with_him, -without_him", "with_him, without_him", "parts"),
    Slip(_SHAPLEY, "last_weights", "everyone - 2 **", "2 **", "parts"),
    Slip(_SHAPLEY, "_holding", ">> one", ">> players - 1 - one", "parts"),
    Slip(_RULE, "held", "since is None else since", "True else since", "stops"),
    Slip(_RULE, "held", "range(pilot, lived + 1)", "range(2, lived + 1)", "stops"),
    Slip(_RULE, "Watched.follow", "(both.high - both.low) / 2", "both.high - both.low", "stops"),
    Slip(_RULE, "Watched.half", "many - 2]", "many - 3]", "many"),
    Slip(_RULE, "looked_ahead", "max(at, 100)", "100", "many"),
    Slip(_TRIALS, "Trials.slack_of", "self.signs * (value", "-self.signs * (value", "staff"),
    Slip(_STANDING, "_of_one", "(gap[its] >= 0).sum()", "(gap[its] < 0).sum()", "staff"),
    Slip(_SHIFTS, "_on_days", "pay[paid]", "pay[presence]", "shifts"),
    Slip(_SHIFTS, "_on_days", "pay[paid]", "pay[at_work]", "shifts"),
    Slip(_SHIFTS, "_pay", "(1.0 - team.shrinkage)", "(1.0 + team.shrinkage)", "shifts"),
)  # fmt: skip


def said(slip: Slip) -> str:
    """Name a slip."""
    return f"{slip.function}: {slip.right} -> {slip.wrong}"


@pytest.fixture(scope="module", autouse=True)
def _all_is_imported():
    """What was imported while a slip stands would keep it."""
    for one in pkgutil.walk_packages(sim.study.__path__, "sim.study."):
        importlib.import_module(one.name)


@pytest.mark.parametrize("slip", SLIPS, ids=said)
def test_a_slip_is_shown_by_hand(slip, monkeypatch, tmp_path_factory):
    make(slip, monkeypatch)
    with pytest.raises((AssertionError, ArithmeticError, LookupError, RuntimeError, TypeError, ValueError)):
        SHOWS[slip.shown_by](monkeypatch, tmp_path_factory)
