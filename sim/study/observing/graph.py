"""The graph of journeys over replications, with its intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.history.rows import History
from sim.measures.graph import Of, graph_of
from sim.study.running.estimate import ratio

if TYPE_CHECKING:
    import pandas as pd


def journey_graph(asked: History | Sequence[History], of: Of = "contacts") -> pd.DataFrame:
    """Return the graph of journeys as observed: a row for each step that was ever taken.

    Parameters
    ----------
    asked : History or sequence of History
        Replications of one world.
    of : "contacts" or "activities"
        Contacts by channel, cases and ends; or what the customer was doing, spell by spell.

    Returns
    -------
    DataFrame
        ``before``, ``after``; ``per_problem``, how often the one followed the other per problem that appeared in the
        horizon, with ``low`` and ``high`` (95 %, over replications; NaN of a single one); ``share``, of the journeys in
        which it did at all; ``minutes``, the mean from the beginning of the one to that of the other. The most frequent
        steps come first.

    Raises
    ------
    ValueError
        If nothing is asked, the worlds differ in their channels, or there is no such graph.
    """
    import pandas as pd

    several = [asked] if isinstance(asked, History) else list(asked)
    if not several:
        raise ValueError("asked is empty: it has to be one history at least")
    graphs = [graph_of(one, of) for one in several]
    if any(graph.names != graphs[0].names for graph in graphs):
        raise ValueError("these histories are of worlds with other channels: their graphs cannot be added up")
    problems = [float(graph.problems) for graph in graphs]
    names, found = graphs[0].names, []
    for before, after in zip(*np.nonzero(sum(graph.times for graph in graphs)), strict=True):
        times = [float(graph.times[before, after]) for graph in graphs]
        per_problem = ratio(times, problems)
        share = sum(graph.journeys[before, after] for graph in graphs) / max(sum(problems), 1.0)
        minutes = sum(graph.minutes[before, after] for graph in graphs) / sum(times)
        found.append((names[before], names[after], *per_problem, float(share), float(minutes)))
    columns = ["before", "after", "per_problem", "low", "high", "share", "minutes"]
    table = pd.DataFrame(found, columns=columns).astype(dict.fromkeys(columns[2:], float))
    return table.sort_values("per_problem", ascending=False, kind="stable", ignore_index=True)
