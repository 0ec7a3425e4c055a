"""Worlds at their extremes, where everyone knows what must come out."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engines import run
from sim.history.rows import Event
from sim.measures import measure, tables
from sim.people import Customers, populate
from tests.by_hand import count, lived, plain

ONE_SERVICE = 13.0
"""Identification 1, explanation 2, talk 10 min, in the plain world."""


def of(history, name):
    """Return one measure of one history; None where it is undefined."""
    top, bottom = measure(history, [name])[name]
    return top / bottom if bottom else None


def crowd(*, seed=7, **changes):
    """Run a plain world on a drawn population: 240 problems a day, 5 agents; all appear in the first two of 7 days."""
    changes = {
        "time": {"horizon": "2 d", "follow_up": "5 d"},
        "population": {"problems_per_day": 240},
        "teams": {"front": {"staff": 5}},
        **changes,
    }
    world = plain(**changes)
    drawn = populate(world, seed=seed)
    early = drawn.rows[drawn.rows["appeared"] < world.time.horizon]
    return run(world, Customers(drawn.population, early, drawn.seed, drawn.replication))


def test_without_agents_nobody_is_solved_and_everybody_gives_up():
    """Patience of 10 min, three attempts: each gives up after 10 + 30 + 10 + 30 + 10 minutes."""
    history = lived(
        plain(population={"patience": "10 min", "again": {"most_attempts": 3}}, teams={"front": {"staff": 0}}),
        *range(0, 1000, 100),
    )
    assert count(history, Event.ANSWERED) == count(history, Event.SOLVED) == 0
    assert count(history, Event.DIALLED) == count(history, Event.ABANDONED) == 30
    given_up = history.rows[history.rows["event"] == Event.GAVE_UP]["time"]
    assert given_up.tolist() == pytest.approx([at + 90 for at in range(0, 1000, 100)], abs=1e-9)
    assert of(history, "solved_share") == 0
    assert of(history, "given_up_share") == 1


def test_without_agents_the_patient_hold_to_the_end_of_the_run():
    """A patience longer than the run: every journey is open, and none is counted as lost."""
    history = lived(plain(population={"patience": "30 d"}, teams={"front": {"staff": 0}}), 0, 500, 1000)
    assert of(history, "open_share") == 1
    assert of(history, "given_up_share") == of(history, "solved_share") == 0
    assert count(history, Event.QUEUED) == 3


def test_with_an_agent_for_everyone_nobody_waits():
    """1000 agents for some 480 problems: every hold has no length, every problem is solved after 13 minutes."""
    history = crowd(teams={"front": {"staff": 1000}})
    rows = history.rows
    queued, answered = (rows[rows["event"] == event]["time"] for event in (Event.QUEUED, Event.ANSWERED))
    assert np.array_equal(queued, answered)
    assert of(history, "hold_minutes_per_call") == 0
    assert of(history, "answered_at_once_share") == 1
    assert of(history, "first_contact_resolution") == 1
    assert of(history, "hours_to_solution") == pytest.approx(ONE_SERVICE / 60, abs=1e-9)


def test_all_constant_the_totals_are_known():
    """Each problem has one call of 13 minutes; at 0.34 EUR a minute it costs 4.42 EUR."""
    history = crowd(teams={"front": {"staff": 1000}}, tariff={"price_per_minute": 0.34})
    assert of(history, "calls_per_problem") == 1
    assert of(history, "call_minutes_per_problem") == pytest.approx(ONE_SERVICE, abs=1e-9)
    assert of(history, "toll_eur_per_problem") == pytest.approx(4.42, abs=1e-9)
    assert of(history, "toll_eur_per_call") == pytest.approx(4.42, abs=1e-9)
    assert of(history, "talk_minutes_per_call") == pytest.approx(ONE_SERVICE, abs=1e-9)


def test_a_hotline_that_nobody_calls_measures_nothing_and_breaks_nothing():
    """No problem at all: shares are undefined, not zero; the staff is still paid, by nobody's problem."""
    history = lived(plain(teams={"front": {"wage": 20}}))
    assert len(history.rows) == 0
    assert of(history, "solved_share") is None
    assert of(history, "hold_minutes_per_call") is None
    paid, problems = measure(history, ["staff_eur_per_problem"])["staff_eur_per_problem"]
    assert (paid, problems) == (pytest.approx(20.0 * 24 * 7, abs=1e-6), 0)


