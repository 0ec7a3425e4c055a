"""Where the money goes: from the first world's cost per problem to the second's, part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

import numpy as np

from sim.figures.differences import judged
from sim.figures.names import GUESS_TOLD, plain, short
from sim.figures.numbers import euros, signed
from sim.figures.replications import Lived, tables_of
from sim.figures.style import (
    GREY,
    INK,
    JUDGED,
    PALE,
    SMALL,
    TEXT,
    looks,
    panels,
    titled,
)
from sim.measures import MEASURES, Measure, Tables
from sim.measures.register.cost import customer_parts, firm_parts, has_part
from sim.report.finding import fares
from sim.report.headlines import GUESSED
from sim.study.comparing.comparison import Line
from sim.study.running.estimate import UNDEFINED, Estimate, paired_difference, ratio

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from sim.figures.style import Look
    from sim.study.comparing.comparison import Comparison
    from sim.world import World

P = TypeVar("P")
_HALF = 0.31
"""Half the width of a bar."""
_NAME = 12
"""Letters of a world's name under its bar."""
_GUESSED = "lost margin"
"""The part that rests on guesses about customers who leave."""
_WHO = ("customers", "firm", "firm without customers lost")


class Fall(NamedTuple):
    """A cost per problem (EUR): of each world, and the difference part by part."""

    worlds: tuple[Estimate, Estimate]
    difference: Estimate
    parts: dict[str, Estimate]


class Bar(NamedTuple):
    """One bar: a world's whole cost, or a part's difference, which hangs from the level that is reached before it.

    Attributes
    ----------
    estimate : Estimate
        Its height (EUR per problem), with its interval.
    start, end : float
        From which level to which it reaches.
    """

    name: str
    kind: Literal["total", "part"]
    estimate: Estimate
    start: float
    end: float


class Falls(NamedTuple):
    """Both costs, and the firm's without the margin that it may lose, which is guessed."""

    customers: Fall
    firm: Fall
    firm_without_customers_lost: Fall


def cost_waterfall(first: Lived, second: Lived, axes: Sequence[Axes] | None = None) -> list[Axes]:
    """Draw how the first world's cost per problem becomes the second's, for the customer and for the firm.

    A part is better or worse as the cost it belongs to: what the firm takes in less is a cost to it. Beside the firm's
    cost stand both worlds' without the margin lost with customers who leave, which is guessed.

    Parameters
    ----------
    first, second : History, Tables, or sequence of them
        The same replications of each world. From two replications on, every bar carries its 95 % interval;
        a part's is that of its paired difference.
    axes : sequence of two Axes, optional

    Returns
    -------
    list of Axes
        The customer's and the firm's panel.
    """
    here, there = tables_of("first", first), tables_of("second", second)
    return _falls(*falls(here, there), (here[0].world, there[0].world), axes)


def comparison_waterfall(study: Comparison, axes: Sequence[Axes] | None = None) -> list[Axes]:
    """Draw the same of a comparison's first way, from its measures alone; no history is needed.

    The customer's parts but the toll are no measures of their own: they are drawn together.

    Parameters
    ----------
    study : Comparison
    axes : sequence of two Axes, optional

    Returns
    -------
    list of Axes
        The customer's and the firm's panel.

    Raises
    ------
    ValueError
        If a measure that it takes was not compared, or no problem appeared.
    """
    return _falls(*falls_of(study), study.worlds, axes)


def falls_of(study: Comparison) -> Falls:
    """Return the costs of a comparison's first way, part by part, from its measures alone.

    Raises
    ------
    ValueError
        As `comparison_waterfall`.
    """
    parts = {name: part for name, part in _FIRM.items() if has_part(name, *study.worlds)}
    names = [_TOLL, "customer_eur_per_problem", "firm_eur_per_problem", "firm_cash_eur_per_problem", *parts]
    if any(study.line(name).difference.mean is None for name in names):
        raise ValueError("what a problem costs is not defined in both worlds: there is nothing to draw")
    firm = _measured(study, "firm_eur_per_problem", parts)
    sure = _measured(study, "firm_cash_eur_per_problem", _without(parts, _LOST))
    return Falls(_of_customers(study), firm, sure)


