"""What a world answers where a report has a figure: numerator and denominator, from measures of the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.measures import MEASURES
from sim.quoting import short
from sim.study.calibrating.figure import Figure, Kind
from sim.study.calibrating.figures import COUNTS, NAMES, kind_of

Floats = npt.NDArray[np.float64]
Totals = Mapping[str, Floats]
"""By measure, a row for each replication: numerator and denominator."""


@dataclass(frozen=True)
class Question:
    """How a figure is asked of the totals of replications.

    Attributes
    ----------
    needs : tuple of str
        The measures it is made of.
    of : callable
        Returns numerators and denominators, one for each replication.
    unit : str
        Of the answer; of counts, calls a day.
    """

    name: str
    words: str
    kind: Kind
    unit: str
    needs: tuple[str, ...]
    of: Callable[[Totals], tuple[Floats, Floats]]


def _plain(id: str) -> Callable[[Totals], tuple[Floats, Floats]]:
    return lambda totals: (totals[id][:, 0], totals[id][:, 1])


def _without(id: str) -> Callable[[Totals], tuple[Floats, Floats]]:
    """Ask for the part that a share leaves."""
    return lambda totals: (totals[id][:, 1] - totals[id][:, 0], totals[id][:, 1])


def _dialled(totals: Totals) -> Floats:
    return totals["calls_per_day"][:, 0]


def _days(totals: Totals) -> Floats:
    return totals["calls_per_day"][:, 1]


def _offered(totals: Totals) -> Floats:
    return _dialled(totals) - totals["blocked_share"][:, 0]


_CALLS = ("calls_per_day", "blocked_share")
_WORDS = {
    "offered": "calls offered",
    "answered": "calls answered",
    "abandoned": "calls abandoned",
    "blocked": "calls blocked",
    "service_level": "service level",
    "speed_of_answer": "speed of answer",
    "handling_time": "handling time",
    "talk_time": "talk time",
    "occupancy": "occupancy",
    "transfers": "transfers per answered call",
    "repeats": "repeats within 7 days",
    "first_contact_resolution": "first-contact resolution",
    "first_contact_resolution_logged": "the same as the log counts it",
}
_OTHERS = {
    "problems_per_day": "problems a day, by telling callers apart",
    "calls_per_problem": "calls per problem, by telling callers apart",
    "solved_share": "share of the problems solved in the end, by a survey",
    "hours_to_solution": "hours from a problem to its solution, by a survey",
}
"""What no monthly report has, and could be measured."""
_ASKED: dict[str, tuple[str, Callable[[str], Callable[[Totals], tuple[Floats, Floats]]]]] = {
    "service_level": ("service_level", _plain),
    "speed_of_answer": ("speed_of_answer", _plain),
    "handling_time": ("handling_minutes_per_call", _plain),
    "talk_time": ("talk_minutes_per_call", _plain),
    "occupancy": ("occupancy", _plain),
    "transfers": ("transfers_per_call", _plain),
    "repeats": ("first_call_resolution_logged", _without),
    "first_contact_resolution": ("first_contact_resolution", _plain),
    "first_contact_resolution_logged": ("first_call_resolution_logged", _plain),
}
"""Which measure a figure is, and whether it is that or what is left of one."""
_TIMES = ("speed_of_answer", "handling_time", "talk_time")


def question(name: str, *, share: bool = False) -> Question:
    """Return how a figure of a report, or another measure, is asked.

    Parameters
    ----------
    share : bool
        Of a count: as a part of the calls offered (of blocked calls: of those dialled), not as calls a day.
    """
    if name in COUNTS:
        return _count(name, share)
    if name in _ASKED:
        id, how = _ASKED[name]
        kind: Kind = "minutes" if name in _TIMES else "share"
        return Question(name, _WORDS[name], kind, "min" if kind == "minutes" else "share", (id,), how(id))
    measure = MEASURES[name]
    return Question(name, _OTHERS.get(name, name), kind_of(name), measure.unit, (name,), _plain(name))


def _count(name: str, share: bool) -> Question:
    def counted(totals: Totals) -> Floats:
        if name == "offered":
            return _offered(totals)
        return totals[f"{name}_share"][:, 0]

    def below(totals: Totals) -> Floats:
        if not share:
            return _days(totals)
        return _dialled(totals) if name == "blocked" else _offered(totals)

    needs = _CALLS if name in ("offered", "blocked") else (*_CALLS, f"{name}_share")
    kind: Kind = "share" if share else "count"
    return Question(name, _WORDS[name], kind, "share" if share else "a day", needs, lambda t: (counted(t), below(t)))


def of_queue(name: str, queue: str) -> str:
    """Return what a count of one queue is called among totals."""
    return f"{name} of {queue}"


def in_queue(name: str, queue: str) -> Question:
    """Return how the calls of one queue are asked: offered, answered or abandoned, a day."""
    called = of_queue(name, queue)
    return Question(called, f"{short(queue)}: {_WORDS[name]}", "count", "a day", ("calls_per_day",), _plain(called))


def asked(figures: Mapping[str, Figure]) -> tuple[Question, ...]:
    """Return the questions that these figures answer, in the order of a report."""
    named = [name for name in NAMES if name in figures]
    return tuple(
        question(name, share=figures[name].is_share)
        for name in (*named, *(name for name in figures if name not in NAMES))
    )


def not_asked(figures: Mapping[str, Figure]) -> tuple[Question, ...]:
    """Return what a report might have told and does not, and what a survey or a caller's number would tell."""
    missing = [
        question(name, share=name in ("answered", "abandoned", "blocked")) for name in NAMES if name not in figures
    ]
    return (*missing, *(question(id) for id in _OTHERS if id not in figures))


def needed(questions: tuple[Question, ...]) -> tuple[str, ...]:
    """Return the measures that questions are made of, each once."""
    return tuple(dict.fromkeys(id for one in questions for id in one.needs))
