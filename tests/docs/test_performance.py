"""The script that measures speed: its parts run, its workloads are the ones it says, and it keeps what it has."""

from __future__ import annotations

import json
import math
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from sim.history.rows import ROW, Event
from sim.theory import erlang_a

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "experiments"))

import speed  # noqa: E402 - it lies beside the worlds it measures, outside of every package
from bench import erlang_a as m1  # noqa: E402
from bench import limits, studies, textbook  # noqa: E402
from bench.before import BeforeError, beside  # noqa: E402
from bench.engines import of_a_call, of_a_contact, of_m2  # noqa: E402
from bench.lines import WORDS, Line, Size, Target  # noqa: E402
from bench.stopwatch import Way, interleaved, ratios  # noqa: E402

SMALLEST = Size(rounds=1, long_rounds=1, replications=4, problems=10_000, slices=(0.5, 1), whole=False)
FORMULA = erlang_a(m1.RATE, m1.HANDLING, m1.AGENTS, m1.PATIENCE).p_abandon


def line_of(what: str, median: float) -> dict[str, Any]:
    """Return a line as a script writes it."""
    return Line(what, "s", [median], Target(4)).as_json()


def unheard(share: float) -> None:
    """Nobody wants to know how far it is."""


@pytest.mark.parametrize(
    ("target", "value", "said"),
    [
        (Target(4, 2.5), 2.5, "met, and the stretch"),
        (Target(4, 2.5), 2.6, "met"),
        (Target(4, 2.5), 4.1, "MISSED"),
        (Target(100, at_least=True), 100, "met"),
        (Target(100, at_least=True), 99.9, "MISSED"),
    ],
)
def test_a_line_says_whether_what_is_wanted_is_reached(target, value, said):
    assert Line("anything", "s", [value], target).met == said


def test_a_line_shows_the_median_of_its_rounds_and_their_range():
    line = Line("a day", "ms", [7, 1, 2], Target(4))
    assert line.value == 2
    assert "1 to 7" in str(line)
    assert len(str(line)) <= 120


def test_every_way_is_done_in_every_round_and_every_second_round_goes_backwards():
    done: list[str] = []

    def noting(name: str) -> Callable[[int], None]:
        return lambda turn: done.append(f"{name}{turn}")

    ways = {name: Way(noting(name)) for name in "ab"}
    seconds = interleaved(ways, 2, unheard)
    assert done == ["a0", "b0", "b1", "a1"]
    assert [len(its) for its in seconds.values()] == [2, 2]


def test_ratios_are_taken_round_by_round():
    assert ratios([6.0, 10.0], [2.0, 5.0]) == [3.0, 2.0]


def test_a_caller_alone_in_the_textbook_waits_for_nobody():
    """Menu and identification take a minute and a half, each talk something, and the cut comes at twenty minutes."""
    (me,) = textbook.textbook([0.0], seed=1)
    assert me.wait == 0.0
    assert textbook.MENU + textbook.IDENTIFICATION < me.on_the_line <= me.contacts * textbook.CUT_AFTER
    assert me.identifications >= me.contacts >= 1


@pytest.fixture(scope="module")
def compiled_shares() -> list[float]:
    lived = m1.on_compiled()
    return [lived(turn) for turn in range(40)]


def within(shares: list[float], of_a_day: float) -> float:
    """Return what the mean may be off: by chance, one test in 10,000, and for ten hours that begin with nobody.

    The centre fills within about a handling time and a patience, in which nobody hangs up.
    """
    by_chance = norm.isf(0.5e-4) * of_a_day / math.sqrt(len(shares))
    return by_chance + FORMULA * (m1.HANDLING + m1.PATIENCE) / m1.UNTIL


@pytest.mark.parametrize(
    ("tool", "lived", "turns"), [("simpy", m1.on_simpy, 8), ("ciw", m1.on_ciw, 4), ("salabim", m1.on_salabim, 1)]
)
def test_every_tool_lives_erlang_a(compiled_shares, tool, lived, turns):
    """All tools live the same queue, so the compiled days say how far one day of any of them strays."""
    pytest.importorskip(tool)
    shares = [lived(turn) for turn in range(turns)]
    assert abs(statistics.fmean(shares) - FORMULA) < within(shares, statistics.stdev(compiled_shares))


def test_the_scenario_is_erlang_a(compiled_shares):
    strays = statistics.stdev(compiled_shares)
    assert abs(statistics.fmean(compiled_shares) - FORMULA) < within(compiled_shares, strays)


