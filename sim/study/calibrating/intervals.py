"""What a report by interval adds to a month's figures: those that its file does not have."""

from __future__ import annotations

import math
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from sim.data.findings import UNREAD
from sim.data.interval_report import AMOUNTS, IntervalReport
from sim.data.reading_intervals import interval_report
from sim.data.roster import Roster
from sim.reading.mistakes import shown
from sim.study.calibrating.figure import Figure
from sim.study.calibrating.figures import Figures
from sim.units import DAY, DAYS
from sim.world import World

_NEARLY = 1.5
"""Days by which a month of the one file and of the other may differ and be the same: as weekdays fall in it."""


def read_intervals(source: Any) -> IntervalReport:
    """Return the report by interval that is meant: itself, or the one in a file.

    Raises
    ------
    ValueError
        If it is neither a report nor a path, or the file cannot be read.
    """
    if callable(source):
        source = source()
    if isinstance(source, IntervalReport):
        return source
    if not isinstance(source, (str, Path)):
        raise ValueError(f"report is {shown(source)}: it has to be the path of a report by interval, or such a report")
    return interval_report(source)


def told_of(found: IntervalReport | Roster, called: str) -> tuple[str, ...]:
    """Return what is odd in what was read, and what of it was left out, in sentences."""
    left = ", ".join(f"{kind} ({many:,})" for kind, many in found.left_out.items() if many and kind != UNREAD)
    return (*found.warnings, *([f"Left out of the {called}: {left}."] if left else []))


def _days_of(report: IntervalReport, week: float) -> float:
    """Return how many calendar days a report's calls are of, given those of a week."""
    return 7.0 * float(np.nansum(report.rows["offered"])) / week


def scale_of(figures: Figures, report: IntervalReport, week: float) -> float:
    """Return by what a report's calls are multiplied to be those of the figures' days.

    Where the figures count calls offered, by theirs over the report's; else by the days.
    """
    if figures.offered is not None and not figures.offered.is_share:
        return figures.offered.value / float(np.nansum(report.rows["offered"]))
    return figures.over() / _days_of(report, week)


def about_days(report: IntervalReport, world: World) -> tuple[str, ...]:
    """Return what is to be known of the days that a report covers: whether they are whole weeks, and which are missing.

    A week is made of the mean of the days of each name.
    """
    days = np.unique(np.floor(report.rows["starts"] / DAY).astype(int))
    times = np.bincount(days % len(DAYS), minlength=len(DAYS))
    counted = ", ".join(f"{name} {many}" for name, many in zip(DAYS, times, strict=True) if many)
    first, last = (_date(report, int(day)) for day in (days[0], days[-1]))
    notes = []
    if len({*times[times > 0]}) > 1:
        notes.append(
            f"The report goes from {first} to {last}, which are no whole weeks: each day of the week counts as the "
            f"mean of its days ({counted})."
        )
    elif days[0] % len(DAYS):
        notes.append(f"The report begins on {first}: its days count by their names, as a week from Monday on.")
    opened = np.array(world.line.open_slots()).reshape(len(DAYS), -1).sum(axis=1)
    missing = [name for name, many, slots in zip(DAYS, times, opened, strict=True) if slots and not many]
    if missing:
        notes.append(
            f"The report has no {', no '.join(missing)}, though the line is open then: no problem appears on it."
        )
    return tuple(notes)


def _date(report: IntervalReport, day: int) -> str:
    name = DAYS[day % len(DAYS)]
    if report.first_monday is None:
        return f"{name} of week {day // len(DAYS) + 1}"
    return f"{name} {report.first_monday + timedelta(days=day)}"


_FAR_APART = 0.1
"""Part by which a month's figure and a report's differ that are hardly of the same time."""
_CALLED = {
    "offered": ("calls offered", "offered"),
    "answered": ("calls answered", "answered"),
    "abandoned": ("calls abandoned", "abandoned"),
    "speed_of_answer": ("speed of answer", "speed_of_answer"),
    "handling_time": ("handling time", "handle_time"),
}
"""What figures are called in words, and in a report by interval."""


def not_used(month: Figures, report: IntervalReport, *, shifts: bool) -> tuple[str, ...]:
    """Return what a report has and a calibration does not use, as a sentence, if there is any."""
    there = {name for name in AMOUNTS if np.isfinite(report.rows[name]).any()}
    own = [words for name, (words, column) in _CALLED.items() if column in there and getattr(month, name) is not None]
    found = [f"{', '.join(own)} as figures (the month's own count)"] if own else []
    if "within" in there and (month.service_level is not None or report.threshold is None):
        why = "it does not say within which time" if report.threshold is None else "the month's own level counts"
        found.append(f"calls answered in time ({why})")
    if "blocked" in there:
        found.append("calls blocked")
    if "agents" in there and shifts:
        found.append("agents (the roster has them)")
    if len(report.queues) > 1:
        means = [_CALLED[name][0] for name in ("speed_of_answer", "handling_time") if _CALLED[name][1] in there]
        found.append(f"{', '.join([*means, 'the shape of the week'])} of each queue by itself")
    return (f"Not used of the report by interval: {'; '.join(found)}.",) if found else ()


def far_apart(month: Figures, report: IntervalReport, week: float) -> tuple[str, ...]:
    """Return which figures a month and a report by interval both have, a tenth or more apart, as a sentence."""
    blank = Figures() if month.days is None else Figures(days=month.days)
    its, said = filled(blank, report, week), []
    for name, (words, _) in _CALLED.items():
        one, other = getattr(month, name), getattr(its, name)
        if one is None or other is None or one.is_share:
            continue
        larger, unit = max(one.value, other.value), " min" if name in ("speed_of_answer", "handling_time") else ""
        chance = 0.0 if unit else 3.0 * math.sqrt(larger)
        if abs(one.value - other.value) > max(_FAR_APART * larger, chance):
            shown = (f"{value:,.3g} min" if unit else f"{value:,.0f}" for value in (one.value, other.value))
            said.append(f"{words} {' and '.join(shown)}")
    if not said:
        return ()
    return (f"Month and report by interval are far apart: {'; '.join(said)}. Are they of the same time and calls?",)


def filled(figures: Figures, report: IntervalReport, week: float) -> Figures:
    """Return the figures with those of the report by interval that they do not have.

    Its calls are those of as many calendar days as a week of ``week`` calls comes to them. If the figures count over
    other days than these, counts are taken from their file alone.
    """
    days = _days_of(report, week)
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
