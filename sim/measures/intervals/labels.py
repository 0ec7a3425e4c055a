"""What intervals are called: week, day and time of day, and dates where the first Monday has one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.units import DAY, DAYS, WEEK

Floats = npt.NDArray[np.float64]


def labels(starts: Floats, stops: Floats, first_monday: date | str | None = None) -> dict[str, list[Any]]:
    """Return the columns that say when intervals are: by name, one value for each.

    Parameters
    ----------
    starts, stops : arrays
        In min from Monday 00:00 of the first week.
    first_monday : date or str, optional
        That Monday; without it, there are no dates.

    Raises
    ------
    ValueError
        If it is no date of a Monday, or dates end before the intervals do.

    Examples
    --------
    >>> import numpy as np
    >>> labels(np.array([1980.0]), np.array([2010.0]), date(1999, 1, 4))
    {'date': ['1999-01-05'], 'week': [1], 'day': ['tue'], 'from': ['09:00'], 'to': ['09:30'], 'start': [1980.0]}
    """
    dates = {} if first_monday is None else {"date": _dates(starts, monday(first_monday))}
    return {
        **dates,
        "week": [1 + int(start // WEEK) for start in starts],
        "day": [DAYS[int(start % WEEK // DAY)] for start in starts],
        "from": [_clock(start % DAY) for start in starts],
        "to": [_clock(stop % DAY or DAY) for stop in stops],
        "start": starts.tolist(),
    }


def monday(first_monday: object) -> date:
    """Return a date that is a Monday, which may be written as text such as "1999-01-04".

    Raises
    ------
    ValueError
        If it is none.
    """
    said = 'it has to be the date of a Monday, such as "1999-01-04"'
    try:
        found = date.fromisoformat(first_monday) if isinstance(first_monday, str) else first_monday
    except ValueError:
        raise ValueError(f"first_monday is {first_monday!r:.40}: {said}") from None
    if not isinstance(found, date) or found.weekday():
        raise ValueError(f"first_monday is {first_monday!s:.40}: {said}")
    return date(found.year, found.month, found.day)


def _dates(starts: Floats, first: date) -> list[str]:
    try:
        return [(first + timedelta(days=int(start // DAY))).isoformat() for start in starts]
    except OverflowError:
        raise ValueError(f"first_monday is {first}: dates end with the year 9999, before these intervals do") from None


def _clock(minute: float) -> str:
    seconds = round(60 * minute)
    hours, rest = divmod(seconds, 3600)
    whole = f"{hours:02d}:{rest // 60:02d}"
    return f"{whole}:{rest % 60:02d}" if rest % 60 else whole
