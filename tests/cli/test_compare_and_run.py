"""`compare` and `run`: what is printed and what is written."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from sim.cli import main
from tests.cli.worlds import small_file


@pytest.fixture
def pair(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return small_file(tmp_path, "quick_talk"), small_file(tmp_path, "slow_talk", talk="18 min")


COMPARE = ("--replications", "2", "--workers", "1", "--quiet")


def test_compare_prints_the_table_and_saves_the_figure_under_out(pair, tmp_path, capsys):
    assert main(["compare", *pair, *COMPARE]) == 0
    printed = capsys.readouterr()
    assert "quick_talk (" in printed.out
    assert "Equal staff, 168.0 and 168.0 agent hours scheduled a week" in printed.out
    assert "talk_minutes_per_call" in printed.out
    assert printed.err == ""
    figure = tmp_path / "out" / "compare_quick_talk_slow_talk_equal_staff_and_service.png"
    assert figure.stat().st_size > 10_000


def test_compare_shows_equal_staff_and_equal_service_side_by_side(pair, tmp_path, capsys):
    """Occupancy: talks of 18 minutes need about 1.8 times the agents of talks of 10."""
    files = ["--json", "r.json", "--csv", "r.csv"]
    assert main(["compare", *pair, *COMPARE, "--service-measure", "occupancy", *files]) == 0
    printed = capsys.readouterr().out
    assert "slow_talk, equal staff" in printed
    assert "slow_talk, equal service" in printed
    tree = json.loads((tmp_path / "r.json").read_text())
    assert tree["equalities"]["staff"]["factor"] == 1
    assert 1.5 < tree["equalities"]["service"]["factor"] < 2.1
    with (tmp_path / "r.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 5 * len(tree["measures"])
    digests = {(row["equal"], row["of"]): row["digest"] for row in rows}
    assert digests["service", "slow_talk"] == digests["staff", "slow_talk"] == tree["worlds"][1]["digest"]
    assert {row["seed"] for row in rows} == {"1"}


def test_without_equal_service_equal_staff_is_shown_and_the_reason_told(pair, tmp_path, capsys):
    """Toll is nothing in both worlds' first agent's hold: a share of it is undefined, no staff can mend that."""
    free = small_file(tmp_path, "free")
    Path(free).write_text(Path(free).read_text().replace("price_per_minute = 0.3", "price_per_minute = 0"))
    assert (
        main(["compare", pair[0], free, *COMPARE, "--service-measure", "hold_share_of_toll", "--json", "r.json"]) == 0
    )
    told = capsys.readouterr()
    assert "equal service is missing: hold_share_of_toll is undefined in free" in told.err
    assert "Equal service is missing: hold_share_of_toll is undefined in free" in told.out
    assert "Equal staff, 168.0 and 168.0" in told.out
    assert json.loads((tmp_path / "r.json").read_text())["equalities"]["service"] is None
    assert list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (["--equal", "staff"], "equal_staff"),
        (["--equal", "none"], "equal_none"),
        (["--equal", "service", "--service-measure", "occupancy"], "equal_service_occupancy"),
    ],
)
def test_the_figure_is_named_after_what_was_made_equal(pair, tmp_path, asked, name):
    assert main(["compare", *pair, *COMPARE, *asked]) == 0
    assert [file.name for file in (tmp_path / "out").iterdir()] == [f"compare_quick_talk_slow_talk_{name}.png"]


def test_a_study_without_any_problem_has_nothing_to_draw_and_keeps_the_rest(tmp_path, capsys, monkeypatch):
    """One problem in ten thousand days: none in these."""
    monkeypatch.chdir(tmp_path)
    worlds = [small_file(tmp_path, name, per_day=1) for name in ("a", "b")]
    for file in map(Path, worlds):
        file.write_text(file.read_text().replace("problems_per_day = 1\n", "problems_per_day = 0.0001\n"))
    assert main(["compare", *worlds, *COMPARE, "--json", "r.json"]) == 0
    told = capsys.readouterr()
    assert "there is nothing to draw" in told.err
    assert "solved_share" in told.out
    assert json.loads((tmp_path / "r.json").read_text())["replications"] == 2
    assert not list(tmp_path.glob("out/*"))


def test_compare_writes_what_it_is_asked_for_into_folders_it_makes(pair, tmp_path, capsys):
    files = ["--json", "new/folder/a.json", "--csv", "new/b.csv", "--figure", "new/c.svg"]
    assert main(["compare", *pair, *COMPARE, "--equal", "staff", *files]) == 0
    tree = json.loads((tmp_path / "new/folder/a.json").read_text())
    assert [world["name"] for world in tree["worlds"]] == ["quick_talk", "slow_talk"]
    with (tmp_path / "new/b.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        *("measure", "family", "unit", "better", "equal", "of", "digest", "seed", "mean", "low", "high")
    ]
    assert len(rows) == 3 * len(tree["measures"])
    means = {(row["measure"], row["of"]): row["mean"] for row in rows}
    for one in tree["measures"]:
        wanted = one["difference"]["mean"]
        got = means[one["id"], "difference"]
        assert (got == "") if wanted is None else (float(got) == pytest.approx(wanted, rel=1e-12))
    assert (tmp_path / "new/c.svg").read_text().startswith("<?xml")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["b.csv", "c.svg", "folder"]


def test_the_same_seed_prints_the_same_numbers_with_any_number_of_workers(pair, tmp_path, capsys):
    for workers, name in (("1", "one.json"), ("2", "two.json")):
        assert (
            main(
                [
                    "compare",
                    *pair,
                    "--replications",
                    "3",
                    "--workers",
                    workers,
                    "--quiet",
                    "--json",
                    name,
                    "--equal",
                    "staff",
                ]
            )
            == 0
        )
    one, two = (json.loads((tmp_path / name).read_text())["measures"] for name in ("one.json", "two.json"))
    assert one == two


@pytest.mark.parametrize(
    ("equal", "said"),
    [
        (["--equal", "staff_eur"], "Equal money for staff"),
        (["--equal", "none"], "Staff as each world has it"),
        (["--equal", "service", "--service-measure", "occupancy"], "Equal service: occupancy"),
    ],
)
def test_the_equality_is_printed(pair, capsys, equal, said):
    assert main(["compare", *pair, *COMPARE, *equal]) == 0
    assert said in capsys.readouterr().out


def test_progress_and_the_files_written_go_to_the_error_stream(pair, capsys):
    assert main(["compare", *pair, "--replications", "2", "--workers", "1"]) == 0
    told = capsys.readouterr().err
    assert "100 % of the simulated days" in told
    assert "written: out/compare_quick_talk_slow_talk_equal_staff_and_service.png" in told


def test_run_prints_one_world_and_traces_its_history(pair, tmp_path, capsys):
    import pandas as pd

    files = ["--trace", "t.parquet", "--json", "r.json", "--csv", "r.csv"]
    assert main(["run", pair[0], *COMPARE, *files]) == 0
    assert "quick_talk (95 % interval)" in capsys.readouterr().out
    trace = pd.read_parquet(tmp_path / "t.parquet")
    tree = json.loads((tmp_path / "r.json").read_text())
    assert (trace["event"] == "dialled").sum() > 0
    assert "difference" not in tree["measures"][0]
    assert len(pd.read_csv(tmp_path / "r.csv")) == len(tree["measures"])


def test_days_take_the_place_of_the_horizon(pair, capsys):
    assert main(["run", pair[0], *COMPARE, "--days", "0.5"]) == 0
    assert "2 replications of 12 h" in capsys.readouterr().out


def test_quick_is_four_replications_of_seven_days_unless_said_otherwise(pair, capsys):
    assert main(["run", pair[0], "--quick", "--quiet", "--workers", "1"]) == 0
    assert "4 replications of 7 d" in capsys.readouterr().out
    assert main(["run", pair[0], "--quick", "--days", "1", *COMPARE]) == 0
    assert "2 replications of 1 d" in capsys.readouterr().out
