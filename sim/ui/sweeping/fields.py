"""What is varied in a sweep: a field for each path and its values, counted before any of them is tried."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.reading import World
from sim.ui.parts import widgets
from sim.ui.parts.mistakes import listed
from sim.ui.parts.paths import help_of, mistakes_of, path_called, paths_of, read_values, values
from sim.ui.state.speech import language, say
from sim.ui.sweeping.asked import MOST_POINTS, MOST_VALUES, Values, combinations

OWN = ("levers.time.cut_after", "teams.*.staff", "levers.authority.limit", "levers.follow_through.known_now")
"""What is varied first, second, third and fourth, where a world has it."""


class Field(NamedTuple):
    """A path to vary with its values, as they are typed and as they are read, and the place below them."""

    path: str
    typed: str
    values: Values
    below: DeltaGenerator


def field(world: World, kind: str, at: int) -> Field:
    """Draw one of them; `at` counts from 0, and `kind` is that of the design."""
    offered = paths_of(world)
    left, right = st.columns([2, 3])
    with left:
        first = OWN[at] if OWN[at] in offered else offered[at]
        path = widgets.choice(
            say("Value {n}", n=at + 1), f"sw.{at}.path", offered, first,
            names=path_called, help=help_of(first), clears=(f"sw.{at}.values",),
        )  # fmt: skip
    usual = values(world, path)
    if kind == "spread":
        all_of_them = read_values(usual)
        usual = f"{all_of_them[0]}, {all_of_them[-1]}"
    with right:
        said = widgets.line(
            say("Its values, parted by commas or semicolons"), f"sw.{at}.values", usual, most=2 * MOST_VALUES
        )
    return Field(path, said, tuple(read_values(said)), right.container())


def few_enough(kind: str, fields: Sequence[Field]) -> bool:
    """Say whether values and points are no more than are tried and lived here; too many are told."""
    for one in fields:
        if len(one.values) > MOST_VALUES:
            one.below.error(
                say(
                    "{n} values: at most {most} are tried here. The command line takes more.",
                    n=len(one.values),
                    most=MOST_VALUES,
                )
            )
    points = combinations(one.values for one in fields) if kind == "all" else 0
    if points > MOST_POINTS:
        st.error(
            say("{n} points: at most {most} are lived here. The command line takes more.", n=points, most=MOST_POINTS)
        )
    return points <= MOST_POINTS and all(len(one.values) <= MOST_VALUES for one in fields)


def possible(world: World, fields: Sequence[Field]) -> bool:
    """Say whether all values are possible, each by itself; what is wrong with them is told below their fields."""
    wrong = [_wrong(world, one.path, one.typed, language()) for one in fields]
    for one, mistakes in zip(fields, wrong, strict=True):
        with one.below:
            listed(mistakes)
    return not any(wrong)


@lru_cache(64)
def _wrong(world: World, path: str, typed: str, language: str) -> list[str]:
    """Return what is wrong with values as a language reads them, tried once: a page is drawn anew at every turn."""
    return mistakes_of(world, path, read_values(typed))
