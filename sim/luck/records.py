"""Laws as records, for compiled code: the same quantiles as `sim.luck.laws.quantile`, to the bit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.luck.laws import Law, LawCode, between_points, check_law, luck_inside, plain_quantile, quantile
from sim.machine.compiling import Table, compiled_as, rule
from sim.machine.kernel.memory import Array, address_of

LAW = np.dtype(
    [
        ("code", np.int64),
        ("a", np.float64),
        ("b", np.float64),
        ("c", np.float64),
        ("upto", np.float64),
        ("parts", np.int64),
        ("many", np.int64),
    ]
)
"""A law: its code and parameters; the address of its points or parts and how many they are; and for a law that is a
part of another the upper cumulated share."""

POINT = np.dtype([("level", np.float64), ("value", np.float64)])

law_at, point_at = Table(LAW), Table(POINT)
_CONSTANT, _EMPIRICAL, _MIXTURE = int(LawCode.CONSTANT), int(LawCode.EMPIRICAL), int(LawCode.MIXTURE)


def law_table(laws: Sequence[Law], kept: list[Array], upto: Sequence[float] = ()) -> Array:
    """Write laws as a table of `LAW`; the tables they lead to are added to ``kept``, which keeps them alive.

    Raises
    ------
    ValueError
        If one of them is no law (`sim.luck.laws.check_law`).
    """
    for law in laws:
        check_law(law)
    written = np.zeros(len(laws), LAW)
    for row, law in zip(written, laws, strict=True):
        row["code"], row["a"], row["b"], row["c"] = law.code, law.a, law.b, law.c
        if law.points:
            leads_to = np.array(list(law.points), POINT)
        elif law.parts:
            leads_to = law_table([part for _, part in law.parts], kept, [share for share, _ in law.parts])
        else:
            continue
        kept.append(leads_to)
        row["parts"], row["many"] = address_of(leads_to), len(leads_to)
    if len(upto):
        written["upto"] = upto
    return written


@compiled_as(quantile)
def quantile_of(law: Any, u: float) -> float:
    """Invert a law at ``u`` in (0, 1)."""
    while law.code == _MIXTURE:
        which, below = 0, 0.0
        while which < law.many - 1 and u >= law_at(law.parts, which).upto:
            below = law_at(law.parts, which).upto
            which += 1
        u = luck_inside(u, below, law_at(law.parts, which).upto if which < law.many - 1 else 1.0)
        law = law_at(law.parts, which)
    if law.code == _EMPIRICAL:
        upper = 1
        while upper < law.many - 1 and u > point_at(law.parts, upper).level:
            upper += 1
        before, after = point_at(law.parts, upper - 1), point_at(law.parts, upper)
        return between_points(before.level, before.value, after.level, after.value, u)
    return plain_quantile(law.code, law.a, law.b, law.c, u)


@rule
def is_constant(law: Any) -> bool:
    """Say whether a law always gives the same, its parameter ``a``."""
    return law.code == _CONSTANT
