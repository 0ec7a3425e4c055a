"""The page Watch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from sim.reading import World, WorldError
from sim.study.running.size import with_days
from sim.ui.charts.floor import MOST, WIDE, course, floor, table
from sim.ui.comparing.controls import MOST_DAYS, question
from sim.ui.comparing.customer import life
from sim.ui.comparing.question import MOST_PROBLEMS, Question
from sim.ui.jobs.studies import at_once
from sim.ui.parts import widgets
from sim.ui.parts.chart import drawn
from sim.ui.parts.markdown import escaped
from sim.ui.parts.mistakes import told_all
from sim.ui.state import address
from sim.ui.state.speech import later, say, told
from sim.ui.watching.day import QUEUE, Day, Staffed, live_day

if TYPE_CHECKING:
    import pandas as pd

_PLAYING, _AT, _OPENED = "watch: playing", "at", "opened"
_CLOCK = re.compile("[0-2][0-9]:[0-5][0-9]")
PACES = {"1": later("1 minute"), "5": later("5 minutes"), "15": later("15 minutes")}
_EVERY = 1.0
"""Seconds between two steps while it plays."""


def page() -> None:
    """Draw the page."""
    st.subheader(say("Watch the queue: the same customers, the same day, in both worlds"))
    asking = question().in_way(None)
    st.caption(say("Each world has the staff that it is written with, as the sliders turn it."))
    try:
        asking.ways()
        worlds = _lived(asking)
    except (WorldError, ValueError) as mistakes:
        told_all(mistakes)
        return
    if asking.problems() > MOST_PROBLEMS:
        st.error(say("This is too large to be watched: choose fewer days, replications or problems."))
        return
    day = int(widgets.slider(say("Day"), "day", 1, max(asking.days, 2), 1, 1, ever=_is_a_day)) - 1
    day = min(day, asking.days - 1)
    key = (*asking.key(), "watch", day)
    at_once("watch", key, partial(live_day, worlds, asking.seed, day), partial(_watch, asking, worlds))


def _lived(asking: Question) -> tuple[World, World]:
    first, second = asking.worlds()
    return with_days(first, asking.days), with_days(second, asking.days)


def _watch(asking: Question, worlds: tuple[World, World], days: tuple[Day, Day]) -> None:
    playing = bool(st.session_state.get(_PLAYING))
    st.fragment(_moment, run_every=_EVERY if playing else None)(worlds, days, playing)
    said = address.text(_OPENED)
    if said is not None and said.isdecimal() and len(said) < 9:
        st.divider()
        life(worlds, asking.seed, said)


def _moment(worlds: tuple[World, World], days: tuple[Day, Day], playing: bool) -> None:
    """Draw one moment; called again and again while it plays."""
    opens = [day.opens() for day in days]
    ends = min(one for one, _ in opens), max(other for _, other in opens)
    pace = widgets.segments(say("A step is"), "pace", list(PACES), "5", names=lambda one: say(PACES[one]))
    if playing:
        _forward(days, ends, int(pace))
    moments = [_clock(minute) for minute in range(ends[0], ends[1] + 1)]
    minute = _minute_of(widgets.steps(say("Time of day"), _AT, moments, _busiest(days, ends), ever=_is_a_time))
    _buttons(days, playing, ends, int(pace))
    there = [day.at(minute) for day in days]
    queues = [one[one["where"] == QUEUE] for one in there]
    teams = [day.teams_at(minute) for day in days]
    rows = [table(queue, its) for queue, its in zip(queues, teams, strict=True)]
    tall = max((int(one["y"].max()) + 1 for one in rows if len(one)), default=3)
    for at, column in enumerate(st.columns(2)):
        with column:
            said = _said(queues[at], teams[at])
            st.markdown(f"**{escaped(worlds[at].name)}**")
            st.caption(escaped(said))
            drawn(floor(rows[at], tall), f"{worlds[at].name}. {said}", key=f"floor {at}")
            if len(queues[at]) > MOST:
                st.caption(say("Only the first {most} are drawn.", most=MOST))
    st.caption(say("Squares are agents, filled when busy; circles are customers who wait, {wide} in a row.", wide=WIDE))
    drawn(
        course([day.waiting for day in days], worlds, minute, ends),
        say("How many wait through the day, in both worlds."),
        key="course",
    )
    _customers(queues)


def _said(queue: pd.DataFrame, teams: Sequence[Staffed]) -> str:
    """Say who waits, and how many agents of each team are busy."""
    longest = queue["minutes"].max() if len(queue) else 0.0
    waits = say("{n} wait, the longest {far}", n=len(queue), far=told(f"{longest:.0f} min"))
    agents = [say("{busy} of {there} busy in {team}", busy=one.busy, there=one.on_duty, team=one.team) for one in teams]
    return f"{'; '.join([waits, *agents])}."


def _busiest(days: tuple[Day, Day], ends: tuple[int, int]) -> str:
    """Return when most wait in the first world: where there is most to see."""
    most = int(np.argmax(days[0].waiting[ends[0] : ends[1] + 1]))
    return _clock(ends[0] + most)


def _is_a_day(said: str) -> bool:
    """Whether a text is a day of the longest run there is: of a shorter one it may be none."""
    return said.isdecimal() and 1 <= int(said) <= MOST_DAYS


def _is_a_time(said: str) -> bool:
    return _CLOCK.fullmatch(said) is not None


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _minute_of(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _forward(days: tuple[Day, Day], ends: tuple[int, int], step: int) -> None:
    """Go on by some minutes, from the end to the beginning."""
    said = address.text(_AT)
    known = said if said is not None and _is_a_time(said) else _busiest(days, ends)
    now = _minute_of(known) + step
    address.put(_AT, _clock(ends[0] if now > ends[1] else ends[1] if now < ends[0] else now))


def _buttons(days: tuple[Day, Day], playing: bool, ends: tuple[int, int], step: int) -> None:
    back, play, on = st.columns(3)
    skip: dict[str, Any] = {"on_click": _forward, "width": "stretch"}
    back.button(say("Step back"), key="back", icon=":material/skip_previous:", args=(days, ends, -step), **skip)
    label, icon = (say("Pause"), ":material/pause:") if playing else (say("Play"), ":material/play_arrow:")
    if play.button(label, key="play", icon=icon, type="primary", on_click=_play, args=(not playing,), width="stretch"):
        st.rerun()
    on.button(say("Step on"), key="on", icon=":material/skip_next:", args=(days, ends, step), **skip)


def _play(now: bool) -> None:
    address.turned()
    st.session_state[_PLAYING] = now


def _customers(queues: Sequence[pd.DataFrame]) -> None:
    """Offer those who wait in the first world, and any other by number, to be opened."""
    with st.expander(say("Open a customer")):
        waiting = [str(int(one)) for one in queues[0]["customer"].head(100)]
        left, right = st.columns(2)
        with left:
            st.selectbox(
                say("Who waits just now in the first world"),
                waiting,
                index=None,
                key="opened now",
                placeholder=say("Choose"),
                on_change=_open,
            )
        with right:
            st.number_input(
                say("Any customer by number"), 0, 99_999_999, None, key="opened number", on_change=_open_number
            )


def _open() -> None:
    address.put(_OPENED, st.session_state["opened now"])


def _open_number() -> None:
    value = st.session_state["opened number"]
    address.put(_OPENED, None if value is None else str(int(value)))
