"""One style for every figure: colours safe for the colour-blind, hatches that repeat them, one look per world.

The colours are those of Okabe and Ito ("Color Universal Design", 2008). Everything is set on the artists
themselves and not through matplotlib's global settings, which the threads of a server would share.
"""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sim.figures.canvas import figure
from sim.figures.names import plain
from sim.history.rows import Activity

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from sim.world import World

ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILLION, PURPLE = "#0072B2", "#D55E00", "#CC79A7"
INK, GREY, PALE = "#222222", "#6E6E6E", "#D9D9D9"

TITLE, TEXT, SMALL = 11.5, 9.0, 7.5
"""Sizes of type (points)."""


@dataclass(frozen=True)
class Look:
    """How one thing is drawn wherever it appears: areas by colour and hatch, lines by colour and dashes."""

    colour: str
    hatch: str = ""
    dashes: str = "-"
    marker: str = "o"


WORLDS: dict[str, Look] = {
    "double_peine": Look(VERMILLION, "///", "-", "s"),
    "empowered": Look(BLUE, "...", "--", "o"),
    "hotline_2005": Look(INK, "xx", "-.", "D"),
    "base": Look(GREY, "++", ":", "v"),
}
"""The looks of the worlds best known."""

_OTHERS = (
    Look(GREEN, "\\\\\\", "--", "^"),
    Look(ORANGE, "||", "-.", "P"),
    Look(PURPLE, "oo", ":", "X"),
    Look(SKY, "--", "-", "d"),
)

ACTIVITIES: dict[Activity, Look] = {
    Activity.MENU: Look(PALE),
    Activity.HOLD: Look(ORANGE, "///"),
    Activity.IDENTIFICATION: Look(SKY, "..."),
    Activity.EXPLANATION: Look("#FFFFFF", "---"),
    Activity.TALK: Look(GREEN),
    Activity.TRANSFER_HOLD: Look(YELLOW, "xxx"),
    Activity.APPROVAL_HOLD: Look(PURPLE, "\\\\\\"),
    Activity.WRITING: Look("#B5651D", "++"),
    Activity.READING: Look("#E3B27A", "oo"),
    Activity.TRAVEL: Look("#8A8A8A", "||"),
    Activity.CHAT: Look("#2E8B87", "**"),
    Activity.SEARCHING: Look("#A8A83C", "OO"),
}
"""What a customer does: on the telephone, and elsewhere."""

JUDGED: dict[str, Look] = {
    "better": Look(GREEN, "", "-", "o"),
    "worse": Look("#9C3D75", "///", "-", "s"),
    "not told apart": Look(GREY, "...", "-", "d"),
    "the same": Look(GREY, "", "-", "."),
    "neither good nor bad": Look(INK, "", "-", "|"),
}
"""What a difference means, in every figure: by colour and, for those who do not see it, by shape or hatch."""


def looks(worlds: Sequence[World]) -> tuple[Look, ...]:
    """Return how each world is drawn: always the same for a name, and never two alike in one figure.

    A world not in `WORLDS` takes a look by its name; only where two worlds of a figure would look alike does
    the later one take the next.
    """
    chosen: list[Look] = []
    for world in worlds:
        start = zlib.crc32(world.name.encode()) % len(_OTHERS)
        wanted = [*_OTHERS[start:], *_OTHERS[:start], *WORLDS.values()]
        if world.name in WORLDS:
            wanted.insert(0, WORLDS[world.name])
        chosen.append(next(look for look in wanted if look not in chosen))
    return tuple(chosen)


def panels(
    axes: Axes | Sequence[Axes] | None,
    many: int,
    size: tuple[float, float],
    *,
    ratios: Sequence[float] | None = None,
    beside: bool = False,
) -> list[Axes]:
    """Return axes to draw on, under or ``beside`` one another: those given, or those of a new figure of this size.

    Raises
    ------
    ValueError
        If other than `many` axes are given.
    """
    if axes is None:
        grid = (1, many) if beside else (many, 1)
        axes = list(figure(size).subplots(*grid, squeeze=False, height_ratios=ratios).flat)
    axes = [axes] if not isinstance(axes, Sequence) else list(axes)
    if len(axes) != many:
        raise ValueError(f"this figure needs {many} axes, one for each panel; {len(axes)} were given")
    for ax in axes:
        dress(ax)
    return axes


def panel(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """Return the axes given, dressed, or those of a new figure of this size (inch)."""
    return panels(ax, 1, size)[0]


def dress(ax: Axes) -> None:
    """Give axes the project's type and lines: no box, a pale grid along x, nothing smaller than `SMALL`."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GREY)
    ax.tick_params(labelsize=TEXT, color=GREY, labelcolor=INK)
    ax.xaxis.label.set_fontsize(TEXT)
    ax.yaxis.label.set_fontsize(TEXT)
    ax.grid(axis="x", color=PALE, linewidth=0.6)
    ax.set_axisbelow(True)


def titled(ax: Axes, finding: str, *, size: float = TITLE, wide: int = 90) -> None:
    """Put the finding over the axes, from the left edge, in lines of so many letters at most."""
    title = ax.set_title(broken(finding, wide), loc="left", fontsize=size, fontweight="bold", color=INK)
    TITLES[title] = (finding, wide)


def broken(finding: str, wide: int) -> str:
    """Return a finding as it is drawn: in lines of so many letters at most."""
    lines = [part for line in finding.splitlines() for part in textwrap.wrap(line, wide)]
    return plain("\n".join(lines))


TITLES: WeakKeyDictionary[Text, tuple[str, int]] = WeakKeyDictionary()
"""What each title says before it is broken into lines, and how many letters these have."""


def findings_of(axes: Sequence[Axes]) -> list[str]:
    """Return what the titles of axes say, line by line, each line whole."""
    titles = (ax.title if ax.title in TITLES else ax._left_title for ax in axes)  # type: ignore[attr-defined]
    return [line for title in titles if title in TITLES for line in TITLES[title][0].splitlines()]
