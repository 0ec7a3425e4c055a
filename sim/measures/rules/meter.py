"""The meter: what one call costs its caller under a tariff, and the tariff as the meter reads it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.history.rows import Activity
from sim.machine.compiling import inlined
from sim.measures.rules.calls import ACTIVITIES, HOLD, is_answered
from sim.measures.rules.staff import slot_of_week
from sim.units import SLOTS_A_WEEK, billing_steps, slots_of_all
from sim.world import Tariff

_WHOLE = 1e-6
"""Minutes (60 microseconds) by which a sum of spells may miss a whole number and start no further step."""

_HOLDS = [Activity.MENU, Activity.HOLD, Activity.TRANSFER_HOLD, Activity.APPROVAL_HOLD]
_BEFORE = [Activity.MENU, Activity.HOLD]
_AFTER = [activity for activity in Activity if activity not in _BEFORE]

TARIFF = np.dtype(
    [
        ("free", np.bool_),
        ("price_per_call", np.float64),
        ("price_per_minute", np.float64, (SLOTS_A_WEEK,)),
        ("cap", np.float64),
        ("first_step", np.float64),
        ("next_step", np.float64),
        ("from_pick_up", np.int8, (2,)),
        ("charged", np.float64, (2, 2, ACTIVITIES)),
    ]
)
"""A tariff as the meter reads it. price_per_minute: by quarter of an hour of the week of dialling (EUR). first_step,
next_step: billed whole as soon as they are begun (min); 0 where every moment is billed as it is. from_pick_up: the
meter starts when the voice server picks up, not with the first agent; by network, own and other. charged: 1 for the
minutes that count, by network, by whether a call-back was taken, and by `Activity`.
"""


@inlined
def bill_call(call: Any, tariff: Any) -> tuple[float, float, float]:
    """Bill one call.

    The minutes of a call are billed together: steps are counted on their sum, and what they add or the cap takes away
    is shared between the parts in proportion. No step is begun where no minute is metered.

    Parameters
    ----------
    call : record of `sim.measures.rules.calls.CALL`
    tariff : record of `TARIFF`

    Returns
    -------
    tuple of float
        The parts of `sim.measures.rules.toll.Tolls` (EUR): of hold, of the rest, and of the call itself.
    """
    if tariff.free:
        return 0.0, 0.0, 0.0
    other_network, rung_back = int(call.other_network), int(call.call_back)
    metered = before_agent = 0.0
    for activity in range(ACTIVITIES):
        metered += call.minutes[activity] * tariff.charged[other_network, rung_back, activity]
        if activity == HOLD:  # the menu and the hold come first
            before_agent = metered
    of_minutes = in_steps(metered, tariff) * tariff.price_per_minute[slot_of_week(call.dialled)]
    per_call = tariff.price_per_call if _meter_started(call, tariff) else 0.0
    whole = of_minutes + per_call
    kept = tariff.cap / whole if whole > tariff.cap else 1.0
    of_hold = of_minutes * (before_agent / metered if metered > 0.0 else 0.0) * kept
    return of_hold, of_minutes * kept - of_hold, per_call * kept


@inlined
def in_steps(metered: float, tariff: Any) -> float:
    """Return the minutes that are billed for those metered: the steps begun, each as a whole."""
    if tariff.next_step == 0.0 or metered <= _WHOLE:
        return max(metered, 0.0) if tariff.next_step == 0.0 else 0.0
    beyond = (metered - tariff.first_step - _WHOLE) / tariff.next_step
    billed: float = tariff.first_step + max(math.ceil(beyond), 0) * tariff.next_step
    return billed


@inlined
def _meter_started(call: Any, tariff: Any) -> bool:
    if tariff.from_pick_up[int(call.other_network)]:
        return not math.isnan(call.picked_up)
    return is_answered(call) and not call.call_back


def meter(tariff: Tariff) -> npt.NDArray[np.void]:
    """Return a tariff as one record of `TARIFF`."""
    read = np.zeros(1, TARIFF)
    read["price_per_call"] = tariff.price_per_call
    read["price_per_minute"] = tariff.price_per_minute
    if tariff.off_peak_price_per_minute is not None:
        peak = sorted(slots_of_all(tariff.peak))
        read["price_per_minute"] = tariff.off_peak_price_per_minute
        read["price_per_minute"][0, peak] = tariff.price_per_minute
    read["free"] = not read["price_per_call"].any() and not read["price_per_minute"].any()
    read["cap"] = math.inf if tariff.cap is None else tariff.cap
    read["first_step"], read["next_step"] = _steps(tariff)
    # The law of 2008, by which the own network's hold is free: no sum, on any ground, before somebody answers.
    own = tariff.hold_billed != "own_network_free"
    read["from_pick_up"] = [own, True] if tariff.starts == "pick_up" else False
    read["charged"] = _charged(tariff)
    return read


def _steps(tariff: Tariff) -> tuple[float, float]:
    """Return the billing steps (min), 0 for none: those given, or a minute where started minutes are billed."""
    if tariff.steps is not None:
        first, following = billing_steps(tariff.steps)
        return first / 60, following / 60
    return (1.0, 1.0) if tariff.rounding == "minute" else (0.0, 0.0)


def _charged(tariff: Tariff) -> npt.NDArray[np.bool_]:
    """Return what the meter charges, as `TARIFF` has it."""
    billed = tariff.billed
    charged = np.zeros((2, 2, ACTIVITIES), np.bool_)
    charged[..., Activity.MENU], charged[..., Activity.HOLD] = billed.menu, billed.hold
    charged[..., Activity.TRANSFER_HOLD] = billed.transfer_hold
    charged[..., Activity.APPROVAL_HOLD] = billed.approval_hold
    charged[..., [Activity.IDENTIFICATION, Activity.EXPLANATION, Activity.TALK]] = billed.talk
    if tariff.hold_billed != "always":
        charged[0][..., _HOLDS] = False
    if tariff.hold_billed == "never":
        charged[1][..., _HOLDS] = False
    if tariff.starts == "first_agent":
        charged[..., _BEFORE] = False
    # After a call-back is taken the firm rings at its own cost: only menu and hold went before.
    charged[:, 1, _AFTER] = False
    return charged
