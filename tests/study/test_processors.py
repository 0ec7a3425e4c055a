"""As many work at once as there are processors for them."""

from __future__ import annotations

import os

import pytest

from sim.study import processors as counted
from sim.study.processors import processors


@pytest.mark.parametrize(
    ("written", "there"),
    [("max 100000\n", 8), ("250000 100000\n", 3), ("50000 100000\n", 1), ("1600000 100000\n", 8), (None, 8)],
)
def test_a_container_s_bound_counts_where_it_is_less_than_the_processors(monkeypatch, tmp_path, written, there):
    """Of eight processors: no bound, two and a half, half a one, sixteen, and no container."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    monkeypatch.setattr(counted, "_QUOTA", tmp_path / "cpu.max")
    if written is not None:
        (tmp_path / "cpu.max").write_text(written)
    assert processors() == there


def test_a_process_bound_to_some_processors_counts_them_alone(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3, 5}, raising=False)
    assert processors() <= 2
