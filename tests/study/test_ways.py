"""The second world with its own staff, with equal staff and with equal service, beside the first."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

import sim.study.comparing.compare as comparing
from sim.measures import MEASURES
from sim.reading import digest
from sim.report.finding import gainers
from sim.report.tables import tidy
from sim.study.comparing.compare import compare
from sim.study.comparing.comparison import Line
from sim.study.running import workers
from sim.study.running.estimate import Estimate
from sim.study.running.replicate import together
from sim.study.running.tasks import ReplicationError, live
from sim.study.searching import seeking
from sim.study.searching.equal import EqualServiceError
from sim.study.searching.staffing import paid_hours
from tests.worlds import MEMORYLESS, tiny_world

BUSY: dict[str, Any] = {"population": {"problems_per_day": 200, "handling": MEMORYLESS}}
FIRST = tiny_world(**BUSY, teams={"front": {"staff": 8, "wage": 20}})
SLOW = tiny_world(**BUSY, name="slow", teams={"front": {"staff": 10, "wage": 30, "talk": "15 min"}})
FEWER = tiny_world(**BUSY, name="fewer", teams={"front": {"staff": 6, "wage": 20}})
NEVER = tiny_world(**BUSY, name="never", teams={"front": {"staff": 8}}, line={"menu": "10 min"})
"""However many agents there are, a menu of ten minutes is held through."""
FEW: dict[str, Any] = {"replications": 2, "workers": 1}


@pytest.fixture(scope="module")
def study():
    return compare(FIRST, SLOW, service_measure="occupancy", replications=3, workers=1)


def hows(study):
    return [way.equality.how for way in study.ways]


def spaced(text):
    return " ".join(text.split())


def test_where_staff_differs_each_has_its_own_first_and_equal_staff_and_service_stand_beside_it(study):
    """Eight agents day and night are 1,344 hours a week, ten are 1,680."""
    assert hows(study) == ["none", "staff", "service"]
    assert [paid_hours(way.lived.world) for way in study.ways[:2]] == [1680, 1344]
    assert study.worlds[1] == SLOW
    assert study.line("occupancy", "staff") == study.alone("staff").line("occupancy")


def test_where_staff_is_the_same_its_own_is_equal_staff():
    same = SLOW.model_copy(update={"teams": {"front": SLOW.teams["front"].model_copy(update={"staff": 8})}})
    assert hows(compare(FIRST, same, measures=["solved_share"], service_measure="occupancy", **FEW)) == [
        "staff",
        "service",
    ]


def test_where_staff_is_all_that_differs_the_answer_is_its_own_staff_and_not_zero():
    """Two of eight agents fewer: longer waits. With the first's staff it would be the first world itself."""
    study = compare(FIRST, FEWER, **FEW)
    assert hows(study) == ["none"]
    assert set(study.missing) == {"staff", "service"}
    assert study.line("occupancy").difference.mean > 0
    assert study.line("staff_eur_per_problem").difference.high < 0
    assert "1,008 agent hours a week against 1,344" in spaced(study.text(every=False, definitions=False))


@pytest.mark.parametrize("how", ["none", "staff", "service"])
def test_either_way_is_the_comparison_that_is_made_alone(study, how):
    alone = compare(FIRST, SLOW, equal=how, service_measure="occupancy", replications=3, workers=1)
    assert study.alone(how) == alone
    assert [(line.worlds, line.difference) for line in study.alone(how).lines] == [
        (line.worlds, line.difference) for line in alone.lines
    ]


def test_the_first_world_is_lived_once_for_all(monkeypatch):
    lived: list[Any] = []

    def noted(worlds, *rest, **more):
        lived.append([world.name for world in worlds])
        return together(worlds, *rest, **more)

    monkeypatch.setattr(comparing, "together", noted)
    monkeypatch.setattr(seeking, "together", noted)
    compare(FIRST, SLOW, service_measure="occupancy", **FEW)
    assert lived[0] == ["tiny", "slow", "slow"]
    assert all(names == ["slow"] for names in lived[1:])


def test_a_search_lives_no_replication_twice_with_the_same_staff(monkeypatch):
    """Neither what was lived for another way, nor what its coarse look at four replications has seen already."""
    lived: list[Any] = []

    def noted(task, *told):
        lived.extend((digest(world), task.replication) for world in task.worlds)
        return live(task, *told)

    monkeypatch.setattr(workers, "live", noted)
    study = compare(FIRST, SLOW, service_measure="occupancy", replications=6, workers=1)
    assert hows(study) == ["none", "staff", "service"]
    assert len(lived) == len(set(lived))
    assert {number for _, number in lived} == set(range(6))


