"""The page Method."""

from __future__ import annotations

import platform

import streamlit as st

import sim
from sim.figures.names import named
from sim.measures import MEASURES
from sim.ui.method.papers import cited, read, validation
from sim.ui.state.speech import later, say, told

LOGIC = (
    later(
        "The unit is the customer's problem, not the call. It appears, and the customer calls until it is "
        "solved or he gives up."
    ),
    later(
        "A call goes through the menu and a queue to an agent: he identifies himself, explains, and they "
        "work on the problem."
    ),
    later(
        "What the tariff bills is billed, hold too if it says so. Who waits too long hangs up, and may "
        "call again later."
    ),
    later(
        "The agent may be the wrong one and pass him on, may lack the power to grant what he is owed, or "
        "may be cut off by the clock."
    ),
    later(
        "Whether it is really solved he finds out afterwards. If not, he calls again, and begins anew as "
        "far as the firm forgets."
    ),
    later(
        "From what was lived follow euros, minutes and effort for the customer, and staff, gestures, "
        "income and lost customers for the firm."
    ),
)
FAIR = (
    later(
        "Both worlds have the same customers with the same problems and the same luck, drawn from the "
        "seed and the customer's number, never from the order in which things happen."
    ),
    later(
        "Every figure is a ratio over whole journeys, with a 95 % interval over replications; differences "
        "are paired, replication by replication."
    ),
    later(
        "Two programs tell every history, one in SimPy that reads like the story, one compiled; tests "
        "hold them to the same to the bit."
    ),
    later(
        "Figures marked with an asterisk rest on guesses about customers who leave. The line without them "
        "stands beside."
    ),
)


ASSUMED = (
    later("One customer has one problem, and customers do not talk to each other."),
    later("First come, first served, unless a queue or a score says otherwise; nobody is put back for another."),
    later("Patience does not wear out with the number of calls, unless the world says so."),
    later("Who gives up pays a repair, or lives with the problem for a stated time; his outage is counted."),
    later("A warm transfer keeps the second agent busy during the briefing, a conference both."),
    later("Tickets and messages are answered when their delay is over, and take no agent's minute."),
)


def page() -> None:
    """Draw the page."""
    st.subheader(say("How it works, what it assumes, and how far it can be believed"))
    st.markdown("\n".join(f"1. {say(one)}" for one in LOGIC))
    st.markdown(f"**{say('What makes a comparison fair')}**")
    st.markdown("\n".join(f"* {say(one)}" for one in FAIR))
    st.markdown(f"**{say('What is assumed')}**")
    st.markdown("\n".join(f"* {say(one)}" for one in ASSUMED))
    st.caption(say("Every value of a world, with its meaning and its source, stands on the page Edit a world."))
    _validated()
    _measured()
    _whole()
    _cited()


def _validated() -> None:
    st.markdown(f"**{say('Held against what others have published')}**")
    rows = validation()
    if not rows:
        st.info(say("The documents did not come along with this installation."))
        return
    cases = len({row.case for row in rows})
    judged = [row for row in rows if row.within in ("yes", "no")]
    inside = sum(row.within == "yes" for row in judged)
    st.markdown(
        say(
            "{inside} of {n} figures of {cases} published cases lie within their tolerance.",
            inside=inside, n=len(judged), cases=cases,
        )
    )  # fmt: skip
    names = {
        "case": say("case"),
        "figure": say("figure"),
        "published": say("published"),
        "expected": say("expected"),
        "tolerance": say("tolerance"),
        "ours": say("ours [95 %]"),
        "errors": say("standard errors off"),
        "within": say("in tolerance"),
    }
    st.dataframe(
        [{names[key]: value for key, value in row._asdict().items()} for row in rows],
        hide_index=True,
        height=320,
        alt=say("Every published figure with what is expected, its tolerance, and ours with its interval."),
    )


def _measured() -> None:
    with st.expander(say("Every measure, with its unit and its definition")):
        st.dataframe(
            [
                {
                    say("measure"): told(named(one)).capitalize(),
                    say("unit"): told(one.unit),
                    say("better is"): told(one.better),
                    say("definition"): told(one.definition),
                    "id": one.id,
                }
                for one in MEASURES.values()
            ],
            hide_index=True,
            column_config={say("definition"): st.column_config.TextColumn(width="large")},
            alt=say("Every measure, with its unit and its definition"),
        )


def _whole() -> None:
    """Show the whole description, which is written in English."""
    said = read("docs/model.md")
    if said is not None:
        with st.expander(say("The whole description of the model (in English)")):
            st.markdown(said)


def _cited() -> None:
    st.markdown(f"**{say('How to cite it')}**")
    known = cited()
    who, year = known.get("name", "The authors of double-peine"), known.get("date-released", "")[:4]
    title = known.get("title", "double-peine")
    written = f"{who}{f' ({year})' if year else ''}. {title} (version {sim.__version__}) [computer software]."
    st.code(written, language=None, wrap_lines=True)
    st.caption(
        say(
            "Every report carries the version, the seed, the replications and the digests of both worlds: with them "
            "anybody comes to the same figures, to the bit. Here: Python {python}, {machine}.",
            python=platform.python_version(),
            machine=platform.machine(),
        )
    )
