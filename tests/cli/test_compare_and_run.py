"""`compare` and `run`: what is printed and what is written."""

from __future__ import annotations

import csv
import json
import os
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
    assert "customer's costs / problem" in printed.out
    assert "talk_minutes_per_call" not in printed.out
    assert printed.err == ""
    figure = tmp_path / "out" / "compare_quick_talk_slow_talk.png"
    assert figure.stat().st_size > 10_000


def test_compare_shows_equal_staff_and_equal_service_side_by_side(pair, tmp_path, capsys):
    """Talks of 18 minutes need more agents than talks of 10 for the same occupancy."""
    files = ["--json", "r.json", "--csv", "r.csv"]
    assert main(["compare", *pair, *COMPARE, "--service-measure", "occupancy", *files]) == 0
    printed = capsys.readouterr().out
    assert "slow_talk instead of quick_talk, equal staff" in printed
    assert "slow_talk instead of quick_talk, equal service" in printed
    tree = json.loads((tmp_path / "r.json").read_text())
    assert [way["how"] for way in tree["ways"]] == ["staff", "service"]
    assert tree["ways"][0]["factor"] == 1
    assert tree["ways"][1]["factor"] > 1
    (occupancy,) = (one for one in tree["measures"] if one["id"] == "occupancy")
    assert occupancy["ways"][1]["second"]["mean"] == pytest.approx(occupancy["first"]["mean"], rel=0.01)
    with (tmp_path / "r.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 5 * 3 * len(tree["measures"])
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
    assert "Equal service is not shown: hold_share_of_toll is undefined in free" in told.out
    assert "Equal staff, 168.0 and 168.0" in told.out
    assert [way["how"] for way in json.loads((tmp_path / "r.json").read_text())["ways"]] == ["staff"]
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
    assert "nothing to draw" in told.err
    assert "problems solved" in told.out
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
        *("measure", "family", "unit", "better", "equal", "of", "digest", "seed", "replication", "mean", "low", "high")
    ]
    assert len(rows) == 3 * 3 * len(tree["measures"])
    means = {(row["measure"], row["of"]): row["mean"] for row in rows if not row["replication"]}
    for one in tree["measures"]:
        wanted = one["ways"][0]["difference"]["mean"]
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
        (["--equal", "none"], "Own staff, 168.0 and 168.0"),
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
    assert "ways" not in tree["measures"][0]
    assert len(pd.read_csv(tmp_path / "r.csv")) == 3 * len(tree["measures"])


def test_days_take_the_place_of_the_horizon(pair, capsys):
    assert main(["run", pair[0], *COMPARE, "--days", "0.5"]) == 0
    assert "2 replications of 12 h" in capsys.readouterr().out


def test_quick_is_four_replications_of_seven_days_unless_said_otherwise(pair, capsys):
    assert main(["run", pair[0], "--quick", "--quiet", "--workers", "1"]) == 0
    assert "4 replications of 7 d" in capsys.readouterr().out
    assert main(["run", pair[0], "--quick", "--days", "1", *COMPARE]) == 0
    assert "2 replications of 1 d" in capsys.readouterr().out


ONE_MORE = """about = "One agent more."
extends = "quick_talk.toml"
[teams.front]
staff = 2
"""


def test_an_agent_more_changes_something(pair, tmp_path, capsys):
    """Each world its own staff: 168 and 336 hours a week. Given the first's staff the second would be the first."""
    (tmp_path / "one_more.toml").write_text(ONE_MORE)
    assert main(["compare", pair[0], "one_more.toml", *COMPARE, "--json", "r.json"]) == 0
    first = " ".join(capsys.readouterr().out.split("\n\n")[0].split())
    assert first.startswith("one_more instead of quick_talk, own staff (336 agent hours a week against 168)")
    tree = json.loads((tmp_path / "r.json").read_text())
    staff = next(one for one in tree["measures"] if one["id"] == "staff_eur_per_problem")
    assert staff["ways"][0]["second"]["mean"] > 1.9 * staff["first"]["mean"]


