"""The charts draw what the library says: places, intervals and words of the same numbers."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim.engines import run
from sim.figures import effort_table
from sim.figures.differences import point
from sim.measures import tables
from sim.people import populate
from sim.reading import load
from sim.study.calibrating.calibration import Beside
from sim.study.calibrating.questions import question
from sim.study.comparing.compare import compare
from sim.study.running.estimate import Estimate
from sim.study.running.size import with_days
from sim.ui.charts import costs, differences, effort, floor, service, strip
from sim.ui.charts.fit import fit_chart, fit_table
from sim.ui.charts.looks import names_of
from sim.ui.comparing import lives
from sim.ui.jobs.job import Job
from sim.ui.watching.day import QUEUE, live_day

WORLDS = with_days(load("double_peine"), 1), with_days(load("empowered"), 1)


@pytest.fixture(scope="module")
def made():
    return compare("double_peine", "empowered", replications=2, days=1, equal="staff")


@pytest.fixture(scope="module")
def job():
    return Job("a", lambda one: None, stays=False)


def test_differences_stand_where_the_paired_differences_lie_within_the_ends_of_the_axis(made):
    rows = differences.table(made)
    for name, at in zip(rows["id"], rows["at"], strict=True):
        placed = point(made.line(name)).at
        assert at == placed or 100 < abs(at) < abs(placed)
    assert differences.differences(made).to_dict()["layer"]


@pytest.mark.parametrize("whose", ["customers", "firm"])
def test_the_waterfall_begins_with_the_first_worlds_cost_and_ends_with_the_seconds(made, whose):
    rows = costs.table(made, whose)
    line = made.line({"customers": "customer_eur_per_problem", "firm": "firm_eur_per_problem"}[whose])
    assert (rows["end"].iloc[0], rows["end"].iloc[-1]) == pytest.approx([one.mean for one in line.worlds])
    parts = rows[rows["kind"] == "part"]
    assert (parts["end"] - parts["start"]).sum() == pytest.approx(line.difference.mean)
    assert (parts["start"].iloc[1:].to_numpy() == parts["end"].iloc[:-1].to_numpy()).all()  # each hangs on the last
    assert costs.costs(made, whose).to_dict()["layer"]


def test_one_customer_is_the_same_in_both_worlds_and_is_told_in_words(job):
    found = lives.live_customer(WORLDS, 1, "median", "en", job)
    assert [one.world for one in found.story.lived] == ["double_peine", "empowered"]
    shown = strip.spells(found.strip, WORLDS)
    assert set(shown["world"]) <= {"double_peine", "empowered"}
    assert found.story.lived[0].course.calls
    toll = shown[shown["place"] == 1]["eur"].sum()
    assert toll <= found.strip.money.query("place == 1 and what == 'paid'")["eur"].max() + 1e-6
    assert strip.strip(found.strip, WORLDS).to_dict()["layer"]
    assert strip.money(found.strip, WORLDS).to_dict()["mark"]


def test_any_customer_can_be_asked_for_and_one_who_is_none_is_refused(job):
    listed = lives.live_customer(WORLDS, 1, "worst", "fr", job).others
    number = int(listed["customer"].iloc[0])
    assert lives.live_customer(WORLDS, 1, str(number), "en", job).customer == number
    with pytest.raises(ValueError, match="customer"):
        lives.live_customer(WORLDS, 1, "99999999", "en", job)


def test_those_who_gain_most_are_listed_first(job):
    listed = lives.live_customer(WORLDS, 1, "median", "en", job).others
    beyond = listed["effort_1"] - listed["effort_2"]
    assert (beyond.diff().dropna() <= 1e-9).all()


def test_effort_is_the_librarys_table(made, job):
    drawn = lives.live_effort(WORLDS, 1, 2, job)
    same = [populate(WORLDS[0], seed=1, replication=at) for at in range(2)]
    first, second = ([tables(run(world, one)) for one in same] for world in WORLDS)
    mine = effort_table(first, second)
    pd.testing.assert_frame_equal(drawn, mine)
    assert effort.effort(drawn, made).to_dict()["layer"]


def test_service_by_the_hour_comes_to_the_replications_that_are_asked_for(made, job):
    rows = lives.live_hours(WORLDS, 1, 2, job)
    shown = service.table(rows, "offered", made)
    assert set(shown["world"]) == {"double_peine", "empowered"}
    share = service.table(rows, "abandoned_share", made)
    assert share["value"].max() > 1.0  # in percent
    assert service.service(rows, "offered", "calls", made).to_dict()["layer"]


def test_two_worlds_of_one_name_are_told_apart():
    assert names_of((WORLDS[0], WORLDS[0])) == ("double_peine (1)", "double_peine (2)")


def test_a_watched_day_counts_who_is_there_at_every_minute(job):
    for day in live_day(WORLDS, 1, 0, job):
        first, last = day.opens()
        for minute in range(first, last, 37):
            there = day.at(minute)
            assert (there["where"] == QUEUE).sum() == day.waiting[minute]
            assert (there["where"] == "agent").sum() == day.serving[minute]
            teams = day.teams_at(minute)
            assert sum(one.on_duty for one in teams) == day.on_duty[minute].sum()
            assert all(one.team in day.world.teams for one in teams)
            assert (there["minutes"].diff().dropna() <= 1e-9).all()  # those there longest first


def test_the_floor_has_every_agent_and_every_customer_who_waits():
    waiting = pd.DataFrame({"customer": np.arange(45), "place": "front", "minutes": np.linspace(30, 0, 45)})
    rows = floor.table(waiting, [("front", 21, 25), ("second", 1, 3)])
    assert rows["what"].value_counts().to_dict() == {"waits": 45, "busy": 22, "free": 6}
    agents, queue = rows[rows["what"] != "waits"], rows[rows["what"] == "waits"]
    assert agents["y"].max() < queue["y"].min()
    assert not rows.duplicated(["x", "y"]).any()
    assert queue["minutes"].iloc[0] == 30
    assert floor.floor(rows, 8).to_dict()["layer"]


def test_a_mean_beyond_the_axis_of_a_fit_is_an_arrow_with_its_number_and_no_dot():
    """A dot at the end of the axis would say 200 % of what is 241 %."""
    inside, beyond = (
        Beside(question(name, share=True), 0.068, 0.0, 0.202, False, Estimate(mean, mean, mean))
        for name, mean in (("abandoned", 0.05), ("answered", 2.41 * 0.068))
    )
    made = SimpleNamespace(lines=(inside, beyond), figures=SimpleNamespace(over=lambda: 30.0))
    rows = fit_table(made)
    assert rows["beyond"].tolist() == ["", "\N{RIGHTWARDS ARROW} 241 %"]
    assert rows["at"].notna().tolist() == [True, False]
    assert rows["figure"].iloc[0].endswith("your band: 0.0 to 20.2 %")
    assert "beyond" in str(fit_chart(made).to_dict())
