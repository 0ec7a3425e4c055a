"""The figures of a report, each with all that it shows in words."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sim.handouts.cells import of_line, unit_of, verdict
from sim.handouts.measured import called
from sim.handouts.parts import Picture
from sim.languages import Language, say, told
from sim.study.comparing.comparison import Comparison

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.history.rows import History
    from sim.measures.accounts.tables import Tables

    Lived = History | Tables | Sequence[History] | Sequence[Tables]

_INCHES = 9.5, 7.8


def pictures(
    comparison: Comparison, language: Language, lived: tuple[Lived, Lived] | None, customer: int | None
) -> list[Picture]:
    """Return the figures for which there is what they draw.

    Parameters
    ----------
    lived : pair of histories or tables, optional
        Of the first world and of the first way's, for how effort is spread; histories, for a customer's strip.
    customer : int, optional
        Whose strip.
    """
    found = [_forest(one, at, comparison, language) for at, one in enumerate(comparison.each())]
    falls = [_waterfall(one, at, comparison, language) for at, one in enumerate(comparison.each())]
    made = [*found, *falls]
    if lived is not None:
        made.append(_effort(comparison, lived, language))
        if customer is not None:
            made.append(_strip(lived, customer, language))
    return [picture for picture in made if picture is not None]


def _forest(one: Comparison, at: int, whole: Comparison, language: Language) -> Picture | None:
    from sim.figures import forest
    from sim.figures.canvas import blank
    from sim.figures.comparison import HEADLINES, NothingToDrawError, size
    from sim.figures.names import named

    try:
        figure = blank(size(one))
        axes = forest(one, figure.subplots())
    except NothingToDrawError:
        return None
    first, second = called(whole, at)
    name = say(
        "What {second} changes, measure by measure, {label}",
        language,
        second=second,
        label=told(one.equality.label, language),
    )
    shown = [line for line in one.lines if line.measure.id in HEADLINES and line.difference.mean is not None]
    rows = (
        say(
            "{measure}: {one} in {first}, {other} in {second}, difference {apart} {unit} ({verdict}).",
            language,
            measure=told(named(line.measure), language),
            one=cells[0],
            first=first,
            other=cells[1],
            second=second,
            apart=cells[2],
            unit=unit_of(line.measure, language),
            verdict=verdict(line, language) or "-",
        )
        for line, cells in ((line, of_line(line, language)) for line in shown)
    )
    return _picture(name, axes, figure, language, rows)


def _waterfall(one: Comparison, at: int, whole: Comparison, language: Language) -> Picture | None:
    from sim.figures import comparison_waterfall
    from sim.figures.canvas import blank
    from sim.figures.cost_waterfall import falls_of

    figure = blank(_INCHES)
    try:
        axes = comparison_waterfall(one, list(figure.subplots(2, 1).flat))
    except ValueError:
        return None
    _, second = called(whole, at)
    name = say(
        "Where the money goes, from one world to the other: {second}, {label}",
        language,
        second=second,
        label=told(one.equality.label, language),
    )
    rows = (
        say(
            "{part}: {apart} EUR per problem.",
            language,
            part=told(part, language),
            apart=of_line(_as_line(one, estimate), language)[2],
        )
        for cost in falls_of(one)[:2]
        for part, estimate in cost.parts.items()
    )
    return _picture(name, axes, figure, language, rows)


def _as_line(one: Comparison, estimate: Any) -> Any:
    """Take a part's difference for that of a measure in EUR."""
    from dataclasses import replace

    return replace(one.line("customer_eur_per_problem"), difference=estimate)


def _effort(comparison: Comparison, lived: tuple[Lived, Lived], language: Language) -> Picture | None:
    from sim.figures import effort_distribution
    from sim.figures.canvas import blank
    from sim.figures.replications import tables_of

    if not all(sum(len(each.journeys) for each in tables_of("lived", one)) for one in lived):
        return None  # no problem has come

    figure = blank((8.5, 4.8))
    ax = effort_distribution(lived[0], lived[1], figure.subplots())
    return _picture(say("How effort is spread over the problems", language), [ax], figure, language)


def _strip(lived: tuple[Lived, Lived], customer: int, language: Language) -> Picture:
    from sim.figures import journey_strip
    from sim.figures.canvas import blank
    from sim.figures.journey_strip import size

    histories: list[Any] = [one[0] if isinstance(one, Sequence) else one for one in lived]
    figure = blank(size(2))
    axes = journey_strip(histories, customer, list(figure.subplots(2, 1, height_ratios=(2.4, 1.6)).flat))
    return _picture(say("One customer's life in both worlds", language), axes, figure, language)


def _picture(name: str, axes: Sequence[Axes], figure: Figure, language: Language, rows: Iterable[str] = ()) -> Picture:
    from sim.figures import translated
    from sim.figures.style import findings_of

    said = [told(line, language) for line in findings_of(axes)]
    told_by = [line if line.endswith((".", ";")) else f"{line}." for line in said]
    return Picture(name, " ".join(told_by), tuple(rows), translated(figure, language))


def drawn(figure: Figure, form: str, *, dpi: int = 150) -> bytes:
    """Return a figure as a file of this form, svg or png."""
    inner = io.BytesIO()
    dated = {"Date": None} if form == "svg" else {}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # a box stands for what no font has
        figure.savefig(inner, format=form, dpi=dpi, bbox_inches="tight", facecolor="white", metadata=dated)
    return inner.getvalue()
