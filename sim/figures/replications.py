"""The replications that a figure is drawn of."""

from __future__ import annotations

from collections.abc import Sequence

from sim.history.rows import History
from sim.measures import Tables, tables

Lived = History | Tables | Sequence[History | Tables]
"""Replications of one world: one, or several in a row."""


def tables_of(name: str, lived: Lived) -> list[Tables]:
    """Return the tables of each replication; ``name`` is the argument's.

    Raises
    ------
    ValueError
        If there is none.
    """
    replications = [lived] if isinstance(lived, (History, Tables)) else list(lived)
    if not replications:
        raise ValueError(f"{name} is empty: it has to be one history at least")
    return [tables(one) for one in replications]