def test_equal_service_is_equal_on_the_very_replications_that_are_shown(study):
    """Within one part in a hundred, or the difference that is left is said."""
    line = study.alone("service").line("occupancy")
    assert line.worlds[1].mean == pytest.approx(line.worlds[0].mean, rel=0.01)
    assert f"occupancy {line.worlds[0].mean:.3g} and {line.worlds[1].mean:.3g}" in study.ways[-1].equality.meaning


def test_what_is_left_of_a_difference_in_service_is_said():
    """One agent or two: with whole agents on half-hours, two replications of a day jump from wait to wait."""
    few = tiny_world(**BUSY, teams={"front": {"staff": {"mon 09:00-10:00": 1}}}, line={"open": ["mon 09:00-10:00"]})
    slow = few.model_copy(
        update={
            "name": "slow",
            "teams": {"front": few.teams["front"].model_copy(update={"talk": 3 * few.teams["front"].mean_talk("any")})},
        }
    )
    study = compare(few, slow, service_measure="occupancy", **FEW)
    service = study.alone("service").line("occupancy")
    one, other = (estimate.mean for estimate in service.worlds)
    apart = abs(one - other) > 0.01 * one
    assert ("are left" in study.ways[-1].equality.meaning) == apart


def test_service_that_cannot_be_made_equal_leaves_the_rest_and_the_reason():
    study = compare(FIRST, NEVER, service_measure="hold_minutes_per_call", **FEW)
    assert hows(study) == ["staff"]
    assert "no staff was found that makes it equal" in spaced(study.missing["service"])
    assert "Equal service is not shown" in study.text()
    assert "Equal service is not shown" in study._repr_html_()
    tree = json.loads(study.to_json())
    assert tree["missing"] == study.missing
    assert [way["how"] for way in tree["ways"]] == ["staff"]
    assert not [name for name in study.table() if "service" in str(name)]


def test_asked_for_alone_it_is_an_error():
    with pytest.raises(EqualServiceError, match="no staff was found that makes it equal"):
        compare(FIRST, NEVER, equal="service", service_measure="hold_minutes_per_call", **FEW)


def test_a_measure_of_service_that_is_not_known_is_a_mistake():
    with pytest.raises(ValueError, match="did you mean occupancy"):
        compare(FIRST, SLOW, service_measure="ocupancy", **FEW)


def test_measures_that_a_search_needs_are_not_shown_unless_they_were_asked_for():
    study = compare(FIRST, SLOW, service_measure="occupancy", measures=["solved_share"], **FEW)
    assert [line.measure.id for line in study.lines] == ["solved_share"]
    assert "service" in hows(study)


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        ((1.0, -0.5, 2.5), "+1.00 ± 1.50 unsure 5.00 unsure"),
        ((1.0, 0.5, 1.5), "+1.00 ± 0.50 worse 5.00 worse"),
        ((-1.0, -1.5, -0.5), "-1.00 ± 0.50 better 5.00 better"),
        ((0.0, 0.0, 0.0), "0.00 ± 0.00 same 5.00 same"),
    ],
)
def test_a_word_says_what_a_difference_means(study, difference, said):
    """Of calls fewer are better; an interval that holds 0 does not tell the worlds apart."""
    line = Line(MEASURES["calls_per_problem"], (Estimate(5.0, 4.0, 6.0),) * 2, Estimate(*difference))
    made = replace(study, ways=tuple(replace(way, lines=(line,)) for way in study.ways[:2]))
    (row,) = (row for row in made.text().splitlines() if row.startswith("calls / problem"))
    assert spaced(row) == f"calls / problem calls 5.00 5.00 {said}"


def test_the_first_lines_say_whose_euros_change_and_how_sure(study):
    """A longer talk costs customers time, and more agents cost the firm."""
    first = spaced(study.text(every=False, definitions=False).split("\n\n")[0])
    assert "slow instead of tiny, own staff (1,680 agent hours a week against 1,344): " in first
    assert "the firm loses. " in first
    line = study.line("firm_eur_per_problem")
    one, other = line.worlds
    assert f"{other.mean:.2f} against {one.mean:.2f}; 95 %: " in first
    assert f"{line.difference.low:,.2f} to {line.difference.high:,.2f} more" in first


def test_every_measure_and_its_definition_are_printed_where_they_are_asked_for(study):
    whole, short = spaced(study.text()), spaced(study.text(every=False, definitions=False))
    for line in study.lines:
        said = f"{line.measure.id} ({line.measure.unit}): {spaced(line.measure.definition)}"
        assert said in whole
        assert said not in short
    assert "--all" in short
    assert "--definitions" in short


def test_long_names_of_worlds_and_teams_fit_too():
    teams = {
        "front": {"staff": 2},
        "a_team_with_a_name_far_longer_than_any_column": {"staff": 2, "talk": "5 min", "wage": 1},
    }
    worlds = [tiny_world(**BUSY, name=name * 20, teams=teams) for name in ("one", "two")]
    text = compare(*worlds, **FEW).text()
    assert max(map(len, text.splitlines())) <= 120
    assert "occupancy.a_team_with" in text


