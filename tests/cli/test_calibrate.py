"""`python -m sim calibrate`, as a planner calls it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sim
from tests.cli.worlds import ROOT, called, hears_ctrl_c, small_file

MONTH = """\
about = "a month of a small centre"
days = 30
offered = 2400
answered = "70 % +- 3 %"
speed_of_answer = "8 min +- 2 min"
"""
SMALL = ("--free", "problems,patience", "--replications", "3")


@pytest.fixture
def month(tmp_path):
    """Return a file of figures beside which a small world lies."""
    small_file(tmp_path, "mine", days=7, per_day=60, talk="12 min")
    file = tmp_path / "month.toml"
    file.write_text(MONTH, encoding="utf-8")
    return file


def test_a_world_is_fitted_printed_and_written(month):
    folder = month.parent
    files = ("--out", "fitted.toml", "--json", "fit.json", "--csv", "fit.csv")
    done = called("calibrate", "mine.toml", "--figures", "month.toml", *SMALL, *files, folder=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("mine fitted to a report (a month of a small centre): ")
    assert "calls offered in 30 days" in done.stdout
    text = (folder / "fitted.toml").read_text(encoding="utf-8")
    assert text.startswith("# Fitted to a month of a small centre: 3 replications, seed 1.")
    assert 'extends = "mine.toml"' in text
    fitted = sim.load(folder / "fitted.toml")
    tree = json.loads((folder / "fit.json").read_text(encoding="utf-8"))
    assert tree["world"]["population"]["problems_per_day"] == fitted.population.problems_per_day != 60
    assert (folder / "fit.csv").read_text(encoding="utf-8").startswith("figure,unit,yours,")
    again = called("calibrate", "mine.toml", "--figures", "month.toml", *SMALL, *files, folder=folder)
    assert again.returncode == 0, "what it has written itself is written over"
    assert (folder / "fitted.toml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "mine.toml"), "the file of a world too"),
        (("--out", "month.toml"), "too"),
        (("--out", "other.toml"), "was not written by calibrate"),
        (("--out", "fitted.txt"), "has to end in .toml"),
        (("--free", "nonsense"), "no value of this world"),
        (("--report", "missing.csv"), "missing.csv"),
        (("--json", "mine.toml"), "the file of a world too"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_runs(month, arguments, said):
    (month.parent / "other.toml").write_text('about = "by hand"\n', encoding="utf-8")
    done = called("calibrate", "mine.toml", "--figures", "month.toml", *arguments, folder=month.parent)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (month.parent / "other.toml").read_text(encoding="utf-8") == 'about = "by hand"\n'


def test_a_report_by_interval_is_read_as_the_switch_prints_it(month):
    """Semicolons, French dates and words; two weeks of ten calls an hour, on Mondays twenty; two agents."""
    lines = ["Date;Heure;Appels présentés;Agents"]
    for day in range(14):
        for hour in range(8, 18):
            lines.append(f"{day + 2:02d}/03/2026;{hour:02d}:00;{20 if day % 7 == 0 else 10};2")
    (month.parent / "switch.csv").write_text("\n".join(lines), encoding="utf-8")
    month.write_text('about = "two weeks"\nanswered = "80 % +- 10 %"\n', encoding="utf-8")
    asked = ("--figures", "month.toml", "--report", "switch.csv", *SMALL, "--out", "fitted.toml")
    done = called("calibrate", "mine.toml", *asked, folder=month.parent)
    assert done.returncode == 0, done.stderr
    assert "calls offered in 14 days" in done.stdout
    fitted = sim.load(month.parent / "fitted.toml")
    assert fitted.teams["front"].staff == {"mon-sun 08:00-18:00": 2}
    days = fitted.population.problems_by_weekday()
    assert days["mon"] / days["wed"] == pytest.approx(2, rel=0.35)


def test_mistakes_in_the_figures_are_listed_with_their_lines(month):
    month.write_text(MONTH.replace("2400", '"many"') + "answerd = 5\n", encoding="utf-8")
    done = called("calibrate", "mine.toml", "--figures", "month.toml", folder=month.parent)
    assert done.returncode == 2
    assert [line for line in done.stderr.splitlines() if "month.toml:" in line] == [
        'sim: month.toml:3 offered is "many": "many" is no number; write 18240 or "18240 +- 50"',
        "sim: month.toml:6 answerd is not known; did you mean answered?",
    ]


def test_ctrl_c_leaves_the_best_so_far(month):
    """When it has been at work for a while: what is printed says so, and the file is there."""
    command = [sys.executable, "-m", "sim", "calibrate", "mine.toml", "--figures", "month.toml", "--out", "fitted.toml"]
    started = subprocess.Popen(
        [*command, "--replications", "400"],
        cwd=month.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        preexec_fn=hears_ctrl_c,
    )
    assert started.stderr is not None
    for line in started.stderr:
        if "% of the simulated days" in line:
            break
    time.sleep(0.2)
    started.send_signal(signal.SIGINT)
    out, _ = started.communicate(timeout=60)
    assert started.returncode == 130
    assert "Interrupted: these are the best values so far" in out
    assert Path(month.parent / "fitted.toml").is_file()


# Tables, and what is told before the search --------------------------------------------------------------------------

TWO = """\
[line]
routes = { fault = "support" }
[population.reasons]
any = { share = 0.7 }
fault = { share = 0.3 }
[teams.support]
staff = 2
talk = "6 min"
wage = 20
"""
PYTHON = ("columns={", 'columns["', "columns[", 'dates="', 'decimal="', 'zone="', 'unit="')


@pytest.fixture
def two(tmp_path):
    """Return the folder of a world of two queues, its figures, and a report of them that begins on a Wednesday."""
    small_file(tmp_path, "one", days=7, per_day=60, talk="6 min")
    (tmp_path / "two.toml").write_text(f'extends = "one.toml"\nabout = "Two queues."\n{TWO}', encoding="utf-8")
    (tmp_path / "month.toml").write_text('repeats = "20 % +- 10 %"\n', encoding="utf-8")
    lines = ["Date,Heure,Skil,Offered,Answered,Abandoned,Longest"]
    for day in range(4, 14):
        for hour in range(8, 18):
            lines += [f"{day:02d}/03/2026,{hour:02d}:00,{queue},{many},{many - 1},1,9" for queue, many in CALLS.items()]
    (tmp_path / "switch.csv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


CALLS = {"Support": 6, "Front": 3}
ASKED = ("calibrate", "two.toml", "--figures", "month.toml", "--report", "switch.csv", "--replications", "3")


def test_a_column_that_is_not_recognised_is_named_as_the_command_line_names_it(two):
    done = called(*ASKED, folder=two)
    assert done.returncode == 2
    (said,) = done.stderr.splitlines()
    assert '--columns "queue=Skil"' in said
    assert not any(word in said for word in PYTHON)


def test_what_is_known_before_the_search_is_told_before_it(two):
    """Columns, days and what is not used: ahead of the progress, once; the shares are fitted and written."""
    done = called(*ASKED, "--columns", "queue=Skil", "--out", "fitted.toml", "--json", "fit.json", folder=two)
    assert done.returncode == 0, done.stderr
    before, _, _ = done.stderr.partition("of the simulated days")
    before = " ".join(before.replace("sim: ", "").split())
    assert 'columns not read: "Longest"' in before
    assert "The report goes from wed 2026-03-04 to fri 2026-03-13, which are no whole weeks" in before
    assert "(mon 1, tue 1, wed 2, thu 2, fri 2, sat 1, sun 1)" in before
    assert "Not used of the report by interval: the shape of the week of each queue by itself." in before
    assert not any(word in done.stderr + done.stdout for word in PYTHON)
    notes = json.loads((two / "fit.json").read_text(encoding="utf-8"))["notes"]
    assert any("no whole weeks" in note for note in notes)
    assert "no whole weeks" not in done.stdout
    assert "support: calls offered in 10 days" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100
    assert max(map(len, done.stderr.splitlines())) <= 100
    reasons = sim.load(two / "fitted.toml").population.reasons
    assert reasons["fault"].share == pytest.approx(2 / 3, abs=0.1)
    assert reasons["fault"].share + reasons["any"].share == pytest.approx(1.0)


def test_dates_are_read_as_they_are_asked_for_on_the_command_line(two):
    """4 to 12 March, or 3 April to 3 December: all may begin with either, until it is said."""
    text = (two / "switch.csv").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("13/")]
    (two / "switch.csv").write_text("\n".join(kept).replace("Skil", "Skill"), encoding="utf-8")
    done = called(*ASKED, "--dates", "month first", "--free", "problems", folder=two)
    assert done.returncode == 0, done.stderr
    assert "from fri 2026-04-03 to thu 2026-12-03" in " ".join(done.stderr.replace("sim: ", "").split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--columns", "queue"), "--columns queue: write FIELD=COLUMN"),
        (("--columns", "kew=Skil"), "--columns kew=...: no such field"),
        (("--columns", "queue=Skil", "queue=5"), "--columns queue is there twice"),
        (("--zone", "Nowhere"), "--zone is "),
        (("--roster-columns", "agent=1"), "--roster-columns goes with --roster FILE"),
        (("--decimal", "x"), "--decimal"),
        (("--free", "nonsense", "--columns", "queue=Skil"), '--free holds "nonsense"'),
    ],
)
def test_options_of_tables_are_refused_by_their_names(two, arguments, said):
    done = called(*ASKED, *arguments, folder=two)
    assert done.returncode == 2
    assert said in done.stderr
    assert not any(word in done.stderr for word in PYTHON)
    assert "Traceback" not in done.stderr


def test_options_of_tables_are_in_vain_without_one(month):
    done = called("calibrate", "mine.toml", "--figures", "month.toml", "--unit", "ms", folder=month.parent)
    assert done.returncode == 2
    assert done.stderr == "sim: --unit goes with --report FILE\n"


def test_columns_of_a_roster_are_named_too(month):
    text = "Who,Day,Start,End,P1,P2\nAda,mon-sun,8:00,16:00,10:00-10:15,12:00-12:30\n"
    (month.parent / "roster.csv").write_text(text, encoding="utf-8")
    asked = ("calibrate", "mine.toml", "--figures", "month.toml", "--roster", "roster.csv", *SMALL, "--out", "f.toml")
    done = called(*asked, folder=month.parent)
    assert done.returncode == 2
    assert "--roster-columns agent=COLUMN" in done.stderr
    assert not any(word in done.stderr for word in PYTHON)
    done = called(*asked, "--roster-columns", "agent=Who", "breaks=P1", "breaks=P2", folder=month.parent)
    assert done.returncode == 0, done.stderr
    (shift,) = sim.load(month.parent / "f.toml").teams["front"].shifts.values()
    assert (shift.breaks, shift.lunches) == (("10:00-10:15",), ("12:00-12:30",))


def test_all_that_is_wrong_is_told_at_once(two):
    """An unknown name, a contradiction, a level of no definition, queues of nobody, and a value that is none."""
    text = 'days = 31\noffered = 900\nAHT = "9:09"\nanswered = "97 %"\nabandoned = "8 %"\n'
    text += 'service_level = "80 %"\nservice_level_within = "20 s"\n'
    (two / "month.toml").write_text(text, encoding="utf-8")
    switch = two / "switch.csv"
    switch.write_text(
        switch.read_text(encoding="utf-8").replace("Support", "Nord").replace("Front", "Sud"), encoding="utf-8"
    )
    done = called(*ASKED, "--columns", "queue=Skil", "--free", "nonsense", folder=two)
    assert done.returncode == 2
    for said in (
        "month.toml:3 AHT is not known; did you mean handling_time?",
        "abandoned and answered are 105.0% of the calls offered together",
        'service_level is of no definition; write service_level_definition = "arena", or another of these',
        'the report\'s queues "Nord", "Sud" are none of the world\'s, front, support',
        '--free holds "nonsense"',
    ):
        assert said in done.stderr
    listed = [line for line in done.stderr.splitlines() if line.startswith('  "')]
    assert len(listed) == 9
    assert [line for line in listed if "the usual one" in line] == [listed[2]]
    assert '"arena"' in listed[2]
