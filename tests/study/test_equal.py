"""What makes a comparison fair."""

from __future__ import annotations

from typing import Any

import pytest

from sim.reading import load, variant
from sim.study.comparing.compare import compare
from sim.study.running.replicate import replicate
from sim.study.running.size import Size
from sim.study.searching.equal import EqualServiceError, equal_money, equal_staff
from sim.study.searching.seeking import Trial
from sim.study.searching.staffing import paid_eur, paid_hours, staff_slots
from tests.worlds import MEMORYLESS, tiny_world

BUSY = {"population": {"problems_per_day": 200, "handling": MEMORYLESS}}


def served(*worlds, **study):
    """Return what makes the service equal."""
    return compare(*worlds, equal="service", workers=1, **study).equality


def test_the_same_teams_get_the_same_staff_at_the_same_times_and_keep_their_wages():
    first = tiny_world(teams={"front": {"staff": {"mon-fri 08:00-12:00": 3}, "wage": 20}})
    second = tiny_world(name="second", teams={"front": {"staff": 9, "wage": 30}})
    made = equal_staff(first, second).second
    assert staff_slots(made) == staff_slots(first)
    assert made.teams["front"].wage == 30


def test_a_world_that_has_the_same_staff_is_left_as_it_was_written():
    first, second = tiny_world(), tiny_world(name="second")
    assert equal_staff(first, second).second == second


def test_a_number_of_agents_follows_the_first_world_s_opening_hours():
    first = tiny_world(line={"open": ["mon-fri 08:00-20:00"]})
    second = tiny_world(name="second")
    assert paid_hours(equal_staff(first, second).second) == 5 * 12 * 5


def test_other_teams_are_paid_for_equally_many_hours():
    """840 hours a week for both: 10 agents over 168 hours become 5."""
    first = tiny_world()
    teams = {"front": {"staff": 6}, "back": {"staff": 4, "talk": "5 min", "wage": 0}}
    made = equal_staff(first, tiny_world(name="second", teams=teams))
    assert made.factor == pytest.approx(0.5)
    assert paid_hours(made.second) == paid_hours(first) == 840
    assert "840.0 and 840.0 agent hours" in made.meaning


def test_equal_money_pays_the_same_for_dearer_agents():
    """At 20 and 25 EUR an hour, levers included, four fifths of the hours cost the same."""
    first = tiny_world(teams={"front": {"wage": 20}})
    second = tiny_world(name="second", teams={"front": {"wage": 22}}, levers={"knowledge": {"cost_per_hour": 3}})
    made = equal_money(first, second)
    assert made.factor == pytest.approx(0.8)
    assert paid_hours(made.second) == pytest.approx(0.8 * 840, abs=0.5)
    assert paid_eur(made.second) == pytest.approx(paid_eur(first), abs=0.5 * 25)


def test_staff_that_costs_nothing_cannot_cost_the_same():
    with pytest.raises(ValueError, match="pays its agents nothing"):
        equal_money(tiny_world(), tiny_world())


def test_equal_service_of_the_same_world_needs_the_same_staff():
    world = tiny_world(**BUSY, teams={"front": {"staff": 2}})
    assert served(world, world, replications=2).factor == 1.0


def test_where_the_service_is_equal_with_its_own_staff_no_other_is_taken():
    """Another tariff changes no wait, and theory, which starts from the first few replications, would add an agent."""
    hotline = load("hotline_2005")
    by_law = variant(hotline, {"tariff": {"regime": "fr_chatel_2008"}}, name="by law")
    assert served(hotline, by_law, replications=6, days=2).factor == 1.0


def test_equal_service_finds_the_staff_that_longer_talks_need():
    """Talks half as long again keep half as many agents again equally busy."""
    first = tiny_world(**BUSY, teams={"front": {"staff": {"mon-sun 00:00-24:00": 8}}})
    other = {"front": {"staff": 0}, "back": {"staff": 8, "talk": "15 min", "wage": 0}}
    second = tiny_world(**BUSY, name="second", teams=other, line={"team": "back"})
    made = served(first, second, service_measure="occupancy", replications=2)
    # the search ends within 1 % of the occupancy, and the last talks of the day are cut off by its end
    assert made.factor == pytest.approx(1.5, rel=0.03)
    assert f"{paid_hours(made.second):,.1f} agent hours" in made.meaning