def test_what_is_printed_fits_120_columns(study):
    assert max(map(len, study.text().splitlines())) <= 120


def test_the_table_has_every_way_as_columns(study):
    table = study.table()
    line = study.alone("service").line("solved_share")
    assert table.loc["solved_share", "slow, equal service"] == line.worlds[1].mean
    assert table.loc["solved_share", "difference, equal service_high"] == line.difference.high
    assert table.loc["solved_share", "tiny"] == line.worlds[0].mean


def test_the_tidy_table_tells_the_first_world_once_and_every_replication(study):
    rows = tidy(study)
    assert len(rows) == 7 * 4 * len(study.lines)
    over_all = rows[rows["replication"].isna()]
    told = [("", "tiny")] + [(how, of) for how in hows(study) for of in ("slow", "difference")]
    assert list(zip(over_all["equal"][:7], over_all["of"][:7], strict=True)) == told
    one = rows[(rows["measure"] == "calls_per_problem") & (rows["replication"] == 2) & (rows["equal"] == "")]
    above, below = study.first.totals["calls_per_problem"][1]
    assert one["mean"].item() == above / below


def test_a_notebook_shows_every_measure(study):
    assert study._repr_html_().split("<details>")[1].count("<tr>") == len(study.lines) + 1


def test_warnings_say_which_staff_they_are_about():
    """Nobody gives up, everybody is cut at once: whoever rings comes to the most attempts there are."""
    again = {"persistence": 1.0, "most_attempts": 2, **dict.fromkeys(AFTER, "10 min")}
    world = tiny_world(population={"problems_per_day": 50, "again": again}, levers={"time": {"cut_after": "1 min"}})
    other = tiny_world(
        name="other",
        population={"problems_per_day": 50, "again": again},
        levers={"time": {"cut_after": "1 min"}, "memory": {"identification": "50 s"}},
    )
    text = spaced(compare(world, other, **FEW).text())
    assert "Warning. tiny, other with equal staff, other with equal service: " in text


AFTER = ("after_blocked", "after_abandoned", "after_cut", "after_dismissed", "after_unsolved")


def stopping(error, worlds):
    """Live as usual, but for the third replication of the tasks with so many worlds."""

    def stopped(task, *told):
        if task.replication == 2 and len(task.worlds) == worlds:
            raise error
        return live(task, *told)

    return stopped


def test_an_interruption_compares_what_is_finished(monkeypatch):
    monkeypatch.setattr(workers, "live", stopping(KeyboardInterrupt(), 3))
    study = compare(FIRST, SLOW, replications=4, workers=1)
    assert study.interrupted
    assert study.replications == 2
    assert hows(study) == ["none", "staff"]
    assert "Interrupted: only the 2 replications" in study.text()


def test_an_interruption_of_the_search_keeps_what_was_lived_before(monkeypatch):
    monkeypatch.setattr(workers, "live", stopping(KeyboardInterrupt(), 1))
    study = compare(FIRST, SLOW, replications=4, workers=1)
    assert study.interrupted
    assert (study.replications, hows(study)) == (4, ["none", "staff"])
    assert "interrupted while it was sought" in study.missing["service"]


@pytest.mark.parametrize(("worlds", "finished"), [(3, 2), (1, 4)])
def test_a_failure_compares_what_is_finished(monkeypatch, worlds, finished):
    monkeypatch.setattr(workers, "live", stopping(ReplicationError("tiny, replication 2, seed 1: broken"), worlds))
    with pytest.raises(ReplicationError) as told:
        compare(FIRST, SLOW, replications=4, workers=1)
    assert told.value.finished.replications == finished


@pytest.mark.parametrize(
    ("firm", "cash", "said"),
    [
        ((-2, -3, -1), (-2, -3, -1), "customers gain, the firm gains"),
        (
            (-2, -3, -1),
            (2, 1, 3),
            "customers gain, the firm gains if customers lost are counted, which is a guess (it loses ",
        ),
        ((0, -1, 1), (2, 1, 3), "the firm's costs are not told apart if customers lost are counted"),
    ],
)
def test_who_gains_is_said_with_and_without_the_guess(study, firm, cash, said):
    """Of euros fewer are better; what differs once the margin of customers lost is left out is said at once."""
    apart = {"customer_eur_per_problem": (-2, -3, -1), "firm_eur_per_problem": firm, "firm_cash_eur_per_problem": cash}
    lines = [Line(MEASURES[name], (Estimate(5.0, 4.0, 6.0),) * 2, Estimate(*one)) for name, one in apart.items()]
    made = replace(study, ways=(replace(study.ways[0], lines=tuple(lines)),))
    assert said in gainers(made)
