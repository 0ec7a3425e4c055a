"""The story that journeys tell on their way to a solution."""

from __future__ import annotations

from sim.measures.tables import Tables


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
