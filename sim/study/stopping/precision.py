"""How precisely a measure is to be known: the half-width that is wished of its interval."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.measures import chosen, measures_of
from sim.measures.register.measure import Measure
from sim.quoting import quoted
from sim.study.running.estimate import Estimate
from sim.world import World

Of = Literal["unit", "itself", "first"]
"""What it is written in: the measure's unit, a share of the estimate itself, or of the first world's value."""

MOST = 1e12
_WRITTEN = re.compile(r"\s*([0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})\s*(\D.*)?", re.DOTALL)
_WAYS = (
    'write a number in the measure\'s unit (0.5), a share of the estimate ("2 %"), or of A\'s value ("2 % of first")'
)


@dataclass(frozen=True)
class Precision:
    """The half-width that is wished of one measure's interval.

    Attributes
    ----------
    measure : str
    size : float
        In the measure's unit, or a share.
    of : {"unit", "itself", "first"}
        ``itself`` is the relative precision of the textbooks: half-width over the size of what is estimated, which for
        two worlds is their difference. ``first`` is the first world's value, which is never near zero by chance.
    """

    measure: str
    size: float
    of: Of = "unit"

    def wished(self, estimate: Estimate, first: Estimate) -> float | None:
        """Return the half-width in the measure's unit; None where what it is a share of is undefined."""
        if self.of == "unit":
            return self.size
        whole = (first if self.of == "first" else estimate).mean
        return None if whole is None else self.size * abs(whole)

    def said(self, unit: str, *, two: bool) -> str:
        """Write it: ``0.5 min``, ``2 % of the difference``."""
        if self.of == "unit":
            return f"{self.size:g} {unit}"
        whole = "the first world's value" if self.of == "first" else "the difference" if two else "the value"
        return f"{100 * self.size:g} % of {whole}"


def precisions(asked: Mapping[str, float | str], worlds: Sequence[World]) -> tuple[Precision, ...]:
    """Read half-widths by measure: a number, a number with the measure's unit, ``"2 %"``, or ``"2 % of first"``.

    Raises
    ------
    ValueError
        With all that is wrong: measures that one of the worlds has not, numbers that are none, units of others.

    Examples
    --------
    >>> from sim.reading import load
    >>> precisions({"cut_share": "2 % of first"}, [load("base"), load("base")])
    (Precision(measure='cut_share', size=0.02, of='first'),)
    """
    if not isinstance(asked, Mapping) or not asked:
        raise ValueError(f"half_width is {quoted(repr(asked))}: at least one measure with its half-width is needed")
    found, wrong = [], []
    for name, written in asked.items():
        try:
            found.append(_precision(_measure(name, worlds), written, two=len(worlds) > 1))
        except ValueError as mistake:
            wrong.append(str(mistake))
    if wrong:
        raise ValueError("; ".join(wrong))
    return tuple(found)


def _measure(name: object, worlds: Sequence[World]) -> Measure:
    known = [measures_of(world) for world in worlds]
    anywhere = {one: measure for measures in known for one, measure in measures.items()}
    (measure,) = chosen(anywhere, [str(name)])
    lacking = [world.name for world, measures in zip(worlds, known, strict=True) if measure.id not in measures]
    if lacking:
        raise ValueError(f"{measure.id} is not known in {lacking[0]}, so there is no difference to be known")
    return measure


def _precision(measure: Measure, written: object, *, two: bool) -> Precision:
    where = f"the half-width of {measure.id}"
    if isinstance(written, (int, float, np.number)) and not isinstance(written, bool):
        return Precision(measure.id, _positive(float(min(written, 2 * MOST)), where, written))
    found = _WRITTEN.fullmatch(written) if isinstance(written, str) else None
    if found is None:
        raise ValueError(f"{where} is {quoted(str(written))}: {_WAYS}")
    number, rest = _positive(float(found[1]), where, written), " ".join((found[2] or "").lower().split())
    if rest in ("", measure.unit.lower()):
        return Precision(measure.id, number)
    if rest == "%":
        return Precision(measure.id, number / 100, "itself")
    if rest in ("% of first", "% of the first", "% of the first world"):
        return Precision(measure.id, number / 100, "first" if two else "itself")
    raise ValueError(f"{where} is {quoted(str(written))}, and its unit is {measure.unit}: {_WAYS}")


def _positive(number: float, where: str, written: object) -> float:
    if not (math.isfinite(number) and 0 < number <= MOST):
        raise ValueError(f"{where} is {quoted(str(written))}: a number above 0, at most {MOST:g}, is needed")
    return number


def by_measure(asked: Iterable[Precision]) -> list[str]:
    """Return the measures that are watched, each once."""
    return list(dict.fromkeys(one.measure for one in asked))
