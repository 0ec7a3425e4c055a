"""A break-even as it is read: the value, how surely it is known, and who is better on which side of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.quoting import printable
from sim.reading import digest
from sim.report.headlines import GUESSED
from sim.report.numbers import UNDEFINED, between, decimals_of, plus_or_minus, wrapped
from sim.report.page import notes, sentences, table
from sim.report.stored import versions
from sim.report.studies import columns
from sim.study.breaking_even.found import BreakEven, Tried
from sim.study.breaking_even.roots import Root
from sim.units import duration

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 9
"""Values of the table, spread evenly over those that were tried."""


def break_even_text(made: BreakEven, *, every: bool, definitions: bool) -> str:
    """Return a break-even as it is printed; with ``every``, all values that were tried."""
    lines = [line for said in (*findings(made), "", *_under(made)) for line in wrapped(said)]
    rows = _cells(made, list(made.tried) if every else _few(made))
    lines += ["", *columns(rows, left=0), *_left_out(made, len(rows) - 1)]
    if definitions:
        lines += ["", *wrapped(f"{made.measure.id} ({made.measure.unit}): {made.measure.definition}")]
    return "\n".join(map(printable, lines))


def findings(made: BreakEven) -> list[str]:
    """Say at which value the worlds come to the same, or that they do not and how far they are apart at both ends."""
    first, second = (world.name for world in made.worlds)
    what, path = made.measure.id + GUESSED * made.measure.guessed, made.varied.path
    reach = f"between {made.varied.said(made.varied.low)} and {made.varied.said(made.varied.high)}"
    if made.flat and not made.interrupted:
        said = made.tried[0].difference
        return [
            f"{path} changes nothing of the difference in {what}: {second} minus {first} is "
            f"{_apart(made, said)} {reach}."
        ]
    if not made.roots:
        none = "none was found so far" if made.interrupted else "there is none"
        ends = " and ".join(f"{_apart(made, one.difference)} at {made.varied.said(one.value)}" for one in made.ends)
        there = f"{what} of {first} and {second} at the same {path}: {none} {reach}. {second} minus {first} is {ends}."
        return [there + _not_sure(made)]
    return [_root_said(made, root) for root in made.roots] + _several(made)


def _not_sure(made: BreakEven) -> str:
    """Say where the worlds are not told apart, though the sign is the same everywhere."""
    each = [one for one in made.tried if one.difference.low is not None and one.difference.high is not None]
    values = [one.value for one in each if (one.difference.low or 0.0) <= 0.0 <= (one.difference.high or 0.0)]
    if not values:
        return ""
    where = f"at {made.varied.said(values[0])}"
    if len(values) > 1:
        where = f"at {len(values)} values from {made.varied.said(min(values))} to {made.varied.said(max(values))}"
    return f" But they are not told apart {where}: one may lie there, or beyond a bound; more replications tell."


def _several(made: BreakEven) -> list[str]:
    many = len(made.roots)
    return [] if many == 1 else [f"The sign changes {many} times between the bounds: each is a break-even of its own."]


def _root_said(made: BreakEven, root: Root) -> str:
    first, second = (world.name for world in made.worlds)
    what = made.measure.id + GUESSED * made.measure.guessed
    ends = [made.varied.said(value) for value in root.between]
    whole = made.varied.kind == "whole" and root.between[0] != root.between[1]
    if made.interrupted:
        return f"{what} of {first} and {second} comes to the same at a {made.varied.path} between {' and '.join(ends)}."
    if root.jump:
        jump = " to ".join(f"{one:+.4g}" for one in root.differences)
        return (
            f"{what}: at {made.varied.path} = {made.varied.said(root.at)} the sign changes in a jump, from {jump} "
            f"{made.measure.unit} ({second} minus {first}): there is no value at which they are the same."
        )
    said = f"between {ends[0]} and {ends[1]}" if whole else f"= {made.varied.said(root.at)}"
    where = f"{made.varied.path} {said} {_reach(made, root)}{_sides(made, root)}"
    return f"{what} of {first} and {second} is the same at {where}"


def _reach(made: BreakEven, root: Root) -> str:
    low, high = root.interval
    bounds = made.varied.said(made.varied.low), made.varied.said(made.varied.high)
    if low is None and high is None:
        return f"(95 %: not told apart anywhere from {bounds[0]} to {bounds[1]})"
    if low is None:
        return f"(95 %: up to {made.varied.said(high or 0.0)}, and below as far as was looked, {bounds[0]})"
    if high is None:
        return f"(95 %: from {made.varied.said(low)} on, and above as far as was looked, {bounds[1]})"
    return f"(95 %: {made.varied.said(low)} to {made.varied.said(high)})"


def _sides(made: BreakEven, root: Root) -> str:
    """Say whose measure is higher below the value, and above it."""
    first, second = (world.name for world in made.worlds)
    known = [(one.value, one.difference.mean) for one in made.tried if one.difference.mean]
    below = [
        mean
        for value, mean in known
        if value < root.between[0] or (value, mean) == (root.between[0], root.differences[0])
    ]
    above = [
        mean
        for value, mean in known
        if value > root.between[1] or (value, mean) == (root.between[1], root.differences[1])
    ]
    if not below or not above:
        return "."
    names = [second if mean > 0 else first for mean in (below[-1], above[0])]
    return f"; below it {names[0]} has more, above it {names[1]}."


def _apart(made: BreakEven, difference: Any) -> str:
    if difference.mean is None:
        return UNDEFINED
    return f"{between(difference, decimals_of([difference]))} {made.measure.unit}"


def _under(made: BreakEven) -> Iterator[str]:
    """Yield what was lived, and what has to be known to read it."""
    first, second = made.worlds
    where = {"both": "both worlds", "first": first.name, "second": second.name}[made.varied.where]
    why = f" ({made.varied.why}; --in says otherwise)" if made.varied.why else ""
    now = made.varied.now[made.varied.where == "second"]
    time = first.time
    yield f"{made.varied.path} is varied in {where}{why}; it is {now} now."
    if made.varied.kind == "factor":
        yield "A value such as x0.8 multiplies what is written."
    yield (
        f"{first.name} ({digest(first)}) and {second.name} ({digest(second)}), each with its own staff, on the same "
        f"customers at every value: {len(made.tried)} values, {len(made.numbers)} replications of "
        f"{duration(time.horizon)}; seed {made.seed}, {made.engine} engine, {made.seconds:.0f} s."
    )
    yield (
        "The 95 % are the values at which the paired difference's own interval holds 0; sought with the same luck at "
        "every value, so the answer is that of these replications."
    )
    if any(root.jump for root in made.roots):
        yield "A jump: agents are whole, and queues tip; look at the values on either side."
    if made.interrupted:
        yield "Interrupted: this is what was known by then."
    if len(made.numbers) < 10:
        yield f"{len(made.numbers)} replications: intervals are honest from 10 on."
    if made.measure.guessed:
        yield f"{GUESSED} with the margin of customers lost, which rests on guesses ([loyalty], worth)."


def _few(made: BreakEven) -> list[Tried]:
    near = {at for root in made.roots for at in root.between}
    left = [one for one in made.tried if one.value not in near]
    step = max(1, len(left) // _SHOWN)
    return sorted([*left[::step], *(one for one in made.tried if one.value in near)], key=lambda one: one.value)


def _left_out(made: BreakEven, rows: int) -> list[str]:
    """Say how many of the values that were tried stand in the table, where not all do."""
    many = len(made.tried)
    return [] if rows == many else ["", f"Shown: {rows} of the {many} values; those that read alike stand once."]


def _cells(made: BreakEven, tried: list[Tried]) -> list[tuple[str, ...]]:
    """Return a row for each value, the heading first; values that read alike stand once."""
    decimals = decimals_of([estimate for one in tried for estimate in (*one.worlds, one.difference)])
    rows = [(made.varied.path, *(world.name for world in made.worlds), "difference [95 %]")]
    rows += [
        (
            made.varied.said(one.value),
            *(plus_or_minus(world, decimals) for world in one.worlds),
            between(one.difference, decimals),
        )
        for one in tried
    ]
    return list(dict.fromkeys(rows))


def break_even_html(made: BreakEven) -> str:
    """Return a break-even for a notebook: where it is, and the values that were tried."""
    under = [said.replace("--in says", "vary_in= says") for said in _under(made)]
    said = f"{made.measure.id} ({made.measure.unit}): {made.measure.definition}"
    return sentences(findings(made)) + table(_cells(made, _few(made)), left=0) + notes([*under, said])


def break_even_table(made: BreakEven) -> pd.DataFrame:
    """Return a row for each value that was tried, in order: the measure in both worlds, and the difference."""
    import pandas as pd

    rows = [(one.value, *one.worlds[0], *one.worlds[1], *one.difference) for one in made.tried]
    ends = ("", "_low", "_high")
    columns = ["value", *(f"{name}{end}" for name in ("first", "second", "difference") for end in ends)]
    return pd.DataFrame(rows, columns=columns).astype(float).set_index("value")


def break_even_tree(made: BreakEven, command: str | None = None) -> dict[str, Any]:
    """Return a break-even as plain tables and lists, undefined and unknown values as None."""
    return {
        "kind": "break-even",
        "versions": versions(),
        "command": command,
        "worlds": [{"name": world.name, "digest": digest(world)} for world in made.worlds],
        "vary": made.varied.path,
        "in": made.varied.where,
        "counted_as": made.varied.kind,
        "between": [made.varied.low, made.varied.high],
        "measure": made.measure.id,
        "unit": made.measure.unit,
        "seed": made.seed,
        "replications": [number + 1 for number in made.numbers],
        "interrupted": made.interrupted,
        "changes_nothing": made.flat,
        "break_even": [
            {
                "value": root.at,
                "interval": list(root.interval),
                "between": list(root.between),
                "differences": list(root.differences),
                "jump": root.jump,
            }
            for root in made.roots
        ],
        "tried": [
            {
                "value": one.value,
                "first": one.worlds[0]._asdict(),
                "second": one.worlds[1]._asdict(),
                "difference": one.difference._asdict(),
            }
            for one in made.tried
        ],
        "findings": findings(made),
    }
