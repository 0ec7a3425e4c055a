"""The page Sweep."""

from __future__ import annotations

from functools import partial

import streamlit as st

from sim.figures import frontier_figure, sweep_figure
from sim.measures import measure_named
from sim.reading import WorldError
from sim.study.choosing.frontier import frontier
from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.sweep import check_paths
from sim.study.sweeping.swept import Sweep
from sim.ui.comparing.controls import size, world_chosen
from sim.ui.jobs.studies import study
from sim.ui.jobs.watching import current
from sim.ui.parts import widgets
from sim.ui.parts.measures import called, exists, measures_chosen
from sim.ui.parts.mistakes import told_all
from sim.ui.parts.picture import picture
from sim.ui.parts.result import result
from sim.ui.state import worlds
from sim.ui.state.speech import later, say
from sim.ui.sweeping.asked import MOST_POINTS, Asked
from sim.ui.sweeping.fields import few_enough, field, possible
from sim.ui.sweeping.kept import Broken, found, lived

KINDS = {"all": later("All combinations"), "spread": later("Spread points (Latin hypercube)")}
NONE = "none"
SHOWN = ("firm_cash_eur_per_problem", "effort_ces", "customer_eur_per_problem")
MOST_PATHS = 4
_PLACE = "sweep"


def page() -> None:
    """Draw the page."""
    st.subheader(say("One world, lived at many points"))
    with st.sidebar:
        name = world_chosen(say("World"), "first", "double_peine", "a.")
        days, replications, seed = size()
    try:
        asked = _asked(name, days, replications, seed)
        if asked is None:
            return
        design = asked.design()
        check_paths(asked.world, design)
    except (WorldError, ValueError) as mistakes:
        told_all(mistakes)
        return
    kept = _found(asked)
    begun = kept is not None and _has_points(kept)
    st.caption(say("{n} points, and the world as it is.", n=len(design)))
    if kept is not None and kept.interrupted:
        st.info(
            say("Part of this sweep is finished; Run goes on from there. Below is what there is.")
            if begun
            else say("No point of this sweep is finished yet; Run goes on with it.")
        )
    key = ("sweep", asked.name())
    study(
        _PLACE,
        key,
        partial(lived, asked),
        _draw,
        problems=asked.problems(),
        offer=say("Points are kept as they are finished; Cancel loses none."),
    )
    if kept is not None and begun and st.session_state.get("last: sweep", (None,))[0] != key:
        _draw(kept)


def _has_points(kept: Sweep) -> bool:
    """Say whether any point, beside the world as it is, is finished and can be shown."""
    table = kept.table(kept.measures[0])
    return bool(table["mean"][(table["point"] != BASE) & (table["failed"] == "")].notna().any())


def _asked(name: str, days: int, replications: int, seed: int) -> Asked | None:
    world = worlds.world(name)
    kind = widgets.segments(say("Design"), "sw.kind", list(KINDS), "all", names=lambda one: say(KINDS[one]))
    many = int(widgets.number(say("Values to vary"), "sw.many", 1, MOST_PATHS, 2))
    fields = [field(world, kind, at) for at in range(many)]
    if not few_enough(kind, fields) or not possible(world, fields):
        return None
    varied = {one.path: one.values for one in fields}
    if len(varied) < many:
        st.error(say("The same value stands there twice: vary each once."))
        return None
    points = int(widgets.number(say("Points"), "sw.points", 2, MOST_POINTS, 20)) if kind == "spread" else None
    ids = measures_chosen(say("Measures"), "sw.measures", SHOWN, world)
    if not ids:
        st.info(say("Choose a measure."))
        return None
    return Asked(world, tuple(varied.items()), tuple(ids), replications, days, seed, points)


def _found(asked: Asked) -> Sweep | None:
    """Return what is finished of a sweep; None while it is lived."""
    job = current(_PLACE)
    if job is not None and not job.over:
        return None
    try:
        return found(asked)
    except Broken:
        st.warning(say("What an earlier run left of this sweep cannot be read: Run puts it aside and begins anew."))
        return None


def _draw(made: Sweep) -> None:
    measure = widgets.choice(say("Measure"), "sw.shown", made.measures, made.measures[0], names=called, ever=exists)
    words = say("The measure at every point, with its 95 % interval, and the world as it is.")
    picture(f"sweep {measure}", made, lambda: sweep_figure(made, measure), words)
    better = [one for one in made.measures if measure_named(one).better != "neither"]
    if len(better) >= 2:
        _frontier(made, better)
    result("sweep", made, words)


def _frontier(made: Sweep, ids: list[str]) -> None:
    st.markdown(f"**{say('Which points are efficient')}**")
    left, right = st.columns(2)
    with left:
        one = widgets.choice(say("This measure"), "sw.one", ids, ids[0], names=called, ever=exists)
    with right:
        rest = [name for name in ids if name != one]
        other = widgets.choice(say("against this one"), "sw.other", rest, rest[0], names=called, ever=exists)
    try:
        found = frontier(made, one, other)
    except ValueError as mistakes:
        told_all(mistakes)
        return
    words = say("Frontier: the points that no other beats in both measures, with crosses for their 95 % intervals.")
    picture(f"frontier {one} {other}", made, lambda: frontier_figure(found), words)
