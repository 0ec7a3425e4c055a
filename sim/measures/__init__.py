"""Measures: questions asked of a history after the run, never inside it."""

from sim.measures.accounts.fold import Fold
from sim.measures.accounts.tables import (
    Asked,
    Tables,
    drift,
    reprice,
    tables,
    totals_of,
)
from sim.measures.accounts.totals import Totals
from sim.measures.measured import Measured, measured
from sim.measures.register.measure import Measure
from sim.measures.register.register import MEASURES, chosen, measure, measure_named, measures_of, of_all
from sim.measures.rules.drift import Drift, Stretch
from sim.measures.rules.toll import Tolls

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
    "measure_named",
    "measured",
    "measures_of",
    "of_all",
    "reprice",
    "tables",
    "totals_of",
]
