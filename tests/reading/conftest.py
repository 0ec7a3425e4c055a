"""A small valid world as text, and a way to write worlds into files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sim.reading import WorldError, load

SMALL = """
about = "Two teams, two reasons."

[time]
warm_up = "1 d"
horizon = "7 d"
follow_up = "1 d"

[population]
problems_per_day = 50
patience = { law = "exponential", mean = "5 min" }

[population.reasons.fault]
share = 0.7
difficulty = { easy = 0.6, hard = 0.4 }

[population.reasons.bill]
share = 0.3
difficulty = { easy = 1.0 }

[population.segments.private]
share = 1
value_of_time = 10
outage_value = 1
hours_of_use = 4

[population.again]
persistence = 0.8
after_blocked = "5 min"
after_abandoned = "20 min"
after_cut = "5 min"
after_dismissed = "10 h"
after_unsolved = "1 d"

[line]
open = ["mon-fri 08:00-20:00"]
team = "front"

[tariff]
price_per_minute = 0.34

[teams.front]
staff = 3
talk = "8 min"
wage = 23
solve = { easy = 0.9, hard = 0.2 }

[teams.second]
staff = { "mon-fri 08:00-20:00" = 1 }
talk = "12 min"
wage = 30
solve = { easy = 0.9, hard = 0.7 }

[paths.up]
from = "front"
to = "second"
when = "unsolved"

[levers.time]
hangup = 0.01
"""


@pytest.fixture
def small() -> str:
    return SMALL


@pytest.fixture
def world_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a file into a fresh folder; by default the small world, with texts replaced or added."""

    def write(*changes: tuple[str, str], text: str = SMALL, name: str = "small.toml", end: str = "") -> Path:
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path = tmp_path / name
        path.write_text(text + end, encoding="utf-8")
        return path

    return write


@pytest.fixture
def mistakes() -> Callable[[Path | str], list[tuple[str, str]]]:
    """Return the mistakes of a file as (key, whole sentence after the key)."""

    def refused(source: Path | str) -> list[tuple[str, str]]:
        with pytest.raises(WorldError) as raised:
            load(source)
        return [(one.key, f"{one.problem}; {one.suggestion}") for one in raised.value.mistakes]

    return refused


@pytest.fixture
def told_in_words(world_file, mistakes) -> Callable[..., None]:
    """Hold that a file with these changes is refused under a key, in words of ours, which say this."""

    def hold(changes: Sequence[tuple[str, str]], end: str, key: str, said: str) -> None:
        told = mistakes(world_file(*changes, end=end))
        assert [sentence for where, sentence in told if where == key and said in sentence], told
        assert not any("pydantic" in sentence or "Input should" in sentence for _, sentence in told)

    return hold
