"""On which guesses of a world the lines of its business case rest: prices and amounts that nobody gave."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from sim.reading.guesses import Guess

_GESTURES = ("population.reasons.*.gesture_share", "population.reasons.*.gesture")
_STAFF = ("teams.*.wage", "teams.*.wage_premiums", "teams.*.wage_skills")
_TOLL = ("tariff.*",)
_LOST = ("loyalty.*", "population.segments.*.worth", "population.segments.*.lock_in")
_OUTAGE = ("outage_value", "hours_of_use", "other_network", "autonomy", "value_of_time")
_PREVENTION = ("prevention.*.eur_per_*",)
_CUSTOMER = (
    *_TOLL,
    *_GESTURES,
    "population.reasons.*.severity",
    "population.again.lives_with_it",
    "population.again.repair*",
    "population.reasons.*.deadline",
    "population.reasons.*.advanced",
    *(f"population.segments.*.{name}" for name in _OUTAGE),
)
_KEYS: dict[str, tuple[str, ...]] = {
    "staff_eur_per_problem": _STAFF,
    "prevention_eur_per_problem": _PREVENTION,
    "gestures_eur_per_problem": _GESTURES,
    "toll_income_eur_per_problem": _TOLL,
    "firm_cash_eur_per_problem": (*_STAFF, *_PREVENTION, *_GESTURES, *_TOLL),
    "lost_margin_eur_per_problem": _LOST,
    "firm_eur_per_problem": (*_STAFF, *_PREVENTION, *_GESTURES, *_TOLL, *_LOST),
    "customer_eur_per_problem": _CUSTOMER,
    "advance_lost_eur_per_problem": ("population.reasons.*.deadline", "population.reasons.*.advanced"),
    "toll_eur_per_problem": _TOLL,
    "effort_index": ("effort.*",),
    "high_effort_share": ("effort.*",),
}
"""The keys that say what a line's parts are worth; how often they happen rests on the whole world."""


def resting_on(measure: str, guessed: Iterable[Guess]) -> tuple[Guess, ...]:
    """Return those of a world's guesses that say what a measure's parts are worth; what is none says nothing.

    Examples
    --------
    >>> from sim.reading import load
    >>> from sim.reading.guesses import guesses
    >>> [one.key for one in resting_on("staff_eur_per_problem", guesses(load("base")))]
    ['teams.second.wage']
    """
    keys = _KEYS.get(measure, ())
    return tuple(
        one for one in guessed if one.value not in ("none", "0") and any(fnmatchcase(one.key, key) for key in keys)
    )
