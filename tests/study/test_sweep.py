"""Sweeps: what a point comes to is what its world comes to by itself, whoever lives it, and in however many goes."""

from __future__ import annotations

import copy
import json
import math
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.study.sweeping import hands
from sim.study.sweeping import sweep as sweeping
from sim.study.sweeping.chunk import BASE, Chunk, OtherProgramError, answer
from sim.study.sweeping.design import Design, factorial
from sim.study.sweeping.hands import SweepError
from sim.study.sweeping.sweep import sweep
from tests.worlds import tiny_world

WORLD = tiny_world(time={"warm_up": "1 d", "horizon": "3 d", "follow_up": "2 d"})
MEASURES = ["calls_per_problem", "hold_minutes_per_call"]
HOW: dict[str, Any] = {"measures": MEASURES, "replications": 4, "seed": 7}
DESIGN = factorial({"teams.front.staff": ["x0.7", "x1.5"], "population.patience": ["2 min", "10 min"]})


def rows(made, **columns):
    table = made.table()
    for name, value in columns.items():
        table = table[table[name] == value]
    return table


def test_a_point_is_its_world_and_its_difference_is_paired():
    made = sweep(WORLD, DESIGN, **HOW)
    for at, point in enumerate(DESIGN):
        alone = sim.replicate(sim.changed(WORLD, point), **HOW)
        for name in MEASURES:
            (row,) = rows(made, point=at, measure=name).to_dict("records")
            estimate = alone.estimate(name)
            assert (row["mean"], row["low"], row["high"]) == estimate
            own = sim.replicate(WORLD, **HOW).totals[name]
            theirs = alone.totals[name]
            paired = sim.paired_difference(own[:, 0], own[:, 1], theirs[:, 0], theirs[:, 1])
            assert (row["difference"], row["difference_low"], row["difference_high"]) == paired
    (own,) = rows(made, point=-1, measure=MEASURES[0]).to_dict("records")
    assert own["mean"] == sim.replicate(WORLD, **HOW).estimate(MEASURES[0]).mean
    assert np.isnan(own["difference"])


@pytest.fixture(scope="module")
def usual() -> pd.DataFrame:
    return sweep(WORLD, DESIGN, workers=1, **HOW).table()


def test_who_works_makes_no_difference(usual):
    pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, workers=3, **HOW).table(), usual)
    with ThreadPoolExecutor(2) as pool:
        pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, executor=pool, **HOW).table(), usual)


def test_how_runs_are_put_into_chunks_makes_no_difference(usual, monkeypatch):
    for seconds in (1e-9, 1e9):
        monkeypatch.setattr(sweeping, "_SECONDS", seconds)
        pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, workers=1, **HOW).table(), usual)


def test_a_sweep_goes_on_where_it_was_and_lives_nothing_twice(usual, tmp_path, monkeypatch):
    """Interrupted after two chunks of one run each; then the others, and a third time none."""
    monkeypatch.setattr(sweeping, "_SECONDS", 1e-9)
    lived: list[tuple[int, tuple[int, ...]]] = []

    def noted(chunk, *wanted):
        lived.extend((point, chunk.numbers) for point, _ in chunk.points)
        return answer(chunk, *wanted)

    def stop(done: int, of: int) -> None:
        if done / of > 0.5:
            raise KeyboardInterrupt

    monkeypatch.setattr(hands, "answer", noted)
    monkeypatch.setattr(sweeping, "_seconds", lambda world, size: 1.0)
    first = sweep(WORLD, DESIGN, out=tmp_path, workers=1, progress=stop, **HOW)
    assert first.interrupted
    half = len(lived)
    assert 10 < half < 20
    pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, out=tmp_path, workers=1, **HOW).table(), usual)
    assert len(lived) == len({*lived}) == 20  # five worlds, four replications
    again = sweep(WORLD, DESIGN, out=tmp_path, workers=1, **HOW)
    assert len(lived) == 20
    assert not again.interrupted
    pd.testing.assert_frame_equal(again.table(), usual)


