"""The parts of a calibration, each against what can be worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import sim
from sim.reading import variant
from sim.reading.writing import file_of, toml
from sim.study.calibrating.aims import Aim, Scales, Seen, covariances
from sim.study.calibrating.calibrate import prepared
from sim.study.calibrating.parameters import NAMED, moved, parameters, usual
from sim.study.calibrating.questions import question
from sim.study.calibrating.search import Search
from sim.study.calibrating.shape import corrected, opening_hours, shape_of, staff_of
from sim.study.calibrating.told import covariance_of_values, flat_directions
from sim.study.changing.scaling import by_odds, multiplied
from sim.world import World
from tests.study.reports import one_team

# Values that are moved -----------------------------------------------------------------------------------------------


def test_a_law_is_multiplied_and_keeps_its_shape():
    erlang = {"law": "erlang", "mean": "20 min", "stages": 4}
    assert multiplied(erlang, 1.5) == {"law": "erlang", "mean": "30 min", "stages": 4}
    parts = {
        "law": "mixture",
        "parts": [
            {"share": 0.5, "of": "10 s"},
            {"share": 0.5, "of": {"law": "uniform", "low": "1 min", "high": "4 min"}},
        ],
    }
    twice = multiplied(parts, 2)
    assert twice["parts"][0]["of"] == "20 s"
    assert twice["parts"][1]["of"] == {"law": "uniform", "low": "2 min", "high": "8 min"}


def test_odds_of_one_in_four_doubled_are_one_in_two_and_a_half():
    assert by_odds(0.25, 2) == pytest.approx(0.4)


@pytest.mark.parametrize("name", ["base", "hotline_2005", "empowered", "double_peine"])
def test_moving_nothing_changes_nothing(name):
    world = sim.load(name)
    sought = parameters(world, NAMED, said=False)
    assert sim.difference(world, moved(world, sought, [0.0] * len(sought))) == ()


def test_chances_are_moved_wherever_they_stand():
    """The empowered world's chances stand under a lever, which goes before the team's."""
    world = sim.load("empowered")
    (solving,) = parameters(world, ["solving"])
    there = moved(world, [solving], [math.log(2)])
    assert there.levers.knowledge.solve["front"]["hard"] == pytest.approx(by_odds(0.58, 2))
    own = world.teams["front"].solve["hard"]
    assert there.teams["front"].solve["hard"] == pytest.approx(by_odds(own, 2), rel=1e-3)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["patiense"], "did you mean patience"),
        (["teams.front.staff"], "cannot be moved"),
        (["population.again.most_attempts"], "whole numbers and zero stay"),
        (["competence"], "what is certain stays"),
        (["problems", "population.problems_per_day"], "moved by two of them at once"),
        ([5], "names of parameters are texts"),
    ],
)
def test_what_cannot_be_sought_is_refused(names, said):
    with pytest.raises(ValueError, match=said):
        parameters(one_team(), names)


def test_shares_that_add_up_to_one_cannot_be_moved_one_by_one():
    world = sim.load("base")
    with pytest.raises(ValueError, match="cannot be moved by itself"):
        sim.calibrate(world, {"repeats": "20 %"}, free=["population.reasons.billing.share"])


def test_the_figures_say_what_is_sought():
    assert usual(["offered"]) == ("problems", "patience", "persistence", "solving")
    assert usual(["transfers", "talk_time"])[4:] == ("talk", "competence")
    assert usual(["transfers"], elsewhere=True)[4:] == ("competence", "elsewhere")


# The search ----------------------------------------------------------------------------------------------------------


def aims(*values: float, error: float = 0.01) -> list[Aim]:
    asked = question("speed_of_answer")
    return [Aim(asked, value, 0.0, error, None, None, 1.0) for value in values]


def seen_as(*values: float) -> Seen:
    return Seen(np.array(values, float), np.zeros((2, len(values))))


def test_the_search_finds_the_values_that_give_the_figures():
    """Waits that grow by multiples, and a product: exp(3x) = 8 and exp(x + y) = 6 at x = ln 2, y = ln 3."""
    search = Search(lambda at, many: seen_as(math.exp(3 * at[0]), math.exp(at[0] + at[1])), aims(8.0, 6.0), 2)
    search.through([2, 2])
    assert search.settled
    assert search.at == pytest.approx([math.log(2), math.log(3)], abs=2e-3)


def test_a_step_into_a_world_that_answers_nothing_is_taken_back():
    """Beyond .5 nobody is ever answered; the figure is reached at .4."""

    def live(at, many):
        return None if at[0] > 0.5 else seen_as(math.exp(at[0]) + 4 * at[0] ** 2)

    search = Search(live, aims(math.exp(0.4) + 4 * 0.4**2), 1)
    search.through([2, 2])
    assert search.at == pytest.approx([0.4], abs=0.01)


def test_what_no_figure_tells_stays_where_it_was():
    """One figure of a sum: the step goes along it, half by each; what would move the one against the other stays."""
    search = Search(lambda at, many: seen_as(math.exp(at[0] + at[1])), aims(math.e), 2)
    search.through([2, 2])
    assert search.at == pytest.approx([0.5, 0.5], abs=2e-3)


def test_figures_that_nothing_gives_end_the_search_at_the_nearest():
    """The same wait is reported as 2 and as 8, its logarithm as sure in both: nearest is 4, the geometric mean."""
    both = [*aims(2.0, error=0.02), *aims(8.0, error=0.08)]
    search = Search(lambda at, many: seen_as(math.exp(at[0]), math.exp(at[0])), both, 1)
    search.through([2, 2])
    assert search.at == pytest.approx([math.log(4)], abs=5e-3)


# What is told --------------------------------------------------------------------------------------------------------


def test_the_errors_of_values_are_those_of_weighted_least_squares():
    """With weights of one over the errors, the covariance is (J' S^-1 J)^-1, by the normal equations."""
    luck = np.random.default_rng(1)
    slopes, errors = luck.normal(size=(6, 3)), luck.uniform(0.5, 2, 6)
    found = covariance_of_values(slopes, np.diag(1 / errors), np.diag(errors**2))
    assert found == pytest.approx(np.linalg.inv(slopes.T @ np.diag(errors**-2) @ slopes))


def test_figures_that_move_together_leave_more_in_doubt_than_their_errors_say():
    """Two figures of one value with the same error of 1, wholly together: their mean's error is 1, not 1/sqrt(2)."""
    found = covariance_of_values(np.ones((2, 1)), np.eye(2), np.ones((2, 2)))
    assert found[0, 0] == pytest.approx(1.0)


def test_a_sum_of_two_values_tells_neither_and_what_tells_one_tells_both():
    sought = parameters(one_team(), ["problems", "patience"])
    covariance = covariance_of_values(np.array([[1.0, 1.0]]), np.array([[100.0]]), np.array([[1e-4]]))
    (flat,) = flat_directions(sought, covariance, np.array([[50.0, 0.0], [1.0, 1.0]]), ["the first", "their sum"])
    assert {part.name: far for part, far in flat.moves} == {
        "problems": pytest.approx(1),
        "patience": pytest.approx(-1),
    } or {part.name: far for part, far in flat.moves} == {"problems": pytest.approx(-1), "patience": pytest.approx(1)}
    assert math.isinf(flat.reach)
    ((name, reach),) = flat.helps
    assert name == "the first"
    assert reach < 0.1


def test_what_is_told_well_is_no_flat_direction():
    covariance = covariance_of_values(np.eye(2), 50.0 * np.eye(2), np.eye(2) / 2500)
    assert flat_directions(parameters(one_team(), ["problems", "patience"]), covariance, np.zeros((0, 2)), []) == ()


def test_a_month_s_chance_is_shared_by_the_figures_that_say_nothing_of_their_own():
    """Two horizons a report: half of a horizon's variance; a figure that states its error has that, and no other's.

    Of what moves together a hundredth is put down to luck at least.
    """
    asked = question("speed_of_answer")
    three = [
        Aim(asked, 5.0, 0.0, None, None, None, 2.0),
        Aim(asked, 5.0, 0.0, None, None, None, 2.0),
        Aim(asked, 5.0, 0.0, 0.5, 4, 6, 2.0),
    ]
    apart = np.array([[1.0, 2.0, 3.0], [-1.0, -2.0, -3.0]])
    report, simulated = covariances(three, Seen(np.full(3, 5.0), apart), Scales(("straight",) * 3))
    assert report == pytest.approx(np.array([[1, 1.98, 0], [1.98, 4, 0], [0, 0, 0.25]]), abs=1e-6)
    shared = np.outer([1, 2, 3], [1, 2, 3]) * np.where(np.eye(3), 1.0, 0.99)
    assert simulated == pytest.approx(shared), "variances 2, 8 and 18 of a horizon, over two replications"


# Neither solved nor passed on ----------------------------------------------------------------------------------------

TWO_LEVELS = {
    "offered": 17_720,
    "days": 30,
    "abandoned": "6.8 %",
    "transfers": "12 %",
    "first_contact_resolution": "68 %",
}


def test_few_transfers_and_a_low_resolution_are_parted_by_customers_sent_elsewhere():
    """Of 93.2 % answered at most 12 % are passed on: 82 % are solved at once, unless some are sent elsewhere."""
    known = prepared("base", TWO_LEVELS)
    assert [one.name for one in known.trying.sought][-1] == "elsewhere"
    assert known.trying.start.levers.access.sent_elsewhere == 0.17  # 1 - 0.68 / (0.932 x 0.875)
    assert "leave a first-contact resolution of 82% at least" in known.notes[0]
    assert "is sought too" in known.notes[0]


@pytest.mark.parametrize(
    ("world", "figures"),
    [
        (sim.load("base"), {"transfers": "35 %"}),
        (sim.load("base"), {"first_contact_resolution": "80 %"}),
        (sim.load("base"), {"abandoned": None}),
        (variant("base", {"paths": {"too_hard": "none"}}), {}),
        (variant("base", {"paths": {"too_hard": {"by": "ticket"}}}), {}),
    ],
)
def test_figures_that_go_together_are_left_alone(world, figures):
    told = {name: value for name, value in (TWO_LEVELS | figures).items() if value is not None}
    known = prepared(world, told)
    assert "elsewhere" not in [one.name for one in known.trying.sought]
    assert known.trying.start.levers.access.sent_elsewhere == world.levers.access.sent_elsewhere
    assert not any("sent_elsewhere" in note for note in known.notes)


def test_what_is_sought_by_name_stays_so_and_what_would_part_them_is_named():
    known = prepared("base", TWO_LEVELS, free=("problems", "solving"))
    assert [one.name for one in known.trying.sought] == ["problems", "solving"]
    assert known.notes[0].endswith("Nothing that is sought parts the two; levers.access.sent_elsewhere would.")
    assert known.trying.start.levers.access.sent_elsewhere == 0.0


# The shape of a week -------------------------------------------------------------------------------------------------

INTERVAL = np.dtype([("starts", float), ("minutes", float), ("queue", int), ("offered", float), ("agents", float)])


def week(*rows: tuple[float, float, int, float, float]) -> np.ndarray:
    return np.array(list(rows), INTERVAL)


def test_the_typical_week_is_the_mean_of_the_days_of_each_name():
    """Two Mondays of 10 and 30 calls at nine; a Tuesday of 5 at ten."""
    shape = shape_of(week((540, 60, 0, 10, 3), (10_080 + 540, 60, 0, 30, 5), (1440 + 600, 60, 0, 5, 2)), ("all",))
    assert shape.calls[0, 9] == pytest.approx(20)
    assert shape.calls[1, 10] == pytest.approx(5)
    assert shape.calls.sum() == pytest.approx(25)
    told, said = staff_of(shape, one_team())
    assert told == {"teams": {"front": {"staff": {"mon 09:00-10:00": 4, "tue 10:00-11:00": 2}}}}
    assert said == ""


def counted(days: int, hours: dict[int, tuple[float, float]]) -> np.ndarray:
    """Return intervals of an hour with calls offered and answered by hour of the day, on Mondays to Fridays."""
    rows = [
        (1440 * day + 60 * hour, 60, 0, *calls) for day in range(days) for hour, calls in hours.items() if day % 7 < 5
    ]
    kind = [("starts", float), ("minutes", float), ("queue", int), ("offered", float), ("answered", float)]
    return np.array(rows, np.dtype(kind))


DAILY = {7: (2.0, 0.0), 9: (9.0, 8.0), 10: (9.0, 9.0), 12: (4.0, 0.0), 14: (8.0, 8.0), 18: (1.0, 0.0)}


@pytest.mark.parametrize(
    ("rows", "hours"),
    [
        (counted(12, DAILY), ("mon-fri 09:00-11:00", "mon-fri 14:00-15:00")),  # closed at noon, and all the week-end
        (counted(12, dict.fromkeys((9, 10), (5.0, np.nan))), ("mon-fri 09:00-11:00",)),
        (counted(5, DAILY), ()),  # nothing is told of Saturday and Sunday
        (counted(12, dict.fromkeys((9,), (0.0, 0.0))), ()),
    ],
)
def test_opening_hours_are_those_in_which_calls_were_answered(rows, hours):
    assert opening_hours(rows) == hours


def test_a_quarter_of_an_hour_without_calls_is_no_closing_and_a_report_by_the_day_tells_no_hours():
    rows = counted(8, dict.fromkeys((9, 10), (5.0, 5.0)))
    rows["minutes"] = 15
    rows["starts"] += np.where(rows["starts"] % 1440 == 600, -30, 0)  # 09:00 and 09:30
    assert opening_hours(rows) == ("mon-fri 09:00-09:45",)
    rows["minutes"] = 1440
    assert opening_hours(rows) == ()


def test_agents_of_queues_that_are_no_teams_are_not_guessed_at():
    shape = shape_of(week((540, 60, 0, 10, 3)), ("sales", "service"))
    told, said = staff_of(shape, sim.load("base"))
    assert told == {}
    told, _ = staff_of(shape_of(week((540, 60, 0, 10, 3)), ("sales",)), sim.load("base"))
    assert told == {"teams": {"front": {"staff": {"mon 09:00-10:00": 3}}}}, "the agents of the only queue"
    assert "front, second" in said


def test_agents_go_to_the_teams_of_their_queues_and_the_others_are_told():
    """In small letters or capitals; whose team there is not, and which team has none, is said."""
    shape = shape_of(week((540, 60, 0, 10, 3), (540, 60, 1, 10, 2)), ("FRONT", "sales"))
    told, said = staff_of(shape, sim.load("base"))
    assert told == {"teams": {"front": {"staff": {"mon 09:00-10:00": 3}}}}
    assert said == (
        "The report's agents of sales were not taken over: no team is called so. The report has no agents of second: "
        "their staff is that of the world."
    )


def test_agents_of_a_report_take_the_place_of_shifts():
    early = {"staff": 0, "shifts": {"early": {"agents": 2, "hours": ["mon-fri 08:00-12:00"]}}}
    world = sim.variant("base", {"teams": {"front": early}})
    told, said = staff_of(shape_of(week((540, 60, 0, 10, 3)), ("front",)), world)
    assert told == {"teams": {"front": {"staff": {"mon 09:00-10:00": 3}, "shifts": {"early": "none"}}}}
    assert said.endswith("The report's agents by half-hour took the place of the shifts of front.")
    front = sim.variant(world, told).teams["front"]
    assert front.by_slot(())[36] == 3
    assert sum(front.by_slot(())) == 12


def test_agents_of_the_only_queue_go_to_the_one_team_that_serves_it():
    """Where it is no team's own; where several serve it, nobody can say whose they are."""
    shape = shape_of(week((540, 60, 0, 10, 3)), ("sales",))
    said: dict[str, Any] = {
        "line": {"team": "all"}, "queues": {"all": {}}, "teams": {"front": {"serves": ["front", "all"]}}
    }  # fmt: skip
    one = sim.variant("base", said)
    assert staff_of(shape, one)[0] == {"teams": {"front": {"staff": {"mon 09:00-10:00": 3}}}}
    several = sim.variant(one, {"teams": {"second": {"serves": ["second", "all"]}}})
    assert staff_of(shape, several) == (
        {}, "The report's agents were not taken over: all is served by front, second."
    )  # fmt: skip


@pytest.mark.parametrize("lengths", [(20, 20), (30, 60), (5, 5)])
def test_intervals_of_odd_lengths_are_refused(lengths):
    with pytest.raises(ValueError, match="all of 15, 30 or 60"):
        shape_of(week(*((540 + 60 * at, length, 0, 1, 1) for at, length in enumerate(lengths))), ("all",))


def test_a_report_without_a_call_has_no_shape():
    with pytest.raises(ValueError, match="no call offered"):
        shape_of(week((540, 60, 0, 0, 1)), ("all",))


def test_redials_an_hour_later_are_taken_out_of_the_shape_again_and_again():
    """Every call is followed by half a call in the next hour, four hours in all: from the calls alone, the problems."""
    again = np.eye(4) + 0.5 * np.eye(4, k=-1)
    problems = np.array([[0.4, 0.3, 0.2, 0.1]])
    weights = wanted = (again @ problems.T).T
    for _ in range(40):
        weights = corrected(weights, wanted, (again @ weights.T).T)
    assert weights == pytest.approx(problems, abs=2e-3)


# The file ------------------------------------------------------------------------------------------------------------


def test_a_whole_world_is_written_and_read_again(tmp_path):
    from sim.reading import load, written

    for name in sim.shipped():
        file = tmp_path / f"{name}.toml"
        file.write_text(file_of(written(sim.load(name)), {}, []), encoding="utf-8")
        assert sim.digest(load(file)) == sim.digest(sim.load(name))


def test_keys_and_texts_that_need_quotes_get_them():
    import tomllib

    tree = {"a b": {'c"d': "e\\f\u00e9", "x": [1, 2.5, True]}}
    assert tomllib.loads(file_of(tree, {("a b", "x"): "said"}, ["head"])) == tree
    assert toml({"law": "constant", "value": "5 min"}) == '{ law = "constant", value = "5 min" }'


def test_world_is_a_world():
    assert isinstance(one_team(), World)
