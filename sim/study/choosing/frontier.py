"""The efficient frontier of a sweep: points of which no other is better in one measure and as good in the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.measures import chosen, measures_of
from sim.study.sweeping.store import Runs
from sim.study.sweeping.swept import Sweep, difference_of

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


def frontier(swept: Sweep, first: str, second: str) -> pd.DataFrame:
    """Tell which points of a sweep are efficient in two measures, such as the firm's cost and the customer's effort.

    Parameters
    ----------
    swept : Sweep
        Lived with both measures; the world as it is counts as a point (-1).
    first, second : str
        Measures that have a better side.

    Returns
    -------
    DataFrame
        A row for each point that was lived, by the first measure: ``point``, its changes, and for each measure its
        mean with ``_low`` and ``_high``. ``efficient`` is "yes" where no other point is better in one and at least as
        good in the other; "no" where one of these is so for sure (paired 95 % intervals, each by itself);
        "perhaps" where one is, but they are not told apart. ``beaten_by`` is that one, or empty.

    Raises
    ------
    ValueError
        If a measure was not asked for or has no better side, both are the same, or no point could be lived.
    """
    import pandas as pd

    signs = _signs(swept, first, second)
    tables = [swept.table(name).set_index("point") for name in (first, second)]
    lived = tables[0]["mean"].notna() & tables[1]["mean"].notna()
    points = [int(str(point)) for point in tables[0].index[lived]]
    if not points:
        raise ValueError("no point has both measures: there is nothing to be told apart")
    means = np.stack(
        [sign * table["mean"][lived].to_numpy() for sign, table in zip(signs, tables, strict=True)], axis=1
    )
    best = [at for at in range(len(points)) if not _better_than(means, at).any()]
    each = [swept.by_point(name) for name in (first, second)]
    rows = []
    for at in np.lexsort((means[:, 1], means[:, 0])):
        better = [points[one] for one in best if _better_than(means, at)[one]]
        sure = next((one for one in better if _surely(each, signs, one, points[at])), None)
        row = swept.said(points[at]) | {"efficient": "perhaps" if sure is None else "no"}
        row |= {"efficient": "yes"} if at in best else {}
        row["beaten_by"] = str(sure if sure is not None else better[0]) if better else ""
        rows.append(row | _ends((first, second), tables, points[at]))
    return pd.DataFrame(rows)


def _signs(swept: Sweep, first: str, second: str) -> list[float]:
    """Return by what each measure is multiplied so that less of it is better."""
    if first == second:
        raise ValueError(f"{first} is given twice: a frontier is of two measures")
    known = measures_of(swept.base)
    chosen(known, [first, second])
    wrong = [name for name in (first, second) if known[name].better == "neither"]
    if wrong:
        raise ValueError(f"{' and '.join(wrong)}: no side is better, so no point is efficient in it")
    return [1.0 if known[name].better == "lower" else -1.0 for name in (first, second)]


def _better_than(means: Floats, at: int) -> npt.NDArray[np.bool_]:
    """Say which points are better than one: in one measure, and at least as good in the other."""
    better: npt.NDArray[np.bool_] = (means <= means[at]).all(axis=1) & (means < means[at]).any(axis=1)
    return better


def _surely(each: Sequence[dict[int, Runs]], signs: Sequence[float], one: int, other: int) -> bool:
    """Say whether all of the paired intervals say that one point is better than another, and nowhere worse."""
    ends = []
    for runs, sign in zip(each, signs, strict=True):
        apart = difference_of(runs[one], runs[other])
        end = apart.high if sign > 0 else apart.low
        ends.append(np.inf if end is None else sign * end)
    return max(ends) <= 0.0 and min(ends) < 0.0


def _ends(names: Sequence[str], tables: Sequence[pd.DataFrame], point: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, table in zip(names, tables, strict=True):
        mean = table.loc[point]
        row |= {name: mean["mean"], f"{name}_low": mean["low"], f"{name}_high": mean["high"]}
    return row
