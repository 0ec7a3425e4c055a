"""Messages, cases and asking against formulas: M/G/infinity, Pollaczek and Khinchine, Poisson, geometric sums.

`near` allows four standard errors, estimated from the run itself.
"""

from typing import Any

import numpy as np
import pytest

from sim import theory
from sim.engines import run
from sim.history.rows import Event, History
from sim.people import populate
from tests.theory.asked import near
from tests.worlds import MEMORYLESS, tiny_world

WARM_UP = 1440.0
ENOUGH = {"front": {"staff": 400, "talk": "1 min", "wage": 0}}


def lived(minutes: float, rate: float, seed: int = 1, **changes: Any) -> History:
    """Let problems appear at a rate (a minute) for so long."""
    population = {"problems_per_day": rate * 1440, **changes.pop("population", {})}
    world = tiny_world(**{"time": {"horizon": f"{minutes} min"}, "population": population, **changes})
    return run(world, populate(world, seed=seed))


def times(history: History, event: Event) -> np.ndarray[Any, Any]:
    """Return when something happened."""
    return np.sort(history.rows["time"][history.rows["event"] == event])


CASES: dict[str, Any] = {
    "paths": {"up": {"from": "front", "to": "front", "when": "unsolved", "by": "ticket", "case": "repair"}},
    "teams": {"front": {**ENOUGH["front"], "solve": {"plain": 0.0}}},
}
LAWS: dict[str, Any] = {
    "constant": "500 min",
    "exponential": {"law": "exponential", "mean": "500 min"},
    "lognormal": {"law": "lognormal", "mean": "500 min", "cv": 1.5},
}


@pytest.mark.parametrize("law", LAWS)
def test_cases_that_others_have_are_open_as_in_a_queue_of_servers_without_end(law):
    """M/G/infinity: a Poisson number is open, of the mean rate x mean delay, whatever the law (Newell; Takacs 1962).

    Four problems an hour of 500 min each: 33.3 are open. Asked every 500 min, at which few are still the same.
    """
    cases = {"repair": {"steps": {"third": {"takes": LAWS[law], "solves": 1.0}}}}
    history = lived(399_900, 1 / 15, cases=cases, **CASES)
    opened, closed = times(history, Event.CASE_OPENED), times(history, Event.CASE_CLOSED)
    at = np.arange(10_000.0, 399_900.0, 500.0)
    still = np.searchsorted(opened, at, side="right") - np.searchsorted(closed, at, side="right")
    assert near(still, 500 / 15)
    assert near((still - 500 / 15) ** 2, 500 / 15)


@pytest.mark.parametrize("talk", ["constant", "exponential", "lognormal"])
def test_one_agent_who_answers_mails_day_and_night_makes_them_wait_as_pollaczek_and_khinchine_say(talk):
    """Talks of mean 6 min, 0.12 mails a minute; nobody loses patience."""
    law: Any = {"constant": 1, "exponential": MEMORYLESS, "lognormal": {"law": "lognormal", "mean": 1, "cv": 1.2}}[talk]
    second = {"constant": 36.0, "exponential": 72.0, "lognormal": 36.0 * (1 + 1.2**2)}[talk]
    history = lived(
        120_000,
        0.12,
        population={"handling": law},
        teams={"front": {"staff": 1}, "office": {"staff": 1, "talk": "6 min", "wage": 0}},
        messages={"mail": {"team": "office", "patience": "none"}},
        contacts={"first": {"mail": 1.0}},
    )
    rows = history.rows
    filed = np.flatnonzero(rows["event"] == Event.FILED)
    filed = filed[(filed + 1 < len(rows)) & (rows["time"][filed] > WARM_UP)]
    filed = filed[rows["event"][filed + 1] == Event.TAKEN_UP]
    waits = (rows["time"][filed + 1] - rows["time"][filed])[np.argsort(rows["time"][filed], kind="stable")]
    assert near(waits, 0.12 * second / (2 * (1 - 0.72)))
    assert near(waits > 0, 0.72)


@pytest.mark.parametrize(
    ("takes", "variance"), [("3 d", 0.0), ({"law": "exponential", "mean": "3 d"}, 9.0)], ids=["constant", "exponential"]
)
def test_who_asks_by_a_rate_asks_as_often_as_the_rate_says(takes, variance):
    """1.5 a day: in a case of fixed length a Poisson number, in one of exponential length a geometric one.

    Its mean is rate x mean length, its variance that and rate^2 x variance of the length. Asking takes no time.
    """
    history = lived(
        40 * 1440,
        0.1,
        cases={"repair": {"asking": "0 min", "steps": {"third": {"takes": takes, "solves": 1.0}}}},
        population={"chasing": {"without_date": 1.5}, "again": {"most_attempts": 4000}},
        **{**CASES, "teams": {"front": {"staff": 400, "talk": "0 min", "wage": 0, "solve": {"plain": 0.0}}}},
    )
    asked = _chases(history, until=10 * 1440)
    assert near(asked, 1.5 * 3)
    assert near((asked - 4.5) ** 2, 4.5 + 1.5**2 * variance)


