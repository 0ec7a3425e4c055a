"""Hold the simulator against what others have published, and write the tables of ``docs/validation.md``.

``python experiments/validation.py --write`` lives every case of ``tests/published`` at full length (some minutes),
prints each as soon as it is finished, and puts it between the marks of the page. After Ctrl-C what is finished is put
there too, and the other cases stand as they stood.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import sim  # noqa: E402 - as the tests import it
from sim.files import written_whole  # noqa: E402
from tests.published.asked import Ours  # noqa: E402 - the cases lie beside their tests
from tests.published.cases import CASES, Case  # noqa: E402

PAGE = ROOT / "docs" / "validation.md"
BEGINS, ENDS = "<!-- published: begin -->", "<!-- published: end -->"


class Line(NamedTuple):
    """One figure of one case."""

    figure: str
    published: str
    expected: float
    tolerance: float
    ours: Ours
    unlike: bool = False
    """Whether another rule makes it another figure: the note of the case says which."""

    @property
    def within(self) -> bool:
        """Say whether it lies within its tolerance."""
        return abs(self.ours.mean - self.expected) <= self.tolerance

    def errors(self) -> str:
        """Return the difference in standard errors."""
        return f"{(self.ours.mean - self.expected) / self.ours.error:+.1f}" if self.ours.error > 0 else "0"

    def told(self) -> str:
        """Return the line of the table."""
        low, high = self.ours.interval()
        digits = _digits(self.tolerance, self.ours.error)
        ours = f"{self.ours.mean:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"
        cells = (self.figure, self.published, f"{self.expected:g}", f"{self.tolerance:g}", ours, self.errors())
        held = "not held" if self.unlike else "yes" if self.within else "NO"
        return "| " + " | ".join((*cells, held)) + " |"


def _digits(tolerance: float, error: float) -> int:
    """Return how many decimals show a tenth of the smaller of the two, the tolerance and the standard error."""
    least = min(part for part in (tolerance, error, 1.0) if part > 0)
    return next(digits for digits in range(8) if 10.0**-digits <= least or digits == 7)


def lines_of(case: Case, ours: Mapping[str, Ours]) -> list[Line]:
    """Return the figures of a case beside ours."""
    figures: dict[str, Any] = case.facts()["figures"]
    return [
        Line(
            name,
            fact["published"] or "-",
            fact["expected"],
            fact["tolerance"],
            ours[name],
            fact.get("unlike", False),
        )
        for name, fact in figures.items()
    ]


def table(case: Case, lines: Sequence[Line]) -> str:
    """Return a case as its part of the page."""
    facts = case.facts()
    files = ", ".join(f"[`{file}.toml`](../tests/published/scenarios/{file}.toml)" for file in case.files)
    head = "| figure | published | expected | tolerance | ours (95 %) | standard errors | within |"
    return "\n".join([
        f"### {facts['title']}", "",
        f"`{case.name}`: {files}. Source: {facts['source']}. Expected: {facts['origin']}. {length(case)}", "",
        *([facts["note"], ""] if "note" in facts else []),
        head, "|---|---|---|---|---|---|---|", *(line.told() for line in lines),
    ])  # fmt: skip


def length(case: Case) -> str:
    """Say how long it was lived."""
    days = sim.load(ROOT / "tests" / "published" / "scenarios" / f"{case.files[0]}.toml").time.horizon / 1440
    return f"Lived for {case.replications} x {days:g} days."


def summary(every: Mapping[str, list[Line]]) -> str:
    """Say how many figures there are, how many lie within, and how their differences are spread."""
    every = {name: [line for line in of_one if not line.unlike] for name, of_one in every.items()}
    lines = [line for of_one in every.values() for line in of_one]
    drawn = [line for line in lines if line.ours.error > 0]
    far = sum(abs(line.ours.mean - line.expected) > 2 * line.ours.error for line in drawn)
    missed = [f"{name}: {line.figure}" for name, of_one in every.items() for line in of_one if not line.within]
    within = f"{len(lines) - len(missed)} of {len(lines)} figures of {len(every)} cases lie within their tolerance"
    words = f"{far} of {len(drawn)} are off by more than two of our standard errors"
    return f"{within}{': not ' + ', '.join(missed) if missed else ''}. {words}; where the expected figure is itself " \
        "simulated or rounded, more have to be than one in twenty."  # fmt: skip


def each_case(replications: int | None) -> Iterator[tuple[Case, list[Line]]]:
    """Live case after case; yield each when it is finished."""
    total = sum(len(case.files) * (replications or case.replications) for case in CASES)
    with tqdm(total=total, unit="replication", disable=not sys.stderr.isatty(), leave=False) as shown:
        for case in CASES:
            shown.set_description_str(case.name)
            yield case, lines_of(case, case.ours(replications or case.replications, done=shown.update))


def put(page: str, made: Mapping[str, str], said: str | None) -> str:
    """Put tables, by the titles of their cases, between the marks of the page; what is not made anew stays.

    Parameters
    ----------
    said : str or None
        The summary of all; None leaves the one that is there.

    Raises
    ------
    ValueError
        If the page has no such marks.
    """
    if BEGINS not in page or ENDS not in page:
        raise ValueError(f"{PAGE} has no {BEGINS} and {ENDS}")
    before, rest = page.split(BEGINS, 1)
    inside, after = rest.split(ENDS, 1)
    old, *tables = inside.strip().split("\n### ")
    by_title = {text.split("\n", 1)[0]: text.strip() for text in tables}
    by_title |= {title: text.removeprefix("### ") for title, text in made.items()}
    titles = [case.facts()["title"] for case in CASES if case.facts()["title"] in by_title]
    parts = [old.strip() if said is None else said, *(f"### {by_title[title]}" for title in titles)]
    return f"{before}{BEGINS}\n" + "\n\n".join(filter(None, parts)) + f"\n{ENDS}{after}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/validation.md")
    parser.add_argument("--replications", type=int, metavar="N", help="of every case, for a quick look; not written")
    asked = parser.parse_args()
    every: dict[str, list[Line]] = {}
    made: dict[str, str] = {}
    try:
        for case, lines in each_case(asked.replications):
            every[case.name] = lines
            made[case.facts()["title"]] = table(case, lines)
            print(f"{made[case.facts()['title']]}\n", flush=True)
    except KeyboardInterrupt:
        print(f"interrupted: {len(every)} of {len(CASES)} cases are finished", file=sys.stderr)
    if every:
        print(summary(every))
    whole = len(every) == len(CASES)
    if asked.write and every and asked.replications is None:
        with written_whole(PAGE) as unfinished:
            page = PAGE.read_text(encoding="utf-8")
            unfinished.write_text(put(page, made, summary(every) if whole else None), encoding="utf-8")
    return 0 if whole and all(line.within or line.unlike for lines in every.values() for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
