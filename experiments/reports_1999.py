"""Make the example reports of ``scenarios/reports`` from the published counts of a bank's call centre of 1999.

Run it: ``python experiments/reports_1999.py``; it reads the tables in ``experiments/data`` and writes
``scenarios/reports/interval_report.csv`` and ``month.toml``. Where the numbers come from, and what was done to them,
says ``scenarios/reports/README.md``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parent / "scenarios" / "reports"
MONTH = "1999-10"
DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "sun": 6}
"""The weekdays of a centre in Israel, by their place in the week."""
WEEK = date(1999, 10, 11)
"""A Monday of that month."""
HEADING = ("Date", "Heure début", "Heure fin", "File", "Appels présentés", "Appels traités", "Appels abandonnés",
           "DMA (s)", "DMT", "Agents")  # fmt: skip
Row = dict[str, float]


def table(name: str) -> list[dict[str, str]]:
    """Return one of the published tables, row by row."""
    with (HERE / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def half_hours() -> dict[str, Row]:
    """Return what is published of each half hour of the month's weekdays, by its start."""
    rows = [row for row in table("waits_1999_halfhour.csv") if row["month"] == MONTH]
    return {row["start"]: {name: float(row[name]) for name in row if name not in ("month", "start")} for row in rows}


def day_factors(starts: Iterable[str]) -> dict[str, float]:
    """Return how busy each weekday of the year is in these half hours, with mean one."""
    counted = [row for row in table("arrivals_1999_halfhour.csv") if row["start"] in set(starts)]
    totals = {day: sum(float(row[f"mean_{day}"]) for row in counted) for day in DAYS}
    mean = sum(totals.values()) / len(totals)
    return {day: total / mean for day, total in totals.items()}


class Whole:
    """Numbers made whole one after the other, so that their sum is never off by more than a half."""

    def __init__(self) -> None:
        self.exact, self.given = 0.0, 0

    def next(self, number: float) -> int:
        """Return the next number, whole."""
        self.exact += number
        whole = max(0, round(self.exact) - self.given)
        self.given += whole
        return whole


def intervals() -> Iterator[tuple[date, str, int, int, Row]]:
    """Yield date, start, calls offered, calls abandoned and what is published of each half hour of the week."""
    published = half_hours()
    factors = day_factors(published)
    for day, place in DAYS.items():
        offered, abandoned = Whole(), Whole()
        for start, row in published.items():
            calls = offered.next(row["calls_per_day"] * factors[day])
            lost = min(calls, abandoned.next(row["calls_per_day"] * factors[day] * row["p_abandon"]))
            yield WEEK + timedelta(days=place), start, calls, lost, row


def report() -> str:
    """Return the interval report as a telephone switch in France would print it."""
    lines = ["Rapport par intervalle;Banque, octobre 1999 (voir README.md)", ";".join(HEADING)]
    totals = [0, 0]
    for day, start, offered, lost, row in intervals():
        totals = [totals[0] + offered, totals[1] + lost]
        hour, minute = map(int, start.split(":"))
        ends = f"{hour + (minute + 30) // 60:02d}:{(minute + 30) % 60:02d}"
        counts = f"{offered};{offered - lost};{lost}"
        means = f"{comma(row['mean_wait_s'])};{clock(row['mean_service_s'])};{comma(row['agents_seen_mean'])}"
        lines.append(f"{day:%d/%m/%Y};{start};{ends};Banque;{counts};{means}")
    lines.append(f"Total;;;;{thousands(totals[0])};{thousands(totals[0] - totals[1])};{totals[1]};;;")
    return "\n".join(lines) + "\n"


def comma(number: float) -> str:
    """Write a number with a decimal comma."""
    return f"{number:g}".replace(".", ",")


def thousands(number: int) -> str:
    """Write a number with a blank between thousands."""
    return f"{number:,}".replace(",", " ")


def clock(seconds: float) -> str:
    """Write seconds as hours, minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def month() -> dict[str, float]:
    """Return the month's figures: of all weekdays, calls weighed as they came."""
    rows = list(half_hours().values())
    days = rows[0]["weekdays"]
    offered = sum(row["calls_per_day"] for row in rows)
    abandoned = sum(row["calls_per_day"] * row["p_abandon"] for row in rows)
    served = [row["calls_per_day"] * (1 - row["p_abandon"]) for row in rows]
    return {
        "weekdays": days,
        "days": days * 7 / len(DAYS),
        "offered": offered * days,
        "answered": (offered - abandoned) * days,
        "abandoned": abandoned * days,
        "service_level": 1 - sum(row["calls_per_day"] * row["p_wait_gt_60s"] for row in rows) / offered,
        "wait_s": sum(row["calls_per_day"] * row["mean_wait_s"] for row in rows) / offered,
        "handling_s": sum(of * row["mean_service_s"] for of, row in zip(served, rows, strict=True)) / sum(served),
    }


def figures() -> str:
    """Return the month's figures as a planner writes them down."""
    return MONTH_FILE.format(**month())


MONTH_FILE = """\
# The figures of a month, as its report would print them: the weekdays (Sunday to Thursday) of October 1999 of the
# bank's call centre in README.md, made from its counts by experiments/reports_1999.py. What is marked "illustrative"
# is not in the data: it stands there so that the example is whole, and says nothing about that bank.

about = "a bank's call centre, October 1999"

days = {days:.1f}                             # {weekdays:.0f} weekdays, five a week: so many calendar days
offered = {offered:.0f}                         # calls that asked for an agent
answered = {answered:.0f}
abandoned = {abandoned:.0f}
service_level = "{service_level:.1%}"
service_level_within = "60 s"
service_level_definition = "sl2"        # (answered + abandoned in time) / offered: nobody waited longer than 60 s
speed_of_answer = "{wait_s:.1f} s"              # of all calls, those abandoned included: no other is published
handling_time = "{handling_s:.0f} s"                 # the mean service; after-call work is not in the data

transfers = "6 %"                       # illustrative
repeats = "24 %"                        # illustrative: calls that another of the same caller follows within 7 days
first_contact_resolution = "72 %"       # illustrative: as customers say when they are asked
"""


if __name__ == "__main__":
    (REPORTS / "interval_report.csv").write_text("\ufeff" + report(), encoding="utf-8", newline="")
    (REPORTS / "month.toml").write_text(figures(), encoding="utf-8", newline="")
