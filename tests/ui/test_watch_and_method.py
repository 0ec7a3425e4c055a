"""The pages Watch and Method."""

from __future__ import annotations

import pytest

import sim
from sim.engines import run
from sim.people import populate
from sim.report.lived.story import tell
from sim.study.comparing.compare import compare
from sim.study.running.size import with_days
from sim.ui.comparing.question import Question
from sim.ui.method.papers import Held, cited, read, validation
from tests.ui.opened import opened, said, until
from tests.ui.test_studies import SMALL, on


@pytest.fixture
def watched():
    return until(on("watch", load="100"), lambda at: "busy in front" in said(at))


def test_a_day_opens_where_most_wait(watched):
    assert not watched.exception
    assert "Watch the queue" in said(watched)
    told = [one.value for one in watched.caption if "busy in front" in one.value]
    assert len(told) == 2 and not told[0].startswith("0 wait")


def test_it_is_stepped_forth_and_back(watched):
    slider = watched.select_slider(key="at")
    begun = slider.value
    watched.button(key="back").click().run()
    hours, minutes = map(int, begun.split(":"))
    before = hours * 60 + minutes - 5
    assert watched.select_slider(key="at").value == f"{before // 60:02d}:{before % 60:02d}"
    watched.button(key="on").click().run()
    assert watched.select_slider(key="at").value == begun


def test_a_customer_is_opened_by_his_number():
    at = until(on("watch", load="100", opened="40"), lambda one: "Customer 40 in both worlds" in said(one))
    assert not at.exception


def test_a_life_is_that_of_the_worlds_that_are_lived():
    """Watch lives the second world with half as many agents again, Compare at equal staff: two lives of one."""
    address = {"load": "100", "staff": "150", "days": "2"}
    watch = until(on("watch", opened="5", **address), lambda one: "Customer 5 in both worlds" in said(one))
    asking = Question("double_peine", "empowered", staff=150, days=2, replications=2)
    at = until(opened(**{**SMALL, **address}, how="staff", view="customer", whose="number", customer="5"),
               lambda one: "Customer 5 in both worlds" in said(one))  # fmt: skip
    made = compare(*asking.worlds(), replications=2, days=2, equal="staff")
    for page, pair in ((watch, [with_days(one, 2) for one in asking.worlds()]), (at, made.worlds)):
        lives = [run(world, populate(pair[0], seed=1)) for world in pair]
        for line in tell(lives, 5).side_by_side:
            assert line in said(page).replace("\\", "")


def test_a_day_that_a_shorter_run_does_not_have_is_left_out_without_a_word():
    at = until(on("watch", days="3", day="7"), lambda one: "busy in front" in said(one))
    assert not at.warning
    assert at.slider(key="day").value == 1


@pytest.mark.parametrize("value", ["nobody", "99999999", "-1"])
def test_a_customer_who_is_none_brings_nothing_down(value):
    at = until(on("watch", opened=value), lambda one: "busy in front" in said(one))
    assert not at.exception


def test_the_method_names_its_assumptions_and_what_it_is_held_against():
    at = on("method")
    assert not at.exception
    rows = at.dataframe[0].value
    assert len(rows) == len(validation())
    assert "published cases lie within their tolerance" in said(at)
    assert "First come, first served" in said(at)


def test_validation_is_read_as_its_page_has_it(tmp_path, monkeypatch):
    """One case of two figures, and a line of another table that does not count."""
    page = tmp_path / "docs" / "validation.md"
    page.parent.mkdir()
    lines = [
        "| a | b |",
        "<!-- published: begin -->",
        "2 of 2 figures.",
        "### A case",
        "| figure | published | expected | t | o | s | w |",
        "|---|---|---|---|---|---|---|",
        "| asa | 1 | 2 | 3 | 4 [3, 5] | +0.1 | yes |",
        "| sl | 5 | 6 | 7 | 8 | -3.0 | no |",
        "<!-- published: end -->",
        "| x | 1 | 2 | 3 | 4 | 5 | 6 |",
    ]
    page.write_text("\n\n".join(lines))
    monkeypatch.setattr("sim.ui.method.papers.FOLDER", tmp_path)
    validation.cache_clear()
    try:
        assert validation() == (
            Held("A case", "asa", "1", "2", "3", "4 [3, 5]", "+0.1", "yes"),
            Held("A case", "sl", "5", "6", "7", "8", "-3.0", "no"),
        )
    finally:
        validation.cache_clear()


def test_documents_that_did_not_come_along_are_none(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.ui.method.papers.FOLDER", tmp_path)
    assert read("docs/model.md") is None


def test_what_is_cited_is_what_the_file_says():
    assert cited()["license"] == "MIT"
    assert "double-peine" in cited()["title"]
    assert cited()["name"] == "The authors of double-peine"


def test_a_citation_has_author_year_title_and_version():
    known = cited()
    year = known["date-released"][:4]
    written = f"The authors of double-peine ({year}). {known['title']} (version {sim.__version__}) [computer software]."
    assert written in [code.value for code in on("method").code]
