"""What ``--until`` demands: as many replications as it takes, within which limits."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from sim.cli.demands import size
from sim.cli.outputs import Refused, complain
from sim.report.stopping import foretold


def until(options: Namespace) -> dict[str, Any] | None:
    """Return what `compare_until` and `replicate_until` take, where that is asked for; None where it is not.

    Raises
    ------
    Refused
        If it is asked for twice, or options of it are there without it.
    """
    limits = {name: getattr(options, name) for name in ("pilot", "most", "seconds")}
    given = {name: value for name, value in limits.items() if value is not None}
    if not options.until:
        if given:
            raise Refused(f"--{' and --'.join(given)} without --until: name a measure and its half-width")
        return None
    if options.replications is not None:
        raise Refused("--replications says how many, and --until finds out: only one of them is possible")
    asked = [one.split(maxsplit=1) for one in options.until]
    wrong = [f'"{one}"' for one, parts in zip(options.until, asked, strict=True) if len(parts) < 2]
    if wrong:
        raise Refused(f'--until {", ".join(wrong)}: write a measure and its half-width, "calls_per_problem 3 %"')
    names = [name for name, _ in asked]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refused(f"--until {', '.join(twice)} is there twice: one half-width for each measure")
    how = {name: value for name, value in size(options).items() if name != "replications"}
    if not options.quiet:
        how["foretold"] = lambda budget: complain(foretold(budget))
    return {"half_width": dict(asked), **given, **how}
