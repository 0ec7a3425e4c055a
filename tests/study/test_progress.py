"""Progress is never worth the result."""

from __future__ import annotations

import inspect
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

import sim
from sim.bars import Progress, Shown, bar, shows_progress
from sim.machine.compiling import Compiling
from sim.study.running.replicate import replicate
from tests.fitting.known import log_of_known
from tests.worlds import tiny_world


class Broken(io.StringIO):
    """A stream that takes nothing: full, or closed."""

    def __init__(self, error: Exception, terminal: bool) -> None:
        super().__init__()
        self.error, self.terminal = error, terminal

    def isatty(self) -> bool:
        return self.terminal

    def write(self, _: str) -> int:
        raise self.error


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("I/O operation on closed file")])
def test_a_stream_that_cannot_be_written_costs_nothing_but_the_progress(error, terminal):
    with bar("run", Broken(error, terminal)) as progress:
        lived = replicate(tiny_world(), replications=3, workers=1, progress=progress)
    assert lived.numbers == (0, 1, 2)


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_on_a_terminal_and_gone_at_the_end():
    with bar("run", stream := Terminal()) as progress:
        progress(1, 2)
    assert "run: " in stream.getvalue()
    assert "days" not in stream.getvalue().rsplit("\r", 1)[1]


def test_a_bar_hides_no_mistake():
    """Whatever ends the work, and before the bar is drawn or after."""
    for told in (0, 1):
        with pytest.raises(ValueError, match="no staff was found"), bar("compare", Terminal()) as progress:
            for _ in range(told):
                progress(1, 2)
            raise ValueError("no staff was found")


def test_lines_are_one_for_each_fifth_though_more_is_foretold_on_the_way():
    """The fifth that is done once is not told again; nothing to do is all done; what begins anew is told anew."""
    with bar("run", stream := io.StringIO()) as progress:
        for more in range(20):
            progress(50 + more, 100 + more)
        progress(20, 100)
        progress(0, 0)
    told = [line.split(" %")[0] for line in stream.getvalue().splitlines()]
    assert told == ["run: 50", "run: 20", "run: 100"]


def test_a_closed_stream_is_no_terminal():
    closed = io.StringIO()
    closed.close()
    with bar("run", closed) as progress:
        progress(1, 2)


def test_what_the_caller_s_own_progress_raises_ends_the_study():
    def enough(done: int, of: int) -> None:
        raise OSError("enough")

    with pytest.raises(OSError, match="enough"):
        replicate(tiny_world(), replications=3, workers=1, progress=enough)


def test_a_bar_that_could_not_be_drawn_leaves_the_next_one_free():
    """Whichever thread it was drawn in: tqdm has one lock for all bars, and kept it in that thread for good."""

    def broken() -> None:
        with bar("run", Broken(OSError(28, "No space left on device"), terminal=True)) as progress:
            progress(1, 2)

    def drawn() -> None:
        with bar("run", stream) as progress:
            progress(1, 2)

    stream = Terminal()
    for work in (broken, drawn):
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(10)
        assert not thread.is_alive()
    assert "run: " in stream.getvalue()


WORDS = sorted(
    name
    for name in sim.__all__
    if inspect.isfunction(word := getattr(sim, name)) and "progress" in inspect.signature(word).parameters
)
DEAR = sim.changed(tiny_world(), {"teams.*.wage": 40.0})
FEW = {"replications": 2}
ASKED: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "best": ((tiny_world(), [{"teams.*.wage": 40.0}], "firm_eur_per_problem"), {"indifference": 1.0, "pilot": 2}),
    "break_even": ((tiny_world(), DEAR), {"vary": "teams.*.talk", "between": ("1 min", "20 min"), **FEW}),
    "calibrate": ((tiny_world(), {"days": 7, "handling_time": "11 min"}), FEW),
    "compare": ((tiny_world(), DEAR), FEW),
    "compare_until": ((tiny_world(), DEAR, {"calls_per_problem": 10.0}), {"pilot": 4, "look_ahead": 0}),
    "effort_weights": ((tiny_world(), DEAR), FEW),
    "fit": ((log_of_known,), {}),
    "intervals": ((tiny_world(),), FEW),
    "generations": (((tiny_world(), DEAR),), {"years": 2, "replications": 2, "customers": 50}),
    "place": ((tiny_world(), {"calls": 1}), FEW),
    "levers": ((tiny_world(), DEAR), {"measures": ["staff_eur_per_problem"], **FEW}),
    "replicate": ((tiny_world(),), FEW),
    "replicate_until": ((tiny_world(), {"calls_per_problem": 10.0}), {"pilot": 4, "look_ahead": 0}),
    "staff": ((tiny_world(), "abandonment<=50 %"), FEW),
    "sweep": ((tiny_world(), [{"teams.*.wage": 40.0}]), FEW),
}


def asked(word: str) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return what a word is given; what takes long to make is made here."""
    given, named = ASKED[word]
    return tuple(one() if callable(one) else one for one in given), named


class Bars:
    """What stands in the place of `bar`: it keeps what it was told."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.closed = 0
        self.told: list[tuple[int, int]] = []

    @contextmanager
    def __call__(self, what: str, *, unit: str) -> Iterator[Progress]:
        self.opened.append(what)
        try:
            yield lambda done, of: self.told.append((done, of))
        finally:
            self.closed += 1