def test_interrupted_before_the_world_as_it_is_was_lived_a_difference_is_undefined(monkeypatch):
    """One run alone is finished, of the world as it is: its mean is told, and no difference."""
    monkeypatch.setattr(sweeping, "_SECONDS", 1e-9)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    made = sweep(WORLD, DESIGN, workers=1, progress=stop, **HOW)
    assert made.interrupted
    assert made.table()["replications"].max() == 1
    assert made.table()["difference"].isna().all()
    assert "Not finished" in made.text()


def test_interrupted_before_anything_was_finished_there_is_nothing_to_tell(monkeypatch):
    def stopped(*_: Any) -> Any:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(sweeping, "answers", stopped)
    with pytest.raises(KeyboardInterrupt):
        sweep(WORLD, DESIGN, workers=1, **HOW)


def test_points_that_cannot_be_are_rows_with_their_reason(tmp_path):
    design: list[dict[str, Any]] = [
        {"teams.front.staff": "x1.5"},
        {"population.again.persistence": 1.5},
        {"teams.front.staff": 0},
    ]
    made = sweep(WORLD, design, out=tmp_path, **HOW)
    assert sorted(made.failed) == [1, 2]
    assert "must be at most 1" in rows(made, point=1)["failed"].iloc[0]
    assert "leaves nobody at work" in rows(made, point=2)["failed"].iloc[0]
    assert made.wide()["failed"].tolist()[:2] == ["", ""]
    lived = []
    again = sweep(WORLD, design, out=tmp_path, progress=lambda done, of: lived.append(of), **HOW)
    assert (again.failed, lived) == (made.failed, [])
    assert rows(made, point=1)["mean"].isna().all()
    assert rows(made, point=0)["failed"].tolist() == ["", ""]


def test_a_manifest_says_all_that_it_takes_to_make_a_sweep_anew(usual, tmp_path):
    sweep(WORLD, DESIGN, out=tmp_path, **HOW)
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert (told["seed"], told["replications"], told["measures"]) == (7, [0, 1, 2, 3], MEASURES)
    assert told["program"] == sim.__version__
    anew = sweep(sim.variant(WORLD, {}), Design(tuple(told["points"])), **HOW)
    pd.testing.assert_frame_equal(anew.table(), usual)


@pytest.mark.parametrize("other", [{"seed": 8}, {"measures": MEASURES[:1]}])
def test_a_folder_with_another_sweep_is_refused(tmp_path, other):
    sweep(WORLD, [DESIGN[0]], out=tmp_path, **HOW)
    with pytest.raises(ValueError, match=rf"holds a sweep that differs in {next(iter(other))}: name another folder"):
        sweep(WORLD, [DESIGN[0]], out=tmp_path, **{**HOW, **other})


def test_what_is_no_folder_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ValueError, match="out is"):
        sweep(WORLD, [DESIGN[0]], out=tmp_path / "file", **HOW)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(ValueError, match="is no manifest of a sweep"):
        sweep(WORLD, [DESIGN[0]], out=tmp_path, **HOW)


def test_a_wide_table_has_a_row_for_each_point():
    made = sweep(WORLD, DESIGN, **HOW)
    wide = made.wide()
    assert wide["point"].tolist() == [-1, 0, 1, 2, 3]
    assert wide["teams.front.staff"].tolist() == ["", "x0.7", "x0.7", "x1.5", "x1.5"]
    long = made.table("calls_per_problem")
    assert wide["calls_per_problem"].tolist() == long["mean"].tolist()


def test_measures_that_were_not_asked_for_are_told():
    made = sweep(WORLD, [DESIGN[0]], **HOW)
    with pytest.raises(ValueError, match="did you mean calls_per_problem"):
        made.table("calls_per_problm")
    with pytest.raises(ValueError, match="measure"):
        sweep(WORLD, [DESIGN[0]], **{**HOW, "measures": ["nothing"]})


def test_paths_that_lead_nowhere_or_to_the_same_are_told_before_anything_is_lived(tmp_path):
    design: list[dict[str, Any]] = [
        {"teams.fornt.staff": 3},
        {"line.linse": 3},
        {"teams.*.talk": "x2", "teams.front.talk": "x3"},
    ]
    with pytest.raises(ValueError, match="leads to nothing") as refused:
        sweep(WORLD, design, out=tmp_path / "out", **HOW)
    assert str(refused.value).splitlines() == [
        '"teams.fornt.staff" leads to nothing in this world; did you mean teams.front.staff?',
        '"line.linse" leads to nothing in this world; did you mean line.lines?',
        "teams.*.talk and teams.front.talk both change teams.front.talk: one of them says it",
    ]
    assert not (tmp_path / "out").exists()