_TOLL, _LOST = "toll_eur_per_problem", "lost_margin_eur_per_problem"
_FIRM = {
    "staff_eur_per_problem": ("staff", 1.0),
    "prevention_eur_per_problem": ("prevention", 1.0),
    "gestures_eur_per_problem": ("gestures", 1.0),
    "visits_eur_per_problem": ("visits", 1.0),
    "news_eur_per_problem": ("news", 1.0),
    "forum_eur_per_problem": ("forum", 1.0),
    "alarms_eur_per_problem": ("alarms", 1.0),
    _LOST: (_GUESSED, 1.0),
    "toll_income_eur_per_problem": ("toll income", -1.0),
}
"""The parts of the firm's cost: what they are called, and how they count."""


def _measured(study: Comparison, whole: str, parts: dict[str, tuple[str, float]]) -> Fall:
    """Return a cost and its parts out of a comparison's measures."""
    line = study.line(whole)
    found = {said: _times(study.line(name).difference, sign) for name, (said, sign) in parts.items()}
    return Fall(line.worlds, line.difference, found)


def _of_customers(study: Comparison) -> Fall:
    """Return a customer's cost: the toll, and what it leaves of the whole."""
    whole = "customer_eur_per_problem"
    line, totals = study.line(whole), [lived.totals for lived in study.lived]
    left = [one[whole][:, 0] - one[_TOLL][:, 0] for one in totals]
    below = [one[whole][:, 1] for one in totals]
    rest = paired_difference(left[0], below[0], left[1], below[1])
    parts = {"toll": study.line(_TOLL).difference, "time and outage": rest}
    return Fall(line.worlds, line.difference, parts)


def _times(one: Estimate, sign: float) -> Estimate:
    if sign > 0 or one.mean is None:
        return one
    return Estimate(-one.mean, *(None if end is None else -end for end in (one.high, one.low)))


def _falls(
    customer: Fall, firm: Fall, sure: Fall, worlds: tuple[World, World], axes: Sequence[Axes] | None
) -> list[Axes]:
    panel_of = panels(axes, 2, (9.5, 7.8))
    _draw(panel_of[0], customer, worlds, MEASURES["customer_eur_per_problem"])
    _draw(panel_of[1], firm, worlds, MEASURES["firm_eur_per_problem"])
    _draw_without(panel_of[1], len(firm.parts) + 2, sure, worlds)
    titled(panel_of[0], _finding("customers", customer, worlds))
    told = _finding("the firm", firm, worlds, GUESSED), _finding("it", sure, worlds, " without customers lost")
    titled(panel_of[1], "\n".join(told))
    panel_of[1].set_xlabel(f"{GUESSED} {GUESS_TOLD}", fontsize=SMALL, loc="right")
    return panel_of


def _without(parts: dict[str, P], left_out: str) -> dict[str, P]:
    return {name: amount for name, amount in parts.items() if name != left_out}


def falls(first: Sequence[Tables], second: Sequence[Tables]) -> Falls:
    """Estimate what a problem costs its customer and the firm, in both worlds and part by part."""
    worlds = first[0].world, second[0].world

    def whole(one: Tables) -> dict[str, float]:
        return {name: amount for name, amount in firm_parts(one).items() if has_part(name, *worlds)}

    def of_customers(one: Tables) -> dict[str, float]:
        return {name: amount for name, amount in customer_parts(one).items() if has_part(name, *worlds)}

    sure = fall(first, second, lambda one: _without(whole(one), _GUESSED))
    return Falls(fall(first, second, of_customers), fall(first, second, whole), sure)


