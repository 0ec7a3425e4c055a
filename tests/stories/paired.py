"""Two of the stories' worlds side by side, lived once for all tests that ask."""

from __future__ import annotations

from functools import cache

import sim
from sim.study.running.estimate import Estimate

ASKED = (
    "contacts_per_problem", "calls_per_problem", "messages_per_problem", "channel_switches_per_problem",
    "unanswered_messages_per_problem", "chases_per_problem", "promises_broken_per_problem", "explanations_per_problem",
    "generic_legs_per_problem", "cuts_per_problem", "hours_to_solution", "downtime_hours_per_problem", "solved_share",
    "given_up_share", "dropped_share", "self_service_share", "forum_share", "detected_share", "prevented_share",
    "searching_minutes_per_problem",
    "customer_minutes_per_problem", "customer_eur_per_problem", "toll_eur_per_problem", "toll_income_eur_per_problem",
    "staff_eur_per_problem", "staff_hours_per_week", "staff_eur_per_week", "firm_cash_eur_per_problem", "effort_ces",
    "hold_minutes_per_call", "people_told_per_1000", "recurrences_per_problem", "problems_per_day",
    "first_contact_resolution", "leaves_at_renewal_share", "lost_margin_eur_per_problem",
    "advance_lost_eur_per_problem", "firm_eur_per_problem",
)  # fmt: skip


class Pair:
    """What separates two worlds: means of each, and paired differences, the second less the first."""

    def __init__(self, first: str, second: str, replications: int, days: float | None) -> None:
        self.made = sim.compare(
            first, second, equal="none", replications=replications, days=days, measures=ASKED, workers=1
        )

    def __getitem__(self, measure: str) -> Estimate:
        return self.made.line(measure).difference

    def means(self, measure: str) -> tuple[float, float]:
        """Return the means of both worlds."""
        first, second = (one.mean for one in self.made.line(measure).worlds)
        assert first is not None and second is not None
        return first, second

    def lower(self, *measures: str) -> bool:
        """Say whether the second world has surely less of each: its 95 % interval lies below 0."""
        return all(high is not None and high < 0 for high in (self[one].high for one in measures))

    def higher(self, *measures: str) -> bool:
        """Say whether the second world has surely more of each."""
        return all(low is not None and low > 0 for low in (self[one].low for one in measures))

    def same(self, *measures: str) -> bool:
        """Say whether each is the same in every replication."""
        return all(tuple(self[one]) == (0.0, 0.0, 0.0) for one in measures)

    def untold(self, *measures: str) -> bool:
        """Say whether none is told apart: its interval holds 0."""
        return not any(self.lower(one) or self.higher(one) for one in measures)


@cache
def pair(first: str, second: str, replications: int = 5, days: float | None = None) -> Pair:
    """Return two worlds lived by the same customers, as they are written, each with its own staff."""
    return Pair(first, second, replications, days)
