"""The first step of the page: what is brought, and where the search begins."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import streamlit as st

from sim.data.interval_report import IntervalReport
from sim.data.roster import Roster
from sim.reading import World, WorldError, load
from sim.reading.shipped import folder
from sim.study.calibrating.shape import opening_hours
from sim.ui.centre.brought import REPORT, ROSTER, Outcome, taken
from sim.ui.centre.figures import filled, month
from sim.ui.centre.month import from_file
from sim.ui.centre.start import DAYS, OF_REPORT, Plain
from sim.ui.centre.tables import bring
from sim.ui.comparing.controls import world_chosen
from sim.ui.parts import widgets
from sim.ui.parts.mistakes import kept_or_told, told_all
from sim.ui.state import address, worlds
from sim.ui.state.speech import later, say, told

BEGINS = {"plain": later("A few words on my centre"), "world": later("A world of the list")}


class Brought(NamedTuple):
    """All that was brought.

    Attributes
    ----------
    figures : dict
        As a file of figures would hold them.
    report, roster : Outcome or None
        None where there is none.
    world : World or None
        Where the search begins; None where it makes no world.
    """

    figures: dict[str, Any]
    report: Outcome | None
    roster: Outcome | None
    world: World | None

    @property
    def usable(self) -> bool:
        """Whether nothing of it is wrong by itself."""
        return self.world is not None and not any(one is not None and one.wrong for one in (self.report, self.roster))

    def tables(self) -> tuple[IntervalReport | None, Roster | None]:
        """Return the report and the roster as they were read."""
        report, roster = (None if one is None else one.table for one in (self.report, self.roster))
        assert not isinstance(report, Roster)
        assert not isinstance(roster, IntervalReport)
        return report, roster


def brought() -> Brought:
    """Draw all that is brought, and return it."""
    text, button = st.columns([3, 1], vertical_alignment="center")
    text.caption(
        say(
            "Bring what you have: the figures of a month, the report of the telephone switch by interval, or both. "
            "Nothing leaves the computer on which this app runs."
        )
    )
    button.button(say("Fill in an example"), key="c.example", on_click=example, width="stretch")
    with st.container(border=True):
        figures = month()
    with st.container(border=True):
        report = bring(
            REPORT,
            say("The interval report of the switch"),
            say("One row for each quarter, half or whole hour (and queue): calls offered, answered, abandoned, waits."),
        )
    with st.container(border=True):
        world = _begins(figures, report)
    with st.expander(say("A roster, if you have one"), expanded=address.text("c.roster") is not None):
        roster = bring(
            ROSTER,
            say("The roster"),
            say("One row for each shift: who or how many, which team, which day, from when to when, breaks."),
        )
    return Brought(figures, report, roster, world)


@kept_or_told()
def example() -> None:
    """Fill in the shipped example: a bank's call centre, October 1999."""
    reports = folder() / "reports"
    report = taken(REPORT, (reports / "interval_report.csv").read_bytes())
    figures = from_file((reports / "month.toml").read_bytes())
    world = worlds.keep(load(reports / "mycentre.toml"))
    for name in address.everything():
        if name.startswith(("c.report", "c.roster", "f.", "p.")):
            address.put(name, None)
    address.put("c.report", report)
    filled(*figures)
    address.put("c.begin", "world")
    address.put("c.world", world)


def _begins(figures: dict[str, Any], report: Outcome | None) -> World | None:
    """Draw where the search begins; return that world."""
    st.markdown(f"**{say('Where the search begins')}**")
    st.caption(
        say(
            "Hours, teams and laws are taken from here; what lies behind your figures is found: problems a day, "
            "patience, persistence, chances of solving, talk."
        )
    )
    begins = widgets.segments(
        say("Where the search begins"),
        "c.begin",
        list(BEGINS),
        "plain",
        names=lambda one: say(BEGINS[one]),
        label_visibility="collapsed",
    )
    if begins == "world":
        return worlds.world(world_chosen(say("World"), "c.world", "hotline_2005"))
    table = None if report is None else report.table
    hours = opening_hours(table.rows) if isinstance(table, IntervalReport) else ()
    plain = _plain(_calls_a_day(figures), hours)
    try:
        return _world_of(plain)
    except WorldError as mistakes:
        told_all(mistakes)
        return None


@lru_cache(64)
def _world_of(plain: Plain) -> World:
    return plain.world()


def _plain(calls: float, reported: tuple[str, ...]) -> Plain:
    """Draw a centre in a few words; its hours may be those of a report, where they are told."""
    own, cells = Plain(), st.grid(min_column_width=170)
    offered = [one for one in DAYS if reported or one != OF_REPORT]
    with cells.cell():
        days = widgets.choice(
            say("Open"), "p.days", offered, OF_REPORT if reported else own.days, names=lambda one: say(DAYS[one])
        )
    opens, closes, hours = own.opens, own.closes, reported if days == OF_REPORT else ()
    if hours:
        st.caption(say("Open as in your report: {hours}.", hours=told(", ".join(hours))))
    else:
        with cells.cell():
            opens = widgets.line(say("from"), "p.from", own.opens, most=5)
        with cells.cell():
            closes = widgets.line(say("to"), "p.to", own.closes, most=5)
    with cells.cell():
        agents = widgets.number(
            say("Agents at work"), "p.agents", 1, 5000, own.agents, help=say("On average while the line is open.")
        )
    with cells.cell():
        experts = widgets.number(
            say("Experts beside them"),
            "p.experts",
            0,
            5000,
            own.experts,
            help=say("A second team that takes what the others cannot solve; 0 if there is none."),
        )
    with cells.cell():
        wage = widgets.decimal(
            say("Cost of an agent (EUR per hour)"),
            "p.wage",
            0,
            500,
            own.wage,
            help=say("All that an hour costs the firm; experts half as much again."),
        )
    return Plain(days, opens, closes, int(agents), int(experts), wage, calls, hours)


def _calls_a_day(figures: dict[str, Any]) -> float:
    """Return the calls a day that are reported, for a first guess; a guess where they cannot be read."""
    from sim.study.calibrating.figures import figures_of

    try:
        month_of, _, _ = figures_of(figures)
    except ValueError:
        return Plain().calls_a_day
    offered = month_of.offered
    return Plain().calls_a_day if offered is None or not offered.value else offered.value / month_of.over()
