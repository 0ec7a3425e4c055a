"""What the studies that answer one question each have in common: arguments, progress, tables, and how they end.

A study is a function from what was asked for to an `Answer`; `main` lives it, prints its table and its finding, writes
both into the folder ``out``, and draws where that is asked for. The finding is made of the numbers, by a function of
its own.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import sim
from sim.files import written_whole

MISTAKE, INTERRUPTED = 2, 130
FORMATS = (".png", ".svg", ".pdf")
_DIGITS = 3
_THOUSAND = 1000
Progress = Callable[[int, int], None]
Totals = tuple[Sequence[float], Sequence[float]]


class Extent(NamedTuple):
    """How large a study is."""

    replications: int
    days: float | None = None
    """Of the horizon; None for the worlds' own."""


@dataclass(frozen=True)
class Given:
    """What a study was asked for: its extent, its luck, where it writes, and what is its own (``own.first``, ...)."""

    replications: int
    days: float | None
    quick: bool
    seed: int
    workers: int | None
    out: Path
    figure: Path | None
    own: argparse.Namespace


@dataclass(frozen=True)
class Answer:
    """What a study has found.

    Attributes
    ----------
    table : sequence of str
        Lines of Markdown.
    finding : str
        One to three sentences.
    notes : sequence of str
        How it was found: replications, days, what is left out.
    draw : callable, optional
        Returns axes or a figure, for `sim.figures.save`.
    interrupted : bool
        Whether more was asked for than is there.
    """

    table: Sequence[str]
    finding: str
    notes: Sequence[str] = ()
    draw: Callable[[], Any] | None = None
    interrupted: bool = False


class Course:
    """Progress of a study of several parts, each as long as it is thought to be beside the others."""

    def __init__(self, tell: Progress, lengths: Iterable[float]) -> None:
        self._tell, self._lengths, self._at = tell, [float(length) for length in lengths], 0

    def part(self, done: int, of: int) -> None:
        """Tell how far the part is that is being done."""
        length = self._lengths[self._at] if self._at < len(self._lengths) else 0.0
        reached = sum(self._lengths[: self._at]) + length * (done / of if of else 1.0)
        self._tell(int(_THOUSAND * reached / (sum(self._lengths) or 1.0)), _THOUSAND)

    def over(self) -> None:
        """Go on to the next part."""
        self.part(1, 1)
        self._at += 1


Study = Callable[[Given, Progress], Answer]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ValueError(message)


def main(
    study: Study,
    name: str,
    words: str | None,
    *,
    full: Extent,
    quick: Extent,
    own: Callable[[argparse.ArgumentParser], None] | None = None,
    argv: Sequence[str] | None = None,
) -> int:
    """Run a study from the command line.

    Returns
    -------
    int
        0 when done; 2 for a mistake of the user's, told in words, and for what could not be written; 130 when
        interrupted, what was finished until then having been told.
    """
    try:
        given = _given(name, words, full, quick, own, argv)
        with sim.bar(name, unit="work") as tell:
            answer = study(given, tell)
        return _told(given, name, answer)
    except KeyboardInterrupt:
        print("interrupted before there was anything to tell", file=sys.stderr)
        return INTERRUPTED
    except (ValueError, OSError) as mistake:
        print(f"{name}: {mistake}", file=sys.stderr)
        return MISTAKE


