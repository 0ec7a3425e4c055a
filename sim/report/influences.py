"""What moves a measure, as it is read: path by path, alone from end to end, or by its share of the variance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.quoting import printable
from sim.report.numbers import UNDEFINED, between, cut, decimals_of, plus_or_minus, signed, wrapped
from sim.report.rows import marked
from sim.report.studies import (
    apart_in_unit,
    as_html,
    columns,
    defined,
    framed,
    guesses,
    in_unit,
    measure_tree,
    study_tree,
)
from sim.study.choosing.indices import SobolIndices
from sim.study.choosing.tornado import Bar, Tornado
from sim.study.running.estimate import Estimate
from sim.units import duration

if TYPE_CHECKING:
    import pandas as pd

_ROWS = 30
"""Paths that are shown, unless all are asked for."""
_VALUE, _PATH = 12, 60
_WIDE = 0.1
"""Half of an interval of a share that is too wide to rank paths by."""
_TOLD = 10


def tornado_text(made: Tornado, *, every: bool, definitions: bool) -> str:
    """Return a tornado as it is printed; with ``every``, all paths."""
    lines = [line for said in (*tornado_findings(made), "", _ends_lived(made)) for line in wrapped(said)]
    lines += ["", *columns(_tornado_rows(made, every=every))]
    lines += ["", *(line for said in (*tornado_warnings(made), *_tornado_notes(made)) for line in wrapped(said))]
    lines += defined([made.measure]) if definitions else []
    return "\n".join(map(printable, lines))


def tornado_findings(made: Tornado) -> list[str]:
    """Say what moves the measure most, and by how much."""
    first, what = made.bars[0], f"{marked(made.measure)} of {made.base.name}"
    if first.swing is None:
        return [f"What moves {what} is not known: no path has both of its ends."]
    if not first.swing:
        return [f"Nothing moves {what}: at both ends of every path it is the same."]
    change = apart_in_unit(between(first.change, decimals_of([first.change])), made.measure.unit)
    unsure = "" if first.apart else ", which is not told apart from nothing"
    return [f"{what} is moved most by {first.path}: from {first.low} to {first.high} by {change}{unsure}."]


def tornado_warnings(made: Tornado) -> list[str]:
    """Say what is not sure, and what is missing."""
    said = ["Interrupted: this is of what was lived by then."] * made.interrupted
    if made.own.mean is None:
        said.append(f"{made.measure.id} is undefined in the world as it is: nothing is beside it.")
    unsure = [bar.path for bar in made.bars if bar.swing is not None and bar.swing > 0 and not bar.apart]
    if unsure:
        said.append(f"Not told apart from nothing: {cut(', '.join(unsure), 300)}. Their order says nothing.")
    bent = [bar.path for bar in made.bars if bar.one_sided]
    if bent:
        said.append(
            f"Both ends on the same side: {cut(', '.join(bent), 300)}. The swing says less there than either end."
        )
    if len(made.numbers) < 10:
        said.append(f"{len(made.numbers)} replications: intervals are honest from 10 on.")
    failed = [bar for bar in made.bars if bar.failed]
    for bar in failed[:_TOLD]:
        said.append(f"An end of {bar.path} could not be lived: {'; '.join(bar.failed.splitlines())}")
    return said + ["  ..."] * (len(failed) > _TOLD)


def _ends_lived(made: Tornado) -> str:
    own, many = made.own, len(made.numbers)
    known = own.mean is not None
    value = in_unit(plus_or_minus(own, decimals_of([own])), made.measure.unit) if known else UNDEFINED
    return (
        f"As it is: {value}. Each path alone at both of its ends, {many:,} "
        f"replication{'s' * (many > 1)} of {duration(made.base.time.horizon)} (seed {made.seed}) on the same customers."
    )


def _tornado_notes(made: Tornado) -> Iterator[str]:
    yield (
        "Differences to the world as it is, and of both ends, are paired; ± is half of the 95 % interval, each by "
        "itself. Paths are moved one at a time: what they do together is not seen (indices tells)."
    )
    yield from guesses(made.measure)


def _tornado_rows(made: Tornado, *, every: bool) -> list[tuple[str, ...]]:
    shown = made.bars if every else made.bars[:_ROWS]
    decimals = decimals_of([one for bar in made.bars for one in (bar.at_low, bar.at_high, bar.change)])
    rows: list[tuple[str, ...]] = [
        ("path", "low", "at low", "high", "at high", f"high minus low ({made.measure.unit})"),
        *(_tornado_row(bar, decimals) for bar in shown),
    ]
    left = len(made.bars) - len(shown)
    return rows + ([(f"and {left:,} more", *[""] * 5)] if left else [])


def _tornado_row(bar: Bar, decimals: int) -> tuple[str, ...]:
    low, high = cut(bar.low, _VALUE), cut(bar.high, _VALUE)
    at_low, at_high, change = (signed(one, decimals) for one in (bar.at_low, bar.at_high, bar.change))
    return bar.path, low, at_low, high, at_high, change


def tornado_html(made: Tornado) -> str:
    """Return a tornado for a notebook."""
    notes = [*tornado_warnings(made), *_tornado_notes(made)]
    head, rows = [*tornado_findings(made), _ends_lived(made)], _tornado_rows(made, every=False)
    return as_html(head, rows, notes, made.measure)


def tornado_table(made: Tornado) -> pd.DataFrame:
    """Return a row for each path, that which moves the measure most first.

    Columns: ``path``, ``low``, ``high``; ``at_low``, ``at_high``, ``change``, each with ``_from`` and ``_to``;
    ``swing``; ``failed``.
    """
    plain = ("path", "low", "high", "failed")
    rows = _tornado_table(made)
    return framed(rows, [name for name in rows[0] if name not in plain])


def _tornado_table(made: Tornado) -> list[dict[str, Any]]:
    rows = []
    for bar in made.bars:
        row: dict[str, Any] = {"path": bar.path, "low": bar.low, "high": bar.high}
        for name, one in (("at_low", bar.at_low), ("at_high", bar.at_high), ("change", bar.change)):
            row |= _three(name, one, ("", "_from", "_to"))
        rows.append({**row, "swing": bar.swing, "failed": bar.failed})
    return rows


def _three(name: str, one: Estimate, ends: tuple[str, str, str]) -> dict[str, float | None]:
    return {f"{name}{end}": value for end, value in zip(ends, one, strict=True)}


def tornado_tree(made: Tornado, command: str | None = None) -> dict[str, Any]:
    """Return a tornado as plain tables and lists, undefined values as None."""
    return {
        **study_tree("tornado", made.base, command),
        "measures": [measure_tree(made.measure)],
        "seed": made.seed,
        "replications": [number + 1 for number in made.numbers],
        "interrupted": made.interrupted,
        "as_it_is": made.own._asdict(),
        "findings": tornado_findings(made),
        "warnings": tornado_warnings(made),
        "rows": _tornado_table(made),
    }


def indices_text(made: SobolIndices, *, every: bool, definitions: bool) -> str:
    """Return indices as they are printed; with ``every``, all paths."""
    lines = [line for said in (*indices_findings(made), "", _points_lived(made)) for line in wrapped(said)]
    lines += ["", *columns(_indices_rows(made, every=every), left=2)]
    lines += ["", *(line for said in (*indices_warnings(made), *_indices_notes(made)) for line in wrapped(said))]
    lines += defined([made.measure]) if definitions else []
    return "\n".join(map(printable, lines))


def indices_findings(made: SobolIndices) -> list[str]:
    """Say which path explains most, and how much is left to what paths do together."""
    first = made.shares[0]
    said = f"{first.path} explains most of the variance of {marked(made.measure)} of {made.base.name} over these ranges"
    alone, total = (between_shares(one) for one in (first.first_order, first.total))
    return [f"{said}: {alone} alone, {total} together with others."]


def indices_warnings(made: SobolIndices) -> list[str]:
    """Say where the shares are too uncertain to be ranked by."""
    wide = [one.path for one in made.shares if max(_half(one.first_order), _half(one.total)) > _WIDE]
    said = []
    if wide:
        said.append(
            f"Wider than ± {_WIDE:g}: {cut(', '.join(wide), 300)}. Four times as many points as these {made.points} "
            "would about halve the intervals."
        )
    without = [one.path for one in made.shares if None in (*one.first_order, *one.total)]
    if without:
        said.append(f"Too few points for an interval: {cut(', '.join(without), 300)}. How sure that is, is not known.")
    odd = [one.path for one in made.shares if not (one.total.mean or 0.0) >= (one.first_order.mean or 0.0) - _WIDE]
    if odd:
        said.append(f"More alone than in total, which no share can be: {cut(', '.join(odd), 300)}. Take more points.")
    alone = sum(one.first_order.mean or 0.0 for one in made.shares)
    if alone > 1.0 + _WIDE:
        said.append(
            f"Alone all paths come to {alone:.2f}, and no more than 1 of the variance is there. Take more points."
        )
    if len(made.numbers) < 10:
        said.append(f"{len(made.numbers)} replications: what is explained is their mean, luck included.")
    return said


def _half(one: Estimate) -> float:
    return 0.0 if one.low is None or one.high is None else (one.high - one.low) / 2.0


def between_shares(one: Estimate) -> str:
    """Write a share with its interval.

    Examples
    --------
    >>> between_shares(Estimate(0.5, 0.41, 0.6)), between_shares(Estimate(0.5, None, None))
    ('0.50 [0.41, 0.60]', '0.50 [no interval]')
    """
    if one.mean is None:
        return UNDEFINED
    if one.low is None or one.high is None:
        return f"{one.mean + 0.0:.2f} [no interval]"
    mean, low, high = (round(value, 2) + 0.0 for value in (one.mean, one.low, one.high))
    return f"{mean:.2f} [{low:.2f}, {high:.2f}]"


def _points_lived(made: SobolIndices) -> str:
    many = len(made.numbers)
    unit, decimals = made.measure.unit, decimals_of([Estimate(made.mean, None, None)])
    mean, deviation = (f"{one:,.{decimals}f}" for one in (made.mean, made.deviation))
    return (
        f"Lived at {made.lived:,} points (Saltelli's design of {made.points:,}, seed {made.design_seed}), {many:,} "
        f"replication{'s' * (many > 1)} of {duration(made.base.time.horizon)} each (seed {made.seed}) on the same "
        f"customers; over the ranges the measure is {in_unit(mean, unit)} with a standard deviation of "
        f"{apart_in_unit(deviation, unit)}."
    )


def _indices_notes(made: SobolIndices) -> Iterator[str]:
    yield (
        "First order: the share of the variance that a path explains alone; total: with all that it does together with "
        f"others. Intervals are {100 * made.confidence:g} % by bootstrap over the points, and know nothing of the luck "
        "of replications. Shares belong to these ranges, every value in them as likely as another."
    )
    yield from guesses(made.measure)


def _indices_rows(made: SobolIndices, *, every: bool) -> list[tuple[str, ...]]:
    shown = made.shares if every else made.shares[:_ROWS]
    sure = f"[{100 * made.confidence:g} %]"
    rows: list[tuple[str, ...]] = [("path", "range", f"first order {sure}", f"total {sure}")]
    for one in shown:
        ends = f"{cut(one.low, _VALUE)} to {cut(one.high, _VALUE)}"
        rows.append((one.path, ends, between_shares(one.first_order), between_shares(one.total)))
    left = len(made.shares) - len(shown)
    return rows + ([(f"and {left:,} more", "", "", "")] if left else [])


def indices_html(made: SobolIndices) -> str:
    """Return indices for a notebook."""
    notes = [*indices_warnings(made), *_indices_notes(made)]
    head, rows = [*indices_findings(made), _points_lived(made)], _indices_rows(made, every=False)
    return as_html(head, rows, notes, made.measure)


def indices_table(made: SobolIndices) -> pd.DataFrame:
    """Return a row for each path, that with the largest total first.

    Columns: ``path``, ``low``, ``high``; ``first_order`` and ``total``, each with ``_low`` and ``_high``.
    """
    rows = _indices_table(made)
    return framed(rows, [name for name in rows[0] if name not in ("path", "low", "high")])


def _indices_table(made: SobolIndices) -> list[dict[str, Any]]:
    ends = ("", "_low", "_high")
    return [
        {"path": one.path, "low": one.low, "high": one.high}
        | _three("first_order", one.first_order, ends)
        | _three("total", one.total, ends)
        for one in made.shares
    ]


def indices_tree(made: SobolIndices, command: str | None = None) -> dict[str, Any]:
    """Return indices as plain tables and lists, undefined values as None."""
    return {
        **study_tree("sobol indices", made.base, command),
        "measures": [measure_tree(made.measure)],
        "points": made.points,
        "lived": made.lived,
        "confidence": made.confidence,
        "seed": made.seed,
        "design_seed": made.design_seed,
        "replications": [number + 1 for number in made.numbers],
        "mean": made.mean,
        "deviation": made.deviation,
        "findings": indices_findings(made),
        "warnings": indices_warnings(made),
        "rows": _indices_table(made),
    }
