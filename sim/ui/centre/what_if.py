"""The fourth step of the page: a few levers turned in a world, and what that comes to in a year."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from sim.reading import World, WorldError
from sim.report.business import BusinessCase, Yearly, business_case
from sim.report.words import warnings_of
from sim.study.comparing.comparison import Comparison
from sim.study.searching.equal import LABELS, Equal
from sim.ui.centre.guessed import guessed
from sim.ui.centre.outside import cautioned
from sim.ui.centre.tables import shown_rows
from sim.ui.comparing.begun import begun, offered
from sim.ui.comparing.controls import size, world_chosen
from sim.ui.comparing.question import Question, Strangers
from sim.ui.comparing.work import work_of
from sim.ui.jobs.job import Job, Work
from sim.ui.jobs.watching import watch
from sim.ui.parts import widgets
from sim.ui.parts.cells import safe_csv
from sim.ui.parts.markdown import escaped
from sim.ui.parts.mistakes import told_all
from sim.ui.parts.numbers import number
from sim.ui.parts.paths import GROUPS, can_be_turned
from sim.ui.parts.turns import turned
from sim.ui.state import address, worlds
from sim.ui.state.speech import later, say, told

PLACE, TURN = "what if", "w.t."
_LAST = "what if: last"
WAYS: tuple[Equal, ...] = ("none", "service")
CARDS = {
    "firm_eur_per_problem": later("The firm's costs a year"),
    "customer_eur_per_problem": later("Customers' costs a year"),
    "customer_minutes_per_problem": later("Customers' time a year"),
    "effort_index": later("Customers' effort a year"),
}
_COMPARE = Path(__file__).parents[1] / "pages" / "compare.py"


@dataclass(frozen=True)
class Lived:
    """What a comparison has come to so far, reckoned for a year."""

    comparison: Comparison
    case: BusinessCase | None = None


def what_if() -> None:
    """Draw the levers, and the business case of what is turned."""
    mine = worlds.mine()
    name = world_chosen(say("World of today"), "w.world", mine[0] if mine else "double_peine", TURN)
    cautioned(worlds.outside(name))
    world = worlds.world(name)
    asking = _question(name, world)
    if not asking.of_second and asking.staff == 100:
        st.info(say("Turn at least one lever: then the same customers live through both, and a year is reckoned."))
        return
    try:
        asking.worlds()
    except (WorldError, Strangers, ValueError) as mistakes:
        told_all(mistakes)
        return
    if st.button(
        say("Open in Compare"), key="w.compare", help=say("The same two worlds, with every view and measure.")
    ):
        _to_compare(asking)
    key = ("case", *asking.key())
    job = begun(PLACE, key, asking, case_work(asking))
    if job is None:
        offered(PLACE, key, asking)
    else:
        watch(PLACE, job, _live)
    _finished(job, asking)


def _question(name: str, world: World) -> Question:
    """Draw what is turned; return what is asked."""
    changes: list[str] = []
    with st.container(border=True):
        st.markdown(f"**{say('What if ...')}**")
        cells = st.grid(min_column_width=240)
        for group, paths in GROUPS.items():
            drawn = [path for path in paths if can_be_turned(world, path)]
            if drawn:
                with cells.cell():
                    st.caption(say(group))
                    changes += [one for path in drawn if (one := _turned(world, path)) is not None]
        staff = widgets.slider(say("Agents, in percent of those there are"), "w.staff", 50, 150, 100, 5)
        how = _way()
    days, replications, seed = size()
    return Question(name, name, 100.0, staff, (), tuple(changes), days, replications, seed, how)


def _turned(world: World, path: str) -> str | None:
    free = world.levers.price.free and address.text(f"{TURN}levers.price.free") != "no"
    return turned(world, path, TURN + path, disabled=free and path.startswith("tariff."))


def _way() -> Equal:
    labels: dict[str, Equal] = {how: how for how in WAYS}
    taken = widgets.segments(
        say("Staff of the world what if"),
        "w.how",
        list(labels),
        "none",
        names=lambda how: told(LABELS[labels[how]]).capitalize(),
        help=say(
            "Own staff: the agents that it has. Equal service: as many as give the same speed of answer as today, "
            "which takes a search of some seconds."
        ),
    )
    return labels[taken]


def case_work(question: Question) -> Work:
    """Return the work that lives a question and reckons its year at the end."""
    return partial(_reckoned, work_of(question, Lived))


def _reckoned(work: Work, job: Job) -> Generator[None, None, Lived]:
    made: Comparison = yield from work(job)
    job.tell(0.99, later("reckoning the year"))
    return Lived(made, business_case(made))


def _live(job: Job) -> None:
    """Show what there is by now."""
    if job.state == "failed":
        told_all(job.error)
    elif isinstance(job.shown, Lived):
        cards(job.shown.case or _in_short(job.shown.comparison))
    else:
        st.skeleton(height=180)


def _in_short(comparison: Comparison) -> BusinessCase:
    """Return the case of a comparison that is not finished: the spreadsheet is reckoned at the end."""
    return business_case(comparison, spreadsheet=False)


def cards(case: BusinessCase) -> None:
    """Show what a year comes to, in four figures with their intervals."""
    grid = st.grid(min_column_width=300)
    for measure, label in CARDS.items():
        line = case.line(measure)
        with grid.cell().container(border=True):
            st.metric(
                say(label) + "*" * line.guessed,
                amount(line.worlds[1].mean, line.unit),
                _delta(line),
                delta_color="inverse" if _told_apart(line) else "off",
            )
            st.caption(say("against {value} today", value=amount(line.worlds[0].mean, line.unit)))
    st.caption(
        say(
            "{n} problems a year in both; differences with their 95 % intervals. * rests on guesses, named below when "
            "all is lived.",
            n=number(case.problems),
        )
    )


def amount(value: float | None, unit: str) -> str:
    """Return an amount of a year in the reader's language, to as many digits as are of use."""
    if value is None:
        return say("undefined")
    digits = 0 if abs(value) < 1e4 else 1 - len(f"{abs(value):.0f}") + 3
    return told(f"{round(value, digits) + 0.0:,.0f} {unit}")


