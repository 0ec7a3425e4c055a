"""Effort and delay: what a change moves worked by hand, every branch of the finding, and the whole at its smallest."""

from __future__ import annotations

import math

import numpy as np
import pytest

import sim
from tests.experiments.by_hand import UNDEFINED, about, ended

import effort_and_delay  # isort: skip - by_hand says where it lies
from effort_and_delay import CHANGES, Life, Moved, finding, headline, made_by, moved, rows, when, with_days  # isort: skip

NEVER = math.nan


def change(effort=-2.0, days=-9.0, had=36.0):
    return Moved(about(3.7), about(3.7 + effort), about(effort, 0.05), about(-3.0), about(days, 0.2), about(had))


def found(acting=None, late=None, sooner=None, news=None):
    each = (
        acting or change(), late or change(days=0.0), sooner or change(effort=-0.2), change(days=-18.0),
        news or change(days=0.0),
    )  # fmt: skip
    return {one.words: moved for one, moved in zip(CHANGES, each, strict=True)}


def lives(*each):
    """Return replications of two customers: their effort, their contacts, and the days until they have it."""
    return [Life({"effort_ces": (effort, 2.0), "contacts_per_problem": (contacts, 2.0)}, np.array(days))
            for effort, contacts, days in each]  # fmt: skip


def test_delay_is_that_of_those_who_have_it_in_both_worlds():
    """Of 40 and never it becomes 30 and 20: the first has it 10 days sooner, the second is not compared, but has it."""
    before = lives((7.0, 8.0, [40.0, NEVER]), (7.0, 8.0, [40.0, NEVER]))
    after = lives((3.0, 2.0, [30.0, 20.0]), (3.0, 2.0, [30.0, 20.0]))
    one = moved(before, after)
    assert one.days.mean == pytest.approx(-10.0)
    assert one.had.mean == pytest.approx(50.0)
    assert one.effort.mean == pytest.approx(-2.0)
    assert one.contacts.mean == pytest.approx(-3.0)
    assert (one.before.mean, one.after.mean) == (pytest.approx(3.5), pytest.approx(1.5))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (about(-9.0, 0.2), "9.00 (8.80 to 9.20) days sooner"),
        (about(9.0, 0.2), "9.00 (8.80 to 9.20) days later"),
        (about(0.0, 0.2), "at a time that is not told apart (+0.00 (-0.20 to +0.20) days)"),
        (UNDEFINED, "at a time that is not told apart (- days)"),
    ],
)
def test_sooner_later_or_not_told_apart(days, said):
    assert when(days) == said


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (change(), "to the letter the claim is refuted: effort moves by -2.00 ("),
        (change(), "it is had 9.00 (8.80 to 9.20) days sooner, and +36.0"),
        (change(days=0.0), "Effort falls though delay does not, that comes out: effort moves by -2.00 ("),
        (change(days=5.0), "Effort falls though delay does not, that comes out"),
        (change(effort=0.0), "That effort falls is refuted: effort moves by"),
        (change(effort=1.0), "That effort falls is refuted: effort moves by"),
    ],
)
def test_whether_effort_falls_though_delay_does_not(one, said):
    assert said in finding(found(acting=one))


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (change(days=0.0), "effort moves by -2.00 (-2.05 to -1.95) all the same: it is not the delay."),
        (
            change(days=3.0),
            "had 3.00 (2.80 to 3.20) days later, effort moves by -2.00 (-2.05 to -1.95) all the same",
        ),
        (change(days=-3.0), "Sent late it is still had 3.00 (2.80 to 3.20) days sooner"),
        (change(effort=0.0, days=0.0), "effort does not surely fall"),
    ],
)
def test_with_the_delay_held(one, said):
    assert said in finding(found(late=one))


def test_what_less_delay_alone_moves_is_told_as_a_part_of_what_acting_moves():
    """-.2 is a tenth of -2."""
    assert "-0.200 (-0.250 to -0.150), 10 % of what acting moves." in finding(found())


def test_news_come_out_to_the_letter_only_where_the_end_is_not_told_apart():
    assert "there it comes out to the letter." in finding(found())
    assert "to the letter." not in finding(found(news=change(days=-1.0)))
    assert "to the letter." not in finding(found(news=change(effort=0.0, days=0.0)))


def test_how_often_they_would_have_to_ask():
    said = finding(found(), {"effort_ces": UNDEFINED, "effort_index": about(0.5, 0.03)})
    assert (
        "Of effort (1 to 5), where customers ask how it stands while staff have it in hand: up to 2 times a day it"
        in said
    )
    assert "once they ask 0.500 (0.470 to 0.530) times a day." in said


def test_each_change_has_its_row():
    made = list(rows(found()))
    assert [row[0] for row in made] == [one.words for one in CHANGES]
    assert made[0][3:6] == ("-2.00 (-2.05 to -1.95)", "-3.00 (-3.10 to -2.90)", "-9.00 (-9.20 to -8.80)")


def test_the_headline_says_it_only_where_delay_was_held():
    assert headline(found()).startswith(
        "Effort is not delay: acting moves it by -2.00 though it comes as late; 9.0 days"
    )
    assert headline(found(late=change(days=-3.0))) == "What moves effort, and what moves delay"


def test_documents_are_made_by_the_story_s_days():
    """Median 30 days, nine in ten within 60 (a standard error of the fit: .5 %); none before the toll."""
    law = sim.load("toll_invoice").population.reasons["invoice"].ready
    assert made_by(law, 30) == pytest.approx(0.5, abs=0.005)
    assert made_by(law, 60) == pytest.approx(0.9, abs=0.005)
    assert made_by(law, 0) == 0.0


def test_in_every_world_of_the_document_it_is_made_by_the_same_law_but_where_it_is_made_sooner():
    each = effort_and_delay.worlds()
    made = {name: world.population.reasons["invoice"].ready for name, world in each.items() if "outage" not in name}
    first = made.pop("toll_invoice")
    assert {name for name, law in made.items() if law != first} == {effort_and_delay.SOONER, effort_and_delay.BOTH}
    assert made_by(made[effort_and_delay.SOONER], 15) == pytest.approx(made_by(first, 30))


def test_the_horizon_is_the_world_s_own_where_none_is_asked():
    world = sim.load("toll_invoice")
    assert with_days(world, None) is world
    assert with_days(world, 2).time.horizon == 2 * 1440


@pytest.mark.slow
def test_it_runs_from_beginning_to_end(tmp_path, capsys):
    arguments = ["--replications", "2", "--days", "2", "--workers", "1", "--out", str(tmp_path)]
    assert effort_and_delay.main([*arguments, "--figure", str(tmp_path / "it.png")]) == 0
    text = ended(effort_and_delay.NAME, tmp_path)
    assert text.count("\n|") == 2 + len(CHANGES)
    assert (tmp_path / "it.png").stat().st_size > 10_000


def test_interrupted_while_it_seeks_it_tells_what_was_lived(tmp_path, capsys, monkeypatch):
    def seek(*_, **__):
        raise KeyboardInterrupt

    many = {name: lives((3.0, 2.0, [30.0, 20.0]), (3.5, 2.0, [31.0, 20.0])) for name in effort_and_delay.worlds()}
    monkeypatch.setattr(effort_and_delay, "lived_in", lambda *_: many)
    monkeypatch.setattr(sim, "break_even", seek)
    assert effort_and_delay.main(["--quick", "--out", str(tmp_path)]) == 130
    text = ended(effort_and_delay.NAME, tmp_path)
    assert text.startswith("interrupted: this is made of what is finished")
    assert "times a day" not in text