def fall(first: Sequence[Tables], second: Sequence[Tables], parts_of: Callable[[Tables], dict[str, float]]) -> Fall:
    """Estimate a cost per problem in both worlds, its difference, and the difference of each of its parts."""
    here, there = [parts_of(one) for one in first], [parts_of(one) for one in second]
    problems = [len(one.journeys) for one in first], [len(one.journeys) for one in second]
    totals = [sum(one.values()) for one in here], [sum(one.values()) for one in there]
    parts = {
        name: paired_difference([one[name] for one in here], problems[0], [one[name] for one in there], problems[1])
        for name in here[0]
    }
    worlds = ratio(totals[0], problems[0]), ratio(totals[1], problems[1])
    return Fall(worlds, paired_difference(totals[0], problems[0], totals[1], problems[1]), parts)


def bars(cost: Fall, worlds: tuple[World, World]) -> list[Bar]:
    """Return the bars of a cost: the first world's, each part's, the second world's.

    Raises
    ------
    ValueError
        If no problem appeared in the horizon: there is no cost per problem.
    """
    start, end = cost.worlds
    if start.mean is None or end.mean is None or cost.difference.mean is None:
        raise ValueError("no problem appeared in the horizon: there is no cost per problem")
    found, level = [Bar(worlds[0].name, "total", start, 0.0, start.mean)], start.mean
    for name, part in cost.parts.items():
        assert part.mean is not None
        found.append(Bar(name, "part", part, level, level + part.mean))
        level = found[-1].end
    return [*found, Bar(worlds[1].name, "total", end, 0.0, end.mean)]


def waterfall_table(first: Lived, second: Lived) -> pd.DataFrame:
    """Return the bars of `cost_waterfall` as a table: how the first world's cost per problem becomes the second's.

    Parameters
    ----------
    first, second : History, Tables, or sequence of them
        The same replications of each world.

    Returns
    -------
    DataFrame
        A row for each bar. ``who``: customers, firm, or firm without customers lost; ``bar``: a world's name or a part;
        ``kind``: total or part; ``eur``, ``low``, ``high``: its height and 95 % interval (EUR per problem; a part's is
        that of its paired difference; NaN for the interval of one replication); ``start``, ``end``: the levels between
        which it hangs; ``meaning``: what a part's difference is for whoever bears it (better, worse, unsure, ...),
        empty for a total; ``guessed``: whether it rests on guesses about customers who leave.

    Raises
    ------
    ValueError
        If a world has no replication, or no problem appeared in the horizon.
    """
    import pandas as pd

    here, there = tables_of("first", first), tables_of("second", second)
    worlds, rows = (here[0].world, there[0].world), []
    for who, cost in zip(_WHO, falls(here, there), strict=True):
        for bar in bars(cost, worlds):
            guessed = who == "firm" and (bar.kind == "total" or bar.name == _GUESSED)
            meaning = judged(_as_cost(bar.estimate)) if bar.kind == "part" else ""
            rows.append([who, bar.name, bar.kind, *bar.estimate, bar.start, bar.end, meaning, guessed])
    columns = ["who", "bar", "kind", "eur", "low", "high", "start", "end", "meaning", "guessed"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(("eur", "low", "high"), "float64"))


def _draw(ax: Axes, cost: Fall, worlds: tuple[World, World], measure: Measure) -> None:
    first, *parts, second = bars(cost, worlds)
    looks_of = looks(worlds)
    _total(ax, 0, first.estimate, looks_of[0])
    for place, part in enumerate(parts, 1):
        _step(ax, place, part)
    names = [part.name + GUESSED * (part.name == _GUESSED) for part in parts]
    _total(ax, len(parts) + 1, second.estimate, looks_of[1])
    names = [_called(worlds[0].name) + GUESSED * measure.guessed, *names]
    names.append(_called(worlds[1].name) + GUESSED * measure.guessed)
    ax.set_xticks(range(len(names)), names, fontsize=TEXT - 0.5)
    ax.tick_params(axis="x", length=0)
    ax.grid(visible=False, axis="x")
    ax.axhline(0.0, color=INK, linewidth=0.8)
    ax.use_sticky_edges = False  # a part of nothing would hold the axis at its level
    ax.margins(y=0.2)
    ax.set_ylabel("EUR per problem", fontsize=TEXT)
    _legend(ax, cost)


