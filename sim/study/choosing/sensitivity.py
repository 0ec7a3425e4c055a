"""What moves a measure: each path from its lowest to its highest value alone, or all together, by Sobol' indices."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.asked import INNER, numbers
from sim.reading.mistakes import shown
from sim.study.sweeping.design import Design
from sim.study.sweeping.spread import at_shares
from sim.study.sweeping.sweep import sweep
from sim.study.sweeping.swept import Sweep
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


def tornado(base: World | str | Path, ranges: Mapping[str, tuple[Any, Any]], measure: str, **how: Any) -> pd.DataFrame:
    """Move each path alone from its lowest to its highest value, and tell what that does to a measure.

    Parameters
    ----------
    base : World, str or Path
    ranges : mapping of str to pair
        By path, the lowest and the highest value, of whatever kind: they need not be numbers.
    measure : str
    **how
        As `sim.sweep` takes it: replications, seed, days, out, engine, workers, executor, progress.

    Returns
    -------
    DataFrame
        A row for each path, that which moves the measure most first: ``path``, ``low``, ``high`` (the values);
        ``at_low``, ``at_high``, by how much the measure differs from the world as it is (each with ``_from`` and
        ``_to``, its paired 95 % interval); ``swing``, the size of the difference between both; ``failed``.

    Raises
    ------
    ValueError
        If a range is no pair, or as `sim.sweep`.
    """
    wrong = [f"{shown(path)} is {shown(ends)}: a pair is needed" for path, ends in ranges.items() if not _is_pair(ends)]
    if wrong or not ranges:
        raise ValueError("\n".join(wrong) or "ranges is empty: one path is needed at least")
    design = Design(tuple({path: end} for path, ends in ranges.items() for end in ends))
    made = sweep(base, design, measures=[measure], **how)
    table = made.table(measure).set_index("point")
    rows = []
    for at, (path, ends) in enumerate(ranges.items()):
        row: dict[str, Any] = {"path": path, "low": str(ends[0]), "high": str(ends[1])}
        both = [table.loc[2 * at + end] for end in (0, 1)]
        for name, one in zip(("at_low", "at_high"), both, strict=True):
            bounds = {f"{name}_from": one["difference_low"], f"{name}_to": one["difference_high"]}
            row |= {name: one["difference"], **bounds}
        row["swing"] = abs(row["at_high"] - row["at_low"])
        rows.append(row | {"failed": both[0]["failed"] or both[1]["failed"]})
    return _sorted(rows, "swing")


def _is_pair(ends: Any) -> bool:
    return isinstance(ends, (list, tuple)) and len(ends) == 2


def sobol_indices(
    base: World | str | Path,
    ranges: Mapping[str, tuple[Any, Any]],
    measure: str,
    *,
    points: int = 64,
    design_seed: int = 1,
    confidence: float = 0.95,
    **how: Any,
) -> pd.DataFrame:
    """Tell which share of a measure's variance over all ranges each path explains.

    Saltelli's design and estimators (Computer Physics Communications 181, 2010) by `scipy.stats.sobol_indices`: the
    world is lived at ``points * (paths + 2)`` points, all on the same customers; intervals are by bootstrap over the
    points. What is explained is the measure over these replications.

    Parameters
    ----------
    base : World, str or Path
        Or its name, or its file.
    ranges : mapping of str to pair
        As `latin_hypercube` takes them.
    points : int
        A power of two.
    design_seed : int
        Of the points, and of the bootstrap.
    **how
        As `tornado`.
    measure : str
        Whose variance is parted.
    confidence : float
        Of the bounds.

    Returns
    -------
    DataFrame
        A row for each path, that with the largest share first: ``path``; ``first_order``, the share that it explains
        alone; ``total``, with all that it does together with others; each with ``_low`` and ``_high``, NaN for a path
        that moves nothing.

    Raises
    ------
    ValueError
        If the points are no power of two, a point cannot be lived, the measure is undefined somewhere or the same
        everywhere, or as `latin_hypercube` and `sim.sweep`.
    KeyboardInterrupt
        If interrupted: half a design has no indices. With ``out`` what was lived is kept.
    """
    from scipy.stats import qmc
    from scipy.stats import sobol_indices as indices

    numbers(confidence=(confidence, INNER))
    if not isinstance(points, int) or points < 2 or points & (points - 1):
        raise ValueError(f"points is {shown(points)}: a power of two is needed, such as 64")
    paths = list(ranges)
    both = qmc.Sobol(2 * len(paths), rng=np.random.default_rng(design_seed)).random_base2(int(math.log2(points)))
    one, other = both[:, : len(paths)], both[:, len(paths) :]
    mixed = [np.where(np.arange(len(paths)) == at, other, one) for at in range(len(paths))]
    made = sweep(base, Design(at_shares(ranges, np.concatenate([one, other, *mixed]))), measures=[measure], **how)
    values = _values(made, measure).reshape(len(paths) + 2, 1, points)
    told = {"f_A": values[0], "f_B": values[1], "f_AB": values[2:]}
    found = indices(func=told, n=points, rng=np.random.default_rng(design_seed))
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a path that moves nothing has no spread: its bounds are NaN, as is said
        spread = found.bootstrap(confidence_level=confidence)
    return _sorted([_row(path, at, found, spread) for at, path in enumerate(paths)], "total")


def _values(made: Sweep, measure: str) -> Floats:
    """Return a measure at each point; what cannot be is told."""
    if made.interrupted:
        raise KeyboardInterrupt
    if made.failed:
        said = [f"point {point}: {why}" for point, why in list(made.failed.items())[:10]]
        raise ValueError("\n".join([f"{len(made.failed)} points could not be lived", *said]))
    values = np.asarray(made.wide(measure)[measure], np.float64)[1:]
    if not np.isfinite(values).all():
        raise ValueError(f"{measure} is undefined at {int((~np.isfinite(values)).sum())} points")
    if np.ptp(values) == 0.0:
        raise ValueError(f"{measure} is {values[0]:g} at every point: there is no variance to be explained")
    return values


def _row(path: str, at: int, found: Any, spread: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"path": path}
    for name, its in (("first_order", "first_order"), ("total", "total_order")):
        ends = getattr(spread, its).confidence_interval
        row |= {name: float(np.ravel(getattr(found, its))[at])}
        row |= {f"{name}_low": float(np.ravel(ends.low)[at]), f"{name}_high": float(np.ravel(ends.high)[at])}
    return row


def _sorted(rows: list[dict[str, Any]], by: str) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows).sort_values(by, ascending=False, kind="stable", ignore_index=True)
