"""Replications: the same whoever does the work, and kept when the work stops."""

from __future__ import annotations

import math
import os

import numpy as np
import pytest

import sim
from sim.measures import measured
from sim.study.running import workers
from sim.study.running.replicate import replicate, together
from sim.study.running.size import Size
from sim.study.running.tasks import ReplicationError, live
from tests.worlds import tiny_world

SMALL = {"population": {"problems_per_day": 60}, "teams": {"front": {"talk": "30 min", "staff": 2}}}


def same(one, other):
    return all(np.array_equal(one.totals[name], other.totals[name]) for name in one.totals | other.totals)


def test_the_result_does_not_depend_on_how_many_work_at_it():
    world = tiny_world(**SMALL)
    alone, two = (replicate(world, replications=5, seed=7, workers=workers) for workers in (1, 2))
    assert alone.numbers == two.numbers == (0, 1, 2, 3, 4)
    assert same(alone, two)


def test_the_result_does_not_depend_on_the_order_of_the_work():
    world = tiny_world(**SMALL)
    (there,) = together((world,), Size((0, 1, 2), 1, workers=1))
    (back,) = together((world,), Size((2, 1, 0), 1, workers=1))
    assert same(there, back)


def test_other_seeds_are_other_luck():
    world = tiny_world(**SMALL)
    assert not same(replicate(world, replications=2, workers=1), replicate(world, replications=2, seed=2, workers=1))


def test_fewer_replications_are_the_first_of_more():
    world = tiny_world(**SMALL)
    few, more = (replicate(world, replications=many, workers=1) for many in (2, 3))
    assert all(np.array_equal(few.totals[name], more.totals[name][:2]) for name in few.totals)


def test_only_the_measures_asked_for_are_answered():
    lived = replicate(tiny_world(**SMALL), replications=2, workers=1, measures=["occupancy", "solved_share"])
    assert list(lived.totals) == ["occupancy", "solved_share"]


def test_one_replication_gives_a_mean_without_an_interval():
    estimate = replicate(tiny_world(**SMALL), replications=1, workers=1).estimate("solved_share")
    assert estimate.mean is not None
    assert estimate.low is None


def test_an_interruption_keeps_what_is_finished(monkeypatch):
    def interrupted(task, told):
        if task.replication == 2:
            raise KeyboardInterrupt
        return live(task, told)

    monkeypatch.setattr(workers, "live", interrupted)
    lived = replicate(tiny_world(**SMALL), replications=5, workers=1)
    assert lived.interrupted
    assert lived.numbers == (0, 1)


def test_an_interruption_before_anything_is_finished_is_an_interruption(monkeypatch):
    def interrupted(task, told):
        raise KeyboardInterrupt

    monkeypatch.setattr(workers, "live", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replicate(tiny_world(**SMALL), replications=3, workers=1)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_names_world_replication_and_seed_and_keeps_the_others(monkeypatch, workers):
    import sim.study.running.tasks as tasks

    def breaking(world, customers, **rest):
        if customers.replication == 40:
            raise ZeroDivisionError("no agent left")
        return measured(world, customers, **rest)

    monkeypatch.setattr(tasks, "measured", breaking)
    with pytest.raises(ReplicationError, match=r"tiny, replication 40, seed 5: ZeroDivisionError: no agent") as told:
        replicate(tiny_world(**SMALL), replications=42, seed=5, workers=workers)
    kept = told.value.finished
    assert set(range(30)) < set(kept.numbers) <= set(range(42)) - {40}


@pytest.mark.parametrize("workers", [1, 2])
def test_what_progress_raises_ends_the_study(workers):
    """A page whose button says stop: sixteen million replications are not waited for."""

    class PressedError(Exception):
        pass

    def pressed(done, of):
        if done:
            raise PressedError

    with pytest.raises(PressedError):
        replicate(tiny_world(**SMALL), replications=2**24, workers=workers, progress=pressed)


def test_progress_counts_simulated_days_up_to_all_of_them():
    told = []
    world = tiny_world(time={"horizon": "3 d", "follow_up": "12 h"}, **SMALL)
    replicate(world, replications=2, workers=1, progress=lambda done, of: told.append((done, of)))
    days = 2 * math.ceil(3.5)
    assert told[-1] == (days, days)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_workers_leave_no_files_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", os.fspath(tmp_path))
    replicate(tiny_world(**SMALL), replications=1, workers=1, progress=lambda done, of: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"replications": 0}, "replications is 0"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 2**64}, "seed is"),
        ({"engine": "steam"}, 'engine is "steam"'),
        ({"workers": 0}, "workers is 0"),
        ({"days": 0}, "days is 0"),
        ({"days": -7}, "days is -7"),
        ({"days": 0.01}, "whole quarters"),
        ({"days": float("nan")}, "days is nan"),
        ({"days": 1e9}, "days is 1e"),
        ({"measures": ["solved_shar"]}, "did you mean solved_share"),
    ],
)
def test_values_out_of_their_range_are_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        replicate(tiny_world(), **{"replications": 2, "workers": 1, **wrong})


def test_days_that_memory_cannot_hold_are_refused():
    with pytest.raises(ValueError, match="GB"):
        replicate(tiny_world(population={"problems_per_day": 1e7}), days=36_500, workers=1)


def test_days_change_the_horizon_alone():
    world = tiny_world(time={"warm_up": "1 d", "horizon": "9 d", "follow_up": "2 d"})
    time = replicate(world, replications=1, days=0.5, workers=1).world.time
    assert (time.warm_up, time.horizon, time.follow_up) == (1440, 720, 2880)


def test_a_failure_in_another_process_comes_back_as_one_sentence():
    """A replication's number beyond its bits is checked long before; here it serves to make the workers fail."""
    with pytest.raises(ReplicationError, match=r"^tiny, replication -\d, seed 1: \w+Error: "):
        together((tiny_world(**SMALL),), Size((-1, -2, -3), 1, "simpy", 2))


def test_a_worker_that_is_ended_from_outside_is_told_in_words(monkeypatch):
    """As the system does it when memory runs out."""
    monkeypatch.setattr(workers, "_live_elsewhere", _ended)
    with pytest.raises(ReplicationError, match="ended from outside"):
        replicate(tiny_world(**SMALL), replications=3, workers=2, engine="simpy")


def _ended(task, folder):
    os._exit(1)


def test_both_engines_answer_the_same():
    """The same history, added up in another order: twelve digits."""
    world = tiny_world(**SMALL)
    told, compiled = (replicate(world, replications=2, workers=1, engine=engine) for engine in ("simpy", "compiled"))
    assert (told.engine, compiled.engine) == ("simpy", "compiled")
    for name in told.totals:
        assert compiled.totals[name] == pytest.approx(told.totals[name], rel=1e-12, abs=1e-12), name
    assert told.drifts == compiled.drifts


def test_next_to_no_problems_are_lived_by_as_many_hands_as_there_are_tasks():
    """The smallest number there is: what it needs of memory is nothing to divide by."""
    world = tiny_world(population={"problems_per_day": 5e-324})
    assert replicate(world, replications=2).estimate("solved_share") == (None, None, None)


def test_no_measure_at_all_is_refused_where_nothing_else_is_told():
    for study in (lambda: sim.replicate("base", measures=[]), lambda: sim.compare("base", "base", measures=[])):
        with pytest.raises(ValueError, match="measures is empty: name one at least, or None for all"):
            study()