def test_a_sweep_goes_on_with_more_replications_and_more_points(usual, tmp_path):
    few = {**HOW, "replications": 2}
    first = sweep(WORLD, Design(DESIGN.points[:2]), out=tmp_path, **few)
    pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, out=tmp_path, **HOW).table(), usual)
    pd.testing.assert_frame_equal(sim.open_sweep(tmp_path).table(), usual)
    again = sweep(WORLD, Design(DESIGN.points[:2]), out=tmp_path, **few)  # of the larger one, what is asked for
    pd.testing.assert_frame_equal(again.table(), first.table())
    assert sorted(again.runs()["replication"].unique()) == [0, 1]
    with pytest.raises(ValueError, match="differs in points"):
        sweep(WORLD, Design(DESIGN.points[1:]), out=tmp_path, **HOW)


def test_runs_are_those_of_each_replication(usual):
    made = sweep(WORLD, DESIGN, **HOW)
    runs = made.runs("calls_per_problem")
    its = runs[runs["point"] == 2]
    own = sim.replicate(sim.changed(WORLD, DESIGN[2]), **HOW).totals["calls_per_problem"]
    assert its[["numerator", "denominator"]].to_numpy().tolist() == own.tolist()
    assert its["value"].tolist() == (own[:, 0] / own[:, 1]).tolist()
    assert its["replication"].tolist() == [0, 1, 2, 3]


def test_a_part_that_was_lost_while_it_was_written_is_lived_again(usual, tmp_path):
    sweep(WORLD, DESIGN, out=tmp_path, **HOW)
    parts = sorted((tmp_path / "parts").glob("*.parquet"))
    parts[0].write_bytes(parts[0].read_bytes()[:100])
    pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, out=tmp_path, **HOW).table(), usual)


def test_both_engines_come_to_the_same_and_processes_do(usual):
    pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, engine="simpy", workers=2, **HOW).table(), usual)


class Later:
    """An executor whose futures say nothing by themselves: they are asked."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(2)

    def submit(self, what, *told):
        done = self.pool.submit(what, *told)
        return SimpleNamespace(done=done.done, result=done.result, cancel=done.cancel)


def test_whatever_has_submit_is_an_executor(usual):
    pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, executor=Later(), **HOW).table(), usual)
    with pytest.raises(ValueError, match="executor is object: one with submit is needed"):
        sweep(WORLD, DESIGN, executor=object(), **HOW)


class GivesUp(Later):
    """One that answers so many times, and no more."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.left = after

    def submit(self, what, *told):
        self.left -= 1
        if self.left < 0:
            raise ConnectionError("the scheduler is gone")
        return self.pool.submit(what, *told)


def test_an_executor_that_goes_away_loses_nothing(usual, tmp_path, monkeypatch):
    monkeypatch.setattr(sweeping, "_SECONDS", 1e-9)
    monkeypatch.setattr(hands, "_UNKNOWN", 1)
    with pytest.raises(SweepError, match=r"gave up .*the scheduler is gone") as gave_up:
        sweep(WORLD, DESIGN, out=tmp_path, executor=GivesUp(9), **HOW)
    finished = gave_up.value.finished
    assert finished.interrupted
    assert len(finished.runs("calls_per_problem")) >= 6
    pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, out=tmp_path, **HOW).table(), usual)


def test_a_worker_with_another_version_is_refused():
    chunk = Chunk(WORLD, ((BASE, {}),), (0,), 1, "auto", ("calls_per_problem",), "0.0.1")
    with pytest.raises(OtherProgramError, match=r"was asked by 0\.0\.1"):
        answer(chunk)