@pytest.fixture
def bars(monkeypatch) -> Bars:
    instead = Bars()
    monkeypatch.setattr("sim.bars.bar", instead)
    return instead


def test_every_word_that_takes_progress_is_asked_here():
    assert {*WORDS} == {*ASKED}


@pytest.mark.parametrize("word", WORDS)
def test_true_is_one_bar_that_is_told_to_the_end_and_closed(word, bars):
    given, named = asked(word)
    getattr(sim, word)(*given, **named, progress=True)
    assert len(bars.opened) == bars.closed == 1
    assert all(0 <= done <= of for done, of in bars.told)
    assert bars.told[-1][0] > 0


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("progress", ["loudly", 1, [print]])
def test_what_is_no_progress_is_refused_in_words(word, progress, bars):
    given, named = asked(word)
    with pytest.raises(ValueError, match=r"progress is .*: True for a bar, None for silence, or a function"):
        getattr(sim, word)(*given, **named, progress=progress)
    assert not bars.opened


@pytest.mark.parametrize("progress", [False, None])
def test_silence_is_silent(progress, bars, capfd):
    sim.replicate(tiny_world(), replications=2, progress=progress)
    assert not bars.opened
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, ValueError("wrong")])
def test_the_bar_is_closed_when_the_work_is_interrupted_or_fails(stopped, bars):
    @shows_progress("work")
    def work(*, progress: Shown = None) -> None:
        raise stopped

    with pytest.raises(type(stopped) if isinstance(stopped, Exception) else stopped):
        work(progress=True)
    assert len(bars.opened) == bars.closed == 1


def test_what_is_shown_by_a_bar_still_says_what_it_takes():
    assert inspect.signature(sim.compare).parameters["progress"].annotation == "Shown"


KERNEL = """
import sim
with sim.bar("a day", unit="steps") as told:
    told(1, 4)
"""
"""A cell that ends well; the others are below."""
TRUE = 'import sim; sim.replicate("base", replications=2, days=1, progress=True).numbers'
RAISED = KERNEL + "    raise ValueError('wrong')\n"
INTERRUPTED = KERNEL + "    raise KeyboardInterrupt\n"
NO_WIDGETS = "import sys; sys.modules['ipywidgets'] = None\n"


def shown_by(cell: str) -> tuple[list[Any], list[Any]]:
    """Return what a notebook of one cell keeps, and all that its kernel has published on the way."""
    published: list[Any] = []

    class Client(NotebookClient):
        def process_message(self, msg, cell, cell_index):
            published.append(msg)
            return super().process_message(msg, cell, cell_index)

    notebook = new_notebook(cells=[new_code_cell(cell)])
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(Path(__file__).parents[2])
        Client(notebook, timeout=120, kernel_name="python3", allow_errors=True).execute()
    return notebook.cells[0].outputs, published


def kept(outputs: list[Any]) -> list[Any]:
    """Return what can be seen of outputs."""
    return [one for one in outputs if one.output_type != "display_data" or one.data]


@pytest.mark.parametrize("cell", [KERNEL, RAISED, INTERRUPTED, TRUE])
@pytest.mark.parametrize("before", ["", NO_WIDGETS], ids=["widget", "words"])
def test_a_notebook_shows_a_bar_and_keeps_nothing_of_it(cell, before):
    outputs, published = shown_by(before + cell)
    left = [one.output_type for one in kept(outputs)]
    assert left == {TRUE: ["execute_result"], KERNEL: []}.get(cell, ["error"])
    first = next(one["content"]["data"] for one in published if one["msg_type"] == "display_data")
    assert ("application/vnd.jupyter.widget-view+json" in first) == (not before)
    assert "stream" not in {one["msg_type"] for one in published}


def test_a_widget_says_how_far_it_is():
    _, published = shown_by(KERNEL)
    said = json.dumps([one["content"] for one in published if one["msg_type"] == "comm_msg"])
    assert '"max": 4' in said
    assert "25%" in said.replace("\\u2007", "")


def test_without_widgets_words_say_how_far_it_is():
    _, published = shown_by(NO_WIDGETS + KERNEL)
    said = [one["content"]["data"] for one in published if "display_data" in one["msg_type"]]
    assert "a day: 25 % of the steps, 0 s" in said[1]["text/plain"]
    assert said[-1] == {}


def test_what_is_compiled_on_first_use_is_told_in_a_notebook_and_gone():
    outputs, published = shown_by(
        "from tests.packaging.test_first_use import Part\n"
        "from importlib import import_module\n"
        "at = import_module('sim.measures.ready')\n"
        "at.all_pieces_of = lambda *worlds, parted: [Part(set(), 'calls')]\n"
        "at.ready()"
    )
    assert not kept(outputs)
    said = [one["content"]["data"] for one in published if "display_data" in one["msg_type"]]
    assert said[0] == {"text/plain": str(Compiling(0, 1, 0.0))}
    assert said[-1] == {}


def test_without_a_kernel_true_writes_to_standard_error(capfd):
    sim.replicate(tiny_world(), replications=2, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "replicate: 100 % of the simulated days" in err
