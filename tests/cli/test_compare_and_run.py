"""`compare` and `run`: what is printed and what is written."""

from __future__ import annotations

import csv
import json

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
    assert (tmp_path / "out" / "compare_quick_talk_slow_talk.png").stat().st_size > 10_000


def test_compare_writes_what_it_is_asked_for_into_folders_it_makes(pair, tmp_path, capsys):
    files = ["--json", "new/folder/a.json", "--csv", "new/b.csv", "--figure", "new/c.svg"]
    assert main(["compare", *pair, *COMPARE, *files]) == 0
    tree = json.loads((tmp_path / "new/folder/a.json").read_text())
    assert [world["name"] for world in tree["worlds"]] == ["quick_talk", "slow_talk"]
    with (tmp_path / "new/b.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["measure", "family", "unit", "better", "of", "mean", "low", "high"]
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
        assert main(["compare", *pair, "--replications", "3", "--workers", workers, "--quiet", "--json", name]) == 0
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
    assert "written: out/compare_quick_talk_slow_talk.png" in told


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