def test_the_longest_queue_is_the_most_who_wait_at_the_same_time():
    """Three wait from 0 to 4, from 1 to 3 and from 3 to 5: two at once, for one goes as the next one comes."""
    rows = np.zeros(6, ROW)
    rows["time"] = [0, 4, 1, 3, 3, 5]
    rows["event"] = [Event.QUEUED, Event.ANSWERED] * 3
    history: Any = SimpleNamespace(rows=rows)
    assert limits.longest_queue(history) == 2


@pytest.mark.parametrize(
    "section", [of_m2, of_a_call, of_a_contact, studies.paired, limits.scale], ids=lambda part: part.__name__
)
def test_a_section_gives_its_lines_at_the_smallest_size(section):
    lines = [line for line in section(SMALLEST, unheard) if isinstance(line, Line)]
    assert any(line.target for line in lines)
    assert all(line.value > 0 for line in lines)


def test_a_process_of_its_own_says_what_it_took():
    """The first hour and a half of a day of 5,000 problems whose rate is 1 + .5 sin(2 pi t / 12 h)."""
    life = limits.Lived.of("m2", 1.5 / 24)
    expected = 5000 / 12 * (1.5 + 0.5 * 12 / math.tau * (1 - math.cos(math.tau * 1.5 / 12)))
    assert abs(life.problems - expected) < 4 * math.sqrt(expected)
    assert life.peak_mib >= life.imports_mib > 0


def test_what_is_measured_is_printed_and_written(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(speed, "QUICK", SMALLEST)
    speed.main(["--quick", "--only", "day", "--json", str(tmp_path / "a.json")])
    written = json.loads((tmp_path / "a.json").read_text())
    assert list(written["sections"]) == ["day"]
    first = written["sections"]["day"][0]
    assert first["median"] == statistics.median(first["rounds"])
    assert first["what"] in capsys.readouterr().out


def test_an_interruption_keeps_what_is_measured(monkeypatch, capsys, tmp_path):
    def interrupted(size, told):
        yield Line("before", "s", [1.0], Target(0.5))
        raise KeyboardInterrupt

    monkeypatch.setattr(speed, "SECTIONS", {"one": (interrupted, 1), "two": (interrupted, 1)})
    speed.main(["--json", str(tmp_path / "a.json")])
    assert [line["what"] for line in json.loads((tmp_path / "a.json").read_text())["sections"]["one"]] == ["before"]
    assert "Missed: one: before." in capsys.readouterr().out


OLD: dict[str, Any] = {"day": ["a remark", line_of("a day", 6.0), line_of("  the same", 3.0), line_of("gone", 1.0)]}
NEW: dict[str, Any] = {"day": [line_of("a day", 3.0), line_of("  the same", 1.5), line_of("  the same", 4.0)]}


def test_another_checkout_stands_beside_this_one_line_by_line(tmp_path):
    """Lines of the same words are told apart by their turn; what only one of them has stands alone."""
    done: list[Path] = []

    def run(checkout: Path, name: str, options: Sequence[str]) -> Any:
        done.append(checkout)
        return OLD if checkout == tmp_path else NEW

    head, *lines = beside(tmp_path, "day", (), first=False, run=run)
    assert done == [ROOT, tmp_path]
    assert head.split() == ["day", "before", "now", "now", "/", "before", "wanted"]
    assert [line[:WORDS].strip() for line in lines] == ["a day", "the same", "the same", "gone"]
    assert lines[0].split()[2:] == ["6", "3", "s", "0.50", "<=", "4", "met"]
    assert lines[1].split()[2:6] == ["3", "1.5", "s", "0.50"]
    assert lines[2].split()[2:5] == ["-", "4", "s"]
    assert lines[3].split()[1:] == ["1", "-", "s"]


def test_a_checkout_that_is_none_is_told(tmp_path):
    with pytest.raises(SystemExit, match=r"speed\.py does not exist: check the version out there"):
        speed.main(["--before", str(tmp_path), "--only", "day"])


def test_a_script_that_fails_is_told_by_its_last_line(tmp_path):
    (tmp_path / "experiments").mkdir()
    (tmp_path / "experiments" / "speed.py").write_text("raise SystemExit('it has no such section')\n")
    python = tmp_path / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    with pytest.raises(BeforeError, match="--only day failed: it has no such section"):
        list(beside(tmp_path, "day", ()))


def test_an_unknown_section_is_told_with_those_there_are(capsys):
    with pytest.raises(SystemExit):
        speed.main(["--only", "m2,memry"])
    told = capsys.readouterr().err
    assert "memry" in told
    assert all(name in told for name in speed.SECTIONS)


def test_the_page_tells_of_every_section():
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert all(f"\n{name} " in page for name in speed.SECTIONS)
