"""Traps into which published simulators, or who compares with them, have fallen; each is held by a test.

Held elsewhere: overloaded formulas say so (tests/theory/test_formulas.py), agents who finish after their hours count in
occupancies (tests/measures/test_staff.py), definitions and denominators of service levels (tests/measures/
test_service.py), what is carried from one call to the next (tests/keys/of_people.py).
"""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.theory import Day, ErlangC, staff_for
from tests.published.asked import Asked, over, spread
from tests.published.cases import SCENARIOS, together


def lived(name, replications=1, seed=3, **changes):
    world = sim.load(SCENARIOS / f"{name}.toml")
    world = sim.variant(world, changes) if changes else world
    for number in range(replications):
        yield sim.tables(sim.run(world, sim.populate(world, seed=seed, replication=number)))


def test_a_day_from_empty_is_not_the_steady_state():
    """ContactCenters' M/M/12: .90043 and .1007 min in the day, .89908 and .1022 in the long run."""
    day, always = Day(4.2, 2.0, 12, 480.0), ErlangC(4.2, 2.0, 12)
    assert day.answered_within(1 / 3) / day.served == pytest.approx(0.90043, abs=5e-6)
    assert day.mean_wait_served == pytest.approx(0.10068, abs=5e-6)
    assert always.service_level(1 / 3) == pytest.approx(0.89908, abs=5e-6)
    assert always.speed_of_answer == pytest.approx(0.10216, abs=5e-6)


def test_over_the_expected_calls_a_service_level_may_pass_one():
    """A telethon of a thousand calls expected has weeks with more good ones; over the calls that came none has."""
    weeks = [Asked(tables, 7 * 1440.0) for tables in lived("cc_telethon", 4)]
    good = np.concatenate([week.good(1.0, strictly=True) for week in weeks])
    came = np.concatenate([week.sum(np.ones(len(week.calls))) for week in weeks])
    assert (good > 1000).any()
    assert (good <= came).all()


def test_short_abandons_count_as_good_only_where_the_definition_says_so():
    """SSJ counts who hung up within 20 s; `sl2` does too, `arena` does not: they differ by exactly those calls."""
    (tables,) = lived("ssj_callcenter_alpha400", time={"horizon": "20 d"})
    day = Asked(tables, 1440.0)
    short = float((~day.answered & (day.wait <= 1 / 3)).sum())
    from sim.measures.register.service import service_level

    with_them, all_calls = service_level(tables, "sl2", 1 / 3)
    without, the_same = service_level(tables, "arena", 1 / 3)
    assert all_calls == the_same == len(day.calls)
    assert with_them - without == short > 0


def redialling(seed, **again):
    """Let those who are turned away at ten o'clock, or hang up before, call again after ten minutes."""
    changes = {
        "population": {"again": {"persistence": 1.0, "most_attempts": 2, **again}},
        "teams": {"agents": {"staff": 8}},
        "paths": {"message": "none"},
    }
    (tables,) = lived("cc_telethon", seed=seed, **changes)
    return tables