def _delta(line: Yearly) -> str:
    mean, low, high = line.difference
    if mean is None:
        return say("no difference can be told")
    said = told(f"{_bare(mean)} {line.unit}")
    if low is not None and high is not None:
        said = say("{mean} [{low} to {high}]", mean=said, low=told(_bare(low)), high=told(_bare(high)))
    # Streamlit takes the arrow's way from a hyphen; a true minus sign would point up.
    return said.replace("\N{MINUS SIGN}", "-")


def _bare(value: float) -> str:
    digits = 0 if abs(value) < 1e4 else 4 - len(f"{abs(value):.0f}")
    return f"{round(value, digits) + 0.0:+,.0f}"


def _reach(low: float, high: float) -> str:
    return say("{low} to {high}", low=told(_bare(low)), high=told(_bare(high)))


def _told_apart(line: Yearly) -> bool:
    _, low, high = line.difference
    return low is not None and high is not None and (low > 0.0 or high < 0.0)


def _finished(job: Job | None, asking: Question) -> None:
    if job is not None and isinstance(job.answer, Lived):
        st.session_state[_LAST] = asking, job.answer
    last = st.session_state.get(_LAST)
    if last is None or last[1].case is None:
        return
    if last[0] != asking:
        st.caption(say("Below are the details of the last finished run; what is set has changed since."))
    _details(last[1].case, last[0].first)


def _details(case: BusinessCase, today: str) -> None:
    """Show the case of a world of today line by line, beside the spreadsheet's."""
    for caution in warnings_of(case.comparison):
        if caution.warns:
            st.warning(escaped(told(caution.said)))
    if case.comparison.worlds[0].time.horizon % 10080.0:
        st.warning(
            say("The days measured make no whole weeks: a year of them is no year of yours. Choose 7, 14, 21 or 28.")
        )
    st.markdown(f"**{say('The business case, a year')}**")
    cautioned(worlds.outside(today))
    shown_rows(case_rows(case), say("Each line of a year: today, what if, and the difference with its 95 % interval."))
    guessed(case, today)
    st.markdown(f"**{say('Beside the spreadsheet: staff costs a year')}**")
    if case.spreadsheet:
        shown_rows(
            spreadsheet_rows(case),
            say("What formulas on calls and handling time say of the staff, and what was simulated."),
        )
    for said in case.why:
        st.markdown(f"- {escaped(told(said))}")
    st.download_button(
        say("Download the case (CSV)"),
        lambda: safe_csv(case.table()),
        "business_case.csv",
        "text/csv",
        key="w.csv",
        on_click="ignore",
    )


def case_rows(case: BusinessCase) -> list[tuple[str, ...]]:
    """Return a heading, and a row for each line of a case."""
    rows: list[tuple[str, ...]] = [(say("what"), say("today"), say("what if"), say("difference"), say("95 % interval"))]
    for line in case.lines:
        one, other = (amount(world.mean, line.unit) for world in line.worlds)
        mean, low, high = line.difference
        apart = say("undefined") if mean is None else told(f"{_bare(mean)} {line.unit}")
        reach = "" if low is None or high is None else _reach(low, high)
        rows.append((told(line.words) + " *" * line.guessed, one, other, apart, reach))
    return rows


def spreadsheet_rows(case: BusinessCase) -> list[tuple[str, ...]]:
    """Return a heading, a row for each way of the spreadsheet, and what was simulated."""
    rows: list[tuple[str, ...]] = [
        (
            say("reckoned by"),
            say("calls a year what if"),
            say("today"),
            say("what if"),
            say("difference"),
            say("95 % interval"),
        )
    ]
    for one in case.spreadsheet:
        rows.append(
            (
                told(one.words),
                number(one.calls[1]),
                amount(one.before, "EUR"),
                amount(one.after, "EUR"),
                told(f"{_bare(one.difference)} EUR"),
                say("none"),
            )
        )
    staff, calls = case.line("staff_eur_per_problem"), case.line("calls_per_problem")
    mean, low, high = staff.difference
    rows.append(
        (
            say("this simulation"),
            number(calls.worlds[1].mean or 0.0),
            amount(staff.worlds[0].mean, "EUR"),
            amount(staff.worlds[1].mean, "EUR"),
            say("undefined") if mean is None else told(f"{_bare(mean)} EUR"),
            "" if low is None or high is None else _reach(low, high),
        )
    )
    return rows


def to_compare(asking: Question) -> dict[str, str | None]:
    """Return what the address says so that Compare shows the same: both worlds, what is turned, the staff.

    What was set there before is taken back, with None.
    """
    found: dict[str, str | None] = {one: None for one in address.everything() if one.startswith(("a.", "b."))}
    found |= {"load": None, "first": asking.first, "second": asking.second}
    found["staff"] = None if asking.staff == 100 else f"{asking.staff:g}"
    found["how"] = "service" if asking.how == "service" else None
    turns = {one: value for one, value in address.everything().items() if one.startswith(TURN)}
    return found | {f"b.{one.removeprefix(TURN)}": value for one, value in turns.items()}


def _to_compare(asking: Question) -> None:
    for key, value in to_compare(asking).items():
        address.put(key, value)
    for which in ("first", "second"):
        st.session_state.pop(f"chosen: {which}", None)
    st.switch_page(_COMPARE)
