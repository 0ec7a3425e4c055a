"""Ready to work: on the first use on a machine everything is compiled at once, and it is said."""

from __future__ import annotations

from sim.compiling import Tell, first_use, terminal
from sim.engines.compiled import warm_up as engine
from sim.measures.fold import warm_up as measures
from sim.population import warm_up as population


def ready(tell: Tell | None = None) -> None:
    """Compile what was never compiled on this machine.

    Parameters
    ----------
    tell : optional
        Told how far it is (`sim.compiling.first_use`); by default a line on the error stream.
    """
    first_use((population, engine, measures), tell or terminal())