def test_a_tiny_rate_gives_an_empty_population():
    """One problem in a million days does not appear in seven (probability 7 in a million)."""
    world = plain(population={"problems_per_day": 1e-6})
    assert len(populate(world, seed=1)) == 0
    assert len(run(world, populate(world, seed=1)).rows) == 0


def test_what_nobody_can_solve_is_never_solved():
    """Probability 0 and 4 attempts: 4 calls each, all unsolved, all given up."""
    history = crowd(
        teams={"front": {"staff": 1000, "solve": {"plain": 0.0}}},
        population={"problems_per_day": 50, "again": {"most_attempts": 4}},
    )
    assert count(history, Event.SOLVED) == 0
    assert of(history, "given_up_share") == 1
    assert of(history, "calls_per_problem") == 4
    assert count(history, Event.LIMIT_REACHED) == count(history, Event.GAVE_UP) == len(history.customers)


def test_what_everyone_can_solve_takes_one_call():
    """Probability 1 and patience without end: one answered call each, however long the queue."""
    history = crowd(teams={"front": {"staff": 3}}, population={"problems_per_day": 240, "patience": "30 d"})
    assert of(history, "calls_per_problem") == 1
    assert of(history, "solved_share") == 1
    assert of(history, "hold_minutes_per_call") > 0


def test_without_persistence_everyone_calls_once():
    """Whatever happens: the impatient, the unsolved and the cut give up at once."""
    history = crowd(
        population={"patience": {"law": "exponential", "mean": "5 min"}, "again": {"persistence": 0.0}},
        teams={"front": {"staff": 2, "solve": {"plain": 0.5}}},
        levers={"time": {"cut_after": "15 min"}},
    )
    people = len(history.customers)
    assert count(history, Event.DIALLED) == people
    assert count(history, Event.SOLVED) + count(history, Event.GAVE_UP) == people
    for cause in (Event.ABANDONED, Event.UNSOLVED, Event.CUT):
        assert count(history, cause) > 0


@pytest.mark.parametrize("clock", ["connection", "first_agent", "current_agent"])
def test_a_clock_that_nothing_reaches_is_no_clock(clock):
    """Cut after 7 days in a run of 7 days: the very history of the world without a cut."""
    changes = {
        "population": {"patience": {"law": "exponential", "mean": "20 min"}},
        "teams": {"front": {"staff": 3, "solve": {"plain": 0.6}}},
    }
    never = crowd(**changes, levers={"time": {"cut_after": "none", "clock": clock}})
    late = crowd(**changes, levers={"time": {"cut_after": "7 d", "clock": clock}})
    assert never.rows.tobytes() == late.rows.tobytes()


def test_a_cut_of_everyone_solves_nothing():
    """Cut after a second: identification takes a minute, so nobody is ever solved."""
    history = crowd(
        population={"problems_per_day": 50, "again": {"most_attempts": 5}},
        levers={"time": {"cut_after": "1 s"}},
    )
    assert count(history, Event.SOLVED) == 0
    assert count(history, Event.CUT) == count(history, Event.DIALLED) == 5 * len(history.customers)


def test_levers_at_their_neutral_values_change_nothing():
    """Shares of 0 and factors of 1, whatever stands beside them: the same history, row by row."""
    idle = {
        "knowledge": {"misrouted": 0.0, "wrong_pitch": 0.0, "pitch_factor": 5.0},
        "authority": {"limit": 0, "above": "refuse", "granted": 0.0},
        "memory": {"progress_kept": 1.0, "contradicted": 0.0, "redone": 3.0},
        "time": {"hangup": 0.0, "hangup_within": "5 min"},
        "follow_through": {"known_now": 1.0, "discovery": "9 h", "owned": True},
    }
    changes = {"teams": {"front": {"staff": 4, "solve": {"plain": 0.6}}}}
    assert crowd(**changes).rows.tobytes() == crowd(**changes, levers=idle).rows.tobytes()


