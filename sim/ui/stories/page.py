"""The page Stories."""

from __future__ import annotations

import math
from functools import partial

import streamlit as st

from sim.figures.placed import placed_figure
from sim.reading import load
from sim.report.numbers import plain
from sim.report.placed import percentile_said, share_said
from sim.study.placing.place import LEAST_SHARE, PERCENTS, USUAL, Placed
from sim.study.placing.quantities import QUANTITIES
from sim.study.placing.stories import ToldStory, stories
from sim.ui.comparing.work import compiled
from sim.ui.jobs.far import telling
from sim.ui.jobs.job import Job
from sim.ui.jobs.studies import study
from sim.ui.parts import widgets
from sim.ui.parts.markdown import escaped
from sim.ui.parts.picture import picture
from sim.ui.state.speech import say, told

REPLICATIONS = ("6", "10", "20")
Both = tuple[Placed, Placed]


def page() -> None:
    """Draw the page."""
    st.subheader(say("The stories, and where each lies among what its world lets its customers live"))
    known = stories()
    name = widgets.segments(
        say("Which story"), "story", list(known), "outage", names=lambda one: told(known[one].title)
    )
    one = known[name]
    st.markdown(f"**{escaped(told(one.title))}** ({escaped(told(one.told))}). {escaped(told(one.about))}")
    _worlds(one)
    many = int(widgets.segments(say("Replications"), "times", REPLICATIONS, "10"))
    place = f"stories {name}"  # of each story its own: what is said of an answer is this story's
    study(place, (place, many), partial(_live, one, many), partial(_draw, one), offer=say("Some seconds."))


def _worlds(one: ToldStory) -> None:
    for world, said in ((one.world, say("Its world")), (one.against, say("Set against"))):
        st.markdown(f"{said}: `{world}`. {escaped(told(load(world).about))}")


def _live(one: ToldStory, many: int, job: Job) -> Both:
    worlds = load(one.world), load(one.against)
    compiled(job, *worlds)
    first, second = (one.placed(world, replications=many, progress=telling(job)) for world in worlds)
    return first, second


def _draw(one: ToldStory, made: Both) -> None:
    own = made[0]
    said = (
        say("It is a usual story in {world}.", world=escaped(own.world.name))
        if own.is_usual
        else say("It is no usual story in {world}.", world=escaped(own.world.name))
    )
    low, high = USUAL
    rule = say(
        "Usual, by our own rule: each figure between the percentiles {low} and {high}, and the course in {least} % of "
        "the journeys at least.",
        low=f"{low:g}",
        high=f"{high:g}",
        least=f"{100 * LEAST_SHARE:g}",
    )
    st.markdown(f"**{said}** {rule}")
    words = say("Where each figure of the story lies among both worlds' journeys, in per cent, with 95 % intervals.")
    if own.figures:
        picture("stories", made, lambda: placed_figure(made), words)
        for placed in made:
            st.markdown(f"**{escaped(placed.world.name)}**")
            st.dataframe(_rows(placed), hide_index=True, alt=words)
    _course(one, made)
    with st.expander(say("What each figure means")):
        for id in dict.fromkeys([*one.figures, *one.course]):
            quantity = QUANTITIES[id]
            st.markdown(f"**{escaped(told(quantity.label))}**: {escaped(told(quantity.definition))}")
        st.markdown(
            say(
                "**percentile**: per cent of the journeys below the story's figure, and half of those that have the "
                "same, with its 95 % interval over replications."
            )
        )


def _rows(placed: Placed) -> list[dict[str, str]]:
    return [
        {
            say("figure"): told(QUANTITIES[figure.id].label),
            say("unit"): told(QUANTITIES[figure.id].unit),
            say("story"): told(plain(figure.value, 3)),
            say("percentile"): told(percentile_said(figure.percentile)),
            **{
                f"{percent} %": say("no end") if math.isinf(value) else told(plain(value, 3))
                for percent, value in zip(PERCENTS, figure.among, strict=True)
            },
        }
        for figure in placed.figures
    ]


def _course(one: ToldStory, made: Both) -> None:
    if not one.course:
        return
    course = ", ".join(f"{told(QUANTITIES[id].label)} ≥ {value:g}" for id, value in one.course.items())
    st.markdown(say("Its course ({course}) is taken by:", course=escaped(course)))
    for placed in made:
        st.markdown(f"- {escaped(placed.world.name)}: {told(share_said(placed.course))}")
