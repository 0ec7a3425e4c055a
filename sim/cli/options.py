"""What the command line accepts, and its help."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable

from sim.cli.outputs import COMPARED

_EXAMPLES = """examples:
  python -m sim compare                               double_peine and empowered, the default pair
  python -m sim compare --quick                       the same at a quarter of the size, with wide intervals
  python -m sim compare hotline_2005 mine.toml --json out/mine.json
  python -m sim compare --equal staff                 with equal staff alone, the intervals of both worlds beside it
  python -m sim run double_peine --trace out/life.parquet
  python -m sim diff double_peine empowered
  python -m sim check mine.toml                       every mistake in it, or both engines' tellings held together

A world is the name of a shipped one or the path of a TOML file."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of ``python -m sim``."""
    from sim import __version__

    top = argparse.ArgumentParser(
        prog="python -m sim",
        description="What two ways of answering cost the same customers and the firm.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _compare(_added(commands, "compare", "let the same customers live through two worlds"))
    _run(_added(commands, "run", "let customers live through one world"))
    differ = _added(commands, "diff", "show on which keys two worlds differ")
    differ.add_argument("first", metavar="A", help="a shipped world's name or a file")
    differ.add_argument("second", metavar="B", help="the other one")
    _check(_added(commands, "check", "say whether files are good worlds, and whether both engines tell them alike"))
    return top


def _added(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, does: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=does,
        description=f"{does[0].upper()}{does[1:]}.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _compare(one: argparse.ArgumentParser) -> None:
    one.add_argument("first", nargs="?", metavar="A", help=f"the reference (default: {COMPARED[0]})")
    one.add_argument("second", nargs="?", metavar="B", help=f"the other world (default: {COMPARED[1]})")
    one.add_argument(
        "--equal",
        choices=("both", "staff", "service", "staff_eur", "none"),
        default="both",
        help="what B shares with A: both of the next two, side by side (default); paid agent hours by team and "
        "interval; the service, B's staff being scaled until a measure is the same; what staff costs; or nothing, "
        "each its own staff",
    )
    one.add_argument(
        "--service-measure",
        metavar="ID",
        help="the measure that equal service makes the same (default: speed_of_answer)",
    )
    _study(one)
    one.add_argument(
        "--figure",
        metavar="FILE",
        help="where the figure goes: png, svg or pdf (default: out/compare_A_B_equal_..., named after what is equal)",
    )


def _run(one: argparse.ArgumentParser) -> None:
    one.add_argument("world", metavar="WORLD", help="a shipped world's name or a file")
    _study(one)
    one.add_argument("--trace", metavar="FILE", help="all that happened in the first replication, as a Parquet table")


def _check(one: argparse.ArgumentParser) -> None:
    one.add_argument("worlds", nargs="+", metavar="FILE", help="a file, or a shipped world's name")
    length = one.add_mutually_exclusive_group()
    length.add_argument(
        "--days",
        type=_days,
        metavar="D",
        help="how many of the world's days both engines tell (default: those of about 10,000 problems, which take "
        "SimPy some seconds)",
    )
    length.add_argument("--whole", action="store_true", help="all of the world's days")
    one.add_argument("--seed", type=_whole(0, 2**64 - 1), default=1, metavar="N", help="of all luck (default: 1)")
    one.add_argument("--quiet", action="store_true", help="no progress")


def _study(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--replications", type=_whole(2, 2**24), metavar="N", help="how often, with other luck (default: 10)"
    )
    one.add_argument("--seed", type=_whole(0, 2**64 - 1), default=1, metavar="N", help="of all luck (default: 1)")
    one.add_argument(
        "--days",
        type=_days,
        metavar="D",
        help="the horizon in place of the world's own; warm-up and follow-up stay",
    )
    one.add_argument(
        "--quick", action="store_true", help="a first look: 4 replications of 7 days, unless said otherwise"
    )
    one.add_argument(
        "--engine",
        choices=("auto", "simpy", "compiled"),
        default="auto",
        help="who tells what happens: simpy, the reference; compiled, the same history to the bit and some thirty "
        "times as fast; auto, the fastest that knows the world (default)",
    )
    one.add_argument(
        "--workers",
        type=_whole(1, 1024),
        metavar="N",
        help="threads, or for SimPy processes, at work at once (default: one for each processor); the result does not "
        "depend on it",
    )
    one.add_argument("--json", metavar="FILE", help="write the result as JSON")
    one.add_argument("--csv", metavar="FILE", help="write the result as a tidy table")
    one.add_argument("--quiet", action="store_true", help="no progress, and no names of files written")


def _whole(least: int, most: int) -> Callable[[str], int]:
    def whole(written: str) -> int:
        try:
            number = int(written)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f'"{written}" is not a whole number from {least} to {most}')
        return number

    return whole


def _days(written: str) -> float:
    try:
        days = float(written)
    except ValueError:
        days = math.nan
    if not (math.isfinite(days) and days > 0):
        raise argparse.ArgumentTypeError(f'"{written}" is not a number of days above 0')
    return days
