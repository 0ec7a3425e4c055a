"""Conclusions on effort as they are read: which hold for every weight, and at which weights the others turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.quoting import printable
from sim.reading import digest
from sim.report.names import listed
from sim.report.numbers import cut, wrapped
from sim.report.page import notes, sentences, table
from sim.report.stored import versions
from sim.study.decomposing.weights import Conclusion, EffortWeights

if TYPE_CHECKING:
    import pandas as pd

_CLAIM = 46


def weights_text(made: EffortWeights, *, definitions: bool) -> str:
    """Return the conclusions as they are printed."""
    lines = [line for said in findings(made) for line in wrapped(said)]
    for way in made.ways:
        lines += ["", *wrapped(way.meaning), "", *_set(_rows(way.conclusions))]
    lines += ["", *(line for said in _under(made) for line in wrapped(said))]
    if definitions:
        lines += [line for one in made.ranges for line in wrapped(f"  {_range(one.name, one.of)}: {one.source}.")]
    return "\n".join(map(printable, lines))


def findings(made: EffortWeights) -> list[str]:
    """Say how many conclusions hold, and the first of each way."""
    said = []
    for way in made.ways:
        holding = sum(one.holds for one in way.conclusions)
        first = way.conclusions[0]
        said.append(
            f"{first.claim[0].upper()}{first.claim[1:]} at {way.label}: {_verdict(first)}. "
            f"{holding} of {len(way.conclusions)} conclusions on effort hold for every weight in its range."
        )
    return said


def _verdict(one: Conclusion) -> str:
    if one.holds:
        return "holds for all" if one.sure else f"holds for all, not told apart at {_at(one.turns)}"
    return f"does not hold for all: turns at {_at(one.turns)}"


def _at(weights: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.2g}" for name, value in weights.items())


def _rows(conclusions: Sequence[Conclusion]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("conclusion", "now (points)", "at least", "for every weight")]
    for one in conclusions:
        assert one.now.mean is not None and one.now.high is not None
        now = f"{one.now.mean:+.2f} ± {one.now.high - one.now.mean:.2f}"
        rows.append((cut(one.claim, _CLAIM), now, f"{one.least:+.2f}", _verdict(one)))
    return rows


def _set(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines: list[str] = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(wide) for cell, wide in zip(row[1:3], widths[1:3], strict=True))]
        lines += wrapped("  ".join([*cells, row[3]]), hang=" " * (sum(widths[:3]) + 6))
    return [line.rstrip() for line in lines]


def _range(name: str, of: Mapping[str, float]) -> str:
    return f"{name} ({listed([f'{weight} x {share:g}' if share != 1.0 else weight for weight, share in of.items()])})"


def _under(made: EffortWeights) -> Iterator[str]:
    """Yield what was swept, what was lived, and what has to be known to read it."""
    first, second = made.worlds
    swept = [f"{one.name} {one.low:g} to {one.high:g} (now {made.now[one.name]:.3g})" for one in made.ranges]
    yield f"Swept, all at once: {', '.join(swept)}. The other weights are as the worlds have them."
    yield (
        "Now: by how much, in points of effort_index with the first world's weights, ± half of the 95 % interval. "
        "At least: by how much where it is least so in the ranges. The index is linear in these weights, so that is "
        "decided exactly; it turns at the weights that are nearest by parts of their ranges. effort_ces and what "
        "follows from it (leaving, margin) are not linear in them, and not decided here."
    )
    yield (
        f"{first.name} ({digest(first)}) and {second.name} ({digest(second)}): {len(made.numbers)} replications, seed "
        f"{made.seed}, {made.engine} engine, {made.seconds:.0f} s."
    )
    yield from (f"{said[0].upper()}{said[1:]}." for said in made.parted.joined)
    yield from (f"{how.capitalize()} is not shown: {why}." for how, why in made.missing.items())
    if made.interrupted:
        yield "Interrupted: this is what was finished by then."
    if len(made.numbers) < 10:
        yield f"{len(made.numbers)} replications: intervals are honest from 10 on."


def weights_html(made: EffortWeights) -> str:
    """Return the conclusions for a notebook: a table in every way, and what was swept."""
    parts = [sentences(findings(made))]
    for way in made.ways:
        heading, *rows = _rows(way.conclusions)
        each = [(one.claim, *row[1:]) for one, row in zip(way.conclusions, rows, strict=True)]
        parts += [sentences([way.meaning]), table([heading, *each])]
    swept = [f"{_range(one.name, one.of)}: {one.source}." for one in made.ranges]
    return "".join([*parts, notes([*_under(made), *swept])])


def weights_rows(made: EffortWeights) -> list[dict[str, Any]]:
    """Return a row for each conclusion in every way."""
    return [
        {
            "equal": way.how,
            "conclusion": one.claim,
            "now": one.now.mean,
            "now_low": one.now.low,
            "now_high": one.now.high,
            "least": one.least,
            "holds": one.holds,
            "sure": one.sure,
            **{f"at_{name.name}": one.turns.get(name.name) for name in made.ranges},
        }
        for way in made.ways
        for one in way.conclusions
    ]


def weights_table(made: EffortWeights) -> pd.DataFrame:
    """Return a row for each conclusion in every way; ``at_...`` are the weights at which it turns, or is least sure."""
    import pandas as pd

    rows = weights_rows(made)
    plain = ("equal", "conclusion", "holds", "sure")
    return pd.DataFrame(rows).astype({name: float for name in rows[0] if name not in plain})


def weights_tree(made: EffortWeights, command: str | None = None) -> dict[str, Any]:
    """Return the conclusions as plain tables and lists."""
    return {
        "kind": "effort weights",
        "versions": versions(),
        "command": command,
        "worlds": [{"name": world.name, "digest": digest(world)} for world in made.worlds],
        "ranges": [
            {"name": one.name, "low": one.low, "high": one.high, "of": dict(one.of), "source": one.source}
            for one in made.ranges
        ],
        "now": dict(made.now),
        "seed": made.seed,
        "replications": [number + 1 for number in made.numbers],
        "interrupted": made.interrupted,
        "missing": dict(made.missing),
        "findings": findings(made),
        "conclusions": weights_rows(made),
    }
