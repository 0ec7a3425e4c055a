"""A queue watched: who is where, how many wait, are served and are on duty, step by step through a stretch of a run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.asked import Kind, Mistakes, numbers
from sim.history.rows import Event, History, check_rows
from sim.measures.rules.schedule import absent_between
from sim.measures.rules.staff import staff_of
from sim.units import DAY, SLOT, SLOTS_A_WEEK

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Array = npt.NDArray[Any]

WHERE = ("menu", "queue", "call back", "agent")
"""Where a customer is: in the menu; in a queue; off the line, to be rung back; with an agent."""
_MENU, _QUEUE, _CALL_BACK, _AGENT = range(len(WHERE))
PRESENT = np.dtype(
    [
        ("customer", np.int32),
        ("where", np.int8),
        ("place", np.int16),
        ("agent", np.int32),
        ("since", np.float64),
        ("until", np.float64),
    ]
)
"""One stay of a customer somewhere: place is the number of the queue, or of the agent's team, -1 in the menu; since and
until in min, until that of the end of the run where nothing ended it."""
_BUSY = np.dtype([("team", np.int16), ("since", np.float64), ("until", np.float64)])

_MOST_STEPS = 1_000_000
_RUNG = (Event.RUNG_BACK, Event.DISMISSED, Event.ABANDONED, Event.CALL_ENDED)
"""What ends the time in which one is to be rung back."""


@dataclass(frozen=True, eq=False)
class Watched:
    """A stretch of a run, step by step.

    Attributes
    ----------
    times : array, shape (steps,)
        When each step begins (min from Monday 00:00 of the first week).
    every : float
        How long a step is (min).
    waiting, waiting_mean : array, shape (steps, queues)
        Customers in each queue when a step begins, and on average over it. Who is to be rung back is in none.
    serving, serving_mean : array, shape (steps, teams)
        Customers with an agent of each team, the same way.
    busy, busy_mean : array, shape (steps, teams)
        Agents who serve, do after-call work, help a colleague, or let a ring ring in vain.
    on_duty : array, shape (steps, teams)
        Agents on duty by the schedule who are not absent.
    present : structured array of `PRESENT`
        Every stay of a customer that lies in the stretch or reaches into it, in the order in which they begin.
    """

    history: History
    times: Floats
    every: float
    waiting: Ints
    waiting_mean: Floats
    serving: Ints
    serving_mean: Floats
    busy: Ints
    busy_mean: Floats
    on_duty: Ints
    present: Array

    def __repr__(self) -> str:
        return f"<Watched of {self.history.world.name}: {len(self.times):,} steps of {self.every:g} min>"

    def queues(self) -> pd.DataFrame:
        """Return a row for each step and queue: ``time`` (min), ``queue``, ``waiting``, ``waiting_mean``."""
        names = self.history.world.queue_names()
        return self._long("queue", names, waiting=self.waiting, waiting_mean=self.waiting_mean)

    def teams(self) -> pd.DataFrame:
        """Return a row for each step and team: ``time`` (min), ``team``, who is served, who is busy, who is on duty."""
        names = tuple(self.history.world.teams)
        kept = ("serving", "serving_mean", "busy", "busy_mean", "on_duty")
        return self._long("team", names, **{name: getattr(self, name) for name in kept})

    def _long(self, what: str, names: tuple[str, ...], **columns: Array) -> pd.DataFrame:
        import pandas as pd

        found: dict[str, Any] = {"time": np.repeat(self.times, len(names)), what: list(names) * len(self.times)}
        return pd.DataFrame(found | {name: values.ravel() for name, values in columns.items()})

    def at(self, time: float) -> pd.DataFrame:
        """Return who is where at a time (min), those who have been there longest first.

        Returns
        -------
        DataFrame
            ``customer`` (the place in `Customers`), ``problem`` (the number), ``where`` (`WHERE`), ``place`` (the queue
            or team; empty in the menu), ``agent`` (-1 for none), ``since`` (min) and ``minutes`` there so far.

        Raises
        ------
        ValueError
            If the time is none of the stretch.
        """
        least, most = float(self.times[0]), float(self.times[-1]) + self.every
        inside = Kind(f"minutes of the stretch, from {least:g} to less than {most:g}", lambda t: least <= t < most)
        (moment,) = numbers(time=(time, inside))
        return self._frame(self.present[(self.present["since"] <= moment) & (self.present["until"] > moment)], moment)

    def frame(self) -> pd.DataFrame:
        """Return every stay: as `at`, with ``until`` (min), and ``minutes`` for how long it is in all."""
        found = self._frame(self.present, None)
        found.insert(6, "until", self.present["until"])
        return found

    def _frame(self, stays: Array, moment: float | None) -> pd.DataFrame:
        import pandas as pd

        until = stays["until"] if moment is None else moment
        columns: dict[str, Any] = {
            "customer": stays["customer"],
            "problem": self.history.customers.rows["number"][stays["customer"]],
            "where": np.array(WHERE)[stays["where"]],
            "place": self._places[stays["place"]],
            "agent": stays["agent"],
            "since": stays["since"],
            "minutes": until - stays["since"],
        }
        return pd.DataFrame(columns)

    @cached_property
    def _places(self) -> Array:
        return np.array([*self.history.world.queue_names(), ""], dtype=object)


def watch(history: History, start: float | None = None, *, minutes: float = DAY, every: float = 1.0) -> Watched:
    """Watch a stretch of a run: how many wait, are served and are on duty at every step, and who is where.

    The averages are exact: the mean of ``waiting_mean`` is the sum of all waits in the stretch over its length
    (Little's law), which is ``queue_length`` of `sim.intervals`; that of ``busy_mean`` is ``agents_busy``.

    Parameters
    ----------
    history : History
    start : float, optional
        When the stretch begins (min from Monday 00:00 of the first week: `sim.minute_of`); by default with the horizon.
    minutes : float
        How long it is; a day by default. What lies beyond the end of the run is left out.
    every : float
        How long a step is (min).

    Returns
    -------
    Watched

    Raises
    ------
    ValueError
        If the stretch or its steps cannot be, or a row of the history.

    Examples
    --------
    >>> import sim
    >>> day = sim.variant("base", {"time": {"horizon": "1 d", "warm_up": "0 d"}})
    >>> seen = watch(sim.run(day, sim.populate(day, seed=1)))
    >>> len(seen.times), seen.waiting.shape
    (1440, (1440, 2))
    """
    if not isinstance(history, History):
        raise ValueError(f"history is of the kind {type(history).__name__}: it has to be a History")
    check_rows(history)
    times = _steps(history, start, minutes, every)
    stop = min(float(times[-1] + every), history.world.time.end)
    edges = np.append(times, stop)
    stays = _stays(history, edges[0], stop)
    queued, served = stays[stays["where"] == _QUEUE], stays[stays["where"] == _AGENT]
    busy = _busy(history, edges[0], stop)
    queues, teams = len(history.world.queue_names()), len(history.world.teams)
    waiting, waiting_mean = _counts(queued, "place", queues, edges)
    serving, serving_mean = _counts(served, "place", teams, edges)
    working, working_mean = _counts(busy, "team", teams, edges)
    return Watched(
        history=history,
        times=times,
        every=every,
        waiting=waiting,
        waiting_mean=waiting_mean,
        serving=serving,
        serving_mean=serving_mean,
        busy=working,
        busy_mean=working_mean,
        on_duty=_on_duty(history, times),
        present=stays[np.argsort(stays["since"], kind="stable")],
    )


def _steps(history: History, start: float | None, minutes: float, every: float) -> Floats:
    """Return when each step begins; what is wrong with all that was asked is told together."""
    end, wrong = history.world.time.end, Mistakes()
    begins = history.world.time.warm_up if start is None else start
    with wrong.noted():
        numbers(start=(begins, Kind(f"minutes of the run, from 0 to less than {end:g}", lambda t: 0.0 <= t < end)))
    with wrong.noted():
        numbers(minutes=(minutes, Kind("minutes above 0, at most 1e9", lambda m: 0.0 < m <= 1e9)))
    with wrong.noted():
        numbers(every=(every, Kind("minutes from 0.001 to 1440", lambda m: 0.001 <= m <= DAY)))
    wrong.tell()
    many = math.ceil((min(begins + minutes, end) - begins) / every - 1e-9)
    if many > _MOST_STEPS:
        raise ValueError(f"every is {every:g}: that makes {many:,} steps, and at most {_MOST_STEPS:,} are possible")
    return np.asarray(begins + np.arange(max(many, 1)) * float(every), np.float64)


def _stays(history: History, start: float, stop: float) -> Array:
    """Return the stays of all customers that reach into a stretch of time."""
    rows, end = history.rows, history.world.time.end
    found = [
        _stays_of(rows, end, Event.PICKED_UP, _MENU, None),
        _stays_of(rows, end, Event.QUEUED, _QUEUE, None),
        _stays_of(rows, end, Event.CALL_BACK_TAKEN, _CALL_BACK, _RUNG),
        _stays_of(rows, end, Event.ANSWERED, _AGENT, (Event.LEFT_AGENT,)),
    ]
    found[0]["place"] = -1
    return np.concatenate([stays[_reach(stays, start, stop)] for stays in found])


def _reach(stays: Array, start: float, stop: float) -> npt.NDArray[np.bool_]:
    """Say which stays lie in a stretch for some time."""
    there: npt.NDArray[np.bool_] = (stays["since"] < stop) & (stays["until"] > start)
    return there & (stays["until"] > stays["since"])


def _stays_of(rows: Array, end: float, begins: Event, where: int, ended_by: tuple[Event, ...] | None) -> Array:
    """Return the stays that begin with an event, and end with the same customer's next row of these, or with any."""
    at = np.flatnonzero(rows["event"] == begins)
    following = at + 1 if ended_by is None else _next_of(rows, at, ended_by)
    stays = np.zeros(len(at), PRESENT)
    for name, column in (("customer", "customer"), ("place", "team"), ("agent", "agent"), ("since", "time")):
        stays[name] = rows[column][at]
    stays["where"], stays["until"] = where, _time_of(rows, at, following, end)
    return stays


def _next_of(rows: Array, at: npt.NDArray[np.intp], events: tuple[Event, ...]) -> npt.NDArray[np.intp]:
    """Return for each row the place of the next row with one of these events; that of none is beyond the last."""
    ends = np.append(np.flatnonzero(np.isin(rows["event"], events)), len(rows))
    found: npt.NDArray[np.intp] = ends[np.searchsorted(ends, at, "right").clip(max=len(ends) - 1)]
    return found


def _time_of(rows: Array, at: npt.NDArray[np.intp], following: npt.NDArray[np.intp], end: float) -> Floats:
    """Return the time of the row that follows each, or the end of the run where it is another customer's."""
    there = following < len(rows)
    place = np.where(there, following, 0)
    there &= rows["customer"][place] == rows["customer"][at]
    return np.where(there, rows["time"][place], end)


def _busy(history: History, start: float, stop: float) -> Array:
    """Return the stretches in which agents are busy: as `agents_busy` of the intervals counts them."""
    rows, end = history.rows, history.world.time.end
    at = np.flatnonzero(rows["event"] == Event.ANSWERED)
    left = _next_of(rows, at, (Event.LEFT_AGENT,))
    ended = _time_of(rows, at, left, math.inf)
    after = rows["amount"][np.where(left < len(rows), left, 0)]
    beside = rows[np.isin(rows["event"], (Event.RING_MISSED, Event.COLLEAGUE_JOINED))]
    legs, others = np.zeros(len(at), _BUSY), np.zeros(len(beside), _BUSY)
    legs["team"], legs["since"] = rows["team"][at], rows["time"][at]
    legs["until"] = np.where(np.isfinite(ended), ended + after, end)
    others["team"], others["since"], others["until"] = beside["team"], beside["time"], beside["time"] + beside["amount"]
    found = np.concatenate([legs, others])
    return found[_reach(found, start, stop)]


def _counts(stays: Array, by: str, many: int, edges: Floats) -> tuple[Ints, Floats]:
    """Return how many stays there are at each step's beginning, and on average over it, by place."""
    counts, means = np.zeros((len(edges) - 1, many), np.int64), np.zeros((len(edges) - 1, many))
    for place in range(many):
        mine = stays[stays[by] == place]
        since, until = np.sort(mine["since"]), np.sort(mine["until"])
        begun, ended = (np.searchsorted(ends, edges[:-1], "right") for ends in (since, until))
        counts[:, place] = begun - ended
        means[:, place] = np.diff(_minutes_up_to(since, edges) - _minutes_up_to(until, edges)) / np.diff(edges)
    return counts, means


def _minutes_up_to(moments: Floats, edges: Floats) -> Floats:
    """Return for each edge the sum of the minutes since the moments (sorted) that are over by then."""
    first = edges[0]
    upto = np.append(0.0, np.cumsum(moments - first))
    over = np.searchsorted(moments, edges, "right")
    minutes: Floats = over * (edges - first) - upto[over]
    return minutes


def _on_duty(history: History, times: Floats) -> Ints:
    """Return the agents on duty and not absent at each time, by team."""
    world = history.world
    slots = np.floor(times / SLOT).astype(np.int64)
    few = np.unique(slots)
    starts, stops = (np.asarray(few * SLOT + later, np.float64) for later in (0.0, SLOT))
    luck = world.line.open_slots(), history.seed, history.replication
    found = np.zeros((len(times), len(world.teams)), np.int64)
    for number, (name, staff) in enumerate(staff_of(world).items()):
        lost = absent_between(world.teams[name], number, *luck, starts, stops) / SLOT
        there = staff[few % SLOTS_A_WEEK] - np.rint(lost).astype(np.int64)
        found[:, number] = there[np.searchsorted(few, slots)]
    return found
