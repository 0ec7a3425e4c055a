"""What the studies have in common: arguments are looked at, tables are aligned, and Ctrl-C keeps what is finished."""

from __future__ import annotations

import json
from typing import Any

import pytest

import sim
from tests.experiments.by_hand import UNDEFINED, about, ended

import asking  # isort: skip - it lies beside the studies, and by_hand says where


def study_of(answer):
    return lambda given, tell: answer


def asked(answer, argv, folder):
    return asking.main(
        study_of(answer),
        "toy",
        "A toy.",
        full=asking.Extent(9),
        quick=asking.Extent(3, 1),
        argv=[*argv, "--out", str(folder)],
    )


ANSWER = asking.Answer(["| a |"], "It is so.", ["9 replications."])


def test_a_finding_its_table_and_its_notes_are_printed_and_written(tmp_path, capsys):
    assert asked(ANSWER, [], tmp_path) == 0
    assert capsys.readouterr().out.strip() == ended("toy", tmp_path).strip() == "It is so.\n\n| a |\n\n9 replications."


def test_quick_is_smaller_and_what_is_asked_for_comes_before_it(tmp_path):
    seen = []

    def noted(given, tell):
        seen.append((given.replications, given.days))
        return ANSWER

    sizes: dict[str, Any] = {"full": asking.Extent(9), "quick": asking.Extent(3, 1)}
    for argv in ([], ["--quick"], ["--quick", "--replications", "5", "--days", "2"]):
        assert asking.main(noted, "toy", "", argv=[*argv, "--out", str(tmp_path)], **sizes) == 0
    assert seen == [(9, None), (3, 1), (5, 2)]


def test_all_wrong_arguments_are_told_at_once_and_nothing_is_lived(tmp_path, capsys):
    wrong = ["--replications", "1", "--days", "nan", "--seed", "-1", "--workers", "0", "--figure", "it.gif"]
    assert asked(None, wrong, tmp_path) == asking.MISTAKE
    told = capsys.readouterr().err
    assert [name for name in ("--replications", "--days", "--seed", "--workers", "--figure") if name not in told] == []
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_argument_is_a_mistake(tmp_path, capsys):
    assert asked(ANSWER, ["--replicatoins", "3"], tmp_path) == asking.MISTAKE
    assert "--replicatoins" in capsys.readouterr().err


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path, capsys):
    (tmp_path / "out").write_text("a file")
    assert asked(ANSWER, [], tmp_path / "out") == asking.MISTAKE
    assert "a folder is needed" in capsys.readouterr().err


def test_a_mistake_in_the_study_is_told_in_words(tmp_path, capsys):
    def refused(given, tell):
        raise ValueError("no such world")

    sizes: dict[str, Any] = {"full": asking.Extent(9), "quick": asking.Extent(3)}
    assert asking.main(refused, "toy", "", argv=["--out", str(tmp_path)], **sizes) == asking.MISTAKE
    assert capsys.readouterr().err == "toy: no such world\n"


def test_what_is_finished_when_it_is_interrupted_is_told_and_said_to_be_so(tmp_path, capsys):
    broken = asking.Answer(["| a |"], "It is so.", interrupted=True)
    assert asked(broken, [], tmp_path) == asking.INTERRUPTED
    assert ended("toy", tmp_path).startswith("interrupted: this is made of what is finished\n\nIt is so.")


def test_interrupted_before_anything_is_finished_says_so(tmp_path, capsys):
    def stopped(given, tell):
        raise KeyboardInterrupt

    sizes: dict[str, Any] = {"full": asking.Extent(9), "quick": asking.Extent(3)}
    assert asking.main(stopped, "toy", "", argv=["--out", str(tmp_path)], **sizes) == asking.INTERRUPTED
    assert "before there was anything to tell" in capsys.readouterr().err


def test_a_figure_is_drawn_where_it_is_asked_for(tmp_path):
    def draw():
        from sim.figures.style import panels

        return panels(None, 1, (3, 2))

    answer = asking.Answer([], "It is so.", draw=draw)
    assert asked(answer, ["--figure", str(tmp_path / "it.svg")], tmp_path) == 0
    assert (tmp_path / "it.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_a_table_is_markdown_with_its_columns_aligned():
    assert asking.table(("name", "n"), [("a", "1"), ("long one", "22")]) == [
        "| name     | n   |",
        "|----------|-----|",
        "| a        | 1   |",
        "| long one | 22  |",
    ]


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (about(12.345, 0.5), "12.3 (11.8 to 12.8)"),
        (about(1234.5, 10), "1,234 (1,224 to 1,244)"),
        (about(0.12345, 0.02), "0.123 (0.103 to 0.143)"),
        (sim.Estimate(0.0, 0.0, 0.0), "0 (0 to 0)"),
        (sim.Estimate(3.0, None, None), "3.00"),
        (UNDEFINED, "-"),
    ],
)
def test_an_estimate_is_written_with_the_digits_that_are_known(estimate, said):
    assert asking.written(estimate) == said


def test_a_difference_bears_its_sign():
    assert asking.written(about(-2.0, 1.0), signed=True) == "-2.0 (-3.0 to -1.0)"
    assert asking.written(about(0.001, 5.0), signed=True) == "+0.0 (-5.0 to +5.0)"


@pytest.mark.parametrize(
    ("estimate", "sign"), [(about(1), 1), (about(-1), -1), (about(0.05), 0), (UNDEFINED, 0), (about(0.1), 0)]
)
def test_a_difference_is_sure_where_its_interval_lies_on_one_side(estimate, sign):
    assert asking.sure(estimate) == sign


def test_words_are_listed():
    assert [asking.listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_parts_of_a_course_add_up_by_their_lengths():
    told: list[int] = []
    course = asking.Course(lambda done, of: told.append(done * 100 // of), [1, 3])
    course.part(1, 2)
    course.over()
    course.part(1, 3)
    course.over()
    assert told == [12, 25, 50, 100]


def test_a_sweeps_folder_is_its_own_and_more_replications_go_on_in_it(tmp_path):
    world, design = sim.load("base"), sim.factorial({"line.lines": [10, 20]})

    def folder(world=world, design=design, **changed):
        usual: dict[str, Any] = {"replications": 5, "days": 7, "quick": False, "seed": 1, "workers": None}
        usual |= {"out": tmp_path, "figure": None, "own": None}
        given = asking.Given(**usual | changed)
        return asking.folder(given, "toy", world, design)

    assert folder() == folder(replications=9) == folder(workers=2)
    others = [folder(seed=2), folder(days=8), folder(world=sim.load("empowered")), folder(design=sim.Design(({},)))]
    assert len({folder(), *others}) == 5
    assert json.dumps(str(folder())).count("toy") == 1
