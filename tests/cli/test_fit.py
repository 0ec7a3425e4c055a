"""`python -m sim fit`: what it writes loads, and what is wrong is said."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from sim.cli import main
from sim.cli.fitting import _form
from sim.data.call_log import CallLog
from tests.fitting.known import log_of_known
from tests.fitting.test_odd_logs import log_of


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Put a log in the place of what the readers read; return what they were asked."""
    calls: list[tuple[object, ...]] = []
    monkeypatch.chdir(tmp_path)

    def read(*asked: object, **columns: object) -> CallLog:
        calls.append((*asked, *columns.values()))
        return log_of()

    monkeypatch.setattr(sim, "call_log", read, raising=False)
    monkeypatch.setattr(sim, "queue_log", read, raising=False)
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
        (["--out", "calls.csv"], "the file of a world too"),
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


def test_two_queues_are_fitted_one_by_one(asked, monkeypatch, capsys):
    monkeypatch.setattr(sim, "call_log", lambda path, columns=None: log_of(queues=("sales", "care")), raising=False)
    assert main(["fit", "calls.csv", "--quiet", "--all"]) == 0
    out = capsys.readouterr().out
    for queue in ("sales", "care"):
        assert f"speed_cv [{queue}]" in out
    assert "AIC" in out


def test_the_whole_way_of_a_log_of_thirty_thousand_calls(asked, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(sim, "call_log", lambda path, columns=None: log_of_known(0), raising=False)
    assert main(["fit", "calls.csv", "--out", "mine.toml", "--quiet"]) == 0
    assert "days that follow each other are alike" not in capsys.readouterr().err
    patience: Any = sim.load(tmp_path / "mine.toml").population.patience
    assert patience.law == "weibull"