def test_run_and_compare_name_a_world_by_the_same_digits_however_many_days(pair, capsys):
    digits = set()
    for command in (
        ["run", pair[0]],
        ["run", pair[0], "--days", "2"],
        ["compare", *pair, "--days", "2", "--equal", "none"],
    ):
        assert main([*command, *COMPARE]) == 0
        digits.add(capsys.readouterr().out.split("quick_talk (")[1][:12])
    assert main(["check", pair[0], "--quiet"]) == 0
    digits.add(capsys.readouterr().out.split("good (quick_talk, ")[1][:12])
    assert len(digits) == 1


def test_replications_asked_for_by_number_are_put_together(pair, tmp_path, capsys):
    """1 to 2 and 3 to 4 are 1 to 4, to the bit, in the totals and in all that is made of them."""
    quiet = ["--quiet", "--workers", "1", "--equal", "staff"]
    for which, name in (("1-2", "a"), ("3-4", "b"), ("4", "whole")):
        assert main(["compare", *pair, *quiet, "--replications", which, "--json", f"{name}.json"]) == 0
    assert main(["merge", "a.json", "b.json", "--json", "both.json", "--quiet"]) == 0
    both, whole = (json.loads((tmp_path / f"{name}.json").read_text()) for name in ("both", "whole"))
    assert both["numbers"] == [1, 2, 3, 4]
    assert both["totals"] == whole["totals"]
    assert both["measures"] == whole["measures"]
    capsys.readouterr()
    assert main(["merge", "a.json", "whole.json"]) == 2
    assert "replication 1, 2, counted from 1, is in both" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["run"], ["compare"], ["run", "--engine", "simpy"]])
def test_a_stored_study_is_made_anew_to_the_bit(pair, tmp_path, capsys, command):
    worlds = pair if command == ["compare"] else pair[:1]
    assert main([*command, *worlds, *COMPARE, "--days", "2", "--json", "r.json"]) == 0
    assert main(["repeat", "r.json", "--quiet"]) == 0
    assert "comes to the same, to the bit (2 replications)" in capsys.readouterr().out


def test_what_two_engines_have_lived_is_told_to_differ_in_the_last_digits(pair, capsys):
    for name, which, engine in (("a", "1-2", "simpy"), ("b", "3-4", "compiled")):
        asked = ["--replications", which, "--engine", engine, "--days", "2", "--quiet"]
        assert main(["run", pair[0], *asked, "--json", f"{name}.json"]) == 0
    assert main(["merge", "a.json", "b.json", "--json", "both.json", "--quiet"]) == 0
    code = main(["repeat", "both.json", "--quiet"])
    told = capsys.readouterr().out
    assert (code, "lived by simpy and compiled then" in told) in ((1, True), (0, False)), told
    assert "please report it" not in told


def test_a_stored_study_that_comes_to_something_else_is_told(pair, tmp_path, capsys):
    assert main(["run", pair[0], *COMPARE, "--json", "r.json"]) == 0
    tree = json.loads((tmp_path / "r.json").read_text())
    tree["totals"]["first"]["measures"]["calls_per_problem"][0][0] += 1
    (tmp_path / "r.json").write_text(json.dumps(tree))
    assert main(["repeat", "r.json", "--quiet"]) == 1
    assert "does NOT come to the same" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "key", "worlds"),
    [
        (["--load", "50"], ("population", "problems_per_day", 30), (0, 1)),
        (["--price", "0.1"], ("tariff", "price_per_minute", 0.1), (0,)),
        (["--cut", "5 min"], ("levers", "time", "cut_after", "5 min"), (0,)),
        (["--set", "line.balking=0.5"], ("line", "balking", 0.5), (0, 1)),
        (["--set-first", "levers.authority.above=refuse"], ("levers", "authority", "above", "refuse"), (0,)),
        (["--set-second", "levers.memory.identification=90 s"], ("levers", "memory", "identification"), (1,)),
        (["--staff", "200"], ("teams", "front", "staff"), (1,)),
    ],
)
def test_what_if_options_change_the_worlds_they_name(pair, tmp_path, option, key, worlds):
    """The file of the result holds the worlds as they were changed; the other world is as its file says."""
    for name, more in (("plain", []), ("changed", option)):
        assert main(["compare", *pair, *COMPARE, "--equal", "none", "--json", f"{name}.json", *more]) == 0
    plain, changed = (json.loads((tmp_path / f"{name}.json").read_text())["worlds"] for name in ("plain", "changed"))
    *place, value = key if not isinstance(key[-1], str) or key[-1] in ("5 min", "refuse") else (*key, None)
    for at in (0, 1):
        assert (plain[at]["digest"] != changed[at]["digest"]) == (at in worlds)
    found = changed[worlds[0]]["contents"]
    for part in place:
        found = found[part]
    assert value is None or found == value


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--set", "line.balkin=0.5"], "did you mean line.balking?"),
        (["--set", "nothing"], "write PATH=VALUE"),
        (["--set", "name=other"], "write a file for that"),
        (["--set", "extends=double_peine"], "write a file for that"),
        (["--cut", "soon"], "is not a duration"),
        (["--set-first", "teams.front.staff=-1"], "staff"),
    ],
)
def test_a_what_if_that_makes_no_world_is_told_with_what_would_be_right(pair, capsys, option, said):
    assert main(["compare", *pair, *COMPARE, *option]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"kind": "comparison", "format": 1}', "\x00", '{"kind": "run"}'])
