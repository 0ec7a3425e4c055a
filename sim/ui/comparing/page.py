"""The page Compare."""

from __future__ import annotations

import streamlit as st

from sim.reading import WorldError
from sim.report.words import comparison_head, notes, warnings_of
from sim.study.comparing.comparison import Comparison
from sim.study.searching.equal import LABELS, Equal
from sim.ui.comparing.apart import apart, introduced
from sim.ui.comparing.begun import begun, offered
from sim.ui.comparing.controls import question
from sim.ui.comparing.headlines import headlines, undecided
from sim.ui.comparing.question import Question, Strangers, companions
from sim.ui.comparing.taken import taken
from sim.ui.comparing.views import VIEWS, viewed
from sim.ui.comparing.work import work_of
from sim.ui.jobs.job import Job
from sim.ui.jobs.watching import watch
from sim.ui.parts import widgets
from sim.ui.parts.markdown import escaped
from sim.ui.parts.mistakes import told_all
from sim.ui.state import address, worlds
from sim.ui.state.speech import say, told

PLACE, _LAST = "compare", "compare: last"


def page() -> None:
    """Draw the page."""
    st.subheader(say("What does a way of answering cost the same customers?"))
    st.caption(say("The same customers, with the same problems and the same luck, live through both call centres."))
    asking = question()
    try:
        hows = asking.ways()
    except Strangers as strangers:
        _strangers(asking, strangers)
        return
    except (WorldError, ValueError) as mistakes:
        told_all(mistakes)
        return
    introduced(*asking.worlds())
    asking = asking.in_way(_way(hows))
    if asking.how == "staff" and asking.staff != 100:
        st.caption(
            say("At equal staff both worlds have the first one's agent hours: the slider of agents does nothing.")
        )
    key = asking.key()
    job = begun(PLACE, key, asking, work_of(asking))
    if job is None:
        offered(PLACE, key, asking)
        apart(*asking.worlds())
    else:
        watch(PLACE, job, lambda one: _live(one, asking))
    shown = _shown(job, asking)
    if shown is not None:
        _details(*shown)


def _way(hows: tuple[Equal, ...]) -> Equal:
    """Draw how the second world is staffed, and return which way is chosen."""
    labels: dict[str, Equal] = {how: how for how in hows}
    if len(hows) == 1:
        return hows[0]
    taken = widgets.segments(
        say("Staff of the second world"),
        "how",
        list(labels),
        hows[0],
        ever=LABELS.__contains__,
        names=lambda how: told(LABELS[labels[how]]).capitalize(),
        help=say(
            "Own staff: each as it is written. Equal staff: the same agent hours. Equal service: as many agents as "
            "give the same speed of answer, which takes a search of some seconds."
        ),
    )
    return labels[taken]


def _live(job: Job, asking: Question) -> None:
    """Show what there is by now of an answer."""
    if job.state == "failed":
        told_all(job.error)
    elif isinstance(job.shown, Comparison):
        headlines(job.shown)
        if job.state == "finished" and undecided(job.shown):
            st.caption(say("What is not told apart may be with more days or replications: see Size and luck."))
    else:
        st.skeleton(height=240)


def _shown(job: Job | None, asking: Question) -> tuple[Question, Comparison] | None:
    """Return the finished comparison that is shown in detail, and what it answers; the last one while one is made."""
    if job is not None and isinstance(job.answer, Comparison):
        st.session_state[_LAST] = asking, job.answer
    last: tuple[Question, Comparison] | None = st.session_state.get(_LAST)
    if last is not None and last[0] != asking:
        st.caption(say("Below are the details of the last finished run; what is set has changed since."))
    return last


def _details(asking: Question, comparison: Comparison) -> None:
    """Show what is looked at of a finished comparison, and how far it can be trusted."""
    view = widgets.segments(
        say("What to look at"), "view", list(VIEWS), next(iter(VIEWS)), names=lambda one: say(VIEWS[one])
    )
    viewed(view, comparison, asking)
    taken(comparison, asking)
    _honesty(comparison, asking)


def _honesty(comparison: Comparison, asking: Question) -> None:
    """Say what was lived, how far the numbers can be trusted, and how to come to them again."""
    for caution in warnings_of(comparison):
        if caution.warns:
            st.warning(escaped(told(caution.said)))
    said = [*comparison_head(comparison), *(note for note in notes(comparison) if not note.startswith("Warning"))]
    with st.expander(say("What was lived, and how to repeat it")):
        st.markdown("  \n".join(escaped(told(one)) for one in said))
        command = asking.command()
        if command is not None:
            st.code(command, language="shell")


def _strangers(asking: Question, strangers: Strangers) -> None:
    """Say why two worlds cannot be compared, and offer those that can."""
    st.error(escaped(told(str(strangers))))
    alike = companions(asking.first)
    if not alike:
        st.info(say("No other world has the customers of {world}.", world=escaped(worlds.title(asking.first))))
    for name in alike[:8]:
        st.button(
            say("Compare with {world}", world=escaped(worlds.title(name))),
            key=f"with {name}",
            on_click=address.put,
            args=("second", name),
        )
