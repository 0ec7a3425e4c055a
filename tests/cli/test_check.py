"""`check`: good worlds and bad ones, and whether both engines tell the good ones alike."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from sim.cli import main
from sim.engines import run
from sim.mechanisms.staff.team import Team
from sim.people import populate
from sim.reading import load
from sim.study.comparing.agreement import agreement, first_days, usual_days
from tests.cli.worlds import ROOT, hears_ctrl_c, small_file


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    small_file(tmp_path, "a")
    small_file(tmp_path, "b", days=2, talk="12 min")
    return tmp_path


@pytest.fixture
def faulty(monkeypatch):
    """Let SimPy's agents be free a quarter of a minute late."""
    true = Team.frees
    monkeypatch.setattr(Team, "frees", lambda self, agent, at: true(self, agent, at + 0.25))


def history_of(name, **asked):
    world = load(name)
    return run(world, populate(world, seed=asked.get("seed", 1)))


def test_good_files_are_told_by_both_engines_and_the_words_say_how_much(folder, capsys):
    assert main(["check", "a.toml", "b.toml"]) == 0
    told = capsys.readouterr()
    for name, days in (("a", 1), ("b", 2)):
        lived = history_of(f"{name}.toml")
        assert f"{name}.toml: good ({name}, " in told.out
        assert f"simpy and compiled agree to the bit: {len(lived.rows):,} history rows" in told.out
        assert f"of {len(lived.customers):,} problems in {days} simulated days, seed 1" in told.out
        assert f"check {name}: " in told.err


