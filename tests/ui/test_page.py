"""The page, driven as a user drives it, at the smallest size it allows."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from sim.study.running.tasks import ReplicationError
from sim.ui import kept, work
from sim.ui import page as drawn
from sim.ui.choices import Choices

APP = Path(__file__).parents[2] / "app.py"
SMALL = {"load": "50", "days": "1", "replications": "2"}
LARGE = {"days": "28", "replications": "100"}
TITLES = ["Calls per problem", "Customer's cost per problem", "Firm's cost per problem*", "Customer's effort, 1 to 5"]


def page(**address: str) -> AppTest:
    """Open the page at an address: at one day, two replications and half the load unless it says otherwise."""
    at = AppTest.from_file(str(APP), default_timeout=240)
    for key, value in {**SMALL, **address}.items():
        at.query_params[key] = value
    return at.run()


def pictures(at: AppTest) -> list[str]:
    """Return the addresses of the figures: made of their content, so another figure has another."""
    return [one.proto.imgs[0].url for one in at.get("image")]


def said(at: AppTest) -> str:
    return " ".join(one.value for one in (*at.caption, *at.markdown))


def presses_cancel(monkeypatch) -> list[Choices]:
    """Let Cancel be pressed while the progress of equal staff is shown; return whose.

    As Streamlit has it: the script is ended where it shows, the button's callback is called, the script begins anew.
    """
    cancelled: list[Choices] = []

    def pressed(work, show):
        show(0.5, "half of it")
        cancelled.append(work.args[0])
        kept.cancel(work.args[0])
        st.rerun()

    monkeypatch.setattr(kept, "watched", pressed)
    return cancelled


@pytest.fixture(scope="module")
def opened() -> AppTest:
    return page()


def test_the_page_opens_on_the_best_known_pair_and_answers_at_once(opened):
    assert not opened.exception
    assert [opened.selectbox(key=key).value for key in ("first", "second")] == ["double_peine", "empowered"]
    assert "every change is answered at once" in said(opened)
    assert not opened.button


def test_equal_staff_and_equal_service_have_four_headlines_each_with_their_intervals(opened):
    assert [metric.label for metric in opened.metric] == 2 * TITLES
    assert all("[" in metric.delta and "]" in metric.delta for metric in opened.metric)
    titles = [one.value for one in opened.markdown if "instead of" in one.value]
    assert ["equal staff" in titles[0], "equal service" in titles[1]] == [True, True]
    assert "1,015 agent hours a week against 1,015" not in titles[1]
    assert "agent hours a week against 1,015" in titles[1]


def test_a_run_shows_the_forest_and_a_strip_with_words_for_those_who_do_not_see_them(opened):
    alternatives = [one.proto.imgs[0].alt for one in opened.get("image")]
    assert [text.split()[0] for text in alternatives] == ["Paired", "Customer"]


def test_every_measure_is_listed_with_its_definition(opened):
    table = opened.dataframe[0].value
    assert {"calls_per_problem", "firm_eur_per_problem", "effort_ces"} <= set(table["measure"].str.rstrip("*"))
    assert table["definition"].str.len().min() > 20


def test_the_page_says_what_was_run(opened):
    for words in (
        "2 replications of 1 d (after 21 d of warm-up, before 30 d of follow-up); seed 1, compiled engine",
        "python3 -m uv run python -m sim compare double_peine empowered --load 50 --days 1 --replications 2 --seed 1",
        "each at its own wages",
    ):
        assert words in said(opened).replace("\\", "")


def test_moving_a_slider_changes_the_figures_without_a_button():
    at = page()
    before, deltas = pictures(at), [metric.delta for metric in at.metric]
    at.select_slider(key="cut_double_peine").set_value("never").run()
    assert not at.exception
    assert not at.info
    assert all(one != other for one, other in zip(before, pictures(at), strict=True))
    assert all(one != other.delta for one, other in zip(deltas, at.metric, strict=True))


def test_equal_service_can_be_looked_at_in_detail():
    at = page()
    staff = pictures(at)
    at.segmented_control(key="way").set_value("service").run()
    assert not at.exception
    assert at.segmented_control(key="way").value == "service"
    assert pictures(at)[0] != staff[0]
    at.segmented_control(key="way").set_value("staff").run()
    assert pictures(at)[0] == staff[0]


def test_the_search_for_equal_service_is_not_made_anew_for_other_staff(monkeypatch):
    at = page()
    searched: list[object] = []
    lived = work.with_way

    def seen(choices, how, tell):
        searched.append(how)
        return lived(choices, how, tell)

    monkeypatch.setattr(drawn, "with_way", seen)
    at.slider(key="staff").set_value(80).run()
    assert not at.exception
    assert "service" not in searched
    assert "own staff (812 agent hours a week against 1,015)" in said(at).replace("\\", "")
    assert len(at.metric) == 12


def test_what_is_large_waits_for_the_button():
    at = page(**LARGE)
    assert not at.metric
    assert "This is large" in said(at)
    assert [button.label for button in at.button] == ["Run"]
    assert "levers.time.cut_after" in at.dataframe[0].value.iloc[:, 0].tolist()  # what is about to be compared


def test_a_large_run_is_made_when_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(Choices, "quick", lambda self: False)
    at = page()
    assert not at.metric
    at.button(key="run").click().run()
    assert len(at.metric) == 8
    assert not at.button
    at.slider(key="load").set_value(55).run()
    assert "the choices have changed since" in at.info[0].value
    assert [button.label for button in at.button] == ["Run"]
    assert len(at.metric) == 8


def test_cancel_keeps_the_last_finished_run_on_the_screen_until_run_is_pressed(monkeypatch):
    at = page()
    before, deltas = pictures(at), [metric.delta for metric in at.metric]
    with monkeypatch.context() as while_running:
        cancelled = presses_cancel(while_running)
        at.slider(key="load").set_value(60).run()
    assert [choices.load_percent for choices in cancelled] == [60]
    assert "Cancelled." in said(at)
    assert "the choices have changed since" in at.info[0].value
    assert (pictures(at), [metric.delta for metric in at.metric]) == (before, deltas)
    at.run()
    assert "Cancelled." in said(at)  # nothing is begun anew by itself
    at.button(key="run").click().run()
    assert not at.info
    assert [metric.delta for metric in at.metric] != deltas


def test_another_change_after_cancel_is_answered_again(monkeypatch):
    at = page()
    with monkeypatch.context() as while_running:
        presses_cancel(while_running)
        at.slider(key="load").set_value(60).run()
    at.slider(key="load").set_value(65).run()
    assert not at.info
    assert "every change is answered at once" in said(at)


def test_a_study_that_fails_is_told_and_the_last_one_stays(monkeypatch):
    at = page()
    before = pictures(at)

    def failing(*worlds, **study):
        raise ReplicationError("empowered, replication 0, seed 1: ZeroDivisionError: nobody")

    monkeypatch.setattr(work, "compare", failing)
    at.slider(key="load").set_value(60).run()
    assert not at.exception
    assert "ZeroDivisionError: nobody" in at.error[0].value
    assert pictures(at) == before


def test_without_equal_service_the_reason_stands_in_its_place(monkeypatch):
    lived = work.with_way
    nobody = {"service": "no staff was found"}
    monkeypatch.setattr(drawn, "with_way", lambda choices, how, tell: nobody.get(how) or lived(choices, how, tell))
    at = page(way="service")
    assert not at.exception
    assert "Equal service is missing: no staff was found." in [one.value for one in at.warning]
    assert [metric.label for metric in at.metric] == TITLES
    assert len(pictures(at)) == 2


def test_worlds_that_cannot_be_compared_are_answered_in_words():
    at = page(second="base")
    assert not at.exception
    assert "other customers" in at.error[0].value


def test_a_world_compared_with_itself_is_warned_of():
    at = page(second="double_peine", **LARGE)
    assert "same world" in at.warning[0].value


def test_choices_come_with_the_address():
    at = page(load="80", second="hotline_2005", **LARGE)
    assert (at.slider(key="load").value, at.selectbox(key="second").value) == (80, "hotline_2005")


def test_the_command_that_is_shown_comes_to_the_figures_of_the_page(tmp_path, monkeypatch):
    """Load, price, cut and staff turned: own staff, equal staff and equal service are those of the command line."""
    import json
    import shlex

    from sim.cli import main

    at = page(staff="90", price_double_peine="0.2", cut_double_peine="15 min")
    assert not at.exception
    (shown,) = {caption.value.split("`")[1] for caption in at.caption if "On the command line" in caption.value}
    monkeypatch.chdir(tmp_path)
    assert main([*shlex.split(shown)[7:], "--json", "r.json", "--figure", "none", "--quiet", "--workers", "1"]) == 0
    tree = json.loads((tmp_path / "r.json").read_text())
    (calls,) = (one for one in tree["measures"] if one["id"] == "calls_per_problem")
    values = [metric.value for metric in at.metric if metric.label == "Calls per problem"]
    assert [f"{way['second']['mean']:.2f}" for way in calls["ways"]] == values
