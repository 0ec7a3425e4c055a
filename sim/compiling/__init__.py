"""Compiling: which functions become machine code, where it is kept between runs, and the first time on a machine."""

from sim.compiling.first import Compiling, Tell, first_use, terminal
from sim.compiling.folder import cache_folder
from sim.compiling.marks import compiled_as, inlined, rule
from sim.compiling.pieces import Piece, piece
from sim.compiling.tables import Table, step_into

__all__ = [
    "Compiling",
    "Piece",
    "Table",
    "Tell",
    "cache_folder",
    "compiled_as",
    "first_use",
    "inlined",
    "piece",
    "rule",
    "step_into",
    "terminal",
]
