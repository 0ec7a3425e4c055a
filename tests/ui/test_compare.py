"""The page Compare, driven as a planner drives it, at the smallest size it allows."""

from __future__ import annotations

import pytest

import sim
from sim.report.finding import findings
from sim.study.comparing.compare import compare
from sim.study.running.tasks import ReplicationError
from sim.ui.comparing import begun as drawn
from sim.ui.comparing import work
from sim.ui.comparing.headlines import HEADLINES
from sim.ui.comparing.question import Question
from sim.ui.comparing.views import VIEWS
from sim.ui.state import worlds
from tests.ui.opened import opened, said, until

SMALL = {"load": "50", "days": "1", "replications": "2"}


@pytest.fixture(scope="module")
def plain():
    return until(opened(**SMALL), lambda at: at.metric)


def test_the_page_opens_on_the_best_known_pair_and_shows_figures_by_itself(plain):
    assert not plain.exception
    assert [plain.selectbox(key=key).value for key in ("first", "second")] == ["double_peine", "empowered"]
    assert [metric.label.rstrip("*") for metric in plain.metric] == list(HEADLINES.values())


def test_the_figures_are_those_of_the_library(plain):
    """To the digits that are shown."""
    first, second = Question("double_peine", "empowered", load=50).worlds()
    made = compare(first, second, replications=2, days=1, equal="staff")
    shown = {metric.label.rstrip("*"): metric for metric in plain.metric}
    calls, solved = made.line("calls_per_problem"), made.line("solved_share")
    assert shown["Calls per problem"].value == f"{calls.worlds[1].mean:.2f} calls"
    assert shown["Problems solved"].value == f"{100 * solved.worlds[1].mean:.0f} %"
    low, high = (f"{value:+.2f}" for value in calls.difference[1:])
    assert shown["Calls per problem"].delta == f"{calls.difference.mean:.2f} calls"
    intervals = [line for caption in plain.caption for line in caption.value.split("  \n")]
    assert f"95 % interval: [{low}, {high}]".replace("-", "\N{MINUS SIGN}") in intervals  # under the card: none is cut
    assert findings(made)[0].split(". ")[0] in said(plain).replace("\\", "")


def test_what_either_world_is_stands_above_the_figures(plain):
    told = "\n".join(caption.value for caption in plain.caption[:2])
    for name in ("double_peine", "empowered"):
        assert f"**{name.replace('_', chr(92) + '_')}**: {sim.load(name).about}" in told


@pytest.mark.parametrize(("second", "hinted"), [("double_peine", False), ("empowered", True)])
def test_how_to_tell_more_is_said_where_something_is_not_told_apart(second, hinted):
    """The firm's cost of so small a run is not; two worlds that are the same never will be."""
    at = until(opened(**SMALL, second=second), lambda one: "How to repeat" in said(one) or one.expander)
    assert ("may be with more days" in said(at)) == hinted


def test_a_slider_moved_is_answered_with_other_figures(plain):
    before = [metric.value for metric in plain.metric]
    plain.slider(key="staff").set_value(70).run()
    at = until(plain, lambda one: one.metric and [metric.value for metric in one.metric] != before)
    assert not at.exception
    assert at.query_params["staff"] == "70"


def test_a_key_of_a_world_is_turned_and_put_back(plain):
    plain.select_slider(key="a.levers.time.cut_after").set_value("never").run()
    assert plain.query_params["a.levers.time.cut_after"] == "never"
    plain.button(key="reset a.").click().run()
    assert "a.levers.time.cut_after" not in plain.query_params
    assert plain.select_slider(key="a.levers.time.cut_after").value == "20 min"


def test_another_world_forgets_what_was_turned_of_the_one_before():
    at = opened(**SMALL, **{"a.levers.time.cut_after": "never"})
    at.selectbox(key="first").set_value("hotline_2005").run()
    assert "a.levers.time.cut_after" not in at.query_params


def test_equal_service_is_sought_when_it_is_asked_for():
    at = until(opened(**SMALL, how="service"), lambda one: one.metric)
    assert "equal service" in said(at)


def test_worlds_with_other_customers_are_told_and_those_that_fit_are_a_click_away():
    at = opened(**SMALL, second="base")
    assert "have other customers" in at.error[0].value
    at.button(key="with empowered").click().run()
    assert at.selectbox(key="second").value == "empowered"
    assert not at.error


def test_what_is_large_is_lived_when_run_is_pressed():
    at = opened(days="28", replications="100")
    assert not at.metric
    assert "Press Run" in said(at)
    at.button(key="run compare").click().run()
    at.button(key="cancel compare").click().run()
    assert at.button(key="run compare")


def test_what_is_absurdly_large_is_not_lived_here(monkeypatch):
    monkeypatch.setattr(drawn, "MOST_PROBLEMS", 100)
    at = opened(**SMALL)
    assert "at most 100 are lived here" in at.error[0].value
    assert not at.metric


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_looked_at(view):
    at = until(opened(**SMALL, view=view), lambda one: one.metric)
    at.run()
    assert not at.exception


def test_the_page_speaks_french():
    at = until(opened(**SMALL, lang="fr"), lambda one: one.metric)
    assert at.selectbox(key="first").label == "Premier monde"


def test_a_mistake_of_the_work_is_told_in_words(monkeypatch):
    def fails(*asked, **more):
        raise ReplicationError("double_peine, replication 0, seed 1: it went wrong")

    monkeypatch.setattr(work, "compare", fails)
    at = until(opened(**SMALL, seed="99"), lambda one: one.error)
    assert "it went wrong" in at.error[0].value
    assert not at.exception


def test_a_long_comparison_that_was_made_is_there_when_its_address_is_opened_again(monkeypatch):
    monkeypatch.setattr(drawn, "QUICK", 10)
    at = opened(**SMALL, seed="31")
    at.button(key="run compare").click().run()
    made = [one.value for one in until(at, lambda one: one.metric and one.segmented_control(key="view")).metric]
    again = opened(**SMALL, seed="31")
    assert [one.value for one in again.metric] == made
    assert opened(**SMALL, seed="32").button(key="run compare")


def test_two_worlds_of_one_name_are_told_apart():
    at = until(opened(**SMALL, second="double_peine", **{"b.levers.time.cut_after": "never"}), lambda one: one.metric)
    assert "double_peine (2) instead of double_peine (1)" in said(at).replace("\\", "")


def test_a_world_in_which_hardly_anybody_calls_has_nothing_to_draw_and_says_so():
    quiet = worlds.keep(sim.changed("double_peine", {"population.problems_per_day": 0.01}))
    at = until(opened(**{**SMALL, "load": "100"}, first=quiet, second=quiet), lambda one: one.info)
    assert not at.exception
    assert not [one for one in at.markdown if one.value.endswith("..**")]


def test_at_equal_staff_the_slider_of_agents_is_said_to_do_nothing():
    at = opened(**SMALL, how="staff", staff="60")
    assert "the slider of agents does nothing" in said(at)
    assert "the slider of agents does nothing" not in said(opened(**SMALL, how="none", staff="60"))


def test_a_customer_beyond_the_last_is_told_which_there_are():
    at = until(opened(**SMALL, view="customer", whose="number", customer="9999999"), lambda one: one.error)
    assert not at.exception
    assert "customers have numbers from 0 to" in at.error[0].value
