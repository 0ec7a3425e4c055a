"""A staff that was sought: interval by interval beside what formulas give, and how near it comes to its targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sim.quoting import short
from sim.reading import written
from sim.reading.writing import file_of, named_from
from sim.study.running.estimate import Estimate
from sim.study.running.reported import Reported
from sim.study.staffing.targets import Target
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

Verdict = Literal["met", "in doubt", "missed", "out of reach"]


@dataclass(frozen=True)
class Standing:
    """How near a staff comes to one target, where it comes least near.

    Attributes
    ----------
    verdict : {"met", "in doubt", "missed", "out of reach"}
        Of the target as a whole. ``met``: every mean is on the right side. ``in doubt``: some mean is not, but its
        interval reaches there. ``missed``: some interval does not. ``out of reach``: no number of agents reaches it.
    where : str
        The interval or the day that comes least near; empty over the whole.
    estimate : Estimate
        Of the measure there, with its 95 % interval.
    many, met, sure : int
        In how many intervals, days or wholes it holds; in how many of them the mean meets it, and the whole interval.
    best : float or None
        Of what is out of reach: what is reached there where so many are on duty that nobody waits.
    """

    target: Target
    verdict: Verdict
    where: str
    estimate: Estimate
    many: int
    met: int
    sure: int
    best: float | None = None


@dataclass(frozen=True)
class Row:
    """One team in one interval of days that are alike.

    Attributes
    ----------
    agents : int
        Who are needed, by simulation.
    on_duty, before : float
        Who are there in the shifts that cover them, and who are in the world as it was asked for.
    load_first, load : float
        Agents' worth of work that first attempts bring, and all with their repeats, with the staff that was found.
    repeats : float
        Share of the calls that repeat within seven days.
    erlang_c_first, erlang_a_first, erlang_c, erlang_a : float
        Agents by formula for the one load and the other; NaN where no formula knows a target, infinity where none is
        enough.
    occupancy : float
    values : tuple of Estimate
        Of the targets that hold per interval, in their order.
    """

    team: str
    days: str
    begins: str
    ends: str
    agents: int
    on_duty: float
    before: float
    load_first: float
    load: float
    repeats: float
    erlang_c_first: float
    erlang_a_first: float
    erlang_c: float
    erlang_a: float
    occupancy: float
    values: tuple[Estimate, ...]


@dataclass(frozen=True)
class Worked:
    """Agents who work one shift: as a world's file holds it."""

    team: str
    name: str
    agents: int
    hours: tuple[str, ...]
    breaks: tuple[str, ...]
    lunches: tuple[str, ...]
    eur: float


@dataclass(frozen=True)
class Critical:
    """What one agent less would do where it matters most.

    Attributes
    ----------
    where : str
        The team and interval.
    eur : float
        What would be saved a week.
    standings : tuple of Standing
        Of all targets, then.
    """

    where: str
    eur: float
    standings: tuple[Standing, ...]


@dataclass(frozen=True, repr=False, eq=False)
class StaffPlan(Reported):
    """The least-cost staff that was found for some targets.

    Attributes
    ----------
    asked, found : World
        As it was asked for, and with the staff that was found.
    targets : tuple of Target
    standings : tuple of Standing
        Target by target, on replications other than those it was sought on.
    rows : tuple of Row
        By team, days and interval.
    shifts : tuple of Worked
        Who works what, where shifts were asked for.
    eur, eur_before, eur_needed : float
        What a week costs: as found, as it was, and without shifts.
    bound : float or None
        What no covering of the same needs by these shifts costs less than (HiGHS).
    hours, hours_before : float
        Agent hours paid in a week.
    critical : Critical or None
    searched, checked : tuple of int
        The replications it was sought on, and those that the standings are of; none of the latter where unchecked.
    tried : int
        Staffs that were lived.
    mended : int
        Times that agents were added because other replications missed a target.
    settled : bool
        Whether the search came to its end by itself.
    notes : tuple of str
        What else has to be known.
    """

    asked: World
    found: World
    targets: tuple[Target, ...]
    every: int
    standings: tuple[Standing, ...]
    rows: tuple[Row, ...]
    shifts: tuple[Worked, ...]
    eur: float
    eur_before: float
    eur_needed: float
    bound: float | None
    hours: float
    hours_before: float
    critical: Critical | None
    seed: int
    searched: tuple[int, ...]
    checked: tuple[int, ...]
    tried: int
    mended: int
    seconds: float
    settled: bool
    interrupted: bool
    notes: tuple[str, ...] = field(default=())

    def __repr__(self) -> str:
        met = sum(one.verdict == "met" for one in self.standings)
        return f"<StaffPlan of {self.asked.name}: {self.eur:,.0f} EUR a week, {met} of {len(self.targets)} targets met>"

    @property
    def met(self) -> bool:
        """Whether every target is met by its mean, wherever it holds."""
        return all(one.verdict == "met" for one in self.standings)

    def world(self) -> World:
        """Return the world with this staff."""
        return self.found

    def needed(self) -> pd.DataFrame:
        """Return the agents by team and interval, as `table` does."""
        return self.table()

    def to_toml(self, *, extends: str | Path | None = None, at: str | Path | None = None) -> str:
        """Return the world with this staff as a file that `sim.load` and ``sim run`` take.

        Parameters
        ----------
        extends : str or Path, optional
            The name of a shipped world, or the file, that it was read from: the file then says what differs from it.
            Without it the world is written whole.
        at : str or Path, optional
            Where the file will lie, from where the other is named.
        """
        about = {"about": short(f"{self.asked.about or self.asked.name} Staffed for {_listed(self.targets)}.", 300)}
        whole = written(self.found)
        tree: Mapping[str, Any] = (
            whole if extends is None else {"extends": named_from(extends, at), **self._teams(whole)}
        )
        return file_of({**about, **{key: one for key, one in tree.items() if key != "about"}}, {}, self._head())

    def _teams(self, whole: Mapping[str, Any]) -> dict[str, Any]:
        changed = {}
        for name, team in self.found.teams.items():
            if team != self.asked.teams[name]:
                its = {key: whole["teams"][name].get(key) for key in ("staff", "shifts", "shrinkage")}
                changed[name] = {key: value for key, value in its.items() if value is not None}
                changed[name].setdefault("shifts", {})
        return {"teams": changed} if changed else {}

    def _head(self) -> list[str]:
        said = [f"Staffed for {_listed(self.targets)}: {self.eur:,.0f} EUR and {self.hours:,.1f} paid hours a week."]
        return [*said, *(f"  {one.target}: {one.verdict}" for one in self.standings)]


def _listed(targets: Sequence[Target]) -> str:
    return ", ".join(map(str, targets))
