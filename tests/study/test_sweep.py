"""Sweeps: what a point comes to is what its world comes to by itself, whoever lives it, and in however many goes."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.study.sweeping import sweep as sweeping
from sim.study.sweeping.design import Design, factorial
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
    answer = sweeping.__dict__["answer"]

    def noted(chunk):
        lived.extend((point, chunk.numbers) for point, _ in chunk.points)
        return answer(chunk)

    def stop(done: int, of: int) -> None:
        if done / of > 0.5:
            raise KeyboardInterrupt

    monkeypatch.setattr(sweeping, "answer", noted)
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


def test_an_interruption_before_the_world_as_it_is_was_lived_leaves_nothing(monkeypatch):
    monkeypatch.setattr(sweeping, "_SECONDS", 1e-9)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(WORLD, DESIGN, workers=1, progress=stop, **HOW)


def test_points_that_cannot_be_are_rows_with_their_reason(tmp_path):
    design: list[dict[str, Any]] = [
        {"teams.front.staff": "x1.5"},
        {"population.again.persistence": 1.5},
        {"teams.fornt.staff": 3},
    ]
    made = sweep(WORLD, design, out=tmp_path, **HOW)
    assert sorted(made.failed) == [1, 2]
    assert "must be at most 1" in rows(made, point=1)["failed"].iloc[0]
    assert "did you mean teams.front.staff?" in rows(made, point=2)["failed"].iloc[0]
    assert rows(made, point=1)["mean"].isna().all()
    assert rows(made, point=0)["failed"].tolist() == ["", ""]


def test_a_manifest_says_all_that_it_takes_to_make_a_sweep_anew(usual, tmp_path):
    sweep(WORLD, DESIGN, out=tmp_path, **HOW)
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert (told["seed"], told["replications"], told["measures"]) == (7, [0, 1, 2, 3], MEASURES)
    assert told["program"] == sim.__version__
    anew = sweep(sim.variant(WORLD, {}), Design(tuple(told["points"])), **HOW)
    pd.testing.assert_frame_equal(anew.table(), usual)


@pytest.mark.parametrize("other", [{"seed": 8}, {"replications": 5}, {"measures": MEASURES[:1]}])
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
