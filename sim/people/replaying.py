"""Problems that appear exactly when they did: those of a replay, reason by reason."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim import purposes
from sim.luck.keys import Kind, uniforms
from sim.machine.kernel.latest import latest
from sim.machine.kernel.memory import Array
from sim.people.records import ARRIVAL
from sim.world.arrivals import Replay
from sim.world.population import Population

Codes = npt.NDArray[np.int64]
DRAWN = -1
"""In place of a code that the replay does not tell."""


def arrivals_of(population: Population, end: float, seed: int, replication: int) -> list[Array]:
    """Return the problems of each reason, as records of `ARRIVAL`: the first of a reason is its problem 0.

    A reason that the replay does not tell is drawn by the shares, with the luck of its place in the replay.
    """
    at, reasons, segments = _codes(population)
    reasons = reasons.copy()
    drawn = np.flatnonzero(reasons == DRAWN)
    luck = uniforms(seed, replication, Kind.CUSTOMER, drawn, purposes.REPLAYED_REASON)
    reasons[drawn] = _chosen(population, luck)
    arrivals = np.empty(len(at), ARRIVAL)
    arrivals["appears"], arrivals["segment"] = at, segments
    return [arrivals[(reasons == reason) & (at < end)] for reason in range(len(population.reasons))]


def _chosen(population: Population, luck: npt.NDArray[np.float64]) -> Codes:
    upto = np.cumsum([reason.share for reason in population.reasons.values()])
    return np.searchsorted(upto[:-1], luck, side="right").astype(np.int64)


@latest
def _codes(population: Population) -> tuple[npt.NDArray[np.float64], Codes, Codes]:
    replay = population.replay
    if not isinstance(replay, Replay):
        raise ValueError("the population has no replay")
    reasons = _in_codes(replay.reasons, list(population.reasons), len(replay.at))
    return np.array(replay.at), reasons, _in_codes(replay.segments, list(population.segments), len(replay.at))


def _in_codes(names: tuple[str, ...], known: list[str], many: int) -> Codes:
    codes = {name: code for code, name in enumerate(known)} | {"": DRAWN}
    return np.array([codes[name] for name in names] if names else np.full(many, DRAWN), np.int64)
