"""What the theory tests ask of a history, straight from its rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.history.rows import Event, History


@dataclass(frozen=True)
class Holds:
    """Every hold that began in a stretch of time: when, for which team, how long, how it ended."""

    began: npt.NDArray[np.float64]
    team: npt.NDArray[np.int64]
    wait: npt.NDArray[np.float64]
    ended: npt.NDArray[np.int64]
    customer: npt.NDArray[np.int64]

    def of(self, team: int) -> Holds:
        """Return those for one team."""
        mine = self.team == team
        return Holds(*(column[mine] for column in vars(self).values()))

    @property
    def served(self) -> npt.NDArray[np.bool_]:
        """Say which ended with an agent."""
        return self.ended == Event.ANSWERED


def holds(history: History, since: float = 0.0, until: float = np.inf) -> Holds:
    """Read the holds that began in [since, until) and have ended (a hold's row is followed by its end)."""
    rows = history.rows
    at = np.flatnonzero((rows["event"] == Event.QUEUED) & (rows["time"] >= since) & (rows["time"] < until))
    at = at[at + 1 < len(rows)]
    at = at[rows["customer"][at + 1] == rows["customer"][at]]
    queued, end = rows[at], rows[at + 1]
    return Holds(
        queued["time"],
        queued["team"].astype(int),
        end["time"] - queued["time"],
        end["event"].astype(int),
        queued["customer"].astype(int),
    )


def busy_share(history: History, team: int, agents: int, since: float, until: float) -> float:
    """Return the share of a team's time in [since, until] from ANSWERED to the end of after-call work."""
    rows = history.rows[history.rows["team"] == team]
    answered, left = rows[rows["event"] == Event.ANSWERED], rows[rows["event"] == Event.LEFT_AGENT]
    taken = np.clip(until - answered["time"], 0, until - since).sum()
    given_back = np.clip(until - left["time"] - left["amount"], 0, until - since).sum()
    return float(taken - given_back) / (agents * (until - since))


def standard_error(values: npt.ArrayLike, batches: int = 20) -> float:
    """Return the standard error of the mean of a correlated series, from the means of consecutive batches."""
    means = [part.mean() for part in np.array_split(np.asarray(values, float), batches)]
    return float(np.std(means, ddof=1) / np.sqrt(batches))


def near(values: npt.ArrayLike, expected: float) -> bool:
    """Say whether a series has this mean, within four of its standard errors.

    They are estimated from 20 batches, since the waits of neighbours are alike. By Student's law of 19 degrees of
    freedom a right engine misses one figure in 1,300.
    """
    return bool(abs(np.mean(np.asarray(values)) - expected) <= 4 * standard_error(values))
