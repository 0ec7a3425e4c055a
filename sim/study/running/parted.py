"""What replications come to by intervals: sums by cell of each, and what is estimated from them."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.measures.intervals.asked import WHOLE, Parting
from sim.measures.intervals.cells import NAMES, OF_STAFF, READ, Grid, grid_of
from sim.measures.intervals.columns import Cells, Column, columns_of, definition_of
from sim.measures.intervals.labels import labels
from sim.measures.intervals.parted import of_staff
from sim.study.running.estimate import ratios
from sim.units import WEEK
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

_NOTHING = ("no calls", "no call answered", "not in the horizon")


@dataclass(frozen=True, eq=False, repr=False)
class Intervals:
    """One world's replications by intervals.

    Attributes
    ----------
    world : World
        As it was lived.
    asked : Parting
        How its horizon is parted.
    numbers : tuple of int
        The replications, from 0.
    sums : array, shape (replications, cells, names)
        By `sim.measures.intervals.cells.NAMES`; cells are numbered combination by combination.
    seed : int
        That of the replications' luck, by which agents are absent.
    weekly : bool
        Whether the horizon's weeks are put together: a cell then holds all intervals of one time of the week.
    """

    world: World
    asked: Parting
    numbers: tuple[int, ...]
    sums: Floats
    seed: int
    weekly: bool = False

    def __repr__(self) -> str:
        many = f"{self.sums.shape[1]:,} cells, {len(self.numbers)} replications"
        return f"<Intervals of {self.world.name}: {many}>"

    @property
    def grid(self) -> Grid:
        """The cells, those of a week where the weeks are put together."""
        grid = grid_of(self.world, self.asked)
        if not self.weekly:
            return grid
        starts = np.arange(0.0, WEEK, self.asked.every)
        return Grid(starts, starts + self.asked.every, grid.parts)

    def columns(self, ids: str | Iterable[str] | None = None) -> list[Column]:
        """Return the columns with these ids, or all that there are.

        Raises
        ------
        ValueError
            With every id that is not there.
        """
        found = columns_of(self.asked, ids)
        if not self.weekly:
            return found
        wrong = [column.id for column in found if not column.summed]
        if ids is not None and wrong:
            raise ValueError(f"weeks are put together by adding up, which {', '.join(wrong)} cannot be")
        return [column for column in found if column.summed]

    def estimates(self, column: Column) -> tuple[Floats, Floats, Floats]:
        """Return mean, low and high of every cell, with 95 % confidence; NaN where there is nothing to say."""
        return ratios(*column.of(self._cells()))

    def week(self, *, parted: bool = True) -> Intervals:
        """Return the typical week: the horizon's weeks put together, time of the week by time of the week.

        Parameters
        ----------
        parted : bool
            By teams and so on, as the intervals are; without it all are put together.

        Raises
        ------
        ValueError
            If the horizon is one whole interval.
        """
        if self.asked.every == WHOLE:
            raise ValueError("every is the whole horizon: a week is put together from intervals of a day at most")
        if self.weekly:
            return self
        if not parted and self.asked.by:
            return self._unparted().week()
        place = self._times_of_the_week()
        many = round(WEEK / self.asked.every)
        grid = self.grid
        apart = self.sums.reshape(len(self.numbers), grid.combinations, len(grid.starts), -1)
        together = np.zeros((len(self.numbers), grid.combinations, many, apart.shape[-1]))
        for at in range(len(grid.starts)):
            together[:, :, place[at]] += apart[:, :, at]
        return replace(self, sums=together.reshape(len(self.numbers), -1, apart.shape[-1]), weekly=True)

    def _unparted(self) -> Intervals:
        """Return the intervals with all combinations added up, which longest waits and percentiles do not survive."""
        asked, grid = replace(self.asked, by=()), self.grid
        apart = self.sums.reshape(len(self.numbers), grid.combinations, len(grid.starts), -1)
        sums = apart.sum(axis=1)
        its, at = grid_of(self.world, asked), NAMES.index(OF_STAFF[0])
        for place, number in enumerate(self.numbers):
            sums[place, :, at : at + len(OF_STAFF)] = of_staff(self.world, asked, its, self.seed, number)
        return replace(self, asked=asked, sums=sums)

    def pooled(self, into: npt.NDArray[np.int64], combinations: Sequence[int] | None = None) -> Cells:
        """Put times of the week together, and combinations with them.

        Parameters
        ----------
        into : array of int
            For each interval of the week, the place in the answer to which it is added; -1 for none.
        combinations : sequence of int, optional
            Those that count, by their numbers; all by default.

        Returns
        -------
        dict of arrays, shape (replications, places)
            The sums by name, ``intervals`` and ``minutes`` among them: what a column is asked of (`Column.of`), if it
            can be put together by adding up.
        """
        week = self.week()
        apart = week.sums.reshape(len(self.numbers), self.grid.combinations, len(into), -1)
        kept = apart if combinations is None else apart[:, list(combinations)]
        sums, many = kept.sum(axis=1), int(into.max(initial=-1)) + 1
        whole = week._cells()
        lengths = {name: whole[name][0][: len(into)] for name in ("minutes", "intervals")}
        member = (into[None, :] == np.arange(many)[:, None]).astype(np.float64)
        cells = {name: sums[:, :, at] @ member.T for at, name in enumerate(NAMES) if name not in READ[len(OF_STAFF) :]}
        for name, of_each in lengths.items():
            cells[name] = np.broadcast_to(member @ of_each, (len(self.numbers), many))
        return cells

    def _times_of_the_week(self) -> npt.NDArray[np.int64]:
        starts = grid_of(self.world, self.asked).starts
        times: npt.NDArray[np.int64] = (starts % WEEK // self.asked.every).astype(np.int64)
        return times

    def _cells(self) -> Cells:
        """Return the sums by name, and beside them how many intervals a cell holds, and how many minutes."""
        grid = grid_of(self.world, self.asked)
        minutes, many = grid.stops - grid.starts, np.ones(len(grid.starts))
        if self.weekly:
            place, times = self._times_of_the_week(), round(WEEK / self.asked.every)
            minutes, many = (np.bincount(place, of_each, times).astype(np.float64) for of_each in (minutes, many))
        shape = self.sums.shape[:-1]
        cells = {name: self.sums[..., at] for at, name in enumerate(NAMES)}
        for name, of_each in (("minutes", minutes), ("intervals", many)):
            cells[name] = np.broadcast_to(np.tile(of_each, grid.combinations), shape)
        return cells

    def table(
        self, columns: str | Iterable[str] | None = None, first_monday: date | str | None = None
    ) -> dict[str, list[Any]]:
        """Return the table by column: when, by what, how long, where there were no calls, and every column asked for.

        Beside each column stand its bounds, ``_low`` and ``_high``, no further than a column can go: from 0, a share to
        1. What is not defined is NaN. Combinations to which nothing ever happened are left out.

        Raises
        ------
        ValueError
            If a column is not there, or the first Monday is none. Without one the world's own counts.
        """
        wanted, cells, grid = self.columns(columns), self._cells(), self.grid
        kept = np.repeat(self._lived(cells), len(grid.starts))
        said = self._said(first_monday)
        offered, answered = cells["offered"].sum(axis=0), cells["answered"].sum(axis=0)
        notes = np.where(offered == 0, _NOTHING[0], np.where(answered == 0, _NOTHING[1], ""))
        notes = np.where(cells["minutes"][0] == 0, _NOTHING[2], notes)
        found: dict[str, Any] = {name: np.array(values)[kept] for name, values in said.items()}
        found |= {"minutes": cells["minutes"][0][kept], "note": notes[kept]}
        for column in wanted:
            most = 1.0 if column.unit == "share" else np.inf
            for end, numbers in zip(("", "_low", "_high"), self.estimates(column), strict=True):
                found[f"{column.id}{end}"] = np.clip(numbers[kept], 0.0, most)
        return {name: values.tolist() for name, values in found.items()}

    def _lived(self, cells: Cells) -> npt.NDArray[np.bool_]:
        """Say of each combination whether anything happened to it, or anybody was on duty for it."""
        grid = self.grid
        names = ("offered", "legs", "held", "busy", "scheduled")
        some = np.sum([np.nan_to_num(cells[name]).sum(axis=0) for name in names], axis=0)
        lived: npt.NDArray[np.bool_] = some.reshape(grid.combinations, -1).sum(axis=1) > 0
        return lived

    def _combinations(self) -> list[tuple[str, ...]]:
        return list(product(*self.grid.parts.values()))

    def _said(self, first_monday: date | str | None) -> dict[str, list[Any]]:
        """Return the columns that say when and by what, of all cells."""
        grid, combinations = self.grid, self._combinations()
        first = self.world.time.first_monday if first_monday is None else first_monday
        when = labels(grid.starts, grid.stops, first)
        if self.weekly:
            when = {name: values for name, values in when.items() if name not in ("date", "week")}
        if self.asked.every == WHOLE:
            when = {name: when[name] for name in ("date", "week", "start") if name in when}
        said = {name: values * len(combinations) for name, values in when.items()}
        for at, name in enumerate(grid.parts):
            said[name] = [one[at] for one in combinations for _ in grid.starts]
        return said

    def frame(self, columns: str | Iterable[str] | None = None, first_monday: date | str | None = None) -> pd.DataFrame:
        """Return `table` as a pandas frame."""
        import pandas as pd

        return pd.DataFrame(self.table(columns, first_monday))

    def csv(self, columns: str | Iterable[str] | None = None, first_monday: date | str | None = None) -> str:
        """Return `table` as CSV, numbers to six decimals; what is not defined is empty."""
        table, text = self.table(columns, first_monday), io.StringIO()
        lines = csv.writer(text, lineterminator=os.linesep)
        lines.writerow(table)
        lines.writerows([_written(value) for value in row] for row in zip(*table.values(), strict=True))
        return text.getvalue()

    def definitions(self, ids: str | Iterable[str] | None = None) -> dict[str, str]:
        """Return what columns mean, by id, with the thresholds and where calls count."""
        return {column.id: definition_of(column, self.asked) for column in self.columns(ids)}

    def only(self, many: int) -> Intervals:
        """Return those of the first so many replications."""
        return replace(self, numbers=self.numbers[:many], sums=self.sums[:many])

    def with_those_of(self, other: Intervals | None) -> Intervals | None:
        """Return those of both studies' replications, in order; None where they are not parted alike."""
        if other is None or (other.asked, other.weekly, other.seed) != (self.asked, self.weekly, self.seed):
            return None
        order = np.argsort([*self.numbers, *other.numbers])
        sums = np.concatenate([self.sums, other.sums])[order]
        return replace(self, numbers=tuple(sorted((*self.numbers, *other.numbers))), sums=sums)


def _written(value: Any) -> Any:
    if value != value:
        return ""
    return round(value, 6) if isinstance(value, float) else value