def test_what_is_no_stored_study_is_refused_in_words(tmp_path, monkeypatch, capsys, content):
    monkeypatch.chdir(tmp_path)
    Path("r.json").write_text(content)
    for command in (["repeat", "r.json"], ["merge", "r.json", "r.json"]):
        assert main(command) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert "r.json" in told.err
        assert "Traceback" not in told.err


def test_a_name_that_is_no_text_loses_nothing(pair, tmp_path):
    """Of bytes that are no UTF-8, as a file system may hold them."""
    odd = os.fsdecode(b"\xff.csv")
    assert main(["run", pair[0], *COMPARE, "--json", "r.json", "--csv", odd]) == 0
    assert json.loads((tmp_path / "r.json").read_text())["command"].endswith(r"--csv '\udcff.csv'")
    assert (tmp_path / odd).exists()


def test_compare_goes_on_until_it_is_as_precise_as_is_asked_for(pair, capsys):
    """Wide enough for any pilot: that of four, and the five of the look-ahead."""
    asked = ["--until", "talk_minutes_per_call 90 %", "--until", "calls_per_problem 50 % of first", "--pilot", "4"]
    assert (
        main(["compare", *pair, "--workers", "1", "--figure", "none", "--equal", "staff", "--json", "r.json", *asked])
        == 0
    )
    printed = capsys.readouterr()
    assert "9 replications of" in printed.out
    assert "As precise as was wished with 4 replications, and in the 5 after it" in printed.out
    assert "sim: The pilot of 4 replications foretold 9 in all" in printed.err
    assert json.loads(Path("r.json").read_text(encoding="utf-8"))["stopping"]["why"] == "reached"


def test_run_says_where_it_ends_before_it_is_as_precise_as_is_asked_for(pair, capsys):
    limits = ["--pilot", "4", "--most", "6", "--quiet"]
    assert main(["run", pair[0], "--workers", "1", "--until", "hold_minutes_per_call 0.001", *limits]) == 0
    assert "Not as precise as was wished after 6 replications, the most that were allowed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--until", "calls_per_problem"], 'write a measure and its half-width, "calls_per_problem 3 %"'),
        (["--until", "calls_per_problm 3 %"], "did you mean calls_per_problem"),
        (["--until", "calls_per_problem 3 EUR"], "its unit is calls"),
        (["--until", "calls_per_problem 3 %", "--replications", "9"], "only one of them is possible"),
        (["--until", "calls_per_problem 3 %", "--until", "calls_per_problem 1"], "calls_per_problem is there twice"),
        (["--most", "50", "--seconds", "3"], "--most and --seconds without --until"),
        (["--until", "calls_per_problem 3 %", "--most", "10"], "most is 10: it has to be 20, the pilot, at least"),
    ],
)
def test_what_cannot_be_gone_on_until_is_refused(pair, capsys, options, said):
    assert main(["compare", *pair, *options]) == 2
    assert said in capsys.readouterr().err
