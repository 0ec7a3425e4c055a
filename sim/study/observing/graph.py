"""The graph of journeys over replications, with its intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.history.rows import History
from sim.measures.graph import Graph, Of, graph_of
from sim.study.running.estimate import Estimate, ratio

if TYPE_CHECKING:
    import pandas as pd

    from sim.world import World


class Step(NamedTuple):
    """One thing that followed another.

    Attributes
    ----------
    before, after : str
    per_problem : Estimate
        How often the one followed the other, per problem that appeared in the horizon.
    share : Estimate
        Of the journeys, in which it did at all.
    minutes : Estimate
        From the beginning of the one to that of the other, in the mean.
    """

    before: str
    after: str
    per_problem: Estimate
    share: Estimate
    minutes: Estimate


@dataclass(frozen=True)
class JourneyGraph:
    """What followed what in the journeys of one world.

    Attributes
    ----------
    of : "contacts" or "activities"
    names : tuple of str
        Of all that can follow one another here.
    steps : tuple of Step
        Those that were ever taken, the most frequent ones first.
    problems, replications : int
        How many were looked at.
    """

    world: World
    of: Of
    names: tuple[str, ...]
    steps: tuple[Step, ...]
    problems: int
    replications: int

    def table(self) -> pd.DataFrame:
        """Return a row for each step: ``before``, ``after``, and three numbers with their 95 % intervals.

        The numbers are ``per_problem``, ``share`` and ``minutes``, each with ``_low`` and ``_high``, which are NaN of a
        single replication.
        """
        import pandas as pd

        rows = [
            (
                step.before,
                step.after,
                *(np.nan if one is None else one for said in step[2:] for one in said),
            )
            for step in self.steps
        ]
        numbers = [f"{name}{end}" for name in Step._fields[2:] for end in ("", "_low", "_high")]
        table = pd.DataFrame(rows, columns=["before", "after", *numbers])
        return table.astype(dict.fromkeys(numbers, float))


def journey_graph(asked: History | Iterable[History], of: Of = "contacts") -> JourneyGraph:
    """Return the graph of journeys as observed: what followed what, how often, and after how long.

    Parameters
    ----------
    asked : History, or several
        Replications of one world. They are looked at one by one: a generator need not hold them all.
    of : "contacts" or "activities"
        Contacts by channel, cases and ends; or what the customer was doing, spell by spell.

    Returns
    -------
    JourneyGraph

    Raises
    ------
    ValueError
        If nothing is asked, the worlds differ in their channels, or there is no such graph.

    Examples
    --------
    >>> import sim
    >>> world = sim.changed("double_peine", {"time.horizon": "1 d"})
    >>> sim.journey_graph(sim.run(world, sim.populate(world, seed=1))).steps[0].before
    'phone'
    """
    several = [asked] if isinstance(asked, History) else asked
    graphs: list[Graph] = []
    world = None
    for history in several:
        world = history.world if world is None else world
        graphs.append(graph_of(history, of))
        if graphs[-1].names != graphs[0].names:
            raise ValueError("these histories are of worlds with other channels: their graphs cannot be added up")
    if world is None:
        raise ValueError("asked is empty: it has to be one history at least")
    steps = [_step(graphs, int(before), int(after)) for before, after in zip(*_ever(graphs), strict=True)]
    steps.sort(key=lambda step: -(step.per_problem.mean or 0.0))
    return JourneyGraph(world, of, graphs[0].names, tuple(steps), sum(graph.problems for graph in graphs), len(graphs))


def _ever(graphs: list[Graph]) -> tuple[np.ndarray, ...]:
    return np.nonzero(np.sum([graph.times for graph in graphs], axis=0))


def _step(graphs: list[Graph], before: int, after: int) -> Step:
    problems = [float(graph.problems) for graph in graphs]
    times, journeys, minutes = (
        [float(getattr(graph, name)[before, after]) for graph in graphs] for name in ("times", "journeys", "minutes")
    )
    names = graphs[0].names
    return Step(names[before], names[after], ratio(times, problems), ratio(journeys, problems), ratio(minutes, times))
