"""The page Staffing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from sim.figures import staff_figure
from sim.figures.names import named
from sim.measures import measure_named, measures_of
from sim.reading import WorldError
from sim.report.staffed import head, how_it_stands, out_of_reach
from sim.study.staffing.plan import StaffPlan
from sim.study.staffing.staff import staff
from sim.ui.comparing.controls import question
from sim.ui.comparing.question import Question
from sim.ui.comparing.work import compiled
from sim.ui.jobs.far import days_lived
from sim.ui.jobs.job import Job
from sim.ui.jobs.studies import study
from sim.ui.parts import widgets
from sim.ui.parts.markdown import escaped
from sim.ui.parts.measures import exists, known_in
from sim.ui.parts.mistakes import told_all
from sim.ui.parts.picture import picture
from sim.ui.parts.result import result
from sim.ui.state.speech import later, say, told
from sim.world import World

TARGETS = {
    "service_level": later("Service level: at least so many calls answered within so many seconds"),
    "speed_of_answer": later("Speed of answer: on average at most so many seconds"),
    "abandonment": later("Abandonment: at most so many calls abandoned"),
    "in_time": later("In writing: at least so many answered, or taken up, in time"),
}
_IN_TIME = ("answered_within", "taken_up_within")
"""Families of measures by which what is written is served in time, or who comes to a desk or a chat."""
SCOPES = {"interval": later("in every interval"), "day": later("on every day"), "whole": later("over the whole")}
EVERY = ("30 min", "1 h", "2 h")
EFFORTS = {"quick": later("A first look"), "thorough": later("Thorough")}
_BUDGETS = {"quick": (4, 40), "thorough": (10, 150)}
"""Replications and staffs that are lived at most."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for: a target, the length of an interval, shifts or none, and how thoroughly."""

    target: str
    every: str
    shifts: bool
    effort: str


def page() -> None:
    """Draw the page."""
    st.subheader(say("How many agents does each world need?"))
    asking = question().in_way(None)
    try:
        asking.ways()
    except (WorldError, ValueError) as mistakes:
        told_all(mistakes)
        return
    wanted = _wanted(*asking.worlds())
    key = (*asking.key(), "staff", wanted)
    offer = say("Two searches, one for each world: from half a minute to some minutes.")
    replications, budget = _BUDGETS[wanted.effort]
    problems = asking.problems() / asking.replications * replications * budget
    study("staffing", key, partial(_live, asking, wanted), _draw, problems=problems, offer=offer)


def _wanted(*worlds: World) -> Wanted:
    in_time = [id for id in known_in(*worlds) if id.startswith(_IN_TIME)]
    kinds = [one for one in TARGETS if one != "in_time" or in_time]
    kind = widgets.choice(
        say("Target"), "st.kind", kinds, kinds[0], names=lambda one: say(TARGETS[one]), ever=TARGETS.__contains__
    )
    if kind == "in_time":
        return _how(f"{_in_time(in_time, worlds)} over the whole")
    left, middle, right = st.columns(3)
    target = kind
    if kind == "service_level":
        with left:
            share = widgets.slider(say("Calls answered in time (%)"), "st.share", 5, 99, 80, 1)
        with middle:
            within = widgets.number(say("Within (s)"), "st.within", 0, 3600, 20)
        target = f"service_level>={share:g} % within {within:g} s"
    elif kind == "speed_of_answer":
        with left:
            target = f"speed_of_answer<={widgets.number(say('At most (s)'), 'st.asa', 1, 3600, 30):g} s"
    else:
        with left:
            target = f"abandonment<={widgets.slider(say('At most (%)'), 'st.abandoned', 1, 50, 5, 1):g} %"
    with right:
        scope = widgets.choice(
            say("Where it holds"), "st.by", list(SCOPES), "interval", names=lambda one: say(SCOPES[one])
        )
    where = {"interval": "per interval", "day": "per day", "whole": "over the whole"}[scope]
    return _how(f"{target} {where}")


def _in_time(ids: list[str], worlds: tuple[World, ...]) -> str:
    """Draw a share of what is served in time, of one of the channels or queues that the worlds have in common."""
    left, right = st.columns(2)
    with left:
        measure = widgets.choice(say("What"), "st.measure", ids, ids[0], names=_called, ever=exists)
    with right:
        share = widgets.slider(say("In time (%)"), "st.in_time", 5, 99, 80, 1)
    for world in worlds:
        st.caption(f"{escaped(world.name)}: {told(measures_of(world)[measure].definition)}")
    return f"{measure}>={share:g} %"


def _called(measure: str) -> str:
    return told(named(measure_named(measure))).capitalize()


def _how(target: str) -> Wanted:
    """Draw how the staff is sought that meets a target."""
    every_at, shifts_at, effort_at = st.columns(3)
    with every_at:
        every = widgets.choice(say("Staff may change every"), "st.every", EVERY, "1 h", names=told)
    with shifts_at:
        shifts = widgets.switch(
            say("In shifts with breaks"),
            "st.shifts",
            False,
            help=say("Shifts of usual lengths, with their breaks, cover the need."),
        )
    with effort_at:
        effort = widgets.segments(say("How"), "st.effort", list(EFFORTS), "quick", names=lambda one: say(EFFORTS[one]))
    return Wanted(target, every, shifts, effort)


def _live(asking: Question, wanted: Wanted, job: Job) -> tuple[StaffPlan, StaffPlan]:
    worlds = asking.worlds()
    compiled(job, *worlds)
    replications, budget = _BUDGETS[wanted.effort]
    made: list[StaffPlan] = []
    for at, world in enumerate(worlds):

        def tell(done: int, of: int, at: int = at, name: str = world.name) -> None:
            job.tell((at + done / max(of, 1)) / 2, days_lived(done, of, name))

        made.append(
            staff(
                world,
                wanted.target,
                every=wanted.every,
                shifts="usual" if wanted.shifts else None,
                replications=replications,
                budget=budget,
                seed=asking.seed,
                days=asking.days,
                progress=tell,
            )
        )
    return made[0], made[1]


def _draw(plans: tuple[StaffPlan, StaffPlan]) -> None:
    one, other = plans
    cards = st.grid(min_column_width=260)
    for plan in plans:
        with cards.cell().container(border=True):
            st.metric(
                say("{world}: paid hours a week", world=escaped(plan.asked.name)),
                told(f"{plan.hours:,.0f} h"),
                told(f"{plan.hours - plan.hours_before:+,.0f} h"),
                delta_color="off",
                help=say("Against the hours that are in the world now."),
            )
            st.caption(told(f"{plan.eur:,.0f} EUR"))
    st.markdown(
        say(
            "For the same target {second} needs {hours} paid hours a week against {before} in {first}.",
            second=f"**{escaped(other.asked.name)}**",
            first=f"**{escaped(one.asked.name)}**",
            hours=told(f"{other.hours:,.0f}"),
            before=told(f"{one.hours:,.0f}"),
        )
    )
    if any(one.verdict in ("missed", "out of reach") for plan in plans for one in plan.standings):
        st.warning(say("The target is not met everywhere: the hours are those of the staff that comes nearest to it."))
    for at, plan in enumerate(plans):
        for said in (*head(plan), *map(how_it_stands, plan.standings), *out_of_reach(plan)):
            st.markdown(escaped(told(said)))
        words = say("Agents needed by interval in {world}, beside Erlang C and Erlang A.", world=plan.asked.name)
        picture(f"staffing {at}", plan, partial(staff_figure, plan), words)
        with st.expander(say("Interval by interval: {world}", world=escaped(plan.asked.name))):
            result(f"staffing-{at + 1}", plan, words)
