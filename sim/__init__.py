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

from sim.study.running.reported import report_by

if TYPE_CHECKING:
    from sim.bars import bar
    from sim.data.asterisk import queue_log
    from sim.data.call_log import CallLog
    from sim.data.findings import DataError
    from sim.data.interval_report import IntervalReport
    from sim.data.reading_calls import call_log
    from sim.data.reading_intervals import interval_report
    from sim.data.reading_rosters import roster
    from sim.data.roster import Roster
    from sim.data.roster_shifts import shifts_of
    from sim.data.writing import write_log
    from sim.engines import run
    from sim.fitting.fit import fit
    from sim.fitting.fitted import Fitted
    from sim.handouts.writing import report_bytes, write_report
    from sim.history.events import Activity, Event, events
    from sim.history.rows import History
    from sim.measures.accounts.tables import reprice, tables
    from sim.measures.accounts.totals import Totals
    from sim.measures.measured import Measured, measured
    from sim.measures.register.register import MEASURES, measure
    from sim.measures.spared import Spared, contacts_spared
    from sim.measures.watching import Watched, watch
    from sim.moments import minute_of, moment
    from sim.people import Customers, populate
    from sim.reading import (
        WorldError,
        difference,
        difference_table,
        digest,
        load,
        regimes,
        same_population,
        shipped,
        variant,
        variants,
    )
    from sim.report.lived.story import Story, tell
    from sim.report.stored import read
    from sim.study.breaking_even.break_even import break_even
    from sim.study.breaking_even.found import BreakEven
    from sim.study.calibrating.calibrate import calibrate
    from sim.study.calibrating.calibration import Calibration
    from sim.study.calibrating.figures import FigureError
    from sim.study.changing.changed import Times, changed
    from sim.study.choosing.best import Best, best
    from sim.study.choosing.frontier import Frontier, frontier
    from sim.study.choosing.indices import SobolIndices, sobol_indices
    from sim.study.choosing.tornado import Tornado, tornado
    from sim.study.comparing.compare import compare
    from sim.study.comparing.comparison import Comparison
    from sim.study.decomposing.decomposition import Decomposition
    from sim.study.decomposing.levers import levers
    from sim.study.decomposing.weights import EffortWeights, effort_weights
    from sim.study.generations.found import Generations
    from sim.study.generations.generations import generations
    from sim.study.observing.graph import journey_graph
    from sim.study.placing.place import Placed, place
    from sim.study.placing.stories import stories
    from sim.study.running.estimate import Estimate, paired_difference, ratio
    from sim.study.running.intervals import intervals
    from sim.study.running.replicate import replicate
    from sim.study.running.replications import Replications
    from sim.study.searching.staffing import scaled_staff
    from sim.study.staffing.plan import StaffPlan
    from sim.study.staffing.staff import staff
    from sim.study.staffing.targets import Target, TargetError
    from sim.study.stopping.controlled import controlled
    from sim.study.stopping.stopped import StoppedComparison, StoppedReplications, Stopping
    from sim.study.stopping.until import compare_until, replicate_until
    from sim.study.sweeping.design import Design, factorial
    from sim.study.sweeping.hands import SweepError
    from sim.study.sweeping.plan import Plan, points_of, read_plan
    from sim.study.sweeping.spread import latin_hypercube, sobol
    from sim.study.sweeping.sweep import open_sweep, sweep
    from sim.study.sweeping.swept import Sweep
    from sim.world import World

__version__ = "0.2.0"

