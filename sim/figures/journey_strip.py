"""The journey strip: one customer's life in two worlds on one axis, and the money running under it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from sim.figures.clock import SHORTEST_GAP, Clock
from sim.figures.life import ACTIVE, Life, life
from sim.figures.names import plain, short
from sim.figures.numbers import away, clock_time, euros
from sim.figures.shortened import LeftOut, shortened
from sim.figures.style import (
    ACTIVITIES,
    GREY,
    INK,
    JUDGED,
    PALE,
    SMALL,
    TEXT,
    Look,
    looks,
    panels,
    titled,
)
from sim.history.rows import Event, History

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TONES = {"plain": INK, "faint": GREY, "better": JUDGED["better"].colour, "worse": JUDGED["worse"].colour}
_SIGNS = {event.mark.name: (event.mark.shape, _TONES[event.mark.tone]) for event in Event if event.mark}
"""How each mark is drawn: shape and colour."""

_INCHES = 11.0


def journey_strip(
    histories: History | Sequence[History], customer: int, axes: Sequence[Axes] | None = None
) -> list[Axes]:
    """Draw what one customer lives in each world, on one time axis.

    Time on the telephone has its true length; the time away is cut short and its length written in. Below,
    the money: what has been paid out so far (toll, own repair, less gestures), and with the customer's own
    time on the telephone at its value (thin). Of a life of many calls (`sim.figures.shortened.MOST`) the first and
    the last are drawn; how many are left out, and how long they are, is written in their place.

    Parameters
    ----------
    histories : History, or sequence of History
        One of each world, of the same customers.
    customer : int
        The place in `Customers`; `interesting_customer` chooses one.
    axes : sequence of two Axes, optional

    Returns
    -------
    list of Axes
        The strip and the money.

    Raises
    ------
    ValueError
        If there is no history, or no such customer in one.
    """
    if isinstance(histories, History):
        histories = [histories]
    if not histories:
        raise ValueError("histories is empty: it has to be one history at least")
    lives = [life(history, customer) for history in histories]
    drawn = [shortened(one) for one in lives]
    clock = Clock.of(stretch for one, _ in drawn for stretch in one.stretches)
    strip, money = panels(axes, 2, size(len(lives)), ratios=(1.2 * len(lives), 1.6))
    worlds = looks([one.world for one in lives])
    for row, (one, left_out) in enumerate(drawn):
        _spells(strip, row, one, clock)
        _times_away(strip, row, one, clock, left_out)
        _marks(strip, row, one, clock)
    for one, look in zip(lives, worlds, strict=True):
        _money(money, one, clock, look)
    _ends_of_lines(money, lives, clock, worlds)
    _names(strip, lives, worlds)
    _axis(strip, money, clock)
    _legends(strip, [one for one, _ in drawn])
    titled(strip, story(lives, customer, [left_out for _, left_out in drawn]), wide=110)
    return [strip, money]


def size(worlds: int = 2) -> tuple[float, float]:
    """Return the width and height (inch) at which a strip reads well."""
    return _INCHES, 2.7 + 1.15 * worlds


def story(lives: Sequence[Life], customer: int, left_out: Sequence[LeftOut | None] = ()) -> str:
    """Say what became of the customer in each world, and how much of it is not drawn."""
    said = []
    for one, hidden in zip_longest(lives, left_out):
        minutes = sum(one.spells["end"] - one.spells["start"])
        paid = f"{minutes:.0f} min and {euros(one.paid[1][-1])} EUR in {short(one.world.name, 40)}"
        said.append(f"{_contacts(one, hidden)}, {paid} ({one.end})")
    return f"Customer {customer}: " + ";\n".join(said)


def _contacts(one: Life, hidden: LeftOut | None) -> str:
    said = f"{one.calls} call{'' if one.calls == 1 else 's'}"
    if one.others:
        others = f"{one.others} other contact{'' if one.others == 1 else 's'}"
        said = f"{said}, {others}"
    return f"{said} ({hidden.contacts} not drawn)" if hidden else said


def _names(strip: Axes, lives: Sequence[Life], worlds: Sequence[Look]) -> None:
    """Write each world's name beside its row."""
    strip.set_yticks(range(len(lives)), [plain(short(one.world.name, 20)) for one in lives], fontweight="bold")
    for label, look in zip(strip.get_yticklabels(), worlds, strict=True):
        label.set_color(look.colour)
    strip.set_ylim(len(lives) - 0.55, -0.78)
    strip.tick_params(axis="y", length=0)


def _spells(ax: Axes, row: int, one: Life, clock: Clock) -> None:
    for activity in ACTIVE:
        mine = one.spells[one.spells["activity"] == activity]
        starts = clock.at(mine["start"])
        look = ACTIVITIES[activity]
        ax.broken_barh(
            list(zip(starts, clock.at(mine["end"]) - starts, strict=True)),
            (row - 0.26, 0.52),
            facecolor=look.colour,
            edgecolor=INK,
            hatch=look.hatch,
            linewidth=0.5,
            label=activity.name,
            zorder=2,
        )


def _times_away(ax: Axes, row: int, one: Life, clock: Clock, left_out: LeftOut | None) -> None:
    """Write how long the customer is away between calls, upright where there is little room."""
    crowded = len(clock.stretches) > 12
    for begin, end in times_away(one):
        left, right = clock.place(begin), clock.place(end)
        ax.plot([left, right], [row, row], color=GREY, linewidth=0.9, linestyle=(0, (1, 2)), zorder=1)
        if left_out is not None and begin <= left_out.begin < end:
            many, minutes = left_out.contacts, f"{left_out.minutes:.0f}"
            contacts, calls = f"{many} contacts, {minutes} min\nnot drawn", f"{many} calls, {minutes} min\nnot drawn"
            text = contacts if one.others else calls
            _written(ax, (left + right) / 2, row, text, upright=True)
            continue
        if end - begin < SHORTEST_GAP:
            continue
        text = f"{away(end - begin)} away"
        upright = (right - left) / clock.length * _INCHES * 0.8 < 0.07 * len(text)
        _written(ax, (left + right) / 2, row, away(end - begin) if upright and crowded else text, upright=upright)


