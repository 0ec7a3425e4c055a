"""Ready to work: on the first use on a machine all that worlds need is compiled at once, and it is said."""

from __future__ import annotations

from sim.compiling import Piece, Tell, first_use, terminal
from sim.engines.compiled import pieces_of
from sim.measures.following.rows import conclude, follow
from sim.population.drawing import draw, expect
from sim.scenario import World


def ready(*worlds: World, tell: Tell | None = None) -> None:
    """Compile what was never compiled on this machine and is needed for worlds: their customers, engine and measures.

    Parameters
    ----------
    tell : optional
        Told how far it is (`sim.compiling.first_use`); by default a line on the error stream.
    """
    mechanisms: list[Piece] = [piece for world in worlds for piece in pieces_of(world)]
    first_use(list(dict.fromkeys([*mechanisms, follow, draw, conclude, expect])), tell or terminal())
