"""A user's mistakes: told in words, code 2, nothing written, no stack trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import main
from sim.cli.options import WHO
from sim.cli.outputs import text_file, writable
from sim.engines import ENGINES
from sim.measures.customers import WHICH
from sim.study.searching.equal import ASKED
from tests.cli.worlds import called, small_file


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    small_file(tmp_path, "a")
    small_file(tmp_path, "b", talk="12 min")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--replications", "1"], "from 2 to"),
        (["--replications", "many"], "from 2 to"),
        (["--seed", "-1"], "from 0 to"),
        (["--seed", "1.5"], "from 0 to"),
        (["--days", "0"], "above 0"),
        (["--days", "-3"], "above 0"),
        (["--days", "nan"], "above 0"),
        (["--days", "inf"], "above 0"),
        (["--workers", "0"], "from 1 to"),
        (["--engine", "steam"], "invalid choice"),
        (["--equal", "luck"], "invalid choice"),
        (["--unknown"], "unrecognized"),
    ],
)
def test_options_out_of_their_range_are_refused(folder, capsys, arguments, said):
    with pytest.raises(SystemExit) as left:
        main(["compare", "a.toml", "b.toml", *arguments])
    assert left.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--days", "0.01"], "whole quarters"),
        (["--days", "99999"], "at most 36500"),
        (["--equal", "staff", "--service-measure", "occupancy"], "goes with --equal all, both, service and least_cost"),
        (["--service-measure", "ocupancy"], "did you mean occupancy"),
        (["--equal", "service", "--service-measure", "ocupancy"], "did you mean occupancy"),
        (["--figure", "chart.docx"], "has to end in .png"),
        (["--json", "."], "is a folder"),
        (["--csv", "a.toml/b.csv"], "is not a folder"),
        (["--json", "a.toml"], "is the file of a world too"),
        (["--json", "its_parent.toml"], "none of them may be written over"),
        (["--json", "same", "--csv", "./same"], "is what --json writes too"),
        (["--json", "/dev/null"], "is not an ordinary file"),
        (["--json", "x" * 300], "cannot be written: file name too long"),
        (["--json", "x" * 250], "cannot be written: file name too long"),  # it is written under a longer name first
        (["--json", "new/folder/" + "x" * 250], "cannot be written: file name too long"),
        (["--json", ""], "is a folder"),
    ],
)
def test_demands_that_cannot_be_met_are_refused_before_the_work(folder, capsys, arguments, said):
    before = sorted(path.name for path in folder.iterdir())
    assert main(["compare", "a.toml", "b.toml", *arguments]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_name_that_is_not_too_long_is_tried_without_a_trace_and_then_written(folder):
    name = "x" * 200 + ".json"
    before = sorted(path.name for path in folder.iterdir())
    writable([("--json", name)])
    assert sorted(path.name for path in folder.iterdir()) == before
    assert main(["run", "a.toml", "--replications", "2", "--workers", "1", "--quiet", "--json", name]) == 0
    assert (folder / name).exists()


def test_worlds_with_long_names_in_any_writing_have_a_figure_of_a_name_that_fits(folder):
    """Letters of three bytes each: two names of sixty of them are more than a file's name may hold twice."""
    for name in ("a", "b"):
        file = folder / f"{name}.toml"
        file.write_text(f'name = "{"აბ" * 29}{name}"\n' + file.read_text().replace(f'name = "{name}"\n', ""))
    arguments = ["--replications", "2", "--workers", "1", "--quiet", "--equal", "staff"]
    assert main(["compare", "a.toml", "b.toml", *arguments]) == 0
    (figure,) = (folder / "out").iterdir()
    assert figure.name.endswith("_equal_staff.png")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a file that is always full")
@pytest.mark.parametrize("command", ["compare", "run", "diff", "check"])
def test_a_full_standard_output_is_told_in_words_and_the_files_are_written(folder, command):
    worlds = {"compare": ["a.toml", "b.toml"], "run": ["a.toml"], "diff": ["a.toml", "b.toml"], "check": ["a.toml"]}
    study = ["--replications", "2", "--workers", "1", "--json", "r.json"] if command in ("compare", "run") else []
    with Path("/dev/full").open("w") as full:
        done = called(command, *worlds[command], *study, folder=folder, stdout=full)
    assert done.returncode == 2
    assert "sim: the standard output could not be written: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert (folder / "r.json").exists() == bool(study)


