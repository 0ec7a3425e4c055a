"""Progress is never worth the result."""

from __future__ import annotations

import io

import pytest

from sim.study.running.progress import bar
from sim.study.running.replicate import replicate
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
