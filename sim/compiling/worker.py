"""A process of its own that compiles pieces, one for each line it is given: ``python -m sim.compiling.worker``."""

from __future__ import annotations

import sys
from importlib import import_module

from sim.compiling.pieces import PIECES


def main() -> None:
    """Read home and name of a piece, compile it, say so, and go on until nothing more is asked."""
    for line in sys.stdin:
        home, name = line.split()
        import_module(home)
        PIECES[home, name].compiled()
        print(name, flush=True)


if __name__ == "__main__":
    main()