def test_service_that_staff_cannot_make_equal_is_refused():
    """However many agents there are, a menu of ten minutes is held through."""
    first = tiny_world(**BUSY)
    second = tiny_world(**BUSY, name="second", line={"menu": "10 min"})
    with pytest.raises(EqualServiceError, match="no staff was found that makes it equal"):
        served(first, second, service_measure="hold_minutes_per_call", replications=2)


def test_an_undefined_measure_cannot_be_made_equal():
    with pytest.raises(EqualServiceError, match="hold_share_of_toll is undefined in tiny"):
        served(tiny_world(), tiny_world(), service_measure="hold_share_of_toll", replications=2)


def test_an_unknown_measure_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="did you mean hold_minutes_per_call"):
        served(tiny_world(), tiny_world(), service_measure="hold_minute_per_call")


@pytest.mark.parametrize("equal", ["staff", "service", "staff_eur", "none"])
def test_the_comparison_says_what_was_made_equal_and_the_paid_hours(equal):
    teams = {"front": {"staff": 2, "wage": 10}}
    first, second = tiny_world(**BUSY, teams=teams), tiny_world(**BUSY, teams=teams, name="second")
    compared = compare(first, second, replications=2, equal=equal, workers=1, measures=["solved_share"])
    assert "336.0 and 336.0 agent hours scheduled a week" in " ".join(compared.text().split())
    assert compared.line("solved_share").difference == (0, 0, 0)


def test_a_schedule_that_is_not_used_is_said():
    """A planner who halves the staff has to be told that equal staff takes no notice."""
    first = tiny_world(teams={"front": {"staff": 4, "wage": 20}})
    second = tiny_world(name="halved", teams={"front": {"staff": 2, "wage": 20}})
    assert "halved's own schedule, 336.0 agent hours a week, is not used" in equal_staff(first, second).meaning
    assert "the first's staff is multiplied by 1 " in equal_money(first, second).meaning
    assert "not used" not in equal_staff(first, first).meaning


HALF_THE_DAY: dict[str, Any] = {"front": {"staff": {"mon-sun 00:00-12:00": 1}}}
ANOTHER_TEAM: dict[str, Any] = {"front": {"staff": 0}, "back": {"staff": 1, "talk": "10 min", "wage": 0}}


def test_how_much_of_the_time_a_scaled_schedule_leaves_empty_is_said():
    """One agent around the clock, scaled to 84 of 168 hours, is nobody half of the time; two become one."""
    first = tiny_world(teams=HALF_THE_DAY)
    scaled = equal_staff(first, tiny_world(name="second", teams=ANOTHER_TEAM, line={"team": "back"}))
    assert scaled.meaning.endswith(" Agents are whole: 50 % of the hours in which its teams had any have none so.")
    more = {**ANOTHER_TEAM, "back": {**ANOTHER_TEAM["back"], "staff": 2}}
    whole = equal_staff(
        tiny_world(teams={"front": {"staff": 1}}), tiny_world(name="second", teams=more, line={"team": "back"})
    )
    assert "Agents are whole" not in whole.meaning


def test_a_schedule_is_scaled_once_when_service_is_sought():
    """Half of it is nobody half of the time, and twice that is not its own schedule; twice half of it is."""
    first = tiny_world(teams=HALF_THE_DAY)
    second = tiny_world(name="second", teams=ANOTHER_TEAM, line={"team": "back"})
    trial = Trial(replicate(first, replications=2), second, 0.5, "speed_of_answer", Size((0, 1), 1), ())
    assert staff_slots(trial.lived(2.0).world) == staff_slots(second)
