"""The second step of the page: a world fitted to what was brought, and the fit shown figure by figure."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from sim.data.interval_report import IntervalReport
from sim.data.roster import Roster
from sim.people import expected_problems
from sim.reading import World, WorldError, digest
from sim.report.calibrated import figure_rows, flat_said, headline, notes_said, starred_said, value_rows
from sim.study.calibrating.calibrate import prepared
from sim.study.calibrating.calibration import Calibration
from sim.study.calibrating.figures import FigureError
from sim.study.running.size import with_days
from sim.ui.centre.bring import Brought
from sim.ui.centre.implied import shown_implied
from sim.ui.centre.month import said_on_page
from sim.ui.centre.tables import shown_rows
from sim.ui.charts.fit import VERDICTS, fit_chart, fit_table
from sim.ui.comparing.work import compiled
from sim.ui.jobs.far import telling
from sim.ui.jobs.job import Job
from sim.ui.jobs.studies import study
from sim.ui.parts import widgets
from sim.ui.parts.chart import drawn
from sim.ui.parts.markdown import escaped
from sim.ui.parts.mistakes import listed, told_all
from sim.ui.parts.result import result
from sim.ui.state.speech import say, told

PLACE = "centre"
_TRIED = 60
"""Worlds that a search lives, about."""
_CHECKED, _FITTED = "centre: checked", "centre: fitted"


class Size(NamedTuple):
    """How long and how often the worlds of a search are lived."""

    days: int
    replications: int
    seed: int


class Checked(NamedTuple):
    """What is known of what was brought before anything is lived."""

    key: tuple[object, ...]
    wrong: Exception | None
    notes: tuple[str, ...]


def fit(brought: Brought) -> None:
    """Draw the fit: what is wrong before it, the search, and what it came to."""
    if not brought.usable or brought.world is None:
        st.error(say("Something that you brought cannot be used yet: mend it in the first step."))
        return
    size = _size()
    report, roster = brought.tables()
    key = (
        "fit",
        digest(brought.world),
        brought.world.name,
        repr(sorted(brought.figures.items(), key=str)),
        *(None if one is None else one.key for one in (brought.report, brought.roster)),
        *size,
    )
    checked = _checked(key, brought, size)
    if isinstance(checked.wrong, FigureError):
        _contradictions(checked.wrong)
        return
    if checked.wrong is not None:
        told_all(checked.wrong)
        return
    for note in checked.notes:
        st.caption(escaped(told(note)))
    work = partial(_live, brought.world, brought.figures, report, roster, size)
    lived = _TRIED * size.replications * expected_problems(with_days(brought.world, size.days))
    offer = say("Half a minute for a small centre, some minutes for a large one.")
    study(PLACE, key, work, _fitted, problems=lived, offer=offer)


def fitted() -> Calibration | None:
    """Return the last fit of this session."""
    made: Calibration | None = st.session_state.get(_FITTED)
    return made


def _size() -> Size:
    with st.expander(say("How long and how often")):
        cells = st.grid(min_column_width=170)
        with cells.cell():
            weeks = widgets.number(
                say("Weeks measured"),
                "c.weeks",
                1,
                13,
                4,
                help=say("After the world's own warm-up, before its follow-up."),
            )
        with cells.cell():
            replications = widgets.number(
                say("Replications"),
                "c.replications",
                2,
                60,
                20,
                help=say("Of the last, fine search; from 10 on intervals can be trusted."),
            )
        with cells.cell():
            seed = widgets.number(say("Seed"), "c.seed", 0, 2**31, 1)
    return Size(7 * int(weeks), int(replications), int(seed))


def _checked(key: tuple[object, ...], brought: Brought, size: Size) -> Checked:
    """Look at all that was brought together, once: contradictions are told before anything is lived."""
    known: Checked | None = st.session_state.get(_CHECKED)
    if known is not None and known.key == key:
        return known
    report, roster = brought.tables()
    assert brought.world is not None
    try:
        notes = _prepared(brought.world, brought.figures, report, roster, size).notes
        checked = Checked(key, None, notes)
    except ValueError as wrong:
        checked = Checked(key, wrong, ())
    st.session_state[_CHECKED] = checked
    return checked


def _prepared(
    world: World, figures: dict[str, Any], report: IntervalReport | None, roster: Roster | None, size: Size
) -> Any:
    return prepared(
        world,
        figures,
        report=report,
        roster=roster,
        days=size.days,
        replications=size.replications,
        seed=size.seed,
    )


def _contradictions(error: WorldError) -> None:
    """Tell what is wrong with figures, by what they are called on the page."""
    st.markdown(say("These figures cannot be used together; nothing was simulated yet:"))
    listed([said_on_page(one) for one in error.mistakes])


def _live(
    world: World,
    figures: dict[str, Any],
    report: IntervalReport | None,
    roster: Roster | None,
    size: Size,
    job: Job,
) -> Calibration:
    compiled(job, world)
    made: Calibration = _prepared(world, figures, report, roster, size).fitted(telling(job))
    return made


def _fitted(made: Calibration) -> None:
    """Show a fit: figure by figure, value by value, and what the figures do not tell."""
    st.session_state[_FITTED] = made
    st.markdown(f"**{escaped(told(headline(made)))}**")
    words = say("Your figure with its band, and this world's with its 95 % interval, in percent of yours: {verdicts}.",
                verdicts=_verdicts(made))  # fmt: skip
    if not fit_table(made).empty:
        drawn(fit_chart(made), words)
    st.markdown(f"**{say('Figure by figure')}**")
    shown_rows(_with_verdicts(figure_rows(made)), words)
    for said in starred_said(made):
        st.caption(escaped(told(said)))
    shown_implied(made)
    st.markdown(f"**{say('Value by value: what it was, what it is, how sure')}**")
    shown_rows(value_rows(made), say("Each value that was sought: before, fitted, and its 95 % interval."))
    told_apart = flat_said(made)
    if told_apart:
        st.markdown(f"**{say('What your figures cannot tell apart')}**")
        st.markdown("\n".join(f"- {escaped(told(one))}" for one in told_apart))
    with st.expander(say("What else is to be known of this fit")):
        st.markdown("\n".join(f"- {escaped(told(one))}" for one in notes_said(made)))
    with st.expander(say("The fit as a table, in words, and as files")):
        result("fit", made, words)


def _with_verdicts(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the rows of the figures, two headings told apart, the verdict in words."""
    head = (rows[0][0], rows[0][1], say("your band"), rows[0][3], say("95 % interval"), say("this world is"))
    return [head, *((*row[:-1], say(VERDICTS[row[-1]])) for row in rows[1:])]


def _verdicts(made: Calibration) -> str:
    return "; ".join(f"{told(line.question.words)} {say(VERDICTS[line.verdict])}" for line in made.lines)
