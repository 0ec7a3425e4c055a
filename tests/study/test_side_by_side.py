"""Equal staff and equal service side by side, on the same customers."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import sim.study.replicate as replicating
import sim.study.side_by_side as beside
from sim.measures import MEASURES
from sim.study import hands
from sim.study.compare import Line, compare
from sim.study.estimate import Estimate
from sim.study.side_by_side import comparisons_of, side_by_side
from sim.study.tables import tidy
from sim.study.tasks import ReplicationError, live
from tests.worlds import MEMORYLESS, tiny_world

BUSY = {"population": {"problems_per_day": 200, "handling": MEMORYLESS}}
FIRST = tiny_world(**BUSY, teams={"front": {"staff": 8, "wage": 20}})
SLOW = tiny_world(**BUSY, name="slow", teams={"front": {"staff": 2, "wage": 30, "talk": "15 min"}})
NEVER = tiny_world(**BUSY, name="never", teams={"front": {"staff": 8}}, line={"menu": "10 min"})
"""However many agents there are, a menu of ten minutes is held through."""
FEW = {"replications": 2, "workers": 1}


@pytest.fixture(scope="module")
def study():
    return side_by_side(FIRST, SLOW, service_measure="occupancy", replications=3, workers=1)


@pytest.fixture(scope="module")
def without():
    return side_by_side(FIRST, NEVER, service_measure="hold_minutes_per_call", **FEW)


@pytest.mark.parametrize("way", ["staff", "service"])
def test_either_side_is_the_comparison_that_is_made_alone(study, way):
    alone = compare(FIRST, SLOW, equal=way, service_measure="occupancy", replications=3, workers=1)
    side = getattr(study, way)
    assert [(line.worlds, line.difference) for line in side.lines] == [
        (line.worlds, line.difference) for line in alone.lines
    ]
    assert side.equality == alone.equality
    assert side.digests == alone.digests


def test_the_first_world_is_lived_once_for_both(study, monkeypatch):
    assert study.staff.lived[0] is study.service.lived[0]
    lived = []

    def noted(worlds, *rest, **more):
        lived.append([world.name for world in worlds])
        return replicating.together(worlds, *rest, **more)

    monkeypatch.setattr(beside, "together", noted)
    side_by_side(FIRST, SLOW, service_measure="occupancy", **FEW)
    assert lived == [["tiny", "slow", "slow"]]


def test_equal_staff_and_equal_service_stand_in_one_line(study):
    """Equal staff: 8 agents, 1,344 hours a week for both. Talks half as long again need about half as many again."""
    text = study.text()
    assert max(map(len, text.splitlines())) <= 120
    assert "Equal staff, 1,344.0 and 1,344.0 agent hours" in " ".join(text.split())
    who, staffed, _ = text.split("not told apart.\n\n")[1].splitlines()[:3]
    assert who.split() == ["tiny", "slow,", "equal", "staff", "slow,", "equal", "service"]
    assert staffed.split()[:9] == ["1,344.0", "h", "a", "week", "1,344.0", "h", "a", "week,", "x"]
    row = next(line for line in text.splitlines() if line.startswith("  occupancy  "))
    for comparison in comparisons_of(study):
        line = comparison.line("occupancy")
        assert f"{line.difference.mean:+.3f} ± {line.difference.high - line.difference.mean:.3f}" in row
        assert f"{line.worlds[1].mean:.3f}" in row
    assert "higher" in row.split()  # the same agents, longer talks


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        ((1.0, -0.5, 2.5), "+1.00 ± 1.50 unsure"),
        ((1.0, 0.5, 1.5), "+1.00 ± 0.50 worse"),
        ((-1.0, -1.5, -0.5), "-1.00 ± 0.50 better"),
        ((0.0, 0.0, 0.0), "0.00 ± 0.00 same"),
    ],
)
def test_a_word_says_what_a_difference_means(study, difference, said):
    """Of calls fewer are better; an interval that holds 0 does not tell the worlds apart."""
    line = Line(MEASURES["calls_per_problem"], (Estimate(5.0, 4.0, 6.0),) * 2, Estimate(*difference))
    made = replace(study, staff=replace(study.staff, lines=(line,)), service=replace(study.service, lines=(line,)))
    (row,) = (row for row in made.text().splitlines() if row.startswith("  calls_per_problem  "))
    assert " ".join(row.split()) == f"calls_per_problem calls 5.00 5.00 {said} 5.00 {said}"


def test_every_measure_and_its_definition_are_printed(study):
    spaced = " ".join(study.text().split())
    for line in study.staff.lines:
        assert f"{line.measure.id} ({line.measure.unit}): {' '.join(line.measure.definition.split())}" in spaced


def test_long_names_of_worlds_and_teams_fit_too():
    teams = {
        "front": {"staff": 2},
        "a_team_with_a_name_far_longer_than_any_column_" * 2: {"staff": 2, "talk": "5 min", "wage": 1},
    }
    worlds = [tiny_world(**BUSY, name=name * 30, teams=teams) for name in ("one", "two")]
    text = side_by_side(*worlds, **FEW).text()
    assert max(map(len, text.splitlines())) <= 120
    assert "occupancy.a_team_with" in text


def test_what_is_undefined_in_a_world_is_a_dash(study):
    row = next(line for line in study.text().splitlines() if line.startswith("  hold_share_of_toll"))
    assert row.split()[1:] == ["share", "-", "-", "-", "-", "-"]


def test_service_that_cannot_be_made_equal_leaves_equal_staff_and_the_reason(without):
    assert without.service is None
    assert "no staff was found that makes it equal" in without.missing
    assert f"Equal service is missing: {without.missing}." in " ".join(without.text().split())
    assert "difference [95 % interval]" in without.text()
    tree = json.loads(without.to_json())
    assert tree["missing"] == without.missing
    assert tree["equalities"]["service"] is None
    assert {one["service"] for one in tree["measures"]} == {None}
    assert not [name for name in without.table() if "service" in name]
    assert "Equal service is missing" in without._repr_html_()


def test_a_measure_of_service_that_is_not_known_is_a_mistake_all_the_same():
    with pytest.raises(ValueError, match='did you mean "occupancy"'):
        side_by_side(FIRST, SLOW, service_measure="ocupancy", **FEW)


def test_json_holds_the_first_world_once_and_both_ways(study):
    tree = json.loads(study.to_json())
    keys = ["worlds", "seed", "replications", "days", "engine", "seconds", "equalities", "missing", "measures"]
    assert list(tree) == keys
    assert [tree["equalities"][way]["how"] for way in ("staff", "service")] == ["staff", "service"]
    assert tree["equalities"]["service"]["factor"] == study.service.equality.factor
    assert tree["missing"] is None
    for one, line, other in zip(tree["measures"], study.staff.lines, study.service.lines, strict=True):
        assert one["first"] == line.worlds[0]._asdict() == other.worlds[0]._asdict()
        for way, told in (("staff", line), ("service", other)):
            assert one[way] == {"second": told.worlds[1]._asdict(), "difference": told.difference._asdict()}


def test_the_table_has_both_ways_as_columns(study):
    table = study.table()
    line = study.service.line("solved_share")
    assert table.loc["solved_share", "slow, equal service"] == line.worlds[1].mean
    assert table.loc["solved_share", "difference, equal service_high"] == line.difference.high
    assert table.loc["solved_share", "tiny"] == line.worlds[0].mean


def test_the_tidy_table_tells_the_first_world_once(study):
    rows = tidy(*comparisons_of(study))
    assert len(rows) == 5 * len(study.staff.lines)
    told = [("", "tiny"), ("staff", "slow"), ("staff", "difference"), ("service", "slow"), ("service", "difference")]
    assert list(zip(rows["equal"][:5], rows["of"][:5], strict=True)) == told


def test_a_notebook_shows_every_measure(study):
    assert study._repr_html_().count("<tr>") == len(study.staff.lines) + 1


def test_warnings_say_which_of_the_two_staffs_they_are_about():
    """Nobody gives up, everybody is cut at once: whoever rings comes to the most attempts there are."""
    again = {"persistence": 1.0, "most_attempts": 2, **dict.fromkeys(AFTER, "10 min")}
    world = tiny_world(population={"problems_per_day": 50, "again": again}, levers={"time": {"cut_after": "1 min"}})
    text = " ".join(side_by_side(world, world.model_copy(update={"name": "other"}), **FEW).text().split())
    for name in ("tiny", "other with equal staff", "other with equal service"):
        assert f"Note. {name}: " in text


AFTER = ("after_blocked", "after_abandoned", "after_cut", "after_dismissed", "after_unsolved")


def stopping(error):
    """Live as usual, but for the last but one replication of the study itself: the search has only the first."""

    def stopped(task, *told):
        if task.replication == 2 and len(task.worlds) == 3:
            raise error
        return live(task, *told)

    return stopped


def test_an_interruption_compares_what_is_finished(monkeypatch):
    monkeypatch.setattr(hands, "live", stopping(KeyboardInterrupt()))
    study = side_by_side(FIRST, FIRST, replications=4, workers=1)
    assert study.interrupted
    assert study.staff.replications == study.service.replications == 2
    assert "Interrupted: only the 2 replications" in study.text()


def test_a_failure_compares_what_is_finished(monkeypatch):
    monkeypatch.setattr(hands, "live", stopping(ReplicationError("tiny, replication 2, seed 1: broken")))
    with pytest.raises(ReplicationError) as told:
        side_by_side(FIRST, FIRST, replications=4, workers=1)
    assert [one.replications for one in comparisons_of(told.value.finished)] == [2, 2]
