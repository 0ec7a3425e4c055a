"""`python -m sim fit`: what it writes loads, and what is wrong is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from sim.cli import main
from sim.cli.fitting import _form
from sim.data.call_log import CallLog
from tests.fitting.known import known, log_of_known
from tests.fitting.test_known_laws import TRUE
from tests.fitting.test_odd_logs import log_of


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Put a log in the place of what the readers read; return what they were asked."""
    calls: list[tuple[object, ...]] = []
    monkeypatch.chdir(tmp_path)

    def read(*asked: object, **columns: object) -> CallLog:
        calls.append((*asked, *columns.values()))
        return log_of()

    monkeypatch.setattr(sim, "call_log", read)
    monkeypatch.setattr(sim, "queue_log", read)
    (tmp_path / "calls.csv").write_text("Start,Taken,End\n", encoding="utf-8")
    (tmp_path / "queue_log").write_text("1700000000|1.1|support|NONE|ENTERQUEUE||33\n", encoding="utf-8")
    return calls


def test_a_log_becomes_a_world_a_table_and_a_figure(asked, tmp_path, capsys):
    files = ["--out", "mine.toml", "--figure", "fit.png", "--csv", "fit.csv"]
    assert main(["fit", "calls.csv", "--columns", "arrived=Start", "left=End", *files]) == 0
    assert asked == [("calls.csv", {"arrived": "Start", "left": "End"})]
    told = capsys.readouterr()
    assert "problems_per_day" in told.out
    assert "written: mine.toml" in told.err
    assert "fit: 100 % of the steps" in told.err
    world = sim.load(tmp_path / "mine.toml")
    assert world.about == "Fitted to calls.csv."
    assert (tmp_path / "fit.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "fit.csv").read_text(encoding="utf-8").startswith("name,queue,value,low,high,error,n,unit")
    assert main(["check", "mine.toml", "--quiet", "--days", "1"]) == 0


def test_a_queue_log_is_known_by_its_first_line(asked, tmp_path):
    assert main(["fit", "queue_log", "--quiet"]) == 0
    assert main(["fit", "calls.csv", "--form", "queue_log", "--quiet"]) == 0
    assert asked == [("queue_log",), ("calls.csv",)]
    assert _form(tmp_path / "nothing") == "csv"


def test_a_world_written_by_hand_is_not_written_over(asked, tmp_path, capsys):
    assert main(["fit", "calls.csv", "--out", "mine.toml", "--quiet"]) == 0
    assert main(["fit", "calls.csv", "--out", "mine.toml", "--quiet"]) == 0  # its own may be
    (tmp_path / "mine.toml").write_text('about = "by hand"\nextends = "base"\n', encoding="utf-8")
    capsys.readouterr()
    assert main(["fit", "calls.csv", "--out", "mine.toml", "--quiet"]) == 2
    assert "was not written by fit" in capsys.readouterr().err
    assert "by hand" in (tmp_path / "mine.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--out", "mine.txt"], "has to end in .toml"),
        (["--out", "calls.csv"], "--out calls.csv is the log too"),
        (["--figure", "fit.doc"], "has to end in .png"),
        (["--queue", "frond"], "queue is 'frond': did you mean front?"),
        (["--short-service", "10"], "--short-service a duration needs its unit"),
        (["--same-problem", "0 s"], "same_problem is 0"),
        (["--columns", "arrived"], "write FIELD=COLUMN"),
        (["--form", "queue_log", "--columns", "a=b"], "a queue_log has its columns in a fixed order"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(options, said, asked, tmp_path, capsys):
    assert main(["fit", "calls.csv", *options, "--quiet"]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err
    assert not list(tmp_path.glob("*.toml"))


def test_all_wrong_options_are_told_together(asked, capsys):
    wrong = ["--out", "mine.txt", "--short-service", "10", "--columns", "arrived", "--zone", "Mars/Phobos"]
    assert main(["fit", "calls.csv", *wrong, "--quiet"]) == 2
    told = capsys.readouterr().err
    for said in ("has to end in .toml", "--short-service a duration", "write FIELD=COLUMN", 'zone is "Mars/Phobos"'):
        assert said in told
    assert not asked


def test_what_is_said_of_the_table_reaches_its_reader(asked):
    said = [
        "--columns",
        "arrived=1",
        "left=End of call",
        "--dates",
        "day first",
        "--unit",
        "min",
        "--zone",
        "Europe/Paris",
    ]
    assert main(["fit", "calls.csv", *said, "--quiet"]) == 0
    assert asked == [("calls.csv", {"arrived": 1, "left": "End of call"}, "Europe/Paris", "day first", "min")]


def test_two_queues_are_fitted_one_by_one(asked, monkeypatch, capsys):
    monkeypatch.setattr(sim, "call_log", lambda path, columns=None: log_of(queues=("sales", "care")))
    assert main(["fit", "calls.csv", "--quiet", "--all"]) == 0
    out = capsys.readouterr().out
    for queue in ("sales", "care"):
        assert f"speed_cv [{queue}]" in out
    assert "AIC" in out


def test_a_simulated_centres_own_queue_log_comes_back(tmp_path, capsys):
    """Written as Asterisk writes it, in whole seconds, and read from the file: the laws are those of the world."""
    world = known()
    sim.write_log(sim.run(world, sim.populate(world, seed=7, replication=1)), tmp_path / "queue_log")
    files = ["--out", str(tmp_path / "mine.toml"), "--figure", str(tmp_path / "fit.svg"), "--quiet"]
    assert main(["fit", str(tmp_path / "queue_log"), *files]) == 0
    assert "1 QUEUESTART lines (reading)" in capsys.readouterr().out
    fitted = sim.fit(sim.queue_log(tmp_path / "queue_log"))
    for value in (("balking", ""), ("patience.weibull.shape", ""), ("patience.weibull.scale", ""), ("solve", ""),
                  ("again.abandoned.gap.mean", ""), ("talk.within_agent_cv", "front")):  # fmt: skip
        found = fitted.value(*value).found
        assert abs(found.value - TRUE[value]) < 4.0 * found.error, value
    assert sim.load(tmp_path / "mine.toml").population.again.persistence == pytest.approx(0.6, abs=0.05)


def test_a_table_of_calls_is_read_by_its_columns(tmp_path, capsys):
    """As a switch exports it, semicolons and all; its columns are named on the command line."""
    log = log_of(600, 28)
    begin = np.datetime64(log.first_monday, "s")
    table = log.frame()
    stamped = {
        column: (begin + np.round(np.nan_to_num(log.calls[field]) * 60).astype("timedelta64[s]")).astype(str)
        for column, field in (("Start", "arrived"), ("Taken", "answered"), ("End", "left"))
    }
    rows = ["Start;Taken;End;Line;Who;Number"]
    for at, answered in enumerate(table["answered"].notna()):
        when = [stamped["Start"][at], stamped["Taken"][at] if answered else "", stamped["End"][at]]
        cells = [*(one.replace("T", " ") for one in when), "front", table["agent"][at], f"0{at + 600000000}"]
        rows.append(";".join(cells))
    (tmp_path / "calls.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    named = ["arrived=Start", "answered=Taken", "left=End", "queue=Line", "agent=Who", "caller=Number"]
    out = tmp_path / "mine.toml"
    assert main(["fit", str(tmp_path / "calls.csv"), "--columns", *named, "--out", str(out), "--quiet"]) == 0
    assert "600 calls of front on 28 days" in capsys.readouterr().out
    assert sim.load(out).population.problems_per_day == pytest.approx(600 / 28, abs=3.1)  # 3 errors, of 20 days


def test_the_whole_way_of_a_log_of_thirty_thousand_calls(asked, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(sim, "call_log", lambda path, columns=None: log_of_known(0))
    assert main(["fit", "calls.csv", "--out", "mine.toml", "--quiet"]) == 0
    assert "days that follow each other are alike" not in capsys.readouterr().err
    patience: Any = sim.load(tmp_path / "mine.toml").population.patience
    assert patience.law == "weibull"