def _chases(history: History, until: float) -> np.ndarray[Any, Any]:
    """Return how often each asked whose problem appeared by then; all of their cases are over."""
    rows = history.rows
    who = history.customers.rows["appeared"] < until
    return np.bincount(rows["customer"][rows["event"] == Event.CHASED], minlength=len(who))[who].astype(float)


def test_a_promise_changes_the_rate_at_its_date():
    """Half a contact a day for the two days before the date, three a day for the three days after it: 10."""
    history = lived(
        20 * 1440,
        0.1,
        cases={"repair": {"asking": "0 min", "steps": {"third": {"takes": "5 d", "solves": 1.0}}}},
        population={
            "chasing": {"before_date": 0.5, "after_broken": 3.0},
            "again": {"most_attempts": 4000},
        },
        levers={"follow_through": {"promise": {"within": "2 d", "renewed": 0.0}}},
        **{**CASES, "teams": {"front": {"staff": 400, "talk": "0 min", "wage": 0, "solve": {"plain": 0.0}}}},
    )
    asked = _chases(history, until=14 * 1440)
    assert near(asked, 0.5 * 2 + 3.0 * 3)
    assert near((asked - 10) ** 2, 10)


def test_those_who_ask_are_thinned_by_who_is_put_off():
    """After the date 3 a day; each contact puts off half of those who ask by two days, in which nobody asks.

    A cycle without a date lasts 1/3 day to each contact, of which half end it; then two days of peace: a promise is
    broken every 2 + 2/3 days, and there are two contacts for each.
    """
    history = lived(
        80 * 1440,
        0.02,
        cases={"repair": {"asking": "0 min", "steps": {"third": {"takes": "200 d"}}}},
        population={"chasing": {"before_date": 0.0, "after_broken": 3.0}, "again": {"most_attempts": 4000}},
        levers={"follow_through": {"promise": {"within": "2 d", "renewed": 0.5}}},
        **{**CASES, "teams": {"front": {"staff": 400, "talk": "0 min", "wage": 0, "solve": {"plain": 0.0}}}},
    )
    rows = history.rows
    early = history.customers.rows["appeared"] < 10 * 1440
    within = (rows["time"] > 20 * 1440) & early[rows["customer"]]
    many = len(early)
    asked = np.bincount(rows["customer"][within & (rows["event"] == Event.CHASED)], minlength=many)[early]
    reset = np.bincount(rows["customer"][within & (rows["event"] == Event.PROMISE_RESET)], minlength=many)[early]
    assert near(reset, 60 / (2 + 2 / 3))
    assert near(asked, 2 * 60 / (2 + 2 / 3))


@pytest.mark.parametrize("share", [0.2, 0.6])
def test_answers_that_ask_for_more_make_a_geometric_number_of_messages(share):
    """1/(1 - p) messages for each problem, of variance p/(1 - p)^2; the office works on all of them."""
    history = lived(
        14_400,
        0.5,
        population={"handling": MEMORYLESS, "again": {"most_attempts": 4000}},
        teams={"front": {"staff": 1}, "office": {"staff": 60, "talk": "5 min", "wage": 0}},
        messages={"mail": {"team": "office", "patience": "none", "asks_back": share}},
        contacts={"first": {"mail": 1.0}},
    )
    rows = history.rows
    settled = history.customers.rows["appeared"] < 14_400 - 1440
    wrote = np.bincount(rows["customer"][rows["event"] == Event.WROTE], minlength=len(settled))[settled]
    mean = 1 / (1 - share)
    assert near(wrote, mean)
    assert near((wrote - mean) ** 2, share / (1 - share) ** 2)
    late = times(history, Event.WORKED_ON)
    rate = (late > WARM_UP).sum() / (14_400 - WARM_UP)
    assert rate == pytest.approx(0.5 * mean, rel=0.06)  # 6,600 problems: a share of 1.2 %, four times, and of repeats


def test_answers_that_do_not_help_are_written_again_as_those_who_call_again_do():
    """Erlang R: the office is an M/M/n queue at rate/(1 - again), its messages wait as Erlang C says."""
    history = lived(
        20_010,
        0.6,
        population={
            "handling": MEMORYLESS,
            "again": {"persistence": 1.0, "most_attempts": 1000,
                      "after_unsolved": {"law": "exponential", "mean": "30 min"}},
        },
        teams={"front": {"staff": 1}, "office": {"staff": 5, "talk": "5 min", "wage": 0, "solve": {"plain": 0.8}}},
        messages={"mail": {"team": "office", "patience": "none"}},
        contacts={"first": {"mail": 1.0}},
    )  # fmt: skip
    rows = history.rows
    filed = np.flatnonzero(rows["event"] == Event.FILED)
    filed = filed[(filed + 1 < len(rows)) & (rows["time"][filed] > WARM_UP)]
    filed = filed[rows["event"][filed + 1] == Event.TAKEN_UP]
    waits = (rows["time"][filed + 1] - rows["time"][filed])[np.argsort(rows["time"][filed], kind="stable")]
    expected = theory.ErlangC(0.6 / 0.8, 5, 5)
    assert near(waits > 0, expected.p_wait)
    assert near(waits, expected.speed_of_answer)