def _draw_without(ax: Axes, since: int, cost: Fall, worlds: tuple[World, World]) -> None:
    """Draw both worlds' totals without what is guessed, apart from the others."""
    for place, (total, look) in enumerate(zip(cost.worlds, looks(worlds), strict=True), since):
        _total(ax, place, total, look)
    ax.axvline(since - 0.5, color=PALE, linewidth=0.8)
    names = [f"{_called(world.name)}\nwithout\ncustomers lost" for world in worlds]
    told = [label.get_text() for label in ax.get_xticklabels()]
    ax.set_xticks(range(since + 2), [*told, *names], fontsize=TEXT - 0.5)


def _called(name: str) -> str:
    return plain(short(name, _NAME))


def _finding(who: str, cost: Fall, worlds: tuple[World, World], mark: str = "") -> str:
    """Say who gains or loses how much, and by which part most; ``mark`` says on what that rests."""
    difference, line = cost.difference, _as_cost(cost.difference)
    assert difference.mean is not None
    text = f"{fares(who, line)}{mark}: {signed(difference.mean, 'EUR', 10)} EUR per problem in "
    text += short(worlds[1].name, 24)
    if difference.low is None:
        return f"{text} (one replication: no interval)"
    if judged(line) not in ("better", "worse"):
        return f"{text} ({judged(line)})"
    main = max(cost.parts, key=lambda name: abs(cost.parts[name].mean or 0.0))
    return f"{text}, most by {main}"


def _total(ax: Axes, place: int, total: Estimate, look: Look) -> None:
    assert total.mean is not None
    ax.bar(place, total.mean, 2 * _HALF, facecolor=look.colour, edgecolor="white", hatch=look.hatch, label="total")
    _interval(ax, place, total.mean, total)
    _written(ax, place, max(total.mean, total.high or 0.0, 0.0), euros(total.mean))


def _step(ax: Axes, place: int, bar: Bar) -> None:
    """Draw one part's difference from the level reached so far."""
    level, reached, part = bar.start, bar.end, bar.estimate
    assert part.mean is not None
    meaning = judged(_as_cost(part))
    look = JUDGED[meaning]
    ax.plot([place - 1 + _HALF, place + _HALF], [level, level], color=GREY, linewidth=0.8, zorder=1)
    ax.plot([place - _HALF, place + 1 - _HALF], [reached, reached], color=GREY, linewidth=0.8, zorder=1)
    ax.bar(
        place,
        part.mean,
        2 * _HALF,
        bottom=level,
        facecolor=look.colour,
        edgecolor="white",
        linewidth=0,
        hatch=look.hatch,
        label=meaning,
    )
    shifted = Estimate(
        reached,
        None if part.low is None else level + part.low,
        None if part.high is None else level + part.high,
    )
    _interval(ax, place, reached, shifted)
    _written(ax, place, max(level, reached, shifted.high or reached), signed(part.mean, "EUR", 1))


def _as_cost(difference: Estimate) -> Line:
    """Take the difference of a part or of a whole for that of a cost: less is better for whoever bears it."""
    return Line(MEASURES["firm_eur_per_problem"], (UNDEFINED, UNDEFINED), difference)


def _legend(ax: Axes, cost: Fall) -> None:
    from matplotlib.patches import Patch

    met = {judged(_as_cost(part)) for part in cost.parts.values()}
    handles = [
        Patch(facecolor=look.colour, edgecolor="white", hatch=look.hatch, label=name)
        for name, look in JUDGED.items()
        if name in met
    ]
    ax.legend(handles=handles, fontsize=SMALL, frameon=False, ncols=len(handles), loc="upper center")


def _interval(ax: Axes, place: int, mean: float, estimate: Estimate) -> None:
    if estimate.low is None or estimate.high is None:
        return
    reach = np.array([[mean - estimate.low], [estimate.high - mean]])
    ax.errorbar([place], [mean], yerr=reach, color=INK, capsize=4, linewidth=1.2, zorder=5)


def _written(ax: Axes, place: int, above: float, text: str) -> None:
    ax.annotate(
        text, (place, above), xytext=(0, 4), textcoords="offset points", ha="center", fontsize=SMALL + 1, color=INK
    )
