"""What a cut at twenty minutes does to the hotline of 2005, and how much of it is congestion.

Run it: ``python experiments/the_cut.py [--replications 10] [--days 28]``; with the default size it takes some minutes,
shows its progress and keeps what is finished on Ctrl-C.

The hotline and the double penalty are lived by the same customers with the same luck. **Closed loop**: the double
penalty with its own queue. **Open loop**: the double penalty with the waits of the hotline, minute by minute, so that
the cut does what it does to a customer and nothing to the queue. And because nobody knows how much of a talk's length
belongs to the problem (to be done again after a cut) and how much to the handling (drawn anew), both extremes are shown
beside the shipped split: all of the spread in the problem, or all of it in the handling.

``the_cut_under_load.py`` moves the load.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

from asking import columns
from joblib import Parallel, delayed
from tqdm import tqdm

from sim.engines import run
from sim.engines.open_loop import waits_of
from sim.engines.simpy_engine import tell
from sim.history.rows import History
from sim.measures import measure, tables
from sim.measures.register.resolution import cut_journeys_share, story_share
from sim.people import populate
from sim.reading import load, variant
from sim.study.running.estimate import Estimate, paired_difference, ratio
from sim.world import World

SPREAD = 1.0
"""Coefficient of variation of the whole talk, whatever its split: that of the hotline's work and handling together."""
SPLITS = {
    "all in the problem": {"work": {"law": "lognormal", "mean": 1.0, "cv": SPREAD}, "handling": 1.0},
    "as shipped": {},
    "all in the handling": {"work": 1.0, "handling": {"law": "lognormal", "mean": 1.0, "cv": SPREAD}},
}
WAYS = ("hotline_2005", "double_peine, open loop", "double_peine, closed loop")
ASKED = {
    "hold_minutes_per_call": "hold (min a call)",
    "cut_share": "calls cut",
    "abandoned_share": "calls abandoned",
    "calls_per_problem": "calls a problem",
    "solved_share": "problems solved",
    "toll_eur_per_problem": "toll (EUR a problem)",
    "customer_minutes_per_problem": "minutes a problem",
    "effort_ces": "effort (1 to 5)",
}
OWN = {"cut_journeys": (cut_journeys_share, "journeys with a cut"), "story": (story_share, "journeys with the story")}
NAMES = {**ASKED, **{name: words for name, (_, words) in OWN.items()}}
Totals = dict[str, tuple[float, float]]


def asked(history: History) -> Totals:
    """Ask a history for everything this study compares."""
    table = tables(history)
    return {**measure(table, list(ASKED)), **{name: of(table) for name, (of, _) in OWN.items()}}


def lived(hotline: World, double: World, seed: int, replication: int) -> tuple[Totals, ...]:
    """Let the same customers live in the hotline, in the double penalty with its waits, and with its own."""
    customers = populate(hotline, seed=seed, replication=replication)
    reference = run(hotline, customers)
    opened = tell(double, customers, waits=waits_of(reference))
    return asked(reference), asked(opened), asked(run(double, customers))


def worlds_of(split: str, days: float | None) -> tuple[World, World]:
    """Return the hotline and the double penalty with this split of the work."""
    changes: dict[str, object] = {"population": SPLITS[split]} if SPLITS[split] else {}
    if days is not None:
        changes["time"] = {"horizon": f"{days:g} d"}
    first, second = (
        variant(load(name), changes) if changes else load(name) for name in ("hotline_2005", "double_peine")
    )
    return first, second


def study(replications: int, seed: int, days: float | None, workers: int) -> dict[str, list[tuple[Totals, ...]]]:
    """Live everything; Ctrl-C ends it with what is finished."""
    found: dict[str, list[tuple[Totals, ...]]] = {split: [] for split in SPLITS}
    tasks = list(itertools.product(range(replications), SPLITS))
    pairs = {split: worlds_of(split, days) for split in SPLITS}
    work = Parallel(n_jobs=workers, return_as="generator")(
        delayed(lived)(*pairs[split], seed, replication) for replication, split in tasks
    )
    try:
        for (_, split), totals in zip(tasks, tqdm(work, total=len(tasks), unit="run", desc="the cut"), strict=True):
            found[split].append(totals)
    except KeyboardInterrupt:
        print("\ninterrupted: what follows is made of the replications that are finished")
    return found


def written(estimate: Estimate) -> str:
    if estimate.mean is None:
        return "-"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.mean:.3g}"
    return f"{estimate.mean:.3g} ({estimate.low:.3g} to {estimate.high:.3g})"


def report(found: dict[str, list[tuple[Totals, ...]]]) -> Iterator[str]:
    """Write the study as Markdown tables: means, and what the cut does by itself and through congestion."""
    for split, replications in found.items():
        if len(replications) < 2:
            continue
        yield f"\n### Spread of the work: {split} ({len(replications)} replications)\n"
        yield "| measure | " + " | ".join(WAYS) + " | the cut itself | its congestion |"
        yield "|---|" + "---|" * (len(WAYS) + 2)
        for name, words in NAMES.items():
            series = [[totals[way][name] for totals in replications] for way in range(len(WAYS))]
            means = [written(ratio(*columns(each))) for each in series]
            steps = [written(difference(series[0], series[1])), written(difference(series[1], series[2]))]
            yield f"| {words} | " + " | ".join(means + steps) + " |"


def difference(first: Sequence[tuple[float, float]], second: Sequence[tuple[float, float]]) -> Estimate:
    return paired_difference(*columns(first), *columns(second))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=10)
    parser.add_argument("--days", type=float, default=None, help="horizon in days; the worlds' own by default")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=-1, help="processes; one for each core by default")
    given = parser.parse_args()
    text = "\n".join(report(study(given.replications, given.seed, given.days, given.workers)))
    print(text)
    Path("out").mkdir(exist_ok=True)
    Path("out/the_cut.md").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
