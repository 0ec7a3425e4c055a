"""A calibration, as it is printed: figure by figure, value by value, and what the figures do not tell."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.quoting import printable
from sim.reading import digest, written
from sim.reading.meaning import docstrings
from sim.report.names import listed
from sim.report.numbers import UNDEFINED, WIDTH, plain
from sim.report.page import notes, sentences, table
from sim.study.calibrating.calibration import Beside, Calibration, Fitted
from sim.study.calibrating.figures import Figures
from sim.study.calibrating.told import Flat
from sim.study.changing.scaling import by_odds, multiplied
from sim.units import DAY

if TYPE_CHECKING:
    import pandas as pd

_WIDE = min(95, WIDTH)
_EXAMPLE = math.log(2.0)
"""How far a value is moved in an example of a direction that nothing bounds: doubled."""


def calibration_text(made: Calibration, *, definitions: bool) -> str:
    """Return a calibration as it is printed."""
    parts = [wrapped(headline(made)), _set(figure_rows(made)), _set(value_rows(made))]
    parts += ["\n".join(wrapped(one) for one in (*starred_said(made), *flat_said(made), *notes_said(made)))]
    if definitions:
        parts.append("\n".join(wrapped(one) for one in _definitions(made)))
    return printable_lines("\n\n".join(part for part in parts if part))


def printable_lines(text: str) -> str:
    """Return a text that moves no terminal's cursor."""
    return "\n".join(map(printable, text.splitlines()))


