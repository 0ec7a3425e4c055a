"""Resolution as the firm's call log counts it, and the story a journey tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.compiling import rule
from sim.measures.calls import is_answered
from sim.units import DAY

if TYPE_CHECKING:
    from sim.measures.tables import Tables

LOG_LOOKS = 7 * DAY
"""Time after which the firm's log no longer sees a further call as a repeat (min)."""


@rule
def logged(call: Any) -> bool:
    """Say whether the firm's log takes a call for a resolution as long as no other follows: an agent took it.

    Who gives up counts as solved, and so does who finds out late. A follow-up shorter than seven days flatters it.
    """
    return call.counted and is_answered(call)


@rule
def called_again(ended: float, dialled: float) -> bool:
    """Say whether the log sees a call dialled then as a repeat of one that ended before (min)."""
    return dialled - ended <= LOG_LOOKS


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
