"""What a report by interval adds to a month's figures: those that its file does not have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from sim.data.interval_report import IntervalReport
from sim.data.reading_intervals import interval_report
from sim.data.roster import Roster
from sim.reading.mistakes import shown
from sim.study.calibrating.figure import Figure
from sim.study.calibrating.figures import Figures

_NEARLY = 1.5
"""Days by which a month of the one file and of the other may differ and be the same: as weekdays fall in it."""


def read_intervals(source: Any) -> IntervalReport:
    """Return the report by interval that is meant: itself, or the one in a file.

    Raises
    ------
    ValueError
        If it is neither a report nor a path, or the file cannot be read.
    """
    if isinstance(source, IntervalReport):
        return source
    if not isinstance(source, (str, Path)):
        raise ValueError(f"report is {shown(source)}: it has to be the path of a report by interval, or such a report")
    return interval_report(source)


def told_of(found: IntervalReport | Roster, called: str) -> tuple[str, ...]:
    """Return what is odd in what was read, and what of it was left out, in sentences."""
    left = ", ".join(f"{many:,} {kind}" for kind, many in found.left_out.items() if many)
    return (*found.warnings, *([f"Left out of the {called}: {left}."] if left else []))


def filled(figures: Figures, report: IntervalReport, week: float) -> Figures:
    """Return the figures with those of the report by interval that they do not have.

    Its calls are those of as many calendar days as a week of ``week`` calls comes to them. If the figures count over
    other days than these, counts are taken from their file alone.
    """
    days = 7.0 * float(np.nansum(report.rows["offered"])) / week
    own = figures.days
    found = {} if own is not None and abs(own - days) > _NEARLY else _counts(figures, report, (own or days) / days)
    found |= {name: one for name, one in _means(report).items() if getattr(figures, name) is None}
    if report.threshold is not None and figures.service_level is None and "service_level" in found:
        found |= {"service_level_within": report.threshold, "service_level_definition": "arena"}
    else:
        found.pop("service_level", None)
    if any(name in found for name in ("offered", "answered", "abandoned")):
        found["days"] = own or days
    return figures.model_copy(update=found)


def _counts(figures: Figures, report: IntervalReport, by: float) -> dict[str, Any]:
    found = {}
    for name in ("offered", "answered", "abandoned"):
        amounts = report.rows[name]
        if getattr(figures, name) is None and np.isfinite(amounts).any():
            found[name] = _exactly(float(np.nansum(amounts)) * by)
    return found


def _exactly(value: float) -> Figure:
    return Figure(value, None, None, 0.0)


def _means(report: IntervalReport) -> dict[str, Any]:
    """Return mean waits, handling times and the share answered in time, weighed by the calls of each interval."""
    rows, found = report.rows, {}
    for name, column in (("speed_of_answer", "speed_of_answer"), ("handling_time", "handle_time")):
        there = np.isfinite(rows[column]) & (np.nan_to_num(rows["answered"]) > 0)
        if there.any():
            calls = rows["answered"][there]
            found[name] = _exactly(float((rows[column][there] * calls).sum() / calls.sum()))
    there = np.isfinite(rows["within"]) & np.isfinite(rows["offered"])
    if there.any() and rows["offered"][there].sum() > 0:
        found["service_level"] = _exactly(float(rows["within"][there].sum() / rows["offered"][there].sum()))
    return found