def _given(
    name: str, words: str | None, full: Extent, quick: Extent, own: Any, argv: Sequence[str] | None
) -> Given:  # fmt: skip
    parser = _Parser(name, description=words, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small size, for a first look")
    parser.add_argument(
        "--replications", type=int, metavar="N", help=f"{full.replications}; quick: {quick.replications}"
    )
    parser.add_argument("--days", type=float, help=f"horizon; {_days(full.days)}; quick: {_days(quick.days)}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, help="threads; one for each processor by default")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for what is found, and is gone on with")
    parser.add_argument("--figure", type=Path, metavar="FILE", help="draw it too: " + ", ".join(FORMATS))
    if own is not None:
        own(parser)
    asked = parser.parse_args(argv)
    extent = quick if asked.quick else full
    replications = extent.replications if asked.replications is None else asked.replications
    days = extent.days if asked.days is None else asked.days
    wrong = [*_mistakes(replications, days, asked)]
    if wrong:
        raise ValueError("\n".join(wrong))
    return Given(replications, days, asked.quick, asked.seed, asked.workers, asked.out, asked.figure, asked)


def _days(days: float | None) -> str:
    return "the worlds' own" if days is None else f"{days:g} d"


def _mistakes(replications: int, days: float | None, asked: argparse.Namespace) -> Iterator[str]:
    """Yield what is wrong with the arguments, before anything is lived."""
    if not 2 <= replications <= 10_000:
        yield f"--replications is {replications}: 2 to 10,000 are needed, for an interval"
    if days is not None and not (math.isfinite(days) and 0 < days <= 3650):
        yield f"--days is {days:g}: more than 0, at most 3,650"
    if not 0 <= asked.seed < 2**64:
        yield f"--seed is {asked.seed}: a whole number from 0 to 2**64 - 1 is needed"
    if asked.workers is not None and not 1 <= asked.workers <= 1024:
        yield f"--workers is {asked.workers}: 1 to 1,024 are needed"
    if asked.out.exists() and not asked.out.is_dir():
        yield f'--out is "{asked.out}": there is a file of that name, and a folder is needed'
    if asked.figure is not None and asked.figure.suffix.lower() not in FORMATS:
        yield f'--figure is "{asked.figure}": a name that ends with {", ".join(FORMATS)} is needed'


def _told(given: Given, name: str, answer: Answer) -> int:
    """Print what was found, write it, and draw it."""
    broken = "interrupted: this is made of what is finished\n\n" if answer.interrupted else ""
    finding = "\n\n".join(textwrap.fill(one, 120) for one in answer.finding.split("\n\n"))
    text = "\n".join([broken + finding, "", *answer.table, "", *answer.notes]) + "\n"
    with suppress(BrokenPipeError):
        print(text, flush=True)
    with written_whole(given.out / f"{name}.md") as unfinished:
        unfinished.write_text(text, encoding="utf-8")
    if given.figure is not None and answer.draw is not None:
        from sim.figures import save

        save(answer.draw(), given.figure)
    return INTERRUPTED if answer.interrupted else 0


def ordered(runs: Any) -> Totals:
    """Return the totals of a point of a sweep, replication by replication, in their order."""
    order = runs.numbers.argsort()
    return runs.above[order].tolist(), runs.below[order].tolist()


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a Markdown table, its columns aligned."""
    cells = [list(head), *(list(row) for row in rows)]
    widths = [max(3, *(len(row[at]) for row in cells)) for at in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    return [lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]]


def written(estimate: sim.Estimate, *, signed: bool = False, digits: int = _DIGITS) -> str:
    """Write a mean with its 95 % interval; a dash where it is undefined."""
    if estimate.mean is None:
        return "-"
    low, high = estimate.low, estimate.high
    many = _decimals(estimate, digits)
    sign = "+" if signed else ""
    said = f"{_plain(estimate.mean, many):{sign},.{many}f}"
    if low is None or high is None:
        return said
    return f"{said} ({_plain(low, many):{sign},.{many}f} to {_plain(high, many):{sign},.{many}f})"


def _plain(number: float, many: int) -> float:
    """Return a number as it is rounded, without the sign of a zero."""
    return round(number, many) + 0.0


def _decimals(estimate: sim.Estimate, digits: int) -> int:
    """Return how many decimals show so many digits of the largest of the three, and two of how wide they are."""
    size = max(abs(part) for part in estimate if part is not None)
    half = (estimate.high - estimate.low) / 2 if estimate.low is not None and estimate.high is not None else 0.0
    of_size = digits - 1 - math.floor(math.log10(size)) if size > 0 else 0
    of_half = 1 - math.floor(math.log10(half)) if half > 0 else of_size
    return min(max(0, min(of_size, of_half)), 6)


def sure(estimate: sim.Estimate) -> int:
    """Return the sign of a difference whose whole interval lies on one side of zero; 0 where it does not."""
    if estimate.low is None or estimate.high is None:
        return 0
    return 1 if estimate.low > 0 else -1 if estimate.high < 0 else 0


def difference(first: Totals, second: Totals) -> sim.Estimate:
    """Estimate the second minus the first, each numerators and denominators by replication."""
    return sim.paired_difference(*first, *second)


def columns(pairs: Iterable[Sequence[float]]) -> tuple[list[float], list[float]]:
    """Part pairs of numerator and denominator into the two."""
    both = [(float(above), float(below)) for above, below in pairs]
    return [above for above, _ in both], [below for _, below in both]


def listed(words: Sequence[str]) -> str:
    """Write words one after the other: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def folder(given: Given, name: str, world: sim.World, design: sim.Design) -> Path:
    """Return where a sweep is kept: a folder for each world, design, horizon and luck: the same call goes on.

    More replications go on in the same folder.
    """
    said = repr(
        (sim.digest(world), [sorted(point.items()) for point in design], given.days, given.seed, sim.__version__)
    )
    return given.out / name / f"{world.name}_{hashlib.sha256(said.encode()).hexdigest()[:10]}"


def how(given: Given, more: str = "") -> str:
    """Say with how many replications, of how many days, and with which luck it was found."""
    of = "of the worlds' own horizon" if given.days is None else f"of {given.days:g} d"
    return f"{given.replications} replications {of}, seed {given.seed}; intervals are 95 %.{' ' + more if more else ''}"
