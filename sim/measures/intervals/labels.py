"""What intervals are called: week, day and time of day, and dates where the first Monday has one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.moments import checked_monday
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
        If it is no date of a Monday.

    Examples
    --------
    >>> import numpy as np
    >>> labels(np.array([1980.0]), np.array([2010.0]), date(1999, 1, 4))
    {'date': ['1999-01-05'], 'week': [1], 'day': ['tue'], 'from': ['09:00'], 'to': ['09:30'], 'start': [1980.0]}
    """
    first = checked_monday(first_monday)
    dates = {} if first is None else {"date": _dates(starts, first)}
    return {
        **dates,
        "week": [1 + int(start // WEEK) for start in starts],
        "day": [DAYS[int(start % WEEK // DAY)] for start in starts],
        "from": [_clock(start % DAY) for start in starts],
        "to": [_clock(stop % DAY or DAY) for stop in stops],
        "start": starts.tolist(),
    }


def _dates(starts: Floats, first: date) -> list[str]:
    return [(first + timedelta(days=int(start // DAY))).isoformat() for start in starts]


def _clock(minute: float) -> str:
    seconds = round(60 * minute)
    hours, rest = divmod(seconds, 3600)
    whole = f"{hours:02d}:{rest // 60:02d}"
    return f"{whole}:{rest % 60:02d}" if rest % 60 else whole
