"""What is solved without a contact thins the problems: each by its chance, within the error of a binomial share."""

from __future__ import annotations

import math

import pytest

from sim.engines import run
from sim.measures import measure
from sim.people import populate
from tests.worlds import tiny_world

AUTONOMY = 0.4
ALL = {"share": 1.0, "value_of_time": 0, "outage_value": 0, "hours_of_use": 0, "autonomy": AUTONOMY}
CROWD = {
    "time": {"horizon": "2 d", "follow_up": "1 h"},
    "population": {"problems_per_day": 2000, "segments": {"all": ALL}},
    "teams": {"front": {"staff": 200, "talk": "1 min"}},
    "cases": {"repair": {"steps": {"look": {"takes": "1 min", "solves": 0.7}}}},
}
"""Four thousand problems; nobody waits for an agent."""
HELP = {"reads": 0.5, "reading": "1 min", "solves": 0.3}
FORUM = {"answered": 0.9, "delay": "1 min", "solves": 0.6, "asking": "1 min"}
DETECTION = {"case": "repair", "share": 0.25}

HELPED = 0.5 * 0.3
"""Who reads and is helped."""
BY_OTHERS = AUTONOMY * 0.9 * 0.6
"""Who asks, is answered and is helped."""


def within(found: tuple[float, float], share: float) -> bool:
    """Say whether a share of independent trials lies within four standard errors."""
    of, all_of_them = found
    return abs(of / all_of_them - share) <= 4 * math.sqrt(share * (1 - share) / all_of_them)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ({"self_service": HELP}, {"self_service_share": HELPED, "solved_without_contact_share": HELPED}),
        ({"forum": FORUM}, {"forum_share": BY_OTHERS, "solved_without_contact_share": BY_OTHERS}),
        ({"detection": DETECTION}, {"detected_share": 0.25}),
        (
            {"self_service": HELP, "forum": FORUM},
            {"self_service_share": HELPED, "forum_share": (1 - HELPED) * BY_OTHERS},
        ),
        ({"self_service": {**HELP, "gives_up_search": 0.2}}, {"given_up_share": (1 - HELPED) * 0.2}),
    ],
)
def test_problems_are_thinned(blocks, expected):
    """Who was helped asks nobody, and who was not asks others; who finds no way to the firm has not been helped."""
    world = tiny_world(**CROWD, **blocks)
    asked = measure(run(world, populate(world, seed=5)), list(expected))
    for id, share in expected.items():
        assert within(asked[id], share), (id, asked[id], share)


def test_each_that_is_solved_without_a_contact_is_one_call_less():
    """Whoever is not helped calls once, and is solved by it; an hour later nobody is on his way."""
    world = tiny_world(**CROWD, self_service=HELP)
    asked = measure(run(world, populate(world, seed=5)), ["calls_per_problem", "solved_without_contact_share"])
    (calls, problems), (helped, _) = asked["calls_per_problem"], asked["solved_without_contact_share"]
    assert calls == problems - helped
