"""A sweep on a scheduler and two workers, each a process; what one of them held when it died is done again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sim
from sim.study.sweeping import sweep as sweeping
from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.cluster import cluster
from tests.study.test_sweep import HOW, WORLD

DESIGN = sim.factorial({"teams.front.staff": [f"x{1 + at / 20:.2f}" for at in range(12)]})


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "scheduler.json")
        where = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parents[1])}
        begun = [sys.executable, "-m", "dask"]
        hidden: dict[str, Any] = {"env": where, "stderr": subprocess.DEVNULL, "cwd": folder}
        scheduler = ["scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--scheduler-file"]
        worker = ["worker", "--nthreads", "1", "--no-dashboard", "--no-nanny", "--scheduler-file"]
        self.processes = [
            subprocess.Popen([*begun, *what, self.address], **hidden) for what in (scheduler, worker, worker)
        ]
        for _ in range(600):
            if Path(self.address).exists():
                return
            time.sleep(0.1)
        raise AssertionError("no scheduler came up in a minute")

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def there(tmp_path) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    yield made
    made.end()


@pytest.fixture
def usual(monkeypatch) -> pd.DataFrame:
    monkeypatch.setattr(sweeping, "_SECONDS", 1e-9)
    return sim.sweep(WORLD, DESIGN, **HOW).table()


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(there, usual, tmp_path):
    told = []

    def kill(done: int, of: int) -> None:
        told.append(done)
        if len(told) == 5:
            there.processes[1].kill()

    with cluster(there.address) as executor:
        executor.wait_for_workers(2)
        made = sim.sweep(WORLD, DESIGN, executor=executor, out=tmp_path / "made", progress=kill, **HOW)
    pd.testing.assert_frame_equal(made.table(), usual)
    assert len(told) == 13 * 4


def test_a_cluster_that_goes_away_leaves_what_was_finished(there, usual, tmp_path):
    told, made = [], tmp_path / "made"

    def kill(done: int, of: int) -> None:
        told.append(done)
        if len(told) >= 9 and BASE not in sim.open_sweep(made).missing():
            there.end()

    with cluster(there.address) as executor, pytest.raises(sim.SweepError, match="who did the work gave up") as gone:
        executor.wait_for_workers(2)
        sim.sweep(WORLD, DESIGN, executor=executor, out=made, progress=kill, **HOW)
    assert len(gone.value.finished.runs("calls_per_problem")) == len(told)
    pd.testing.assert_frame_equal(sim.sweep(WORLD, DESIGN, out=made, **HOW).table(), usual)


def test_nobody_who_answers_is_told(monkeypatch):
    monkeypatch.setattr("sim.study.sweeping.cluster._PATIENCE", 0.2)
    for address in ("tcp://127.0.0.1:1", "nonsense", "none.json"):
        with pytest.raises(ValueError, match=f"cluster is {address}: no scheduler answers there"), cluster(address):
            pass