def test_a_folder_of_another_version_is_kept(tmp_path):
    out = tmp_path / "made"
    sweep(WORLD, [DESIGN[0]], out=out, **HOW)
    told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    (out / "manifest.json").write_text(json.dumps({**told, "program": "0.0.1"}))
    with pytest.raises(ValueError, match=r"was made by version 0\.0\.1 .*such as .*made-2, or remove") as refused:
        sweep(WORLD, [DESIGN[0]], out=out, **HOW)
    assert sim.__version__ in str(refused.value)
    assert len(sim.open_sweep(out).table()) == 4


_KILLED = """
import sys
from tests.study.test_sweep import DESIGN, HOW, WORLD
from sim.study.sweeping import sweep as sweeping
sweeping._SECONDS = 1e-9
sweeping.sweep(WORLD, DESIGN, out=sys.argv[1], progress=lambda done, of: print(done, flush=True), **HOW)
"""


def test_a_sweep_that_was_killed_goes_on(usual, tmp_path):
    """By the signal that no process answers, in the middle: what has its part is there, and is whole."""
    asked = [sys.executable, "-c", _KILLED, str(tmp_path)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(3):
            assert process.stdout.readline()
        process.kill()
    there = {part.name: part.stat().st_mtime_ns for part in (tmp_path / "parts").glob("*.parquet")}
    assert len(there) >= 3
    assert sim.open_sweep(tmp_path).interrupted
    pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, out=tmp_path, **HOW).table(), usual)
    assert there.items() <= {part.name: part.stat().st_mtime_ns for part in (tmp_path / "parts").glob("*")}.items()


_FULL = """
import resource, signal, sys
from tests.study.test_sweep import DESIGN, HOW, WORLD
from sim.study.sweeping import sweep as sweeping
from sim.study.sweeping.hands import SweepError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sweeping._SECONDS = 1e-9
def full(done, of):
    if done == 5 * 4:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
try:
    sweeping.sweep(WORLD, DESIGN, out=sys.argv[1], workers=1, progress=full, **{**HOW, "replications": 4})
except SweepError as wrong:
    print(wrong, "|", len(wrong.finished.runs("calls_per_problem")))
"""


def test_a_disk_that_is_full_loses_nothing(usual, tmp_path):
    """Files are allowed ten bytes from the fourth part on; each simulated day of a run counts as one."""
    days = math.ceil(WORLD.time.end / 1440)
    asked = [sys.executable, "-c", _FULL.replace("5 * 4", f"{days} * 4"), str(tmp_path)]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert said.stdout.startswith("a part could not be written: File too large | 4"), said
    assert not list(tmp_path.rglob("*.part*"))
    pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, out=tmp_path, **HOW).table(), usual)


@pytest.mark.parametrize("content", ["{}", "[]", '{"program": 3}', "\xff", "[" * 100_000])
def test_a_folder_that_holds_no_sweep_is_told(tmp_path, content):
    with pytest.raises(ValueError, match=r"holds no sweep: there is no manifest\.json in it"):
        sim.open_sweep(tmp_path)
    (tmp_path / "manifest.json").write_bytes(content.encode("latin-1"))
    with pytest.raises(ValueError, match="is no manifest of a sweep"):
        sim.open_sweep(tmp_path)


def test_a_manifest_whose_world_is_none_is_told(tmp_path):
    sweep(WORLD, [DESIGN[0]], out=tmp_path, **HOW)
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "manifest.json").write_text(json.dumps({**told, "base": {"name": "x"}}))
    with pytest.raises(ValueError, match="holds a sweep that cannot be read"):
        sim.open_sweep(tmp_path)


def test_worlds_customers_histories_and_results_can_be_pickled_and_copied():
    customers = sim.populate(WORLD, seed=3)
    history = sim.run(WORLD, customers)
    lived, made = sim.replicate(WORLD, **HOW), sweep(WORLD, DESIGN, **HOW)
    compared = sim.compare(WORLD, sim.changed(WORLD, {"teams.front.staff": "x0.7"}), equal="none", **HOW)
    for whole in (lambda one: pickle.loads(pickle.dumps(one)), copy.deepcopy, copy.copy):
        assert whole(WORLD) == WORLD
        assert whole(customers).seed == 3
        assert np.array_equal(whole(history).rows, history.rows)
        assert whole(lived) == lived
        assert whole(compared) == compared
        pd.testing.assert_frame_equal(whole(made).table(), made.table())