def test_a_redial_that_lands_after_closing_comes_at_the_next_opening():
    """Nobody is turned away for calling when the line is closed: such a dial is moved into the next opening."""
    tables = redialling(1)
    opened = np.array(tables.world.line.open_slots())
    slots = (tables.calls["dialled"] % (7 * 1440) // 15).astype(int)
    second = tables.calls["contact"] > 0
    assert opened[slots].all()
    assert second.sum() > 100
    assert (np.isclose(tables.calls["dialled"][second] % 1440, 360.0)).any()


def test_patience_of_a_redial_is_drawn_anew_unless_it_is_said_to_be_kept():
    """Of those who hung up twice: the same wait twice where patience is the same, never where it is anew."""

    def both_waits(patience_again):
        changes = {
            "population": {"again": {"persistence": 1.0, "most_attempts": 2}, "patience_again": patience_again},
            "teams": {"agents": {"staff": 6}},
            "paths": {"message": "none"},
        }
        (tables,) = lived("cc_telethon", time={"horizon": "4 weeks"}, **changes)
        lost = tables.calls[tables.calls["abandoned"]]
        first, again = lost[:-1], lost[1:]
        pairs = (first["customer"] == again["customer"]) & (again["contact"] == 1)
        assert pairs.sum() > 20
        return first["wait"][pairs], again["wait"][pairs]

    assert np.allclose(*both_waits("same"))
    assert not np.isclose(*both_waits("anew")).any()


def test_patience_that_nobody_comes_to_the_end_of_leaves_the_occupancy_alone():
    """Timers of those who were answered must not prolong the run over which occupancy is taken (.877 became .860)."""

    def busy(patience):
        changes = {"population": {"patience": patience}, "teams": {"agents": {"staff": 60}}}
        (tables,) = lived("cc_mmc_day", time={"horizon": "3 d"}, **changes)
        assert tables.dialled["wait"].max() == 0
        return tables.agents["agents"]

    assert busy("none") == busy("1 d") == busy({"law": "exponential", "mean": "20 d"})


def test_known_calls_take_the_luck_of_the_sample_out():
    """A figure that is a multiple of the calls comes out exact; one that is not keeps its spread."""
    luck = np.random.default_rng(1)
    calls = luck.poisson(1000, 200).astype(float)
    apart = luck.normal(50, 5, 200)
    known = (calls - 1000)[:, None]
    assert over(0.8 * calls, 1.0, known).mean == pytest.approx(800, abs=1e-9)
    plain, held = over(0.8 * calls + apart), over(0.8 * calls + apart, 1.0, known)
    assert held.mean == pytest.approx(850, abs=4 * held.error)
    assert held.error == pytest.approx(5 / np.sqrt(200), rel=0.2)
    assert held.error < plain.error / 3


def test_the_spread_of_runs_is_told_with_its_error():
    """Of a normal sample the standard error of the deviation is the deviation over sqrt(2 n)."""
    told = spread(np.random.default_rng(2).normal(0, 3, 4000))
    assert told.error == pytest.approx(3 / np.sqrt(8000), rel=0.1)
    assert told.mean == pytest.approx(3, abs=4 * told.error)


def test_short_runs_from_empty_lie():
    """Ciw documents 3.762 as the mean of 200 runs to 500, where the limit is 4.444. Ours of runs to 480 lie as low.

    The law of a day from empty says by how much, and the runs of Ciw are as far from it as 200 of them may be.
    """
    short = {"time": {"warm_up": "0 min", "horizon": "1400 d"}}
    changes = {"population": {"problems_per_day": 96, "profile": {"intervals": [1, 0, 0]}}, **short}
    (tables,) = lived("ciw_mm3", **changes)
    runs = Asked(tables, 1440.0)
    waits, calls = runs.sum(runs.wait), runs.served()
    ours, exact = over(waits, calls), Day(0.2, 10.0, 3, 480.0).mean_wait_served
    assert abs(ours.mean - exact) < 4 * ours.error
    assert ours.mean + 2 * ours.error < 4.444
    assert abs(3.762 - exact) < 4 * np.sqrt(1400 / 200) * ours.error


def test_rounding_up_each_queue_overstates_the_staff():
    """Ten queues of a call a minute, 3 minutes each, 80 % within 20 s: more agents apart than together."""
    apart = 10 * staff_for(1.0, 3.0, target=0.8, within=1 / 3)
    assert staff_for(10.0, 3.0, target=0.8, within=1 / 3) < apart


def test_one_seed_gives_ten_different_replications():
    days = [tables.calls["dialled"] for tables in lived("cc_mmc_day", 10, time={"horizon": "1 d"})]
    assert len({day.tobytes() for day in days}) == 10


@pytest.mark.parametrize("name", ["cc_teamwork_transfers", "cc_simple_msk_rerouting", "cut_restart", "cc_telethon"])
def test_no_customers_clock_goes_backwards_and_no_wait_is_negative(name):
    world = sim.load(SCENARIOS / f"{name}.toml")
    world = sim.variant(world, {"time": {"horizon": "7 d"}})
    rows = sim.run(world, sim.populate(world, seed=1)).rows
    same = rows["customer"][1:] == rows["customer"][:-1]
    assert (np.diff(rows["time"])[same] >= 0).all()
    (tables,) = lived(name, time={"horizon": "7 d"})
    assert not (tables.calls["wait"] < 0).any()
    assert not (tables.spells["end"] < tables.spells["start"]).any()


@pytest.mark.parametrize(
    ("name", "closing"), [("ssj_callcenter_alpha400", "serve"), ("ssj_callcenter_alpha400", "dismiss"),
                          ("cc_teamwork_transfers", "dismiss"), ("cc_mmc_abandon_day", "dismiss")],
)  # fmt: skip
def test_nobody_is_left_waiting_at_the_end_of_a_run(name, closing):
    """Every call of days that close, or drain, has ended before the night is over."""
    (tables,) = lived(name, time={"horizon": "7 d"}, line={"closing": closing})
    calls = tables.calls
    assert len(calls) > 5000
    assert (calls["ended"] < tables.stop).all()
    assert (calls["ended"] // 1440 == calls["dialled"] // 1440).all()


def test_sums_of_replications_stand_side_by_side():
    parts = [{"a": np.array([1.0, 2.0])}, {"a": np.array([3.0])}]
    assert together(parts)["a"].tolist() == [1, 2, 3]
