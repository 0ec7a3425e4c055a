"""Histories written in the forms of others: one function, and the forms it knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sim.asked import one_of
from sim.data.asterisk_out import write_queue_log
from sim.data.decoding import path_of
from sim.data.event_table import write_vidigi, write_xes
from sim.data.forms import FORMS, OCEL, QUEUE_LOG, VIDIGI, XES
from sim.data.object_log import write_ocel
from sim.data.told import Told
from sim.history.rows import History, check_rows

_WRITE: dict[str, Callable[[Told, Path], None]] = {
    QUEUE_LOG: write_queue_log,
    XES: write_xes,
    OCEL: write_ocel,
    VIDIGI: write_vidigi,
}


def write_log(history: History, path: str | Path, form: str = QUEUE_LOG, *, first_monday: date | None = None) -> Path:
    """Write a history in a form that other programs read.

    Parameters
    ----------
    history : History
        As `run` returns it.
    path : str or Path
        Of the file; it is written whole or not at all.
    form : {"queue_log", "xes", "ocel", "vidigi"}
        Asterisk's log of its queues; a CSV in the columns of XES, a case for each problem; an object-centric event log,
        OCEL 2.0 in JSON; a CSV in the columns that vidigi animates, an entity for each call.
    first_monday : date, optional
        The Monday of the first week; by default that of 2024, the 1st of January. Times are written as UTC.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    ValueError
        If this is no history, or a row of it cannot be; if the form is unknown, or the date no Monday.
    OSError
        If the file cannot be written.
    """
    if not isinstance(history, History):
        raise ValueError(
            f"history is of the kind {type(history).__name__}: it has to be a History, such as sim.run gives"
        )
    form = one_of("form", form, FORMS)
    file = path_of(path)
    check_rows(history)
    _WRITE[form](Told(history, first_monday), file)
    return file
