"""Resolution as the customer counts it and as the firm's call log does; the story a journey tells."""

from __future__ import annotations

import numpy as np

from sim.measures.calls import answered
from sim.measures.journeys import SOLVED
from sim.measures.rows import Array
from sim.measures.tables import Tables
from sim.units import DAY, HOUR

LOG_LOOKS = 7 * DAY
"""Time after which the firm's log no longer sees a further call as a repeat (min)."""


def solved(tables: Tables) -> Array:
    """Return the journeys measured that came to a true solution."""
    done: Array = tables.journeys[tables.journeys["status"] == SOLVED]
    return done


def hours_to_solution(tables: Tables) -> tuple[float, float]:
    """Return the hours from appearance to solution of the solved journeys, and how many they are."""
    done = solved(tables)
    return float((done["solved_at"] - done["appeared"]).sum()) / HOUR, float(len(done))


def first_contact_resolution(tables: Tables) -> tuple[float, float]:
    """Return the problems truly solved by their first attempt, and those with at least one contact."""
    journeys = tables.journeys
    return float(journeys["solved_at_first"].sum()), float((journeys["calls"] > 0).sum())


def first_call_resolution_logged(tables: Tables) -> tuple[float, float]:
    """Return the answered calls that the firm's log takes for a resolution, and the answered calls.

    No further call for the same problem came within seven days: who gave up counts as solved, and so does who
    finds out late. A follow-up shorter than seven days flatters it.
    """
    calls = tables.calls
    again = np.full(len(calls), np.inf)
    same = calls["customer"][1:] == calls["customer"][:-1]
    again[:-1][same] = (calls["dialled"][1:] - calls["ended"][:-1])[same]
    logged = calls["counted"] & answered(calls)
    return float((again[logged] > LOG_LOOKS).sum()), float(logged.sum())


def story_share(tables: Tables) -> tuple[float, float]:
    """Return the journeys with the whole story in them, and those with at least one contact.

    The story: at least two calls, one of them cut, two identifications and a transfer.
    """
    journeys = tables.journeys
    story = (
        (journeys["cold_transfers"] + journeys["warm_transfers"] >= 1)
        & (journeys["identifications"] >= 2)
        & (journeys["cuts"] >= 1)
        & (journeys["calls"] >= 2)
    )
    return float(story.sum()), float((journeys["calls"] > 0).sum())


def cut_journeys_share(tables: Tables) -> tuple[float, float]:
    """Return the journeys in which at least one call was cut, and those with at least one contact."""
    journeys = tables.journeys
    return float((journeys["cuts"] >= 1).sum()), float((journeys["calls"] > 0).sum())
