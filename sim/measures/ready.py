"""Ready to work: on the first use on a machine all that worlds need is compiled at once, and it is said."""

from __future__ import annotations

from sim.bars import Words, in_a_notebook
from sim.engines.compiled_engine import pieces_of
from sim.machine.compiling import Piece, Tell, first_use, terminal
from sim.measures.accounts.channels import has_more_than_a_line
from sim.measures.accounts.following.channels import follow_channels
from sim.measures.accounts.following.rows import conclude, follow
from sim.measures.intervals.following import count_queues, follow_into_cells
from sim.people.drawing import draw, expect
from sim.world import World


def ready(*worlds: World, tell: Tell | None = None, parted: bool = False) -> None:
    """Compile what was never compiled on this machine and is needed for worlds: their customers, engine and measures.

    Parameters
    ----------
    tell : optional
        Told how far it is (`sim.machine.compiling.first_use`); by default a line on the error
        stream, or in a notebook one that is gone at the end.
    parted : bool
        Their intervals are asked for as well.
    """
    first_use(all_pieces_of(*worlds, parted=parted), tell or _teller())


def _teller() -> Tell:
    """Return what tells a person: on the error stream, or in a notebook in words that are gone at the end."""
    if not in_a_notebook():
        return terminal()
    words = Words()
    return lambda now: words.clear() if now.ended else words.write(str(now))


def all_pieces_of(*worlds: World, parted: bool = False) -> list[Piece]:
    """Return what has to be compiled for worlds, each piece once, those that take longest first."""
    mechanisms: list[Piece] = [piece for world in worlds for piece in pieces_of(world)]
    following = [follow_into_cells, count_queues] if parted else [follow]
    if any(map(has_more_than_a_line, worlds)):
        following.append(follow_channels)
    return list(dict.fromkeys([*mechanisms, *following, draw, conclude, expect]))