def test_quiet_has_no_progress(folder, capsys):
    assert main(["check", "a.toml", "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_the_seed_and_the_days_are_those_asked_for(folder, capsys):
    assert main(["check", "b.toml", "--quiet", "--seed", "7"]) == 0
    assert f"{len(history_of('b.toml', seed=7).rows):,} history rows" in capsys.readouterr().out
    assert main(["check", "b.toml", "--quiet", "--days", "0.5", "--seed", "7"]) == 0
    assert "the first 0.5 of its 2 simulated days (--whole compares all), seed 7" in capsys.readouterr().out


def test_a_large_world_is_cut_to_the_days_of_ten_thousand_problems_unless_all_is_asked_for(folder, capsys):
    """Six thousand a day: one whole day."""
    small_file(folder, "large", days=3, per_day=6_000, talk="1 min")
    assert main(["check", "large.toml", "--quiet"]) == 0
    assert "in the first 1 of its 3 simulated days" in capsys.readouterr().out
    assert main(["check", "large.toml", "--quiet", "--whole"]) == 0
    assert "in 3 simulated days" in capsys.readouterr().out


def test_the_usual_days_are_whole_ones_and_at_least_one(folder):
    per_day = {"rare": 60, "busy": 4_000, "enormous": 30_000}
    worlds = [load(small_file(folder, name, days=30, per_day=many)) for name, many in per_day.items()]
    assert list(map(usual_days, worlds)) == [None, 2.0, 1.0]


def test_the_first_days_are_those_that_the_world_begins_with():
    """What happens in them does not know of what comes later: its customers and its rows are the same."""
    world = load("base")
    short = first_days(world, 1.5)
    end = 1.5 * 1440
    assert short.time.end == end
    both = [run(one, populate(one, seed=1)).rows for one in (world, short)]
    known = both[0][both[0]["time"] < end]
    assert both[1].tobytes() == known.tobytes()


def test_a_good_world_is_told_with_its_days_and_what_is_most_likely_not_meant(folder, capsys):
    """The small file's problems are spread evenly over the week; a team of two is never reached."""
    text = (folder / "a.toml").read_text() + "\n[teams.spare]\nstaff = 2\ntalk = '1 min'\nwage = 10\n"
    (folder / "spare.toml").write_text(text)
    assert main(["check", "spare.toml", "--quiet"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    day = load("a.toml").population.problems_per_day
    assert f"{7 * day:,.4g} problems a week: Mon {day:,.4g}, Tue {day:,.4g}," in told
    assert "warning: teams.spare is reached by no route and no path" in told


def test_a_fault_in_one_telling_is_found_and_told(folder, faulty, capsys):
    assert main(["check", "a.toml", "--quiet"]) == 1
    told = capsys.readouterr()
    held = agreement(load("a.toml"))
    assert held is not None
    first = held.difference
    assert first is not None
    assert told.err == ""
    assert "a.toml: good (a, " in told.out
    assert "simpy and compiled DIFFER: " in told.out
    assert f"{held.rows[0]:,}" in told.out
    assert f"{held.rows[1]:,}" in told.out
    assert f"They first part on day 1 at {int(first.time / 60):02d}:{int(first.time % 60):02d}" in told.out
    assert f"customer {first.customer} (problem {first.problem}), row {first.place}:" in told.out
    for words in (f"simpy     {first.one}", f"compiled  {first.other}", "answered", "please report it"):
        assert words in told.out


def test_an_agent_free_a_quarter_of_a_minute_late_is_seen_in_the_first_who_waits_for_her(folder, faulty):
    """The reference's answer comes exactly that much later than the other's."""
    held = agreement(load("a.toml"))
    assert held is not None
    first = held.difference
    assert first is not None
    times = [float(words.split()[0]) for words in (first.one, first.other)]
    assert times[0] - times[1] == pytest.approx(0.25, abs=1e-9)


def test_one_bad_file_does_not_stop_the_others(folder, capsys):
    (folder / "bad.toml").write_text((folder / "a.toml").read_text().replace("wage = 20", "wag = 20\nstaf = 1"))
    assert main(["check", "bad.toml", "a.toml", "missing.toml", "b.toml", "--quiet"]) == 2
    told = capsys.readouterr()
    assert told.out.count("agree to the bit") == 2
    for word in ("wag", "staf", "missing.toml"):
        assert word in told.err


def test_a_mistake_in_a_file_outweighs_a_difference_in_the_code(folder, faulty, capsys):
    assert main(["check", "a.toml", "missing.toml", "--quiet"]) == 2
    assert "DIFFER" in capsys.readouterr().out


def test_days_that_are_not_half_hours_are_refused_for_every_file(folder, capsys):
    assert main(["check", "a.toml", "b.toml", "--days", "0.01", "--quiet"]) == 2
    assert capsys.readouterr().err.count("whole quarters") == 2


def test_histories_that_no_memory_holds_are_refused(folder, capsys):
    small_file(folder, "large", days=30, per_day=20_000)
    assert main(["check", "large.toml", "--days", "36500", "--quiet"]) == 2
    assert "large.toml could not be told: " in capsys.readouterr().err


def test_days_and_whole_exclude_each_other(folder, capsys):
    with pytest.raises(SystemExit) as left:
        main(["check", "a.toml", "--days", "1", "--whole"])
    assert left.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


def test_a_world_that_only_simpy_can_tell_is_compared_with_nothing(folder, capsys, monkeypatch):
    monkeypatch.setattr("sim.study.comparing.agreement.engine_of", lambda world, engine: "simpy")
    assert main(["check", "a.toml", "--quiet"]) == 0
    assert "told by SimPy alone" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="signals to process groups are a Unix matter")
def test_ctrl_c_ends_a_check_and_keeps_what_was_told(tmp_path):
    small_file(tmp_path, "a")
    small_file(tmp_path, "endless", days=40, per_day=2_500, talk="1 min")
    command = [sys.executable, "-m", "sim", "check", "a.toml", "endless.toml", "--whole"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hears_ctrl_c,
    )
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        first = [process.stdout.readline(), process.stdout.readline()]
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "a.toml: good" in first[0]
    assert "endless" not in out
    assert err.endswith("sim: interrupted before there was anything more to print\n")
    assert "Traceback" not in err
