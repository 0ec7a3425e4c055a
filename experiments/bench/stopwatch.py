"""Measuring side by side: every way in turn, round after round, so that a noisy neighbour disturbs all of them."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.lines import Told

EXPERIMENTS = Path(__file__).resolve().parents[1]
Seconds = list[float]


@dataclass(frozen=True)
class Way:
    """One way of doing the same thing.

    Attributes
    ----------
    work : callable
        Told the number of the round.
    times : int
        How often a round does it: often enough for a clock to see it; the mean counts.
    """

    work: Callable[[int], object]
    times: int = 1

    def seconds(self, turn: int) -> float:
        """Return the mean seconds that it takes in a round."""
        gc.collect()  # or one way would clear up after another
        began = time.perf_counter()
        for _ in range(self.times):
            self.work(turn)
        return (time.perf_counter() - began) / self.times


def interleaved(ways: Mapping[str, Way], rounds: int, told: Told) -> dict[str, Seconds]:
    """Return the seconds of every way in every round; every second round goes backwards."""
    for way in ways.values():
        if way.times > 1:
            way.work(0)  # what takes long is warm soon enough
    seconds: dict[str, Seconds] = {name: [] for name in ways}
    for turn in range(rounds):
        for name in list(ways)[:: 1 if turn % 2 == 0 else -1]:
            seconds[name].append(ways[name].seconds(turn))
        told((turn + 1) / rounds)
    return seconds


def ratios(slow: Sequence[float], fast: Sequence[float]) -> Seconds:
    """Return how many times as long the first takes, round by round."""
    return [one / other for one, other in zip(slow, fast, strict=True)]


def process(*words: str, cache: Path | None = None) -> str:
    """Let another Python do something; return what it printed.

    Parameters
    ----------
    cache : Path, optional
        Where it keeps machine code.
    """
    environment = dict(os.environ) if cache is None else {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    ended = subprocess.run(
        [sys.executable, *words], cwd=EXPERIMENTS, env=environment, text=True, stdout=subprocess.PIPE, check=True
    )
    return ended.stdout


def seconds_of_process(*words: str, cache: Path | None = None) -> float:
    """Return the seconds from the start of another Python to its end."""
    began = time.perf_counter()
    process(*words, cache=cache)
    return time.perf_counter() - began


def seconds_to_answer(*words: str) -> float:
    """Return the seconds from the start of another Python to the last line that it prints; wait until it has ended.

    Raises
    ------
    RuntimeError
        If it fails, or prints nothing.
    """
    began = time.perf_counter()
    answered = None
    with subprocess.Popen([sys.executable, *words], cwd=EXPERIMENTS, text=True, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        for _ in running.stdout:
            answered = time.perf_counter() - began
    if running.returncode or answered is None:
        raise RuntimeError(f"{' '.join(words)} ended with {running.returncode}, without an answer that could be timed")
    return answered
