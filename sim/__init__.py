"""What two ways of answering cost the same customers and the firm: a call-centre simulator.

The words below are all one needs: ``load`` a world, ``populate`` it, ``run`` it, ``measure`` what happened,
``replicate`` it, ``compare`` it with another. They are read when first used, so that importing stays quick.

Examples
--------
>>> import sim
>>> sim.load("base").name
'base'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.study.reported import report_by

if TYPE_CHECKING:
    from sim.dictionary import Activity, Event, events
    from sim.engines import run
    from sim.history import History
    from sim.measures.measured import Measured, measured
    from sim.measures.register import MEASURES, measure
    from sim.measures.tables import reprice, tables
    from sim.measures.totals import Totals
    from sim.population import Customers, populate
    from sim.report.stored import read
    from sim.scenario import (
        World,
        WorldError,
        difference,
        difference_table,
        digest,
        load,
        regimes,
        same_population,
        shipped,
        variant,
    )
    from sim.study.compare import compare
    from sim.study.comparison import Comparison
    from sim.study.estimate import Estimate, paired_difference, ratio
    from sim.study.progress import bar
    from sim.study.replicate import replicate
    from sim.study.replications import Replications
    from sim.study.staffing import scaled_staff

__version__ = "0.1.0"

_HOME = {
    "MEASURES": "measures",
    "Activity": "dictionary",
    "Comparison": "study.comparison",
    "Customers": "population",
    "Estimate": "study.estimate",
    "Event": "dictionary",
    "History": "history",
    "Measured": "measures",
    "Replications": "study.replications",
    "Totals": "measures",
    "World": "scenario",
    "WorldError": "scenario",
    "bar": "study.progress",
    "compare": "study.compare",
    "difference": "scenario",
    "difference_table": "scenario",
    "digest": "scenario",
    "events": "dictionary",
    "load": "scenario",
    "measure": "measures",
    "measured": "measures",
    "paired_difference": "study.estimate",
    "populate": "population",
    "ratio": "study.estimate",
    "read": "report.stored",
    "regimes": "scenario",
    "replicate": "study.replicate",
    "reprice": "measures",
    "run": "engines",
    "same_population": "scenario",
    "scaled_staff": "study.staffing",
    "shipped": "scenario",
    "tables": "measures",
    "variant": "scenario",
}
"""Where each public word is at home."""

__all__ = [
    "MEASURES",
    "Activity",
    "Comparison",
    "Customers",
    "Estimate",
    "Event",
    "History",
    "Measured",
    "Replications",
    "Totals",
    "World",
    "WorldError",
    "bar",
    "compare",
    "difference",
    "difference_table",
    "digest",
    "events",
    "load",
    "measure",
    "measured",
    "paired_difference",
    "populate",
    "ratio",
    "read",
    "regimes",
    "replicate",
    "reprice",
    "run",
    "same_population",
    "scaled_staff",
    "shipped",
    "tables",
    "variant",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    word = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return word


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


def _report() -> Any:
    return import_module(f"{__name__}.report")


report_by(_report)
