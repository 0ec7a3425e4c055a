"""Sweeps: what a point comes to is what its world comes to by itself, whoever lives it, and in however many goes."""

from __future__ import annotations

import copy
import datetime
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


def _flipped(part, first, last):
    content = bytearray(part.read_bytes())
    content[first:last] = bytes(255 - one for one in content[first:last])
    part.write_bytes(content)


@pytest.mark.parametrize("where", [(4, 200), (-400, -8), (40, 41)])
def test_a_part_with_other_bytes_than_were_written_is_lived_again(usual, tmp_path, where):
    """In its pages, in its footer, and a single byte: pages know their sums."""
    sweep(WORLD, DESIGN, out=tmp_path, workers=1, **HOW)
    _flipped(sorted((tmp_path / "parts").glob("*.parquet"))[0], *where)
    assert sim.open_sweep(tmp_path).interrupted
    pd.testing.assert_frame_equal(sweep(WORLD, DESIGN, out=tmp_path, **HOW).table(), usual)


def _of_another(folder, tmp_path):
    sweep(WORLD, DESIGN, out=tmp_path / "other", **{**HOW, "seed": 8})
    for part in (tmp_path / "other" / "parts").glob("*.parquet"):
        part.rename(folder / "parts" / part.name)


def _of_other_points(folder, tmp_path):
    sweep(WORLD, Design(DESIGN.points[::-1]), out=tmp_path / "other", **HOW)
    for part in (tmp_path / "other" / "parts").glob("*.parquet"):
        part.rename(folder / "parts" / part.name)


def _a_table(folder, _):
    pd.DataFrame({"point": [0]}).to_parquet(folder / "parts" / "mine.parquet")


@pytest.mark.parametrize("foreign", [_of_another, _of_other_points, _a_table])
def test_parts_that_are_not_of_this_sweep_are_refused(tmp_path, foreign):
    """Else what another seed came to, or another point, is told as what was lived here."""
    out = tmp_path / "mine"
    sweep(WORLD, DESIGN, out=out, **HOW)
    foreign(out, tmp_path)
    for again in (lambda: sweep(WORLD, DESIGN, out=out, **HOW), lambda: sim.open_sweep(out)):
        with pytest.raises(ValueError, match=r"is no part of the sweep that manifest\.json says.*: take it away"):
            again()


def test_a_folder_among_the_parts_is_told(usual, tmp_path):
    sweep(WORLD, DESIGN, out=tmp_path, **HOW)
    (tmp_path / "parts" / "a.parquet").mkdir()
    pd.testing.assert_frame_equal(sim.open_sweep(tmp_path).table(), usual)
    with pytest.raises(ValueError, match=r"a\.parquet is no part of a sweep: take it away"):
        sweep(WORLD, DESIGN, out=tmp_path, **HOW)


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


def test_a_folder_of_another_version_is_kept(tmp_path, monkeypatch):
    out = tmp_path / "made"
    with monkeypatch.context() as then:
        then.setattr(sim, "__version__", "0.0.1")
        sweep(WORLD, [DESIGN[0]], out=out, **HOW)
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


_ODD: list[dict[str, Any]] = [
    {"replications": ["a"]}, {"replications": [[1]]}, {"replications": [True]}, {"points": [1]}, {"names": [1, 2]},
    {"measures": []}, {"measures": [1]}, {"seed": True},
]  # fmt: skip


@pytest.mark.parametrize("said", _ODD)
def test_a_manifest_that_lists_what_it_cannot_is_told(tmp_path, said):
    sweep(WORLD, [DESIGN[0], DESIGN[1]], out=tmp_path, **HOW)
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "manifest.json").write_text(json.dumps({**told, **said}))
    for again in (lambda: sweep(WORLD, [DESIGN[0]], out=tmp_path, **HOW), lambda: sim.open_sweep(tmp_path)):
        with pytest.raises(ValueError, match="is no manifest of a sweep"):
            again()


def test_a_manifest_whose_world_was_written_over_is_told(tmp_path):
    """What stands in the parts was lived by another world than the one that it now shows."""
    sweep(WORLD, [DESIGN[0]], out=tmp_path, **HOW)
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    told["base"]["teams"]["front"]["wage"] = 99
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    with pytest.raises(ValueError, match="is not the one that was lived"):
        sim.open_sweep(tmp_path)


@pytest.mark.parametrize("out", [5, b"x", float("nan"), "", "a\0b"])
def test_what_is_no_name_of_a_folder_is_told(out):
    with pytest.raises(ValueError, match=r"out is .*: the name of a folder is needed"):
        sweep(WORLD, [DESIGN[0]], out=out, **HOW)
    with pytest.raises(ValueError, match=r"out is .*: the name of a folder is needed"):
        sim.open_sweep(out)


def test_another_sweep_in_the_folder_that_one_is_in_is_told(tmp_path, monkeypatch):
    """A folder that is called by a point has no name that another could be made of."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    sweep(WORLD, [DESIGN[0]], out=".", **HOW)
    with pytest.raises(ValueError, match=r"holds a sweep that differs in seed: .*such as .*here-2"):
        sweep(WORLD, [DESIGN[0]], out=".", **{**HOW, "seed": 8})


def test_no_measure_at_all_is_refused_as_in_a_file():
    with pytest.raises(ValueError, match="measures is empty: name one at least, or None for all"):
        sweep(WORLD, [DESIGN[0]], **{**HOW, "measures": []})


def test_days_beyond_counting_are_told_in_words():
    with pytest.raises(ValueError, match=r"days is 1000+.*: more than 0, at most 36500"):
        sweep(WORLD, [DESIGN[0]], days=10**400, **HOW)


def test_values_that_json_has_no_sign_for_cost_their_point_alone(tmp_path):
    """A date, inside of a list too, keys that are no texts, infinity: the point fails, and all can be kept and read."""
    day = datetime.date(2020, 1, 1)
    odd: list[Any] = [day, [day], {"a": day}, {(1, 2): 3}, math.inf]
    made = sweep(WORLD, [{"line.lines": one} for one in (40, *odd)], out=tmp_path, **HOW)
    assert sorted(made.failed) == [1, 2, 3, 4, 5]
    assert rows(made, point=1, measure=MEASURES[0])["replications"].tolist() == [0]
    assert sim.open_sweep(tmp_path).failed == made.failed
    assert "inf" in made.to_json()


@pytest.mark.parametrize("true", [True, np.True_])
def test_a_truth_value_of_numpy_is_one(true, capsys):
    sweep(WORLD, [DESIGN[0]], **{**HOW, "progress": true})
    assert "100 % of the simulated days" in capsys.readouterr().err
    sweep(WORLD, [DESIGN[0]], **{**HOW, "progress": np.False_})
    assert capsys.readouterr().err == ""


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
