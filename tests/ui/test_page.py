"""The page, driven as a user drives it, at the smallest size it allows."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"


def page() -> AppTest:
    """Open the page, set to one day, two replications and half the load."""
    at = AppTest.from_file(str(APP), default_timeout=60).run()
    at.slider(key="load").set_value(50)
    at.slider(key="days").set_value(1)
    at.number_input(key="replications").set_value(2)
    return at


def press_run(at: AppTest) -> AppTest:
    return at.button[0].click().run()


def pictures(at: AppTest) -> list[str]:
    """Return the addresses of the figures: made of their content, so another figure has another."""
    return [one.proto.imgs[0].url for one in at.get("image")]


@pytest.fixture(scope="module")
def after_a_run() -> AppTest:
    return press_run(page())


def test_the_page_opens_on_the_best_known_pair_and_what_separates_it():
    at = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not at.exception
    assert [at.selectbox(key=key).value for key in ("first", "second")] == ["double_peine", "empowered"]
    assert "levers.time.cut_after" in at.dataframe[0].value.iloc[:, 0].tolist()


def test_a_run_shows_four_headlines_with_their_intervals(after_a_run):
    assert not after_a_run.exception
    assert [metric.label for metric in after_a_run.metric] == [
        "Calls per problem",
        "Customer's cost per problem",
        "Firm's cost per problem",
        "Customer's effort, 1 to 5",
    ]
    assert all("[" in metric.delta and "]" in metric.delta for metric in after_a_run.metric)


def test_a_run_shows_the_forest_and_a_strip_with_words_for_those_who_do_not_see_them(after_a_run):
    alternatives = [one.proto.imgs[0].alt for one in after_a_run.get("image")]
    assert [text.split()[0] for text in alternatives] == ["Paired", "Customer"]


def test_every_measure_is_listed_with_its_definition(after_a_run):
    table = after_a_run.dataframe[0].value
    assert {"calls_per_problem", "firm_eur_per_problem", "effort_ces"} <= set(table["measure"])
    assert table["definition"].str.len().min() > 20


def test_the_page_says_that_it_is_small(after_a_run):
    said = " ".join(caption.value for caption in after_a_run.caption)
    assert "2 replications of 1 d" in said
    assert "python -m sim compare double_peine empowered" in said


def test_moving_a_slider_asks_for_a_run_and_the_run_changes_the_figure():
    at = press_run(page())
    before = pictures(at)
    at.select_slider(key="cut_double_peine").set_value("never").run()
    assert "press Run" in at.info[0].value
    assert pictures(at) == before
    press_run(at)
    assert not at.info
    assert pictures(at)[0] != before[0]


def test_worlds_that_cannot_be_compared_are_answered_in_words():
    at = page()
    at.selectbox(key="second").set_value("base")
    press_run(at)
    assert not at.exception
    assert "other customers" in at.error[0].value


def test_a_world_compared_with_itself_is_warned_of():
    at = AppTest.from_file(str(APP), default_timeout=60).run()
    at.selectbox(key="second").set_value("double_peine").run()
    assert "same world" in at.warning[0].value


def test_choices_come_with_the_address():
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.query_params["load"] = "80"
    at.query_params["second"] = "hotline_2005"
    at.run()
    assert (at.slider(key="load").value, at.selectbox(key="second").value) == (80, "hotline_2005")
