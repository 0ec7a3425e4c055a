"""When: the dates and times of a table's rows as minutes from the first Monday, whatever columns they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property

from sim.asked import one_of
from sim.data.dates import (
    DAY,
    ORDERS,
    Day,
    Order,
    day_of,
    ends_of,
    minutes_since,
    monday_of,
    offset_of,
    order_of,
    said,
    serial_time,
    split,
    times_of,
    weekday_of,
)
from sim.data.numerals import is_nothing, too_narrow
from sim.data.spelling import asked, name_of
from sim.data.table import Table
from sim.quoting import quoted, short

LONGEST_SPAN = 20 * 366
"""Days that a file covers at most: what goes beyond is a slip of the pen."""


@dataclass(frozen=True)
class Moment:
    """When a row is: a date or a day of the week, and a minute of it; None for what its cells do not say."""

    day: date | int | None
    minute: float | None
    end: float | None = None


def checked_order(dates: object) -> Order | None:
    """Return the order of day and month that is asked for, None where the column shall tell.

    Raises
    ------
    ValueError
        If it is no order.
    """
    found = one_of(name_of("dates"), dates, ("auto", *ORDERS))
    return next((order for order in ORDERS if order == found), None)


def checked_zone(zone: object) -> tzinfo | None:
    """Return a time zone by its name, None for none.

    Raises
    ------
    ValueError
        If this machine knows none of this name.
    """
    if zone is None:
        return None
    if isinstance(zone, str) and zone.upper() in ("UTC", "GMT", "Z"):
        return UTC
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(zone)  # type: ignore[arg-type]
    except Exception:  # its names are paths: whatever a file system may say
        said = quoted(zone) if isinstance(zone, str) else short(repr(zone))
        raise ValueError(f"{name_of('zone')} is {said}: write a name such as Europe/Paris, or UTC") from None


Instant = tuple[int, float]
"""A day of the calendar, and the minutes from its midnight in Greenwich."""


class Moments:
    """All dates and times of a table.

    Parameters
    ----------
    stamps : sequence of str
        The fields that may hold a date, or a date with a time; the first that has one in a row counts.
    times : sequence of str
        The fields that may hold a time; they may hold a date in front of it.
    """

    def __init__(
        self, table: Table, stamps: Sequence[str], times: Sequence[str], dates: Order | None, zone: tzinfo | None
    ) -> None:
        self.table, self.zone = table, zone
        self.mistimed: set[int] = set()
        self._dated = [field for field in stamps if field in table]
        self._timed = [field for field in times if field in table]
        self._cells = {field: table.column(field) for field in dict.fromkeys((*self._dated, *self._timed))}
        self._parts = {field: self._split(field) for field in self._cells}
        self.order = dates or self._told_order()

    def _split(self, field: str) -> list[tuple[str, str]]:
        """Part each cell of a column into what may be its date and its time."""
        cells = ["" if is_nothing(cell) else cell for cell in self.table.column(field)]
        for line, cell in zip(self.table.numbers(), cells, strict=True):
            if too_narrow(cell):
                self.table.findings.wrong(line, self.table.name(field), *_NARROW)
        parts = [_dated_apart(cell) if cell.strip("#") else ("", "") for cell in cells]
        if field in self._timed and not any(_says_day(one) for one, _ in parts):
            return self._undated(field, cells, parts)
        return parts

    def _undated(self, field: str, cells: list[str], parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Part a column in which no date can be read: all are times, but for what was meant for a date."""
        if field == "date" and (self._has_clock_beside() or not _all_times(cells)):
            return [part if part[0] else (cell, "") for cell, part in zip(cells, parts, strict=True)]
        return [part if all(part) else ("", cell) for cell, part in zip(cells, parts, strict=True)]

    def _has_clock_beside(self) -> bool:
        """Say whether another column than that of dates tells the time of day."""
        others = [field for field in self._dated if field in self._timed and field != "date"]
        return any(minute is not None for field in others for minute in times_of(self.table.column(field)))

    def _told_order(self) -> Order:
        days = {part: day_of(part) for parts in self._parts.values() for part, _ in parts if part}
        found = order_of([day for day in days.values() if day != (None, None)])
        if found.ambiguous:
            first = next(iter(text for text, day in days.items() if day.day_first != day.month_first))
            self.table.findings.odd(
                "dates of either order",
                None,
                "",
                f"{quoted(first)} and all other dates may begin with day or month: taken as {found.order}",
                f"say {asked('dates', 'month first')} or {asked('dates', 'day first')}",
            )
        return found.order

    def days(self, optional: bool = False) -> list[date | int | None]:
        """Return each row's date, or its day of the week where the table has no dates; what is none is a mistake."""
        texts = self._first(self._dated, 0)
        found: list[date | int | None] = []
        before: date | int | None = None
        for line, (field, text) in zip(self.table.numbers(), texts, strict=True):
            day = self._day(text)
            if day is None and text:
                self._wrong_date(line, field, text)
            elif not text and before is not None:
                kind = "dates taken from the row above"
                self.table.findings.odd(kind, line, "", "has no date: that of the row above is taken")
                day = before
            elif not text and any(one for _, one in texts) and not optional:
                self.table.findings.wrong(line, self.table.name(field), "has no date", "write one, such as 2024-01-31")
            before = day if day is not None else before
            found.append(day)
        self._refuse_names_among_dates(found)
        return found

    def _refuse_names_among_dates(self, days: Sequence[date | int | None]) -> None:
        if not any(isinstance(day, date) for day in days):
            return
        for line, day in zip(self.table.numbers(), days, strict=True):
            if isinstance(day, int):
                self.table.findings.wrong(line, "", "has a day of the week, and other rows a date", "write a date")

    def _wrong_date(self, line: int, field: str, text: str) -> None:
        day = day_of(text)
        other = day.month_first or day.day_first
        said_so = f"; other rows say that the {self.order.replace(' first', '')} comes first" if other else ""
        problem = f"{quoted(text)} is no date{said_so}"
        self.table.findings.wrong(line, self.table.name(field), problem, "write one as 2024-01-31")

    def _day(self, text: str) -> date | int | None:
        day = self._days_said.get(text)
        return (day and said(day, self.order)) or (weekday_of(text) if text else None)

    @cached_property
    def _days_said(self) -> dict[str, Day]:
        texts = {text for parts in self._parts.values() for text, _ in parts if text}
        return {text: day_of(text) for text in texts}

    def _first(self, fields: Sequence[str], part: int) -> list[tuple[str, str]]:
        """Return of each row the first of these fields that has this part, and the part."""
        rows = len(self.table.lines)
        found = [(fields[0] if fields else "", "")] * rows
        for field in reversed(fields):
            for at, parts in enumerate(self._parts[field]):
                if parts[part]:
                    found[at] = (field, parts[part])
        return found

    def times(self, fields: Sequence[str]) -> list[tuple[float | None, float | None]]:
        """Return each row's minute of the day and its end, if any, of the first of these fields that has one."""
        present = [field for field in fields if field in self._parts]
        texts = self._first(present, 1)
        cells = [text for _, text in texts]
        found = list(zip(times_of(cells), ends_of(cells), strict=True))
        for line, (field, text), (minute, _) in zip(self.table.numbers(), texts, found, strict=True):
            if text and minute is None:
                self.mistimed.add(line)
                self.table.findings.wrong(line, self.table.name(field), *self._no_time(field, text))
        return found

    def _no_time(self, field: str, text: str) -> tuple[str, str]:
        """Say what is wrong with a time, and what would be right where the column may hold the date as well."""
        if field in ("arrived", "starts") and not {"date", "day"} & {*self._dated}:
            return f"{quoted(text)} is no date with a time of day", "write one as 2024-01-31 08:30"
        return f"{quoted(text)} is no time of day", "write one as 08:30"

    def own_day(self, field: str, at: int) -> date | None:
        """Return the date that a cell itself says, None where it says none; what is meant for one is a mistake."""
        text = self._parts[field][at][0] if field in self._parts else ""
        day = self._day(text)
        if text and day is None:
            self._wrong_date(self.table.lines[at].number, field, text)
        return day if isinstance(day, date) else None

    def instant(self, field: str, at: int, day: date, minute: float) -> Instant | None:
        """Return the instant of a moment that says how far it is from Greenwich; None of others."""
        offset = offset_of(self._cells[field][at]) if field in self._cells else None
        return None if offset is None else (day.toordinal(), minute - offset)

    def shifted(self, field: str, at: int, day: date, minute: float) -> tuple[date, float]:
        """Bring a moment that says how far it is from Greenwich to the centre's own zone, if that is known."""
        offset = offset_of(self._cells[field][at]) if field in self._cells else None
        if offset is None or self.zone is None:
            if offset == 0.0:
                problem = "times are of Greenwich (UTC), and taken as they stand"
                self.table.findings.odd(
                    "UTC", None, self.table.name(field), problem, f"say {asked('zone', 'Europe/Paris')}"
                )
            return day, minute
        aware = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute - offset)
        local = aware.astimezone(self.zone)
        return local.date(), 60.0 * local.hour + local.minute + (local.second + local.microsecond / 1e6) / 60