def _written(ax: Axes, at: float, row: int, text: str, *, upright: bool) -> None:
    ax.text(
        at,
        row,
        text,
        fontsize=SMALL,
        color=INK,
        ha="center",
        va="center",
        rotation=90 if upright else 0,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        zorder=1.5,
    )


def times_away(one: Life) -> list[tuple[float, float]]:
    """Return the times between appearance, calls and end in which the customer is not on the telephone (min)."""
    last = max([one.appeared, *(time for time, _ in one.marks)])
    found, since = [], one.appeared
    for start, end in zip(one.spells["start"].tolist(), one.spells["end"].tolist(), strict=True):
        if start - since > 1e-6:
            found.append((since, start))
        since = max(since, end)
    if last - since > 1e-6:
        found.append((since, last))
    return found


def _marks(ax: Axes, row: int, one: Life, clock: Clock) -> None:
    before: list[float] = []
    for time, name in one.marks:
        shape, colour = _SIGNS[name]
        where = clock.place(time)
        height = row - 0.42 - 0.14 * before.count(time)  # what happens at one instant is stacked
        before.append(time)
        size = 10 if name == one.end else 7
        # An end lies at the very edge of a talk: it stands above the strip, where it hides nothing.
        ax.plot([where, where], [height, row + 0.26], color=colour, linewidth=1.0, zorder=3)
        ax.plot(
            [where],
            [height],
            marker=shape,
            markersize=size,
            markeredgewidth=1.6 if shape in "x_" else 0.6,
            color=colour,
            linestyle="none",
            label=name,
            clip_on=False,
            zorder=4,
        )


def _money(ax: Axes, one: Life, clock: Clock, look: Look) -> None:
    end = max(clock.stretches[-1][1], one.paid[0][-1])
    for (when, so_far), width, label in ((one.paid, 2.2, "paid"), (one.spent, 1.0, "with own time")):
        x, y = [*clock.at(when), clock.place(end)], [*so_far, so_far[-1]]
        ax.plot(x, y, color=look.colour, linewidth=width, linestyle=look.dashes, label=label)


def _ends_of_lines(ax: Axes, lives: Sequence[Life], clock: Clock, worlds: Sequence[Look]) -> None:
    """Write each line's last value at the right, moved apart where they would touch."""
    ends = []
    for one, look in zip(lives, worlds, strict=True):
        ends.append((float(one.paid[1][-1]), "paid", look))
        ends.append((float(one.spent[1][-1]), "with own time", look))
    top = max(value for value, _, _ in ends)
    bottom = min(0.0, *(value for value, _, _ in ends))
    apart, above = 0.17 * max(top - bottom, 1.0), -float("inf")
    ax.set_ylim(bottom - apart / 2, max(top, bottom + 1.0) + apart)
    for value, what, look in sorted(ends, key=lambda end: (end[0], end[1])):
        above = max(value, above + apart)
        ax.annotate(
            f"{euros(value)} {what}",
            (clock.length, above),
            xytext=(5, 0),
            textcoords="offset points",
            fontsize=SMALL,
            color=look.colour,
            va="center",
            annotation_clip=False,
        )


def _axis(strip: Axes, money: Axes, clock: Clock) -> None:
    margin = 0.008 * clock.length
    begins = [begin for begin, _ in clock.stretches]
    for ax in (strip, money):
        ax.set_xlim(-margin, clock.length + margin)
        ax.set_xticks(clock.at(begins))
        ax.set_xticks(clock.at(clock.marks()), minor=True)
        ax.grid(axis="x", which="minor", color=PALE, linewidth=0.5)
        for (_, end), (begin, _) in zip(clock.stretches, clock.stretches[1:], strict=False):
            ax.axvspan(clock.place(end), clock.place(begin), color="#F4F4F4", zorder=0)
    strip.tick_params(axis="x", labelbottom=False)
    places = clock.at(begins)
    nearest = min(places[1:] - places[:-1], default=clock.length)
    few = len(begins) <= 6 and nearest > 0.08 * clock.length
    money.set_xticklabels(
        map(clock_time, begins), fontsize=SMALL, rotation=0 if few else 35, ha="center" if few else "right"
    )
    money.set_xlabel(
        "time (a grid line every 10 min); the time away is cut short, its length written in", fontsize=TEXT
    )
    money.set_ylabel("EUR so far", fontsize=TEXT)


def _legends(strip: Axes, lives: Sequence[Life]) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    lived = {activity for one in lives for activity in one.spells["activity"][one.spells["end"] > one.spells["start"]]}
    handles: list[Patch | Line2D] = [
        Patch(
            facecolor=ACTIVITIES[activity].colour,
            edgecolor=INK,
            hatch=ACTIVITIES[activity].hatch,
            linewidth=0.5,
            label=activity.name.lower().replace("_", " "),
        )
        for activity in ACTIVE
        if activity in lived
    ]
    met = dict.fromkeys(name for one in lives for _, name in one.marks)
    handles += [
        Line2D([], [], marker=_SIGNS[name][0], color=_SIGNS[name][1], linestyle="none", markersize=7, label=name)
        for name in met
    ]
    strip.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.02),
        ncols=6,
        fontsize=SMALL,
        frameon=False,
        handlelength=2.2,
        handleheight=1.2,
    )