def wrapped(text: str) -> str:
    """Break a sentence so that it fits a terminal of a hundred columns, with what the command line puts before it."""
    return textwrap.fill(text, _WIDE, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def headline(made: Calibration) -> str:
    """Say how many figures are inside."""
    overlaps, outside, wide = made.having("overlaps"), made.having("outside"), made.having("too wide")
    said = f"{made.having('inside')} of {len(made.lines)} figures inside"
    if overlaps:
        said += f", {overlaps} with an interval that reaches there"
    if outside:
        said += f", {outside} outside"
    about = f" ({made.figures.about})" if made.figures.about else ""
    counted = f"{made.asked.name} fitted to a report{about}: {said}."
    return " ".join([counted, *([f"Figures whose bands are too wide to tell: {wide}."] if wide else [])])


def figure_rows(made: Calibration) -> list[tuple[str, ...]]:
    """Return a heading, and a row for each figure: yours, its band, the world's, its interval, and the verdict."""
    rows: list[tuple[str, ...]] = [("figure", "yours", "95 %", "this world", "95 %", "")]
    days = made.figures.over()
    for line in made.lines:
        mean, low, high = line.estimate.mean, *_possible(line)
        star = "" if line.stated else "*"
        rows.append(
            (
                _name(line, days),
                _shown(line, line.value, days),
                band_said(line, days) + star,
                UNDEFINED if mean is None else _shown(line, mean, days),
                "" if low is None or high is None else _both(line, low, high, days),
                line.verdict,
            )
        )
    return rows


def band_said(line: Beside, days: float) -> str:
    """Return the band of a figure as it is read, counts over the days of the report."""
    return _both(line, line.low, line.high, days)


def _possible(line: Beside) -> tuple[float | None, float | None]:
    """Return the ends of a world's interval, cut where no value of the figure lies: below 0, and of parts above 1."""
    mean, low, high = line.estimate
    if mean is None or low is None or high is None or line.question.kind == "number":
        return low, high
    is_part = line.question.kind == "share" and line.question.name != "transfers" and mean <= 1.0
    most = 1.0 if is_part else math.inf
    return max(low, 0.0), min(high, most)


def _is_cut(line: Beside) -> bool:
    return _possible(line) != (line.estimate.low, line.estimate.high)


def _name(line: Beside, days: float) -> str:
    if line.question.kind == "count":
        return f"{line.question.words} in {days:g} days"
    unit = line.question.unit
    return line.question.words if line.question.kind in ("share", "minutes") else f"{line.question.words} ({unit})"


def _shown(line: Beside, value: float, days: float) -> str:
    if line.question.kind == "count":
        return f"{value * days:,.0f}"
    if line.question.kind == "share":
        return f"{100 * value:.1f} %"
    if line.question.kind == "minutes":
        return f"{value:.2f} min" if line.value >= 2 else f"{60 * value:.1f} s"
    return f"{value:,.4g}"


def _both(line: Beside, low: float, high: float, days: float) -> str:
    first, last = _shown(line, low, days), _shown(line, high, days)
    unit = next((sign for sign in (" %", " min", " s") if last.endswith(sign)), "")
    return f"{first.removesuffix(unit)} to {last}"


def value_rows(made: Calibration) -> list[tuple[str, ...]]:
    """Return a heading, and a row for each value: what it was, what it is, and how sure that is."""
    rows: list[tuple[str, ...]] = [("value", "was", "fitted", "95 %")]
    for one in made.fitted:
        for key, before, now in one.values:
            rows.append((key, _in_words(before), _in_words(now), _reach(one, now)))
    return rows


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        if "law" not in value:
            return "by hours"
        mean = next((value[name] for name in ("mean", "value", "scale") if name in value), None)
        return str(value["law"]) if mean is None else f"{value['law']} {_in_words(mean)}"
    return plain(value, 4) if isinstance(value, float) else str(value)


def _reach(one: Fitted, now: Any) -> str:
    """Return between which values a fitted one lies; of a law, what is multiplied."""
    if one.reach is None:
        return "not known: interrupted"
    if not one.told:
        return "not told by these figures"
    if one.parameter.name == "staff":
        low, mean, high = (math.exp(one.moved + far) for far in (-one.reach, 0.0, one.reach))
        return f"x {mean:.3g}: {low:.3g} to {high:.3g}"
    ends = [_moved(one, now, math.exp(far)) for far in (-one.reach, one.reach)]
    if one.parameter.against:
        ends = [round(now * _whole_moved(one, far) / _whole(one), 6) for far in (-one.reach, one.reach)]
    return " to ".join(_in_words(end).removeprefix(f"{now['law']} " if isinstance(now, dict) else "") for end in ends)


def _whole(one: Fitted) -> float:
    """Return what the shares of a group come to, over what they and the others make together."""
    return float(sum(now for _, _, now in one.values)) / one.parameter.whole


def _whole_moved(one: Fitted, far: float) -> float:
    return by_odds(_whole(one), math.exp(far))


def _moved(one: Fitted, now: Any, factor: float) -> Any:
    return by_odds(now, factor) if one.parameter.is_share else multiplied(now, factor)


def _set(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(wide) for cell, wide in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def flat_said(made: Calibration) -> list[str]:
    """Say what the figures cannot tell apart."""
    return [_of_direction(one) for one in made.flat]


def _of_direction(flat: Flat) -> str:
    (first, _), *others = flat.moves
    far = min(flat.reach, _EXAMPLE) if math.isinf(flat.reach) else flat.reach
    moves = [f"{part.scale} of {part.words} x {plain(math.exp(move * far), 2)}" for part, move in flat.moves]
    if others:
        said = f"The figures cannot tell apart {listed([part.words for part, _ in flat.moves])}: {listed(moves)}"
    else:
        said = f"The figures do not tell {first.words}: {moves[0]}"
    bound = "at any length" if math.isinf(flat.reach) else "or the other way round"
    told = [f"{name} ({_left(reach)})" for name, reach in flat.helps]
    helps = f" What would tell, measured over as many days: {' or '.join(told)}." if told else ""
    return f"{said}, {bound}, changes none beyond its error.{helps}"


def _left(reach: float) -> str:
    return f"to a factor of {plain(math.exp(reach), 2)}"


def starred_said(made: Calibration) -> list[str]:
    """Say what the star beside a band means, where one has it."""
    if all(line.stated for line in made.lines):
        return []
    return [
        f"* how far {made.figures.over():g} days like these lie apart by chance, as the fitted world has it, and "
        'the digits that were rounded off; a figure that says how sure it is ("84 % +- 1 %") is taken at its word.'
    ]


def notes_said(made: Calibration) -> list[str]:
    """Say what else has to be known of a calibration."""
    lived, notes = made.lived, list[str]()
    cut = [line.question.words for line in made.lines if _is_cut(line)]
    if cut:
        notes.append(
            f"Cut at 0, or 100 %, where their values end: intervals of {listed(cut)}. So few replications do not tell "
            "how far they reach."
        )
    notes += _outside(made)
    if made.interrupted:
        notes.append(
            "Interrupted: these are the best values so far, and how sure they are is only as far as was known."
        )
    elif not made.settled:
        notes.append("The search ended before no step was left that mattered: more replications may come nearer.")
    if len(lived.numbers) < 10:
        notes.append(
            f"{len(lived.numbers)} replications do not tell how far months lie apart by chance: the values' "
            "intervals may be far too narrow, or too wide; from 10 on they are trusted."
        )
    notes += made.notes
    horizon = lived.world.time.horizon / DAY
    notes.append(
        f"{made.evaluations} worlds lived on the way; the last {len(lived.numbers)} times for {horizon:g} d; seed "
        f"{lived.seed}, {lived.engine} engine, {made.seconds:.0f} s."
    )
    return notes


def _outside(made: Calibration) -> list[str]:
    """Say once what is outside, and what may be the matter with it."""
    outside = [line for line in made.lines if line.verdict == "outside"]
    sought = [line.question.words for line in outside if line.sought]
    shown = [line.question.words for line in outside if not line.sought]
    notes = []
    if sought:
        it, its = ("it", "it") if len(sought) == 1 else ("them", "each of them")
        notes.append(
            f"Outside: {listed(sought)}. No step brings {it} nearer without taking others away: look at what was not "
            f"sought (staff, hours, laws, paths), or at how the report counts {its}."
        )
    if shown:
        notes.append(
            f"Outside, and nothing is fitted to {'it' if len(shown) == 1 else 'them'}: {listed(shown)}. Look at the "
            "staff, the talk and the patience of those who wait there."
        )
    return notes


def _definitions(made: Calibration) -> list[str]:
    told = zip(made.lines, _meanings(made), strict=True)
    return [f"{line.question.name}: {said}" for line, said in told if said]


def _meanings(made: Calibration) -> list[str]:
    """Return what each figure is; nothing of those that are measures."""
    said = docstrings(Figures)
    return [said.get(line.question.name, "") for line in made.lines]


def calibration_html(made: Calibration) -> str:
    """Return a calibration for a notebook: figure by figure, value by value, and what the figures do not tell."""
    figures, values = figure_rows(made), value_rows(made)
    return (
        sentences([headline(made)])
        + table(figures, titles=_meanings(made))
        + table(values)
        + notes([*starred_said(made), *flat_said(made), *notes_said(made)])
    )


def calibration_table(made: Calibration) -> pd.DataFrame:
    """Return one row for each figure: counts a day, times in min, shares as parts of one; what is undefined is NaN."""
    import pandas as pd

    rows = [
        {
            "figure": line.question.name,
            "unit": line.question.unit,
            "yours": line.value,
            "low": line.low,
            "high": line.high,
            "stated": line.stated,
            "sought": line.sought,
            "world": line.estimate.mean,
            "world_low": line.estimate.low,
            "world_high": line.estimate.high,
            "verdict": line.verdict,
        }
        for line in made.lines
    ]
    numbers = ("yours", "low", "high", "world", "world_low", "world_high")
    return pd.DataFrame(rows).astype(dict.fromkeys(numbers, float)).set_index("figure")


def calibration_tree(made: Calibration) -> dict[str, Any]:
    """Return a calibration as plain tables and lists, undefined and unknown values as None."""
    return {
        "kind": "calibration",
        "seed": made.lived.seed,
        "replications": len(made.lived.numbers),
        "interrupted": made.interrupted,
        "notes": list(made.notes),
        "settled": made.settled,
        "asked": {"name": made.asked.name, "digest": digest(made.asked)},
        "world": written(made.world),
        "figures": [
            {
                "figure": line.question.name,
                "unit": line.question.unit,
                "yours": [line.value, line.low, line.high],
                "stated": line.stated,
                "sought": line.sought,
                "world": list(line.estimate),
                "verdict": line.verdict,
            }
            for line in made.lines
        ],
        "values": [
            {
                "parameter": one.parameter.name,
                "by": one.parameter.scale,
                "factor": math.exp(one.moved),
                "error_of_its_logarithm": one.error,
                "values": [{"key": key, "was": was, "is": now} for key, was, now in one.values],
            }
            for one in made.fitted
        ],
        "not_told": [
            {
                "moves": {part.name: far for part, far in one.moves},
                "reach": None if math.isinf(one.reach) else one.reach,
                "helps": [name for name, _ in one.helps],
            }
            for one in made.flat
        ],
    }