def test_one_who_takes_up_a_mechanism_moves_nobody_elses_luck():
    """With an agent for everyone nobody meets another: a talk twice as long for some changes no other's life."""
    people = {"teams": {"front": {"staff": 1000, "solve": {"plain": 0.5}}}}
    quiet, busy = crowd(**people), crowd(**people, levers={"knowledge": {"wrong_pitch": 0.3, "pitch_factor": 2.0}})
    touched = set(busy.rows["customer"][busy.rows["event"] == Event.WRONG_PITCH].tolist())
    assert 0 < len(touched) < len(busy.customers)
    for customer in set(range(len(busy.customers))) - touched:
        ours, theirs = (h.rows[h.rows["customer"] == customer] for h in (quiet, busy))
        # which agent took him may differ, since others keep theirs longer
        assert (
            ours[["time", "event", "contact", "leg"]].tolist() == theirs[["time", "event", "contact", "leg"]].tolist()
        )


def test_a_free_number_costs_nobody_anything():
    """No toll for the customer and none for the firm; the history itself is the same as under any tariff."""
    dear = {"price_per_minute": 0.34, "price_per_call": 0.1, "firm_share": 0.58}
    paid, free = crowd(tariff=dear), crowd(tariff=dear, levers={"price": {"free": True}})
    assert of(free, "toll_eur_per_problem") == 0
    assert of(free, "toll_income_eur_per_problem") == 0
    assert of(paid, "toll_eur_per_problem") > 0
    assert paid.rows.tobytes() == free.rows.tobytes()


def test_one_line_lets_in_one_call_at_a_time():
    """With one line and many agents nobody ever holds, and most are blocked."""
    history = crowd(line={"lines": 1}, teams={"front": {"staff": 50}})
    assert count(history, Event.BLOCKED) > count(history, Event.PICKED_UP) / 10
    assert of(history, "hold_minutes_per_call") == 0


def test_calls_are_conserved():
    """Dialled = blocked + picked up; picked up = answered + abandoned + balked + dismissed + cut before an agent."""
    history = crowd(
        line={"lines": 6, "open": ["mon-sun 08:00-20:00"], "balking": 0.05},
        population={"patience": {"law": "exponential", "mean": "10 min"}},
        teams={"front": {"staff": 3, "solve": {"plain": 0.7}}},
        levers={"time": {"cut_after": "20 min"}},
    )
    calls = tables(history).calls
    answered = np.isfinite(calls["answered"])
    assert len(calls) == count(history, Event.BLOCKED) + count(history, Event.PICKED_UP)
    assert count(history, Event.PICKED_UP) == count(history, Event.CALL_ENDED)  # the run ends at night
    lost = calls["abandoned"] | calls["dismissed"] | (calls["cut"] & ~answered)
    assert count(history, Event.PICKED_UP) == answered.sum() + lost.sum()
    for event in (Event.BLOCKED, Event.ABANDONED, Event.BALKED, Event.DISMISSED, Event.CUT):
        assert count(history, event) > 0, event.name


def test_minutes_of_agents_are_minutes_of_customers():
    """What agents gave, after-call work apart, is what customers were served: both count the same seconds."""
    history = crowd(teams={"front": {"staff": 3, "after_call": "2 min", "solve": {"plain": 0.7}}})
    rows = history.rows
    served = rows[rows["event"] == Event.LEFT_AGENT]["time"] - rows[rows["event"] == Event.ANSWERED]["time"]
    asked = tables(history)
    spent = asked.calls["minutes"][:, 3:6].sum()  # identification, explanation, talk
    assert served.sum() == pytest.approx(spent, abs=1e-6)
    assert served.sum() == pytest.approx(ONE_SERVICE * len(served), abs=1e-6)


def test_occupancy_of_a_team_that_serves_one_call_is_that_call_over_its_day():
    """13 minutes and 2 of after-call work in a day of two agents: 15 / 2880."""
    world = plain(time={"horizon": "1 d"}, teams={"front": {"staff": 2, "after_call": "2 min"}})
    assert of(lived(world, 100), "occupancy") == pytest.approx(15 / 2880, abs=1e-12)


def test_a_longer_talk_never_shortens_a_hold():
    """First come, first served, one agent, nobody leaves: every wait grows with the work of those before."""
    short, long = (
        crowd(
            teams={"front": {"staff": 1, "talk": talk}},
            population={"problems_per_day": 60, "patience": "30 d"},
        )
        for talk in ("8 min", "10 min")
    )
    waits = [tables(history).calls["wait"] for history in (short, long)]
    assert (waits[1] >= waits[0] - 1e-9).all()
    assert waits[1].sum() > waits[0].sum()
