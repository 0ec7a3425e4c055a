"""The toll: what each call costs the caller under a tariff. Any tariff can be put on a history afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.machine.kernel.memory import address_of
from sim.measures.rules.calls import CALL
from sim.measures.rules.loops import bill_each
from sim.measures.rules.meter import meter
from sim.people import same_bits
from sim.world import Tariff


@dataclass(frozen=True, eq=False)
class Tolls:
    """What calls cost their callers (EUR), one number per call; the three parts add up to the total.

    Two are equal when every bit is.
    """

    total: npt.NDArray[np.float64]
    of_hold: npt.NDArray[np.float64]
    """Billed minutes of menu and hold before the first agent: the wait as the 2005 survey counts it."""
    of_rest: npt.NDArray[np.float64]
    """All other billed minutes: talk, and the holds after the first agent."""
    per_call: npt.NDArray[np.float64]
    """The price of the call itself, whatever its length."""

    def __eq__(self, other: object) -> bool:
        """Say whether these are the same tolls, to the bit."""
        return isinstance(other, Tolls) and same_bits(self._parts(), other._parts())

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(self.total.tobytes())

    def _parts(self) -> tuple[npt.NDArray[np.float64], ...]:
        return self.total, self.of_hold, self.of_rest, self.per_call


def bill(calls: npt.NDArray[Any], tariff: Tariff) -> Tolls:
    """Bill each call of a table of `sim.measures.rules.calls.CALL`."""
    calls, metered = np.require(calls, CALL, ["C"]), meter(tariff)
    of_hold, of_rest, per_call = parts = np.empty((3, len(calls)))
    bill_each(address_of(calls), len(calls), address_of(metered), *map(address_of, parts))
    return Tolls(of_hold + of_rest + per_call, of_hold, of_rest, per_call)


def billed_minutes(calls: npt.NDArray[Any], tariff: Tariff) -> npt.NDArray[np.float64]:
    """Return the minutes of each call that the meter charges, by activity: shape ``(calls, activities)``."""
    charged = meter(tariff)["charged"][0]
    networks, call_backs = calls["other_network"].astype(np.intp), calls["call_back"].astype(np.intp)
    billed: npt.NDArray[np.float64] = calls["minutes"] * charged[networks, call_backs]
    return billed


def euros_a_minute(calls: npt.NDArray[Any], tolls: Tolls, tariff: Tariff) -> npt.NDArray[np.float64]:
    """Return what a minute of each call has cost (EUR), by activity: shape ``(calls, activities)``; 0 where it is free.

    What billing steps add and a cap takes away is shared between the minutes that are billed, in proportion; the price
    of the call itself is no part of it.
    """
    billed = billed_minutes(calls, tariff)
    metered = billed.sum(axis=1, keepdims=True)
    minute = np.divide((tolls.total - tolls.per_call)[:, None], metered, out=np.zeros_like(metered), where=metered > 0)
    return np.where(billed > 0, minute, 0.0)
