"""The page Levers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from sim.figures import break_even_figure, lever_waterfall, tornado_figure
from sim.reading import WorldError
from sim.reading.meaning import meaning
from sim.report.decomposed import findings
from sim.study.breaking_even.break_even import MEASURE, break_even
from sim.study.breaking_even.found import BreakEven
from sim.study.choosing.tornado import Tornado, tornado
from sim.study.decomposing.decomposition import Decomposition
from sim.study.decomposing.levers import levers
from sim.study.decomposing.players import Player, parted
from sim.ui.comparing.controls import question
from sim.ui.comparing.question import Question, Strangers
from sim.ui.comparing.work import compiled
from sim.ui.jobs.far import telling
from sim.ui.jobs.job import Job
from sim.ui.jobs.studies import study
from sim.ui.parts import widgets
from sim.ui.parts.markdown import escaped
from sim.ui.parts.measures import measure_chosen, measures_chosen
from sim.ui.parts.mistakes import listed, told_all
from sim.ui.parts.paths import ends, help_of, mistakes_of, path_called, paths_of, read_value
from sim.ui.parts.picture import picture
from sim.ui.parts.result import result
from sim.ui.state.speech import later, say, told

KINDS = {
    "waterfall": later("Lever by lever"),
    "tornado": later("What moves a measure"),
    "break-even": later("Where both come to the same"),
}
_TRIED = 20
"""Values at which a break-even is looked for, about."""
SHOWN = ("calls_per_problem", "effort_index", "customer_eur_per_problem", "firm_eur_per_problem")


def page() -> None:
    """Draw the page."""
    st.subheader(say("What separates the two worlds, and what matters most?"))
    asking = question().in_way(None)
    try:
        asking.ways()
    except (Strangers, WorldError, ValueError) as mistakes:
        told_all(mistakes)
        return
    kind = widgets.segments(say("Which question"), "kind", list(KINDS), "waterfall", names=lambda one: say(KINDS[one]))
    {"waterfall": _waterfall, "tornado": _tornado, "break-even": _break_even}[kind](asking)


def _waterfall(asking: Question) -> None:
    """Part the difference by lever."""
    st.caption(
        say(
            "A world is lived for every subset of the levers, by the same customers. Shapley's share of a lever is "
            "what it adds on average over all orders in which levers may come; the shares add up to the difference."
        )
    )
    if asking.staff != 100:
        st.caption(say("Every world has the agent hours of the first here: agents of the second are as written."))
        asking = replace(asking, staff=100.0)
    ids = measures_chosen(say("Measures"), "levers.measures", SHOWN, *asking.worlds(), most=4)
    if not ids:
        st.info(say("Choose a measure."))
        return
    try:
        players = parted(*asking.worlds()).players
    except ValueError as mistakes:
        told_all(mistakes)
        return
    _named(players)
    key = (*asking.key(), "levers", *ids)
    study(
        "levers",
        key,
        partial(_live_levers, asking, ids),
        partial(_draw_levers, ids),
        problems=asking.problems() / 2 * 2 ** len(players),
        offer=say("Some seconds to minutes."),
    )


def _named(players: Sequence[Player]) -> None:
    """Say what each lever moves."""
    with st.expander(say("The {n} levers on which the two worlds differ", n=len(players))):
        for one in players:
            said = meaning(f"levers.{one.name}") or say("What is no lever.")
            keys = ", ".join(f"`{key}`" for key in one.keys)
            st.markdown(f"**{told(one.name).capitalize()}**: {told(said)}  \n{keys}")


def _live_levers(asking: Question, ids: list[str], job: Job) -> Decomposition:
    first, second = asking.worlds()
    compiled(job, first, second)
    return levers(
        first,
        second,
        measures=ids,
        equal="staff",
        replications=asking.replications,
        seed=asking.seed,
        days=asking.days,
        progress=telling(job),
    )


def _draw_levers(ids: list[str], made: Decomposition) -> None:
    for said in findings(made):
        st.markdown(escaped(told(said)))
    words = say("Waterfall: how the first world's value becomes the second's, lever by lever, with 95 % intervals.")
    picture("levers", made, lambda: lever_waterfall(made, measures=made.shown), words)
    result("levers", made, words)


def _tornado(asking: Question) -> None:
    """Move one path after the other from its lowest to its highest value."""
    world = asking.worlds()[0]
    st.caption(
        say(
            "Each value of {world} is moved alone from its lowest to its highest, all else as it is, on the same "
            "customers.",
            world=escaped(world.name),
        )
    )
    measure = measure_chosen(say("Measure"), "tornado.measure", "customer_eur_per_problem", world)
    ranges: dict[str, tuple[Any, Any]] = {}
    with st.expander(say("From where to where"), expanded=True):
        for path in paths_of(world):
            ends_now = _range_of(path, ends(world, path))
            if ends_now is not None:
                ranges[path] = ends_now
    wrong = [said for path, pair in ranges.items() for said in mistakes_of(world, path, pair)]
    listed(wrong)
    if wrong:
        return
    if not ranges:
        st.info(say("Choose at least one value to move."))
        return
    key = (*asking.key(), "tornado", measure, *((path, *map(repr, pair)) for path, pair in ranges.items()))
    study(
        "tornado",
        key,
        partial(_live_tornado, asking, ranges, measure),
        _draw_tornado,
        problems=asking.problems() / 2 * (1 + 2 * len(ranges)),
        offer=say("Some seconds to a minute."),
    )


def _range_of(path: str, own: tuple[str, str]) -> tuple[Any, Any] | None:
    """Draw one row of the ranges; return its ends, None where it is not moved."""
    name, low, high = st.columns([3, 1, 1], vertical_alignment="bottom")
    with name:
        moved = widgets.switch(path_called(path), f"t.{path}", True, help=help_of(path))
    with low:
        start = widgets.line(say("From"), f"t.{path}.from", own[0], most=40, disabled=not moved)
    with high:
        end = widgets.line(say("To"), f"t.{path}.to", own[1], most=40, disabled=not moved)
    return (read_value(start), read_value(end)) if moved else None


def _live_tornado(asking: Question, ranges: dict[str, tuple[Any, Any]], measure: str, job: Job) -> Tornado:
    world = asking.worlds()[0]
    compiled(job, world)
    size: dict[str, Any] = {"replications": asking.replications, "seed": asking.seed, "days": asking.days}
    return tornado(world, ranges, measure, progress=telling(job), **size)


def _draw_tornado(made: Tornado) -> None:
    words = say("Tornado: by how much each value, moved alone, moves the measure; those that move it most first.")
    picture("tornado", made, lambda: tornado_figure(made), words)
    result("tornado", made, words)


def _break_even(asking: Question) -> None:
    """Find the value at which both worlds come to the same."""
    first, second = asking.worlds()
    st.caption(say("The value of one key at which both worlds come to the same in a measure, with its 95 % interval."))
    paths = [path for path in paths_of(first) if path not in ("levers.price.free",)]
    vary = widgets.choice(
        say("Vary"), "be.vary", paths, "tariff.price_per_minute", names=path_called, clears=("be.from", "be.to")
    )
    measure = measure_chosen(say("Measure"), "be.measure", MEASURE, first, second)
    own = ends(first, vary)
    left, right = st.columns(2)
    with left:
        low = widgets.line(say("From"), "be.from", own[0], most=40)
    with right:
        high = widgets.line(say("To"), "be.to", own[1], most=40)
    between = read_value(low), read_value(high)
    wrong = mistakes_of(first, vary, between)
    listed(wrong)
    if wrong:
        return
    key = (*asking.key(), "break-even", vary, measure, *map(repr, between))
    work = partial(_live_break_even, asking, vary, measure, between)
    offer = say("Some seconds to a minute.")
    study("break-even", key, work, _draw_break_even, problems=_TRIED * asking.problems(), offer=offer)


def _live_break_even(asking: Question, vary: str, measure: str, between: tuple[Any, Any], job: Job) -> BreakEven:
    first, second = asking.worlds()
    compiled(job, first, second)
    return break_even(
        first,
        second,
        vary=vary,
        measure=measure,
        between=between,
        replications=asking.replications,
        seed=asking.seed,
        days=asking.days,
        progress=telling(job),
    )


def _draw_break_even(made: BreakEven) -> None:
    words = say("The difference between the worlds at every value tried, with 95 % intervals, and where it is nothing.")
    picture("break-even", made, lambda: break_even_figure(made), words)
    result("break-even", made, words)
