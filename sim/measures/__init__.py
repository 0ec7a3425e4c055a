"""Measures: questions asked of a history after the run, never inside it."""

from sim.measures.drift import Drift, Stretch, drift
from sim.measures.measure import Measure
from sim.measures.register import MEASURES, chosen, measure, measures_of
from sim.measures.tables import Tables, reprice, tables
from sim.measures.toll import Tolls

__all__ = [
    "MEASURES",
    "Drift",
    "Measure",
    "Stretch",
    "Tables",
    "Tolls",
    "chosen",
    "drift",
    "measure",
    "measures_of",
    "reprice",
    "tables",
]