_HOME = {
    "Activity": "history.events",
    "Best": "study.choosing.best",
    "BreakEven": "study.breaking_even.found",
    "Calibration": "study.calibrating.calibration",
    "CallLog": "data.call_log",
    "Comparison": "study.comparing.comparison",
    "Customers": "people",
    "DataError": "data.findings",
    "Decomposition": "study.decomposing.decomposition",
    "Design": "study.sweeping.design",
    "EffortWeights": "study.decomposing.weights",
    "Estimate": "study.running.estimate",
    "Event": "history.events",
    "FigureError": "study.calibrating.figures",
    "Fitted": "fitting.fitted",
    "Frontier": "study.choosing.frontier",
    "Generations": "study.generations.found",
    "History": "history.rows",
    "IntervalReport": "data.interval_report",
    "MEASURES": "measures",
    "Measured": "measures",
    "Placed": "study.placing.place",
    "Plan": "study.sweeping.plan",
    "Replications": "study.running.replications",
    "Roster": "data.roster",
    "SobolIndices": "study.choosing.indices",
    "SweepError": "study.sweeping.hands",
    "Spared": "measures.spared",
    "StaffPlan": "study.staffing.plan",
    "Story": "report.lived.story",
    "StoppedComparison": "study.stopping.stopped",
    "StoppedReplications": "study.stopping.stopped",
    "Stopping": "study.stopping.stopped",
    "Sweep": "study.sweeping.swept",
    "Target": "study.staffing.targets",
    "TargetError": "study.staffing.targets",
    "Times": "study.changing.changed",
    "Tornado": "study.choosing.tornado",
    "Totals": "measures",
    "Watched": "measures.watching",
    "World": "world",
    "WorldError": "reading",
    "bar": "bars",
    "best": "study.choosing.best",
    "break_even": "study.breaking_even.break_even",
    "calibrate": "study.calibrating.calibrate",
    "call_log": "data.reading_calls",
    "changed": "study.changing.changed",
    "compare": "study.comparing.compare",
    "compare_until": "study.stopping.until",
    "contacts_spared": "measures.spared",
    "controlled": "study.stopping.controlled",
    "difference": "reading",
    "difference_table": "reading",
    "digest": "reading",
    "effort_weights": "study.decomposing.weights",
    "events": "history.events",
    "factorial": "study.sweeping.design",
    "fit": "fitting.fit",
    "frontier": "study.choosing.frontier",
    "journey_graph": "study.observing.graph",
    "generations": "study.generations.generations",
    "interval_report": "data.reading_intervals",
    "intervals": "study.running.intervals",
    "latin_hypercube": "study.sweeping.spread",
    "levers": "study.decomposing.levers",
    "load": "reading",
    "measure": "measures",
    "measured": "measures",
    "minute_of": "moments",
    "moment": "moments",
    "open_sweep": "study.sweeping.sweep",
    "paired_difference": "study.running.estimate",
    "points_of": "study.sweeping.plan",
    "place": "study.placing.place",
    "populate": "people",
    "ratio": "study.running.estimate",
    "queue_log": "data.asterisk",
    "read": "report.stored",
    "read_plan": "study.sweeping.plan",
    "regimes": "reading",
    "replicate": "study.running.replicate",
    "replicate_until": "study.stopping.until",
    "report_bytes": "handouts.writing",
    "reprice": "measures",
    "roster": "data.reading_rosters",
    "run": "engines",
    "same_population": "reading",
    "scaled_staff": "study.searching.staffing",
    "shifts_of": "data.roster_shifts",
    "shipped": "reading",
    "sobol_indices": "study.choosing.indices",
    "sobol": "study.sweeping.spread",
    "staff": "study.staffing.staff",
    "stories": "study.placing.stories",
    "sweep": "study.sweeping.sweep",
    "tables": "measures",
    "tell": "report.lived.story",
    "tornado": "study.choosing.tornado",
    "variant": "reading",
    "variants": "reading",
    "watch": "measures.watching",
    "write_log": "data.writing",
    "write_report": "handouts.writing",
}
"""Where each public word is at home."""

__all__ = [
    "MEASURES",
    "Activity",
    "Best",
    "BreakEven",
    "Calibration",
    "CallLog",
    "Comparison",
    "Customers",
    "DataError",
    "Decomposition",
    "Design",
    "EffortWeights",
    "Estimate",
    "Event",
    "FigureError",
    "Fitted",
    "Frontier",
    "Generations",
    "History",
    "IntervalReport",
    "Measured",
    "Placed",
    "Plan",
    "Replications",
    "Roster",
    "SobolIndices",
    "Spared",
    "StaffPlan",
    "StoppedComparison",
    "StoppedReplications",
    "Stopping",
    "Story",
    "Sweep",
    "SweepError",
    "Target",
    "TargetError",
    "Times",
    "Tornado",
    "Totals",
    "Watched",
    "World",
    "WorldError",
    "bar",
    "best",
    "break_even",
    "calibrate",
    "call_log",
    "changed",
    "compare",
    "compare_until",
    "contacts_spared",
    "controlled",
    "difference",
    "difference_table",
    "digest",
    "effort_weights",
    "events",
    "factorial",
    "fit",
    "frontier",
    "generations",
    "interval_report",
    "intervals",
    "journey_graph",
    "latin_hypercube",
    "levers",
    "load",
    "measure",
    "measured",
    "minute_of",
    "moment",
    "open_sweep",
    "paired_difference",
    "place",
    "points_of",
    "populate",
    "queue_log",
    "ratio",
    "read",
    "read_plan",
    "regimes",
    "replicate",
    "replicate_until",
    "report_bytes",
    "reprice",
    "roster",
    "run",
    "same_population",
    "scaled_staff",
    "shifts_of",
    "shipped",
    "sobol",
    "sobol_indices",
    "staff",
    "stories",
    "sweep",
    "tables",
    "tell",
    "tornado",
    "variant",
    "variants",
    "watch",
    "write_log",
    "write_report",
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