_NARROW = ("Excel's column was too narrow, and printed hashes", "widen it, and save anew")


def _says_day(text: str) -> bool:
    return bool(text) and (day_of(text) != (None, None) or weekday_of(text) is not None)


def _all_times(cells: Sequence[str]) -> bool:
    return all(minute is not None for cell, minute in zip(cells, times_of(cells), strict=True) if cell)


def _dated_apart(cell: str) -> tuple[str, str]:
    """Part a cell into its date and its time; an Excel date with a fraction holds both."""
    minute = serial_time(cell)
    if minute is None:
        return split(cell)
    second = round(minute * 60)
    return cell.strip()[:5], f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def first_monday_of(days: Sequence[date | int | None], table: Table) -> date | None:
    """Return the Monday of the first date's week; None where rows have no dates; spans that cannot be are mistakes."""
    dates = [day for day in days if isinstance(day, date)]
    if not dates:
        return None
    first, last = min(dates), max(dates)
    if (last - first).days > LONGEST_SPAN:
        at = next(at for at, day in enumerate(days) if day == last)
        problem = f"is of {last}, and another row of {first}: more than 20 years lie between"
        table.findings.wrong(table.lines[at].number, "", problem, "correct the year")
    return monday_of(first)


def since(monday: date | None, day: date | int | None, minute: float) -> float:
    """Return the minutes from the first Monday; without dates that of the one week there is."""
    if isinstance(day, date):
        return minutes_since(monday or monday_of(day), day) + minute
    return (day or 0) * DAY + minute
