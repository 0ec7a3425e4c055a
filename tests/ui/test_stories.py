"""The page Stories: what is told, where it lies in both worlds, and what a reader is told of it."""

from __future__ import annotations

import pytest

from sim.report.placed import percentile_said, share_said
from sim.study.placing.stories import stories
from tests.ui.opened import opened, said
from tests.ui.test_studies import alternatives, run

SILENCE = {"story": "silence", "times": "6"}


def on(**address: str):
    return opened("stories", **address)


def test_a_story_is_told_with_its_world_and_the_one_that_answers_it():
    at = on()
    assert not at.exception
    assert "**The outage**" in said(at)
    assert "Its world: `outage`." in said(at)
    assert "Set against: `outage_informed`." in said(at)
    assert [one.key for one in at.button if one.key == "run stories outage"]


@pytest.mark.parametrize("name", stories())
def test_every_story_can_be_chosen(name):
    at = on(story=name)
    assert not at.exception
    assert f"Its world: `{stories()[name].world}`." in said(at)


def test_where_it_lies_is_what_placing_says_of_both_worlds():
    at = run(on(**SILENCE), "stories silence")
    assert not at.exception
    story = stories()["silence"]
    placed = [story.placed(world, replications=6) for world in (story.world, story.against)]
    assert len(at.dataframe) == 2
    for table, one in zip(at.dataframe, placed, strict=True):
        assert list(table.value["percentile"]) == [percentile_said(figure.percentile) for figure in one.figures]
        assert f"- {one.world.name}: {share_said(one.course)}" in said(at).replace("\\", "")
    usual = "It is a usual story in silence." if placed[0].is_usual else "It is no usual story in silence."
    assert usual in said(at)
    assert alternatives(at) == [
        "Where each figure of the story lies among both worlds' journeys, in per cent, with 95 % intervals."
    ]


def test_each_figure_is_explained():
    at = run(on(**SILENCE), "stories silence")
    (meant,) = at.expander
    words = " ".join(str(one.value) for one in meant.markdown)
    assert "**percentile**: per cent of the journeys below the story's figure" in words
    assert len(meant.markdown) == 1 + len({*stories()["silence"].figures, *stories()["silence"].course})


def test_an_answer_stays_with_its_story():
    """Of another one nothing has been asked yet."""
    at = run(on(**SILENCE), "stories silence")
    at.segmented_control(key="story").set_value("pros_2").run()
    assert "Its world: `pros_2`." in said(at)
    assert not at.get("image")
    assert "usual story" not in said(at)
