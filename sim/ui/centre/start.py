"""Where the search begins: a world of the list, or a very plain one of opening hours and agents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.reading import World, variant
from sim.ui.state.speech import later

OF_REPORT = "report"
"""Open as the report by interval has it."""
DAYS = {
    OF_REPORT: later("as in your report"),
    "mon-fri": later("Monday to Friday"),
    "mon-sat": later("Monday to Saturday"),
    "mon-sun": later("every day"),
    "sun-thu": later("Sunday to Thursday"),
}
_FIRST_GUESS = 1.4
"""Calls a problem, before anything is known: where the search for the problems begins."""


@dataclass(frozen=True)
class Plain:
    """A plain centre: one team, and experts beside it if there are any, as many whenever it is open.

    Attributes
    ----------
    opens, closes : str
        Such as ``08:00``.
    hours : tuple of str
        Hours of the week, such as those of a report, which take the place of days, opening and closing.
    experts : int
        Agents of a second team, who take what the others cannot solve; 0: there are none.
    wage : float
        EUR an hour; experts are paid half as much again.
    calls_a_day : float
        As reported, for a first guess at the problems.
    """

    days: str = "mon-fri"
    opens: str = "08:00"
    closes: str = "20:00"
    agents: int = 8
    experts: int = 0
    wage: float = 23.0
    calls_a_day: float = 200.0
    hours: tuple[str, ...] = ()

    def world(self) -> World:
        """Return the world.

        Raises
        ------
        WorldError
            With every mistake.
        """
        hours = self.hours or (f"{self.days} {self.opens.strip()}-{self.closes.strip()}",)
        agents, experts = dict.fromkeys(hours, self.agents), dict.fromkeys(hours, self.experts)
        teams: dict[str, Any] = {"front": {"staff": agents, "wage": self.wage}, "second": "none"}
        more: dict[str, Any] = {"paths": {"wrong_person": "none", "too_hard": "none"}}
        if self.experts:
            teams["second"], more = {"staff": experts, "wage": 1.5 * self.wage}, {}
        problems = max(1.0, round(self.calls_a_day / _FIRST_GUESS, 1))
        changes = {
            "about": "A centre as its planner describes it in a few words.",
            "population": {"problems_per_day": problems, "awake": list(hours)},
            "line": {"open": list(hours), "menu": "0 s"},
            "teams": teams,
            **more,
        }
        return variant("base", changes, name="my centre")
