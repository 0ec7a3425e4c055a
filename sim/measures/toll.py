"""The toll: what each call costs the caller under a tariff. Any tariff can be put on a history afterwards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.history import Activity
from sim.measures.rows import Array
from sim.scenario.world import Tariff
from sim.units import SLOT, SLOTS_A_WEEK, week_slots

_WHOLE = 1e-6
"""Minutes (60 microseconds) by which a sum of spells may miss a whole number and start no further minute."""

_HOLDS = (Activity.MENU, Activity.HOLD, Activity.TRANSFER_HOLD, Activity.APPROVAL_HOLD)


@dataclass(frozen=True)
class Tolls:
    """What calls cost their callers (EUR), one number per call; the three parts add up to the total."""

    total: npt.NDArray[np.float64]
    of_hold: npt.NDArray[np.float64]
    """Billed minutes of menu and hold before the first agent: the wait as the 2005 survey counts it."""
    of_rest: npt.NDArray[np.float64]
    """All other billed minutes: talk, and the holds after the first agent."""
    per_call: npt.NDArray[np.float64]
    """The price of the call itself, whatever its length."""


def bill(calls: Array, tariff: Tariff) -> Tolls:
    """Bill each call.

    The minutes of a call are billed together: started minutes are counted on their sum, and what rounding
    adds or the cap takes away is shared between the parts in proportion.

    Parameters
    ----------
    calls : structured array of `sim.measures.calls.CALL`
    tariff : Tariff

    Returns
    -------
    Tolls
    """
    minutes = billed_minutes(calls, tariff)
    metered = minutes.sum(axis=1)
    charged = np.ceil(metered - _WHOLE) if tariff.rounding == "minute" else metered
    of_minutes = np.maximum(charged, 0.0) * _price_of_a_minute(tariff, calls["dialled"])
    per_call = np.where(_meter_started(calls, tariff), tariff.price_per_call, 0.0)
    kept = _kept_by_the_cap(of_minutes + per_call, tariff)
    before_agent = minutes[:, Activity.MENU] + minutes[:, Activity.HOLD]
    share = np.divide(before_agent, metered, out=np.zeros(len(calls)), where=metered > 0)
    of_hold = of_minutes * share * kept
    of_rest = of_minutes * kept - of_hold
    per_call = per_call * kept
    return Tolls(of_hold + of_rest + per_call, of_hold, of_rest, per_call)


def billed_minutes(calls: Array, tariff: Tariff) -> npt.NDArray[np.float64]:
    """Return the minutes of each call that the meter charges, by activity: shape ``(calls, activities)``."""
    charged = tariff.billed
    billed = np.zeros((len(calls), len(Activity)), np.bool_)
    billed[:, Activity.MENU], billed[:, Activity.HOLD] = charged.menu, charged.hold
    billed[:, Activity.TRANSFER_HOLD] = charged.transfer_hold
    billed[:, Activity.APPROVAL_HOLD] = charged.approval_hold
    billed[:, [Activity.IDENTIFICATION, Activity.EXPLANATION, Activity.TALK]] = charged.talk
    billed[:, _HOLDS] &= ~_hold_is_free(calls, tariff)[:, None]
    if tariff.starts == "first_agent":
        billed[:, [Activity.MENU, Activity.HOLD]] = False
    # After a call-back is taken the firm rings at its own cost: only menu and hold went before.
    only_before = [activity for activity in Activity if activity not in (Activity.MENU, Activity.HOLD)]
    billed[:, only_before] &= ~calls["call_back"][:, None]
    return np.where(billed, calls["minutes"], 0.0)


def _hold_is_free(calls: Array, tariff: Tariff) -> npt.NDArray[np.bool_]:
    if tariff.hold_billed == "own_network_free":
        own: npt.NDArray[np.bool_] = ~calls["other_network"]
        return own
    return np.full(len(calls), tariff.hold_billed == "never")


def _meter_started(calls: Array, tariff: Tariff) -> npt.NDArray[np.bool_]:
    picked_up: npt.NDArray[np.bool_] = np.isfinite(calls["picked_up"])
    taken_charge_of: npt.NDArray[np.bool_] = np.isfinite(calls["answered"]) & ~calls["call_back"]
    if tariff.starts == "first_agent":
        return taken_charge_of
    if tariff.hold_billed == "own_network_free":  # the law of 2008: no sum, on any ground, before somebody answers
        return np.where(calls["other_network"], picked_up, taken_charge_of)
    return picked_up


def _price_of_a_minute(tariff: Tariff, dialled: Array) -> npt.NDArray[np.float64]:
    if tariff.off_peak_price_per_minute is None:
        return np.full(len(dialled), tariff.price_per_minute)
    at_peak = np.zeros(SLOTS_A_WEEK, np.bool_)
    for written in tariff.peak:
        at_peak[list(week_slots(written))] = True
    slot = (dialled // SLOT).astype(np.int64) % SLOTS_A_WEEK
    return np.where(at_peak[slot], tariff.price_per_minute, tariff.off_peak_price_per_minute)


def _kept_by_the_cap(whole: npt.NDArray[np.float64], tariff: Tariff) -> npt.NDArray[np.float64]:
    if tariff.cap is None:
        return np.ones(len(whole))
    return np.divide(np.minimum(whole, tariff.cap), whole, out=np.ones(len(whole)), where=whole > 0)
