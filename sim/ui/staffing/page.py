"""The page Staffing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from sim.figures import staff_figure
from sim.reading import WorldError
from sim.report.staffed import head
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
from sim.ui.parts.mistakes import told_all
from sim.ui.parts.picture import picture
from sim.ui.parts.result import result
from sim.ui.state.speech import later, say, told

TARGETS = {
    "service_level": later("Service level: at least so many calls answered within so many seconds"),
    "speed_of_answer": later("Speed of answer: on average at most so many seconds"),
    "abandonment": later("Abandonment: at most so many calls abandoned"),
}
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
    wanted = _wanted()
    key = (*asking.key(), "staff", wanted)
    offer = say("Two searches, one for each world: from half a minute to some minutes.")
    replications, budget = _BUDGETS[wanted.effort]
    problems = asking.problems() / asking.replications * replications * budget
    study("staffing", key, partial(_live, asking, wanted), _draw, problems=problems, offer=offer)


def _wanted() -> Wanted:
    kind = widgets.choice(say("Target"), "st.kind", list(TARGETS), "service_level", names=lambda one: say(TARGETS[one]))
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
    where = {"interval": "per interval", "day": "per day", "whole": "over the whole"}[scope]
    return Wanted(f"{target} {where}", every, shifts, effort)


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
    for at, plan in enumerate(plans):
        for said in head(plan):
            st.markdown(escaped(told(said)))
        words = say("Agents needed by interval in {world}, beside Erlang C and Erlang A.", world=plan.asked.name)
        picture(f"staffing {at}", plan, partial(staff_figure, plan), words)
        with st.expander(say("Interval by interval: {world}", world=escaped(plan.asked.name))):
            result(f"staffing-{at + 1}", plan, words)
