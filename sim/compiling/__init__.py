"""Compiling: which functions become machine code, where it is kept between runs, and the first time on a machine."""

from sim.compiling.first import Compiling, Tell, first_use, terminal
from sim.compiling.folder import cache_folder, digest_of_sources
from sim.compiling.marks import compiled_as, entry, inlined, rule

__all__ = [
    "Compiling",
    "Tell",
    "cache_folder",
    "compiled_as",
    "digest_of_sources",
    "entry",
    "first_use",
    "inlined",
    "rule",
    "terminal",
]
