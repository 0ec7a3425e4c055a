"""`story`: where a told story lies in its world, printed and written."""

from __future__ import annotations

from sim.cli import main
from sim.report.placed import placed_text
from sim.study.placing.stories import stories

SMALL = ["--replications", "2", "--quiet"]


def test_what_is_printed_is_the_story_placed_in_its_world(capsys):
    assert main(["story", "silence", *SMALL]) == 0
    told = stories()["silence"]
    assert capsys.readouterr().out == f"{placed_text(told.placed(replications=2), told)}\n"


def test_it_can_be_placed_in_another_world(capsys):
    assert main(["story", "silence", "--world", "answered", *SMALL]) == 0
    assert "2 replications of answered" in capsys.readouterr().out


def test_without_one_the_stories_are_listed(capsys):
    assert main(["story"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in stories())


def test_a_line_says_what_each_figure_means_and_when_it_is_usual(capsys):
    assert main(["story", "outage", *SMALL]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "hours: Hours from the appearance to the true solution" in said
    assert "each figure between the percentiles 10 and 90" in said
    assert "promises put off at least 1" in said


def test_a_story_that_nobody_told_is_refused(capsys):
    assert main(["story", "outtage"]) == 2
    assert "outage" in capsys.readouterr().err
