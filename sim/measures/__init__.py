"""Measures: questions asked of a history after the run, never inside it."""

from sim.measures.drift import Drift, Stretch
from sim.measures.fold import Fold
from sim.measures.measure import Measure
from sim.measures.measured import Measured, measured
from sim.measures.register import MEASURES, chosen, measure, measures_of
from sim.measures.tables import Asked, Tables, drift, reprice, tables, totals_of
from sim.measures.toll import Tolls
from sim.measures.totals import Totals

__all__ = [
    "MEASURES",
    "Asked",
    "Drift",
    "Fold",
    "Measure",
    "Measured",
    "Stretch",
    "Tables",
    "Tolls",
    "Totals",
    "chosen",
    "drift",
    "measure",
    "measured",
    "measures_of",
    "reprice",
    "tables",
    "totals_of",
]
