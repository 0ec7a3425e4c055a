"""The long run of paid hold: every branch of the finding, and the whole at its smallest."""

from __future__ import annotations

import pytest

from sim.study.generations.turning import Turn
from tests.experiments.by_hand import about, ended

import the_long_run  # isort: skip - by_hand says where it lies
from the_long_run import BASE, SAME_WAIT, Case, Run, finding, told, turn_of  # isort: skip

NAMES = "paid", "free"
TURN = Turn(6.5, 6.0, 7.25, False)


def run(*turns, end=-40.0, yearly=(30.0, 10.0, -20.0), left=(0.7, 0.9)):
    return Run(
        3,
        turns,
        {3: about(10.0), 12: about(30.0), 36: about(end)},
        tuple(map(about, yearly)),
        (about(left[0], 0.01), about(left[1], 0.01)),
        tuple(map(about, (35.0, 30.0, 11.0))),
    )


def test_a_break_even_is_told_with_its_interval():
    said = finding({BASE: run(TURN)}, NAMES)
    assert "Over the first 3 months paid is the cheaper one: free costs the firm +10" in said
    assert "paid becomes the dearer one after 6.5 (6.0 to 7.2) years. From year 3 on every year" in said
    assert "70 customers of 100 are there in paid and 90 in free" in said
    assert "from 35.0" in said


def test_no_break_even_is_a_finding():
    said = finding({BASE: run(end=40.0, yearly=(30.0, 10.0, 5.0))}, NAMES)
    assert "Added up over 3 years, paid is still the cheaper one." in said
    assert "From year" not in said


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (run(TURN), "after 6.5 (6.0 to 7.2) years"),
        (run(Turn(6.5, None, None, False)), "after 6.5 (the beginning to beyond the end) years"),
        (run(end=40.0), "not within 3 years"),
        (run(end=-40.0), "from the first day"),
        (run(end=0.0), "not told within 3 years"),
    ],
)
def test_when_the_first_becomes_the_dearer_one(one, said):
    assert told(one) == said


def test_only_the_turn_to_the_first_counts_and_it_has_to_be_one():
    back = Turn(2.0, 1.0, 3.0, True)
    assert turn_of(run(back, TURN)) == TURN
    assert turn_of(run(TURN, back, TURN)) is turn_of(run(back)) is None


def test_what_it_depends_on_is_told_where_it_was_lived():
    found = {
        BASE: run(TURN), Case(0.0): run(Turn(3.0, 2.5, 3.5, False)), Case(None, 3.0): run(end=40.0),
        Case(0.0, 3.0): run(TURN), Case(agents=SAME_WAIT): run(end=-40.0), Case(staff="follows"): run(end=40.0),
    }  # fmt: skip
    said = finding(found, NAMES)
    assert (
        "by lock-in: lock-in as written: after 6.5 (6.0 to 7.2) years; lock-in 0: after 3.0 (2.5 to 3.5) years" in said
    )
    assert "as a CES of 3: lock-in as written: not within 3 years; lock-in 0: after 6.5" in said
    assert "as give the wait of paid, lock-in as written: from the first day." in said
    assert "Where agents follow the problems: not within 3 years." in said


@pytest.mark.slow
def test_it_runs_from_beginning_to_end(tmp_path, capsys):
    arguments = ["--replications", "2", "--days", "0.5", "--years", "2", "--out", str(tmp_path)]
    assert the_long_run.main(["hotline_2005", "empowered", *arguments, "--figure", str(tmp_path / "it.png")]) == 0
    text = ended(the_long_run.NAME, tmp_path)
    assert "Over the first 3 months" in text
    assert (tmp_path / "it.png").stat().st_size > 10_000


def test_years_that_cannot_be_are_told(tmp_path, capsys):
    assert the_long_run.main(["--quick", "--years", "-1", "--out", str(tmp_path)]) == 2
    assert "--years is -1" in capsys.readouterr().err


def test_interrupted_it_tells_the_cases_that_are_finished(tmp_path, capsys, monkeypatch):
    calls = []

    def lived(*_):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return type("Made", (), {"interrupted": False, "years": 6})

    monkeypatch.setattr(the_long_run, "with_fewer", lambda *_: (None, "no fewer"))
    monkeypatch.setattr(the_long_run, "lived", lived)
    monkeypatch.setattr(the_long_run, "run_of", lambda _: run(TURN))
    assert the_long_run.main(["--quick", "--out", str(tmp_path)]) == 130
    text = ended(the_long_run.NAME, tmp_path)
    assert text.startswith("interrupted: this is made of what is finished")
    assert text.count("after 6.5 (6.0 to 7.2) years") == 4
