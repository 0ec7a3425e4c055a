"""What a finished comparison is looked at by: differences, one customer, costs, effort, service, every measure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from sim.figures.differences import finding
from sim.figures.names import named
from sim.measures.intervals.columns import COLUMNS
from sim.report.headlines import GUESSED
from sim.report.rows import comparison_rows
from sim.study.comparing.by_time_of_day import SHOWN
from sim.study.comparing.comparison import Comparison
from sim.ui.charts.costs import costs
from sim.ui.charts.differences import below_nothing, differences
from sim.ui.charts.effort import effort
from sim.ui.charts.service import service
from sim.ui.comparing.apart import apart
from sim.ui.comparing.customer import customer
from sim.ui.comparing.lives import live_effort, live_hours
from sim.ui.comparing.question import Question
from sim.ui.jobs.studies import at_once
from sim.ui.parts import widgets
from sim.ui.parts.cells import headed
from sim.ui.parts.chart import drawn
from sim.ui.parts.markdown import escaped
from sim.ui.state.speech import later, say, told

if TYPE_CHECKING:
    import pandas as pd

_WORLDS = (1, 2)
"""Columns that are headed by a world's name, which is not told."""
VIEWS = {
    "differences": later("Differences"),
    "customer": later("One customer"),
    "costs": later("Costs"),
    "effort": later("Effort"),
    "service": later("Service by the hour"),
    "measures": later("Every measure"),
    "worlds": later("What separates the worlds"),
}


def viewed(view: str, comparison: Comparison, asking: Question) -> None:
    """Show one view of a comparison."""
    if view == "customer":
        customer(comparison, asking)
    elif view == "costs":
        _costs(comparison)
    elif view == "effort":
        work = partial(live_effort, comparison.worlds, asking.seed, asking.replications)
        at_once("effort", (*asking.key(), "effort"), work, partial(_effort, comparison))
    elif view == "service":
        work = partial(live_hours, comparison.worlds, asking.seed, asking.replications)
        at_once("service", (*asking.key(), "service"), work, partial(_service, comparison))
    elif view == "measures":
        _measures(comparison)
    elif view == "worlds":
        apart(*comparison.worlds)
    else:
        _differences(comparison)


def _differences(comparison: Comparison) -> None:
    words = say(
        "Paired differences in percent of the first world, with 95 % intervals. {finding}.",
        finding=told(finding(comparison)),
    )
    try:
        drawn(differences(comparison), words)
    except ValueError as why:
        st.info(escaped(told(str(why))))
        return
    st.caption(say("Lines: 95 % intervals. An arrow stands for what lies beyond the axis, with its percentage."))
    if below_nothing(comparison):
        st.caption(say("A cost can fall by more than 100 %: gestures and reversed tolls are taken off it."))


def _costs(comparison: Comparison) -> None:
    first, second = (world.name for world in comparison.worlds)
    for whose, title in (("customers", say("The customer")), ("firm", say("The firm"))):
        st.markdown(f"**{title}**")
        words = say(
            "How the cost per problem in {first} becomes that in {second}, part by part.", first=first, second=second
        )
        try:
            drawn(costs(comparison, "customers" if whose == "customers" else "firm"), f"{title}. {words}")
        except ValueError as why:
            st.info(escaped(told(str(why))))
    st.caption(
        say("{mark} rests on guesses about customers who leave. Thin lines: 95 % intervals.", mark=rf"\{GUESSED}")
    )


def _effort(comparison: Comparison, rows: Any) -> None:
    drawn(effort(rows, comparison), say("The share of problems with more effort than each value, in both worlds."))
    st.caption(
        say("Of three replications at most; bands: 95 % intervals. Beyond the dashed line effort counts as high.")
    )


def _service(comparison: Comparison, rows: Any) -> None:
    names = {name: _column_called(name) for name in SHOWN}
    column = widgets.choice(say("What"), "hours", list(SHOWN), "speed_of_answer", names=names.__getitem__)
    called = names[column]
    drawn(service(rows, column, called, comparison), say("{what} through a typical day, in both worlds.", what=called))
    st.caption(told(COLUMNS[column].definition))


def _column_called(name: str) -> str:
    unit = "%" if COLUMNS[name].unit == "share" else told(COLUMNS[name].unit)
    return f"{told(name.replace('_', ' ')).capitalize()} ({unit})"


def _measures(comparison: Comparison) -> None:
    table = measures_table(comparison)
    st.dataframe(
        table,
        hide_index=True,
        column_config={say("definition"): st.column_config.TextColumn(width="large")},
        alt=say("Each measure: both worlds' means, the paired difference with its interval, which is better."),
    )


def measures_table(comparison: Comparison) -> pd.DataFrame:
    """Return a row for each measure, called in words, with its id and what it means."""
    (_, *heading), *rows = comparison_rows(comparison)
    cells = (head if at in _WORLDS else told(head) for at, head in enumerate(heading))
    return headed(
        (told("measure"), *cells, say("definition"), say("id")),
        (
            (told(named(line.measure)), *map(told, row[1:]), told(line.measure.definition), line.measure.id)
            for row, line in zip(rows, comparison.lines, strict=True)
        ),
    )
