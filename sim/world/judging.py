"""How what was lived is judged: the service level that is printed, effort, and what follows from it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.units import DAY, Euros, Factor, Minutes, Share, SomeMinutes
from sim.world.facts import UpToAYear
from sim.world.frozen import Frozen

Points = Annotated[float, Field(ge=0, le=1000)]
"""A weight of the effort index."""


class ServiceLevel(Frozen):
    """Which of the field's definitions of the service level is printed."""

    definition: Literal["sl1", "sl2", "arena", "served", "sl0", "slg", "queued", "short_out", "short_good"] = "sl1"
    """Which calls count as served in time, and of which: the field has several definitions (docs/words.md)."""
    within: Minutes = 1 / 3
    """Acceptable waiting time."""
    short: Minutes = 1 / 12
    """Wait within which an abandonment is a short one, where the definition asks for it."""
    target: Share = 0.8
    """What is aimed at; days whose service level comes to it are good days."""
    written: UpToAYear[SomeMinutes] = DAY
    """Acceptable time until an answer in writing, and until filed work is taken up, nights included."""


class Effort(Frozen):
    """Weights of the effort index. No published weights exist: these are ours, to be swept."""

    active_minutes: SomeMinutes = 30.0
    """Active time that weighs one point."""
    repeat: Points = 1.0
    """Each further attempt for the same problem."""
    transfer_cold: Points = 0.8
    """Each time one is passed on into a queue."""
    transfer_warm: Points = 0.24
    """Each time one is passed on to an agent who has been briefed, or to one who answers in writing."""
    identified_again: Points = 0.25
    """With the next: half a point for each later agent to whom all is told again."""
    explained_again: Points = 0.25
    """Each further time the story is told."""
    cut: Points = 1.2
    """Each time the call is broken off by the clock or by an agent."""
    contradicted: Points = 0.6
    """Each agent who rejects what an earlier one did."""
    wrong_pitch: Points = 0.6
    """Each agent who speaks too simply or too expertly."""
    long_hold: Points = 0.3
    """Each hold of more than `long_hold_after`."""
    switched: Points = 0.3
    """Each contact through another channel than the one before."""
    unanswered: Points = 0.5
    """Each message whose answer is waited for in vain."""
    promise_broken: Points = 1.0
    """Each promised date that passes, or is put off."""
    generic: Points = 0.6
    """Each agent who handles one by the book, or with contempt."""
    long_hold_after: Minutes = 3.0
    """Hold from which on it is a long one."""
    owned: Factor = 0.6
    """Multiplies the feeling (all but the minutes) where the firm owns the problem and explains it."""


class Loyalty(Frozen):
    """From effort to leaving and talking: see docs/model.md for the laws and their sources."""

    base_churn: Share = 0.12
    """Share of customers who leave in a year whatever happens."""
    kappa: Share = 0.3
    """Intention is not action: share of the disloyal who act."""
    people_told: float = Field(default=10.0, ge=0, le=1e6)
    """People told by one who speaks ill."""
    audience: float = Field(default=0.0, ge=0, le=1e9)
    """People reached by each public message that was not answered in time."""
    lost_per_told: Share = 0.0
    """Share of the people told whom the firm loses as new customers."""
    acquisition: Euros = 225.0
    """Worth of a new customer won without spending (EUR)."""
    years_lost: float = Field(default=3.0, ge=0, le=100)
    """Years of margin lost with a customer who leaves."""