def test_a_world_that_does_not_exist_is_refused_with_the_nearest_name(capsys):
    assert main(["compare", "double_pein", "empowered"]) == 2
    assert "did you mean double_peine?" in capsys.readouterr().err


def test_a_world_alone_is_compared_with_nothing(capsys):
    assert main(["compare", "empowered"]) == 2
    assert "with what?" in capsys.readouterr().err


def test_the_mistakes_of_both_worlds_are_told_together(folder, capsys):
    for name in ("a", "b"):
        file = folder / f"{name}.toml"
        file.write_text(file.read_text().replace("wage = 20", "wage = -20"))
    assert main(["compare", "a.toml", "b.toml"]) == 2
    told = capsys.readouterr().err
    assert "a.toml:" in told
    assert "b.toml:" in told


def test_worlds_with_other_customers_are_refused(folder, capsys):
    small_file(folder, "c", per_day=70)
    assert main(["compare", "a.toml", "c.toml"]) == 2
    assert "population.problems_per_day: 60 / 70" in capsys.readouterr().err


def test_diff_prints_the_keys_that_differ(folder, capsys):
    assert main(["diff", "a.toml", "b.toml"]) == 0
    printed = capsys.readouterr().out
    assert "teams.front.talk" in printed
    assert "12 min" in printed
    assert "staff" not in printed


def test_a_file_that_can_no_longer_be_written_costs_only_itself(folder, capsys, monkeypatch):
    from sim.cli import telling

    def full(text):
        def write(path):
            if path.suffix == ".json":
                raise OSError(28, "No space left on device")
            text_file(text)(path)

        return write

    monkeypatch.setattr(telling, "text_file", full)
    files = ["--json", "r.json", "--csv", "r.csv"]
    assert main(["run", "a.toml", "--replications", "2", "--workers", "1", "--quiet", *files]) == 2
    told = capsys.readouterr()
    assert "solved_share" in told.out
    assert "r.json could not be written: No space left on device" in told.err
    assert (folder / "r.csv").exists()
    assert not (folder / "r.json").exists()


def test_a_failure_in_a_worker_ends_in_one_sentence(folder, capsys, monkeypatch):
    import sim.study.running.tasks as tasks

    def breaking(world, customers, **rest):
        raise ZeroDivisionError("nobody")

    monkeypatch.setattr(tasks, "measured", breaking)
    assert main(["run", "a.toml", "--replications", "2", "--workers", "1", "--quiet"]) == 1
    assert capsys.readouterr().err == "sim: a, replication 0, seed 1: ZeroDivisionError: nobody\n"


def test_the_choices_offered_are_those_that_the_program_knows(capsys):
    """They are written out in the parser, so that its help does not wait for the program to be read."""
    for option, known in (("--engine", ENGINES), ("--equal", ASKED)):
        with pytest.raises(SystemExit):
            main(["compare", option, "steam"])
        offered = capsys.readouterr().err.split("choose from ")[1].rstrip(")\n")
        assert [name.strip(" '") for name in offered.split(",")] == list(known)


def test_the_customers_that_can_be_asked_for_by_a_word_are_those_that_the_program_knows():
    assert WHO == WHICH


def test_no_command_and_help_are_answered():
    assert called().returncode == 2
    helped = called("compare", "--help")
    assert helped.returncode == 0
    assert "--equal" in helped.stdout
    assert "examples:" in helped.stdout
    assert called("--version").stdout.strip() == "0.2.0"


@pytest.mark.parametrize("command", ["compare", "levers", "weights"])
def test_worlds_of_other_customers_are_told_before_anything_is_compiled(command, capsys, monkeypatch):
    monkeypatch.setattr("sim.measures.ready.ready", lambda *worlds, **how: pytest.fail("it was compiled"))
    assert main([command, "base", "empowered"]) == 2
    assert "base and empowered have other customers" in capsys.readouterr().err
