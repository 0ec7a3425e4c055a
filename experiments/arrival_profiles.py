"""Make the shipped profiles from published counts of two banks, and say how busy days and intervals hang together.

Run it: ``python experiments/arrival_profiles.py FOLDER``, where the folder holds ``arrivals_1999_halfhour.csv`` and
``arrivals_2003_halfhour.csv``: means by half-hour and weekday. It writes ``scenarios/profiles/bank_1999.csv`` and
``bank_2003.csv``, and prints what the busyness of the two worlds beside them comes to by formula: the spread of the
counts and how they hang together, beside the real ones.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.files import written_whole
from sim.theory import covariance

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PROFILES = Path(__file__).resolve().parents[1] / "scenarios" / "profiles"
NOON = 26
"""Half-hours before 13:00: the morning."""


class Bank(NamedTuple):
    """What is written beside the numbers, how they are rounded, the world's busyness, and what the counts were like."""

    about: tuple[str, ...]
    digits: int
    day_shape: float
    day_correlation: float
    interval_shape: float
    interval_correlation: float
    office: slice
    days: int
    shape: float
    halves: float
    next_day: float
    given_total: float


OF_1999 = (
    "Calls of a small bank's call centre by half-hour, mean of each day of the week: Anonymous Bank, Israel, 1999.",
    "I. Guedj, A. Mandelbaum, Anonymous Bank Call-Center Data, Technion, 9 Feb 2000; from the six-minute counts of the",
    "R package Rfssa (H. Haghbin et al., GitHub haghbinh/dataset @654a673f). Sunday to Thursday are the working days,",
    "244 without those outside 0.6 to 1.5 times the median of their month. Calls that want no agent are in it (5 %).",
)
OF_2003 = (
    "Calls handled by a large North American bank by half-hour, mean of each day of the week, March to October 2003.",
    "J. Weinberg, L. Brown, J. Stroud, JASA 102 (2007) 1185-1198; from the five-minute counts of the R package fpp3",
    "(GitHub robjhyndman/fpp3-package, bank_calls). 164 working days, 07:00 to 21:05: the last row holds 5 minutes.",
)
BANKS = {
    "1999": Bank(OF_1999, 2, 58, 0.85, 39, 0.78, slice(16, 44), 244, 43.2, 0.67, 0.576, 2.0),
    "2003": Bank(OF_2003, 1, 400, 0.95, 220, 0.80, slice(16, 42), 164, 251.5, 0.61, 0.64, 2.4),
}
"""Real: the Gamma shape of the day totals, the correlation of morning and afternoon, of a working day and the next, and
variance over mean of a half-hour given the day's total, within month and weekday, median from 08:00 to 22:00."""

Rows = list[dict[str, str]]


def read(folder: Path, year: str) -> Rows:
    """Return the rows of a published table."""
    with (folder / f"arrivals_{year}_halfhour.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(year: str, rows: Rows) -> None:
    """Write the profile of a bank: a comment, the start of each half-hour and a column for each of its days."""
    bank = BANKS[year]
    days = [day for day in DAYS if f"mean_{day}" in rows[0]]
    lines = [*(f"# {line}" for line in bank.about), ",".join(["start", *days])]
    for row in rows:
        counts = (round(float(row[f"mean_{day}"]), bank.digits) for day in days)
        lines.append(",".join([row["start"], *(f"{count:g}" for count in counts)]))
    with written_whole(PROFILES / f"bank_{year}.csv") as unfinished:
        unfinished.write_text("\n".join(lines) + "\n", encoding="utf-8")


def told(year: str, rows: Rows) -> str:
    """Return in words what the busyness gives by formula, beside the real counts."""
    bank, means = BANKS[year], np.zeros(48)
    for row in rows:
        means[int(row["slot"])] = float(row["mean"])
    seen = by_formula(means, bank)
    real = (bank.shape, bank.halves, bank.next_day, bank.given_total)
    off = (0.0, *(_error(r, bank.days) for r in real[1:3]), 0.0)
    names = (
        "Gamma shape of the totals",
        "morning and afternoon",
        "a working day and the next",
        "half-hour given total",
    )
    lines = [
        f"{year}: days of shape {bank.day_shape:g} and correlation {bank.day_correlation:g}, "
        f"half-hours of {bank.interval_shape:g} and {bank.interval_correlation:g}"
    ]
    for name, one, other, error in zip(names, seen, real, off, strict=True):
        lines.append(f"  {name:28} {one:8.3f}   real {other:.3f}" + (f" (standard error {error:.3f})" if error else ""))
    return "\n".join(lines)


def by_formula(means: npt.NDArray[np.float64], bank: Bank) -> tuple[float, float, float, float]:
    """Return shape of the totals, correlations of halves and of days, and variance over mean given the day's total.

    Of five working days and the next, one pair lies over a weekend: three days apart in both banks.
    """
    spread, whole = _covariance(means, bank), means.sum()
    total, morning = spread.sum(), np.arange(48) < NOON
    halves = spread[np.ix_(morning, ~morning)].sum()
    halves /= np.sqrt(spread[np.ix_(morning, morning)].sum() * spread[np.ix_(~morning, ~morning)].sum())
    next_day, weekend = (_covariance(means, bank, days).sum() for days in (1, 3))
    parts = means / whole
    given = np.diag(spread) - 2 * parts * spread.sum(axis=1) + parts**2 * total
    median = float(np.median(given[bank.office] / means[bank.office]))
    return 1 / (total / whole**2 - 1 / whole), float(halves), float((4 * next_day + weekend) / 5 / total), median


def _covariance(means: npt.NDArray[np.float64], bank: Bank, days_apart: int = 0) -> npt.NDArray[np.float64]:
    return covariance(
        means,
        day_shape=bank.day_shape,
        day_correlation=bank.day_correlation,
        interval_shape=bank.interval_shape,
        interval_correlation=bank.interval_correlation,
        days_apart=days_apart,
    )


def _error(correlation: float, days: int) -> float:
    return float((1 - correlation**2) / np.sqrt(days))


def main() -> None:
    """Write both profiles, and print what their worlds' busyness comes to."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folder", type=Path)
    folder = asked.parse_args().folder
    for year in BANKS:
        rows = read(folder, year)
        write(year, rows)
        print(told(year, rows))


if __name__ == "__main__":
    main()
