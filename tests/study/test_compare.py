"""Two worlds on the same customers."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from sim.report.tables import tidy
from sim.study.comparing.compare import compare
from sim.study.running import workers
from sim.study.running.estimate import paired_difference, ratio
from sim.study.running.tasks import ReplicationError, live
from tests.worlds import tiny_world

FEW = {"population": {"problems_per_day": 100}, "teams": {"front": {"staff": 2, "wage": 20}}}


@pytest.fixture(scope="module")
def compared():
    slow = tiny_world(**FEW, name="slow", levers={"memory": {"identification": "5 min"}})
    return compare(tiny_world(**FEW), slow, replications=3, workers=1, equal="staff")


def test_identical_worlds_differ_by_exactly_zero():
    world = tiny_world(**FEW)
    for line in compare(world, world, replications=3, workers=1).lines:
        assert line.worlds[0] == line.worlds[1]
        assert line.difference in ((0.0, 0.0, 0.0), (None, None, None)), line.measure.id


def test_the_comparison_does_not_depend_on_how_many_work_at_it(compared):
    two = compare(*compared.worlds, replications=3, workers=2)
    told = [[(line.worlds, line.difference) for line in one.lines] for one in (two, compared)]
    assert told[0] == told[1]


def test_estimates_are_those_of_the_totals(compared):
    line = compared.line("customer_minutes_per_problem")
    one, other = (lived.totals["customer_minutes_per_problem"].T for lived in compared.lived)
    assert line.worlds == (ratio(*one), ratio(*other))
    assert line.difference == paired_difference(*one, *other)


def test_five_minutes_more_of_identification_are_told_apart(compared):
    """With hold in addition: every call is five minutes longer at least, and both worlds have the same callers."""
    line = compared.line("customer_minutes_per_problem")
    assert line.difference.low > 0
    assert line.worlds[1].mean - line.worlds[0].mean > 4.5  # the last calls are cut off by the end of the run
    problems = [lived.totals["customer_minutes_per_problem"][:, 1] for lived in compared.lived]
    assert np.array_equal(*problems)


def test_other_customers_are_refused_and_the_keys_are_listed():
    other = tiny_world(name="other", population={"patience": "5 min", "temper_cv": 1})
    with pytest.raises(ValueError, match="other customers") as told:
        compare(tiny_world(), other)
    assert "population.patience" in str(told.value)
    assert "population.temper_cv" in str(told.value)


def test_worlds_of_other_lengths_are_refused_unless_days_make_them_equal():
    longer = tiny_world(**FEW, name="longer", time={"horizon": "2 d"})
    with pytest.raises(ValueError, match=r"time\.horizon"):
        compare(tiny_world(**FEW), longer, workers=1)
    assert compare(tiny_world(**FEW), longer, replications=2, days=1, workers=1).replications == 2


@pytest.mark.parametrize("wrong", [{"replications": 1}, {"equal": "luck"}, {"measures": ["no_such_measure"]}])
def test_values_out_of_their_range_are_refused(wrong):
    with pytest.raises(ValueError, match=r"replications is 1|equal is|not known"):
        compare(tiny_world(), tiny_world(), **{"workers": 1, **wrong})


def test_teams_of_one_world_alone_have_no_difference():
    other = tiny_world(
        **FEW | {"teams": {"front": {"staff": 1}, "back": {"staff": 1, "talk": "5 min", "wage": 1}}}, name="other"
    )
    lines = compare(tiny_world(**FEW), other, replications=2, workers=1)
    ids = [line.measure.id for line in lines.lines]
    at = ids.index("occupancy")
    assert ids[at : at + 3] == ["occupancy", "occupancy.front", "occupancy.back"]
    assert lines.line("occupancy.back").worlds[0] == (None, None, None)
    assert lines.line("occupancy.back").difference == (None, None, None)


def test_an_interruption_compares_what_is_finished(monkeypatch):
    def interrupted(task, *told):
        if task.replication == 2:
            raise KeyboardInterrupt
        return live(task, *told)

    monkeypatch.setattr(workers, "live", interrupted)
    comparison = compare(tiny_world(**FEW), tiny_world(**FEW), replications=5, workers=1)
    assert comparison.interrupted
    assert comparison.replications == 2
    assert "Interrupted: only the 2 replications" in comparison.text()


def test_a_failure_compares_what_is_finished(monkeypatch):
    def failing(task, *told):
        if task.replication == 2:
            raise ReplicationError("slow, replication 2, seed 1: broken")
        return live(task, *told)

    monkeypatch.setattr(workers, "live", failing)
    with pytest.raises(ReplicationError) as told:
        compare(tiny_world(**FEW), tiny_world(**FEW), replications=4, workers=1)
    assert told.value.finished.replications == 2


def test_json_is_strict_and_has_the_agreed_keys(compared):
    def refused(constant):
        raise AssertionError(f"{constant} is no JSON")

    tree = json.loads(compared.to_json(), parse_constant=refused)
    assert list(tree) == [
        *("kind", "format", "versions", "command", "worlds", "seed", "replications", "numbers", "interrupted"),
        *("days", "engine", "seconds", "notes", "missing", "ways", "measures", "totals"),
    ]
    assert [list(world) for world in tree["worlds"]] == [["name", "digest", "contents"]] * 2
    for measure in tree["measures"]:
        for estimate in (measure["first"], measure["ways"][0]["second"], measure["ways"][0]["difference"]):
            assert list(estimate) == ["mean", "low", "high"]
            assert all(value is None or math.isfinite(value) for value in estimate.values())
    undefined = next(one for one in tree["measures"] if one["id"] == "hold_share_of_toll")
    assert undefined["ways"][0]["difference"] == {"mean": None, "low": None, "high": None}


def test_json_says_what_was_made_equal_and_how_long_the_worlds_were_lived():
    """Two agents day and night are 336 hours a week, and the other world has as many: a factor of one."""
    time = {"warm_up": "12 h", "horizon": "1 d", "follow_up": "36 h"}
    worlds = [tiny_world(**FEW, name=name, time=time) for name in ("one", "two")]
    study = compare(*worlds, replications=2, workers=1, measures=["solved_share"], equal="staff")
    tree = json.loads(study.to_json())
    assert tree["days"] == {"warm_up": 0.5, "horizon": 1.0, "follow_up": 1.5}
    (way,) = tree["ways"]
    assert way["meaning"].startswith("Equal staff, 336.0 and 336.0 agent hours")
    assert (way["how"], way["factor"], way["hours_a_week"], way["posts"]) == ("staff", 1.0, [336.0] * 2, [9.6] * 2)


def test_the_tidy_table_says_of_each_row_whose_it_is_and_what_was_equal(compared):
    rows = tidy(compared)
    assert len(rows) == 3 * 4 * len(compared.lines)
    rows = rows[rows["replication"].isna()]
    assert list(rows["of"][:3]) == ["tiny", "slow", "difference"]
    assert list(rows["equal"][:3]) == ["", "staff", "staff"]
    assert list(rows["digest"][:3]) == [*compared.digests, ""]
    assert set(rows["seed"]) == {1}


def test_the_table_has_a_row_for_each_measure(compared):
    table = compared.table()
    assert list(table.index) == [line.measure.id for line in compared.lines]
    assert table.loc["solved_share", "slow"] == compared.line("solved_share").worlds[1].mean


def test_the_text_names_every_measure_its_definition_and_fits_120_columns(compared):
    text = compared.text()
    assert max(map(len, text.splitlines())) <= 120
    spaced = " ".join(text.split())
    for line in compared.lines:
        assert f"{line.measure.id} ({line.measure.unit}): {' '.join(line.measure.definition.split())}" in spaced
    assert all(digits in text for digits in compared.digests)


def test_long_names_of_worlds_fit_too():
    worlds = [tiny_world(**FEW, name=name * 20) for name in ("one", "two")]
    text = compare(*worlds, replications=2, workers=1, measures=["solved_share", "occupancy.front"]).text()
    assert max(map(len, text.splitlines())) <= 120


def test_the_better_world_is_named_by_the_direction_of_the_measure(compared):
    table = compared.text().split("What the")[0].split("better\n")[1]
    rows = {line.split()[0]: line for line in table.splitlines() if line[:2] == "  "}
    assert rows["customer_minutes_per_problem"].endswith("  tiny")
    assert rows["occupancy"].endswith("  (higher)")
    assert rows["cuts_per_problem"].endswith("  the same")


def test_a_notebook_shows_every_measure(compared):
    shown = compared._repr_html_()
    assert shown.split("<details>")[1].count("<tr>") == len(compared.lines) + 1
