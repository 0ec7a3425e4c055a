"""What the command line accepts, and its help."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable

from sim.cli.outputs import COMPARED
from sim.cli.tables import add_columns, add_how
from sim.data.forms import FORMS
from sim.languages import LANGUAGES

MOST_REPLICATIONS = 2**24
COUNTED = ("arrival", "exit")
WHO = ("median", "worst", "least")
_DIGITS, _NUMBER = re.compile("[0-9]{1,20}"), re.compile(r"[0-9]{1,20}(\.[0-9]*)?|\.[0-9]+")
"""What Python reads as a number and nobody writes as one (other scripts' digits, 1_000, inf) is none."""
_EXAMPLES = """examples:
  python -m sim compare                               double_peine and empowered, the default pair
  python -m sim compare --quick                       the same at a quarter of the size, with wide intervals
  python -m sim compare hotline_2005 mine.toml --json out/mine.json
  python -m sim compare hotline_2005 one_agent_more.toml --all       every measure, with its interval
  python -m sim compare --cut "15 min" --load 110     the first world's cut, and a tenth more problems in both
  python -m sim compare --set-second levers.authority.limit=20       one key of the second world
  python -m sim compare --equal staff                 with equal staff alone
  python -m sim sweep design.toml --out out/design --csv out/points.csv
  python -m sim compare --until "calls_per_problem 3 %"      as many replications as that takes
  python -m sim breakeven double_peine empowered --vary tariff.price_per_minute --from 0 --to 1
  python -m sim levers double_peine empowered --quick --figure out/levers.png
  python -m sim weights double_peine empowered        which conclusions on effort hold for every weight
  python -m sim generations double_peine empowered --years 8       who leaves over the years, and when that costs more
  python -m sim best design.toml --measure hold_minutes_per_call --indifference 0.5
  python -m sim frontier design.toml --measure firm_eur_per_problem --measure effort_ces
  python -m sim tornado double_peine --vary teams.*.staff=x0.9:x1.1 --vary line.lines=10:40 --measure effort_ces
  python -m sim indices double_peine --vary teams.*.staff=x0.9:x1.1 --vary teams.*.talk=x0.8:x1.2 --measure effort_ces
  python -m sim staff hotline_2005 --target "service_level>=0.8 within 20 s" --write out/staffed.toml
  python -m sim calibrate mine.toml --figures month.toml --out fitted.toml
  python -m sim fit calls.csv --columns arrived=Start agent=Who --out mine.toml
  python -m sim run double_peine --trace out/life.parquet
  python -m sim run empowered --log out/queue_log     as Asterisk would have logged it
  python -m sim run hotline_2005 --intervals out/day.csv --by team --heat-map out/week.png
  python -m sim merge out/1-10.json out/11-20.json    replications put together
  python -m sim repeat out/mine.json                  a stored study made anew, and held against what is stored
  python -m sim diff double_peine empowered
  python -m sim tell double_peine empowered --customer worst      one customer's journey in words, in both
  python -m sim story outage                          where a story lies among its world's journeys
  python -m sim graph outage --figure out/graph.png   what followed what in its journeys, how often, how long after
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
    _sweep(_added(commands, "sweep", "live through a world at every point of a design"))
    _best(_added(commands, "best", "find the point of a design at which a measure is best"))
    _frontier(_added(commands, "frontier", "tell which points of a design are efficient in two measures"))
    _tornado(
        _added(commands, "tornado", "move each path alone between two values, and say what that does to a measure")
    )
    _indices(_added(commands, "indices", "part a measure's variance over ranges by path (Sobol' indices)"))
    _break_even(_added(commands, "breakeven", "find the value of a parameter at which two worlds come to the same"))
    _levers(_added(commands, "levers", "part what separates two worlds by lever"))
    _weights(_added(commands, "weights", "say which conclusions on effort hold for every weight in its range"))
    _generations(
        _added(commands, "generations", "live worlds year after year, with the customers whom each year leaves")
    )
    _staff(_added(commands, "staff", "seek the least-cost staff that meets targets of service"))
    _calibrate(_added(commands, "calibrate", "fit a world to the figures of a monthly report"))
    _fit(_added(commands, "fit", "make a world of a log of calls, each value with what it was fitted to"))
    merge = _added(commands, "merge", "put studies together that were stored with --json")
    merge.add_argument(
        "studies", nargs="+", metavar="FILE", help="what --json wrote, each with replications of its own"
    )
    _shown(merge)
    _written(merge)
    _reported(merge)
    repeat = _added(commands, "repeat", "make a stored study anew, and say whether it comes to the same")
    repeat.add_argument("study", metavar="FILE", help="what --json wrote")
    _workers(repeat)
    repeat.add_argument("--quiet", action="store_true", help="no progress")
    differ = _added(commands, "diff", "show on which keys two worlds differ")
    differ.add_argument("first", metavar="A", help="a shipped world's name or a file")
    differ.add_argument("second", metavar="B", help="the other one")
    _tell(_added(commands, "tell", "tell what one customer lives, in words, in one world or in two side by side"))
    _story(_added(commands, "story", "place what somebody lived among what a world lets its customers live"))
    _graph(_added(commands, "graph", "tell what followed what in a world's journeys, how often, and after how long"))
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
        choices=("all", "both", "none", "staff", "service", "staff_eur", "least_cost"),
        default="all",
        help="what B shares with A: nothing, each its own staff (none); paid agent hours by team and interval (staff); "
        "the service, B's staff being scaled until a measure is the same (service); what staff costs (staff_eur); "
        "the service, by the least-cost staff for B, hour by hour and team by team, which takes minutes (least_cost); "
        "staff and service side by side (both); or these, after own staff wherever that is another (all, the default)",
    )
    one.add_argument(
        "--service-measure",
        metavar="ID",
        help="the measure that equal service makes the same (default: speed_of_answer)",
    )
    _until(one, "difference")
    what_if = one.add_argument_group("what if")
    what_if.add_argument(
        "--load", type=_percent, default=100.0, metavar="PERCENT", help="problems per day of both, of their own"
    )
    what_if.add_argument("--price", type=_euros, metavar="EUR", help="A's price of a minute, at all hours")
    what_if.add_argument("--cut", metavar="DURATION", help='A\'s calls are cut after that long ("15 min"), or "none"')
    what_if.add_argument("--staff", type=_percent, default=100.0, metavar="PERCENT", help="B's agents, of its own")
    for option, whose in (("--set", "both worlds"), ("--set-first", "A"), ("--set-second", "B")):
        what_if.add_argument(
            option,
            action="append",
            default=[],
            metavar="PATH=VALUE",
            help=f"change a key of {whose}: levers.time.cut_after=15min, or teams.*.talk=x1.1; may be given again",
        )
    _study(one)
    _reported(one)
    one.add_argument(
        "--figure",
        metavar="FILE",
        help="where the figure goes: png, svg or pdf, or none (default: out/compare_A_B..., named after what is equal)",
    )


def _reported(one: argparse.ArgumentParser) -> None:
    report = one.add_argument_group("to take to a meeting (docs/reports.md)")
    report.add_argument(
        "--report",
        action="append",
        default=[],
        metavar="FILE",
        help="write a comparison's report, as a page (html), a PDF (pdf) or a workbook (xlsx); may be given again",
    )
    report.add_argument("--language", choices=("en", "fr"), default="en", help="of the report (default: en)")


def _pair(one: argparse.ArgumentParser) -> None:
    one.add_argument("first", nargs="?", metavar="A", help=f"the first world (default: {COMPARED[0]})")
    one.add_argument("second", nargs="?", metavar="B", help=f"the other world (default: {COMPARED[1]})")
    for option, whose in (("--set", "both worlds"), ("--set-first", "A"), ("--set-second", "B")):
        one.add_argument(
            option,
            action="append",
            default=[],
            metavar="PATH=VALUE",
            help=f"change a key of {whose}; may be given again",
        )


def _break_even(one: argparse.ArgumentParser) -> None:
    _pair(one)
    one.add_argument(
        "--vary", required=True, metavar="PATH", help="the parameter: tariff.price_per_minute, teams.*.talk"
    )
    one.add_argument("--measure", metavar="ID", help="what is to be the same (default: firm_eur_per_problem)")
    one.add_argument(
        "--from", dest="low", metavar="LOW", help='the lower bound: 0.1, "10 min", or x0.8 of what is written'
    )
    one.add_argument(
        "--to", dest="high", metavar="HIGH", help="the upper bound (default: what the key is usually turned to)"
    )
    one.add_argument(
        "--in", dest="vary_in", choices=("first", "second", "both"),
        help="in which world (default: both where the value is the same in both, else the first that has it)",
    )  # fmt: skip
    _study(one)
    one.add_argument("--figure", metavar="FILE", help="the difference over the parameter: png, svg or pdf")


def _levers(one: argparse.ArgumentParser) -> None:
    _pair(one)
    _equal(one, "both")
    one.add_argument("--measure", action="append", metavar="ID", help="only this measure, in full; may be given again")
    one.add_argument(
        "--demand-when-free", action="append", type=_factor, metavar="FACTOR",
        help="problems a day where the number is free, times this; may be given again, for several (default: 1)",
    )  # fmt: skip
    _study(one)
    one.add_argument("--figure", metavar="FILE", help="the waterfall: png, svg or pdf")


def _weights(one: argparse.ArgumentParser) -> None:
    _pair(one)
    _equal(one, "staff")
    one.add_argument("--worlds-alone", action="store_true", help="ask of the two worlds alone, not of the levers")
    _study(one)


def _generations(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "worlds", nargs="*", metavar="WORLD",
        help=f"two at least, the first to compare the others with (default: {' '.join(COMPARED)})",
    )  # fmt: skip
    one.add_argument("--years", type=_whole(1, 100), default=8, metavar="N", help="how many (default: 8)")
    one.add_argument(
        "--staff", choices=("kept", "follows"), default="kept",
        help="agents stay as many (kept, the default), or there are as many as the year's problems ask for (follows)",
    )  # fmt: skip
    one.add_argument(
        "--customers", type=_whole(1, 200_000), default=4000, metavar="N", help="who stand for all (default: 4000)"
    )
    one.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE",
        help="change a key of all worlds, such as generations.memory=12; may be given again",
    )  # fmt: skip
    one.add_argument(
        "--out", metavar="FOLDER", help="where each finished year is kept: the same command goes on from there"
    )
    _study(one)
    one.add_argument(
        "--figure", metavar="FILE", help="the firm's euros and its customers over the years: png, svg, pdf"
    )


def _equal(one: argparse.ArgumentParser, usual: str) -> None:
    one.add_argument(
        "--equal", choices=("both", "staff", "service", "none", "staff_eur"), default=usual,
        help=f"what every world shares with A (default: {usual}); service: a staff is sought for each world",
    )  # fmt: skip


def _run(one: argparse.ArgumentParser) -> None:
    one.add_argument("world", metavar="WORLD", help="a shipped world's name or a file")
    _study(one)
    _until(one, "value")
    _parted(one)
    one.add_argument("--trace", metavar="FILE", help="all that happened in the first replication, as a Parquet table")
    one.add_argument("--log", metavar="FILE", help="the same in a form that other programs read: see --log-form")
    one.add_argument(
        "--log-form",
        choices=FORMS,
        help="Asterisk's queue_log (default), XES columns as CSV (xes), OCEL 2.0 JSON (ocel), vidigi's columns as CSV",
    )
    one.add_argument(
        "--first-monday",
        metavar="DATE",
        help="the date of the first Monday, such as 2024-01-01, in log and intervals (default: the world's own)",
    )


def _sweep(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "design", metavar="DESIGN", help="a file that says it (docs/sweeps.md), or a folder that --out filled"
    )
    one.add_argument(
        "--out", metavar="FOLDER", help="where what is finished is kept: the same command goes on from there"
    )
    one.add_argument("--measures", metavar="IDS", help="which measures, with commas (default: the design's, or all)")
    _how_often(one)
    _lived(one)
    _shown(one)
    one.add_argument("--csv", metavar="FILE", help="a row for each point and measure")
    one.add_argument("--wide", metavar="FILE", help="a row for each point, as CSV: the mean of each measure")
    one.add_argument("--json", metavar="FILE", help="the table as JSON")
    one.add_argument("--figure", metavar="FILE", help="a measure over the design: png, svg or pdf")
    one.add_argument("--figure-measure", metavar="ID", help="which one (default: the first)")
    one.add_argument("--quiet", action="store_true", help="no progress, and no names of files written")


def _how_often(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--replications", type=_replications, metavar="N", help="how often (default: as the design says, or 10)"
    )


def _lived(one: argparse.ArgumentParser) -> None:
    """Add who lives a design, with which luck, for how long."""
    one.add_argument("--seed", type=_whole(0, 2**64 - 1), metavar="N", help="of all luck, in place of the design's")
    one.add_argument("--days", type=_days, metavar="D", help="the horizon in place of the world's own")
    one.add_argument("--engine", choices=("auto", "simpy", "compiled"), default="auto", help="who tells what happens")
    _workers(one)
    one.add_argument(
        "--cluster", metavar="ADDRESS", help="work is done by the workers of this scheduler of dask.distributed"
    )


def _told(one: argparse.ArgumentParser, quick: str, figure: str) -> None:
    """Add how much is lived at a first look, and where what it comes to is told."""
    one.add_argument("--quick", action="store_true", help=f"a first look: {quick}, unless said otherwise")
    one.add_argument("--all", action="store_true", help="print all rows of the table, however many")
    one.add_argument("--definitions", action="store_true", help="print what the measure means")
    one.add_argument("--json", metavar="FILE", help="the result as JSON, with its findings and warnings")
    one.add_argument("--csv", metavar="FILE", help="the table")
    one.add_argument("--figure", metavar="FILE", help=f"{figure}: png, svg or pdf")
    one.add_argument("--quiet", action="store_true", help="no progress, and no names of files written")


_QUICK = "4 replications of 7 days"
_CONFIDENCE = "with which %s (default: 0.95, or 95%%%%)"


def _best(one: argparse.ArgumentParser) -> None:
    one.add_argument("design", metavar="DESIGN", help="a file that says the points (docs/sweeps.md)")
    one.add_argument("--measure", metavar="ID", help="of what (default: the design's, where it names one alone)")
    one.add_argument(
        "--indifference", type=_above_nothing, required=True, metavar="D",
        help="a difference, in the measure's unit, below which it does not matter which point is chosen",
    )  # fmt: skip
    side = one.add_mutually_exclusive_group()
    for option, better in (("--min", "lower"), ("--max", "higher")):
        side.add_argument(
            option, dest="better", action="store_const", const=better,
            help=f"the {better[:-2]}est is the best (default: the measure's own better side)",
        )  # fmt: skip
    one.add_argument(
        "--confidence", type=_confidence, default=0.95, metavar="P", help=_CONFIDENCE % "the best is chosen"
    )
    one.add_argument("--pilot", type=_whole(2, 1_000_000), metavar="N", help="replications that all live (default: 10)")
    one.add_argument(
        "--most",
        type=_whole(2, 1_000_000),
        metavar="N",
        help="replications after which the search ends (default: 1000)",
    )
    _lived(one)
    _told(one, "at most 40 replications of 7 days", "all points, with their intervals")


def _frontier(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "design", metavar="DESIGN", help="a file that says the points (docs/sweeps.md), or a folder that --out filled"
    )
    one.add_argument(
        "--measure", action="append", metavar="ID",
        help="given twice: in what (default: the design's, where it names two, or firm_eur_per_problem and effort_ces)",
    )  # fmt: skip
    one.add_argument(
        "--out", metavar="FOLDER", help="where what is finished is kept: the same command goes on from there"
    )
    _how_often(one)
    _lived(one)
    _told(one, _QUICK, "one measure against the other")


def _ranges(one: argparse.ArgumentParser, values: str) -> None:
    one.add_argument(
        "world", metavar="WORLD", help="a shipped world's name or a file; or the file of a design with ranges"
    )
    one.add_argument(
        "--vary", action="append", default=[], metavar="PATH=LOW:HIGH",
        help=f"a path and its two ends, {values}; may be given again",
    )  # fmt: skip
    one.add_argument("--measure", metavar="ID", help="of what (default: the design's, where it names one alone)")
    one.add_argument(
        "--out", metavar="FOLDER", help="where what is finished is kept: the same command goes on from there"
    )
    _how_often(one)
    _lived(one)


def _tornado(one: argparse.ArgumentParser) -> None:
    _ranges(one, "such as teams.*.staff=x0.8:x1.2 or levers.time.cut_after=none:15min")
    _told(one, _QUICK, "a bar for each path")


def _indices(one: argparse.ArgumentParser) -> None:
    _ranges(one, "two numbers, durations or factors, such as teams.*.staff=x0.8:x1.2 or line.menu=30s:90s")
    one.add_argument(
        "--points", type=_whole(2, 2**19), default=64, metavar="N",
        help="a power of two: the world is lived at N x (paths + 2) points (default: 64)",
    )  # fmt: skip
    one.add_argument(
        "--design-seed", type=_whole(0, 2**64 - 1), default=1, metavar="N", help="of the points (default: 1)"
    )
    one.add_argument(
        "--confidence", type=_confidence, default=0.95, metavar="P", help=_CONFIDENCE % "intervals hold the shares"
    )
    _told(one, _QUICK, "the shares of each path")


def _staff(one: argparse.ArgumentParser) -> None:
    one.add_argument("world", metavar="WORLD", help="a shipped world's name or a file")
    one.add_argument(
        "--target",
        action="append",
        required=True,
        metavar="TARGET",
        help='such as "service_level>=0.8 within 20 s", "abandonment<=5 %% per day", "speed_of_answer<=1 min", '
        '"calls_per_problem<=2 over the whole"; may be given again (docs/staffing.md)',
    )
    one.add_argument(
        "--by",
        choices=("interval", "day", "whole"),
        default="interval",
        help="where targets hold that do not say it (default: in every interval)",
    )
    one.add_argument(
        "--every", metavar="LENGTH", help='how often staff may change: "15 min", "30 min" (default), "1 h"'
    )
    one.add_argument("--teams", metavar="NAMES", help="whose staff is sought, with commas (default: all that have any)")
    one.add_argument(
        "--alike",
        default="profile",
        metavar="DAYS",
        help='days with the same staff: such as "mon-fri, sat", none, or profile: those with the same hours and the '
        "same problems (default)",
    )
    one.add_argument(
        "--hours",
        choices=("own", "open"),
        default="own",
        help="when teams may be on duty: when they have staff now (default), or whenever the line is open",
    )
    one.add_argument(
        "--least", action="append", metavar="N", help="agents at least where a team is on duty, or TEAM=N (default: 1)"
    )
    one.add_argument("--most", action="append", metavar="N", help="agents at most, or TEAM=N")
    one.add_argument(
        "--shifts", metavar="FILE", help="cover it by these shifts, a TOML file, or by the usual ones (usual)"
    )
    one.add_argument(
        "--sure",
        choices=("mean", "bound"),
        default="mean",
        help="a target is met by the mean (default), or by the worse bound of its 95 %% interval",
    )
    one.add_argument(
        "--check", type=_whole(2, 100_000), metavar="N", help="other replications it is checked on (default: as many)"
    )
    one.add_argument(
        "--budget",
        type=_whole(5, 100_000),
        default=150,
        metavar="N",
        help="staffs that are lived at most (default: 150)",
    )
    one.add_argument(
        "--write", metavar="FILE", help="where the world with this staff goes: a TOML file that extends WORLD"
    )
    one.add_argument("--figure", metavar="FILE", help="staff by interval, formulas beside: png, svg or pdf")
    _study(one, first_look=False)


def _fit(one: argparse.ArgumentParser) -> None:
    one.add_argument("log", metavar="LOG", help="a table of calls, or an Asterisk queue_log")
    one.add_argument(
        "--form",
        choices=("auto", "csv", "queue_log"),
        default="auto",
        help="what LOG is; auto looks at its first line (default)",
    )
    add_columns(one, "--columns", "the table", "arrived=Start caller=7 (docs/fit.md)")
    add_how(one)
    one.add_argument("--queue", action="append", metavar="NAME", help="only this queue; may be given again")
    one.add_argument(
        "--interval", type=int, choices=(15, 30, 60), default=30, help="minutes of an interval (default: 30)"
    )
    one.add_argument(
        "--short-service",
        default="10 s",
        metavar="DURATION",
        help="services shorter than this are taken for hang-ups of the agent, and left out of the talk (default: 10 s)",
    )
    one.add_argument(
        "--same-problem",
        default="7 d",
        metavar="DURATION",
        help="a call by the same caller within this time is about the same problem (default: 7 d)",
    )
    one.add_argument("--out", metavar="FILE", help="where the world goes: a TOML file that extends base")
    one.add_argument(
        "--figure", metavar="FILE", help="patience, talk and arrivals, with what was fitted: png, svg, pdf"
    )
    one.add_argument("--csv", metavar="FILE", help="every value as a row of a table")
    one.add_argument("--all", action="store_true", help="print hazards, survival, weekdays and the other laws too")
    one.add_argument("--quiet", action="store_true", help="no progress, and no names of files written")


def _parted(one: argparse.ArgumentParser) -> None:
    parted = one.add_argument_group("by intervals")
    parted.add_argument("--intervals", metavar="FILE", help="write a table by intervals as CSV: docs/intervals.md")
    parted.add_argument(
        "--every",
        metavar="LENGTH",
        help='their length: "15 min", "30 min" (the default), "1 h", day, or whole for the horizon as one',
    )
    parted.add_argument("--by", metavar="WHAT", help="team, queue, reason, segment, or several with commas")
    parted.add_argument(
        "--counted", choices=COUNTED, help="the interval in which a call counts: of its arrival (default), or its exit"
    )
    parted.add_argument("--columns", metavar="IDS", help="which columns, with commas (default: all)")
    parted.add_argument("--heat-map", metavar="FILE", help="draw a typical week, day by time of day: png, svg or pdf")
    parted.add_argument(
        "--heat-measure", metavar="ID", help="the column that the map shows (default: the world's service level)"
    )


def _calibrate(one: argparse.ArgumentParser) -> None:
    one.add_argument("world", metavar="WORLD", help="where the search begins: a shipped world's name or a file")
    one.add_argument(
        "--figures", required=True, metavar="FILE", help="the report's figures, as TOML (docs/calibrating.md)"
    )
    one.add_argument(
        "--report",
        metavar="FILE",
        help="the telephone switch's report by interval: the shape of the arrivals, the calls of each queue, and the "
        "agents at work",
    )
    one.add_argument(
        "--roster",
        metavar="FILE",
        help="a roster, as a table: its shifts in place of staff, and of the report's agents",
    )
    read = one.add_argument_group("how report and roster are read (docs/data.md)")
    add_columns(read, "--columns", "the report", "queue=Skill offered=5")
    add_columns(read, "--roster-columns", "the roster", 'agent=Who "breaks=Break 1" breaks=Lunch')
    add_how(read)
    one.add_argument("--out", metavar="FILE", help="where the fitted world goes: a TOML file that extends WORLD")
    one.add_argument(
        "--free",
        metavar="NAMES",
        help="what is sought, with commas between: problems, patience, persistence, solving, talk, competence, "
        "elsewhere, queues (the shares of what leads to each queue of the report), or keys such as "
        "teams.*.solve.hard (default: the first four, and of the others those that figures and report tell of)",
    )
    _study(one, first_look=False, default=20)


def _tell(one: argparse.ArgumentParser) -> None:
    one.add_argument("first", metavar="WORLD", help="a shipped world's name or a file")
    one.add_argument("second", nargs="?", metavar="WORLD", help="another one, of the same customers")
    one.add_argument(
        "--customer",
        type=_customer,
        default="median",
        metavar="WHO",
        help="whose life: a number, from 0 in the order of appearance; median, a typical one (default); worst, the one "
        "with the most effort, of two worlds with the most in the first beyond the second; least, the other end",
    )
    one.add_argument("--language", choices=tuple(LANGUAGES), default="en", help="en (default) or fr")
    one.add_argument("--full", action="store_true", help="tell every call of a long journey")
    one.add_argument("--seed", type=_whole(0, 2**64 - 1), default=1, metavar="N", help="of all luck (default: 1)")
    one.add_argument(
        "--replication", type=_whole(1, MOST_REPLICATIONS), default=1, metavar="N", help="which one (default: 1)"
    )
    one.add_argument(
        "--days",
        type=_days,
        metavar="D",
        help="the horizon in place of the world's own; warm-up and follow-up stay",
    )
    one.add_argument("--quiet", action="store_true", help="no progress")


def _story(one: argparse.ArgumentParser) -> None:
    one.add_argument("story", nargs="?", metavar="STORY", help="which of the stories (default: print which there are)")
    one.add_argument("--world", metavar="WORLD", help="another world to place it in: a shipped one's name or a file")
    one.add_argument(
        "--replications", type=_replications, default=range(10), metavar="N", help="how many, or which (default: 10)"
    )
    one.add_argument("--seed", type=_whole(0, 2**64 - 1), default=1, metavar="N", help="of all luck (default: 1)")
    one.add_argument("--quiet", action="store_true", help="no progress")


def _graph(one: argparse.ArgumentParser) -> None:
    one.add_argument("world", metavar="WORLD", help="a shipped world's name or a file")
    one.add_argument(
        "--of", choices=("contacts", "activities"), default="contacts",
        help="contacts by channel, cases and ends (contacts, the default), or what customers were doing (activities)",
    )  # fmt: skip
    one.add_argument(
        "--replications", type=_replications, default=range(10), metavar="N", help="how many, or which (default: 10)"
    )
    one.add_argument("--seed", type=_whole(0, 2**64 - 1), default=1, metavar="N", help="of all luck (default: 1)")
    one.add_argument(
        "--days", type=_days, metavar="D", help="the horizon in place of the world's own; warm-up and follow-up stay"
    )
    one.add_argument("--csv", metavar="FILE", help="all steps as a table, each number with its interval")
    one.add_argument("--figure", metavar="FILE", help="the graph drawn: png, svg or pdf")
    one.add_argument("--quiet", action="store_true", help="no progress")


def _customer(written: str) -> str | int:
    """Read who is meant: a number, or a word."""
    if written in WHO:
        return written
    if _DIGITS.fullmatch(written):
        return int(written)
    said = f"a whole number from 0, nor {', '.join(WHO[:-1])} or {WHO[-1]}"
    raise argparse.ArgumentTypeError(f'"{written}" is not {said}')


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


def _study(one: argparse.ArgumentParser, *, first_look: bool = True, default: int = 10) -> None:
    one.add_argument(
        "--replications",
        type=_replications,
        metavar="N",
        help=f"how often, with other luck (default: {default}); or which, as 11-20, to be merged with others",
    )
    one.add_argument("--seed", type=_whole(0, 2**64 - 1), default=1, metavar="N", help="of all luck (default: 1)")
    one.add_argument(
        "--days",
        type=_days,
        metavar="D",
        help="the horizon in place of the world's own; warm-up and follow-up stay",
    )
    if first_look:
        one.add_argument(
            "--quick", action="store_true", help="a first look: 4 replications of 7 days, unless said otherwise"
        )
    one.add_argument(
        "--engine",
        choices=("auto", "simpy", "compiled"),
        default="auto",
        help="who tells what happens: simpy, the reference; compiled, the same history to the bit and some thirty "
        "times as fast; auto, the fastest that knows the world, which is compiled for all there are (default)",
    )
    _workers(one)
    _shown(one)
    _written(one)


def _until(one: argparse.ArgumentParser, what: str) -> None:
    until = one.add_argument_group("as many replications as it takes (docs/stopping.md)")
    until.add_argument(
        "--until",
        action="append",
        default=[],
        metavar='"MEASURE WIDTH"',
        help=f"in place of --replications: until half the interval of the {what} is WIDTH at most, such as "
        f'"calls_per_problem 0.1", "... 2 %%" (of the {what})'
        + (' or "... 2 %% of first" (of A\'s value)' if what == "difference" else "")
        + "; may be given again",
    )
    until.add_argument("--pilot", type=_whole(4, MOST_REPLICATIONS), metavar="N", help="at first (default: 20)")
    until.add_argument("--most", type=_whole(4, MOST_REPLICATIONS), metavar="N", help="at most (default: 1000)")
    until.add_argument("--seconds", type=_seconds, metavar="S", help="after which no replications are begun any more")


def _workers(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--workers",
        type=_whole(1, 1024),
        metavar="N",
        help="threads, or for SimPy processes, at work at once (default: one for each processor); the result does not "
        "depend on it",
    )


def _shown(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--all", action="store_true", help="print every measure with its interval, not only those that matter"
    )
    one.add_argument("--definitions", action="store_true", help="print what each measure means")


def _written(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--json",
        metavar="FILE",
        help="write the result as JSON: whole enough to be merged, repeated and read (sim.read)",
    )
    one.add_argument("--csv", metavar="FILE", help="write the result as a tidy table, every replication included")
    one.add_argument("--quiet", action="store_true", help="no progress, and no names of files written")


def _whole(least: int, most: int) -> Callable[[str], int]:
    def whole(written: str) -> int:
        number = int(written) if _DIGITS.fullmatch(written) else least - 1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f'"{written}" is not a whole number from {least} to {most}')
        return number

    return whole


def _replications(written: str) -> range:
    """Read how many, or which ones counted from 1: ``10``, ``11-20``; return them counted from 0."""
    first, dash, last = written.partition("-")
    ends = [int(end) for end in ((first, last) if dash else ("1", first)) if _DIGITS.fullmatch(end)]
    if len(ends) < 2 or not 1 <= ends[0] < ends[1] <= MOST_REPLICATIONS:
        raise argparse.ArgumentTypeError(
            f'"{written}" is not how many, a whole number from 2 to {MOST_REPLICATIONS}, nor which ones, such as 11-20'
        )
    return range(ends[0] - 1, ends[1])


def _number(written: str, least: float, most: float, what: str, above: bool = False) -> float:
    number = float(written) if _NUMBER.fullmatch(written) else math.nan
    if not least <= number <= most or (above and number == least):
        raise argparse.ArgumentTypeError(f'"{written}" is not {what}')
    return number


def _days(written: str) -> float:
    return _number(written, 0, 1e9, "a number of days above 0", above=True)


def _seconds(written: str) -> float:
    return _number(written, 0, 1e9, "a number of seconds above 0", above=True)


def _percent(written: str) -> float:
    said = "a percentage above 0 (100 changes nothing)"
    return _number(written.strip().removesuffix("%").strip(), 0, 1e9, said, above=True)


def _factor(written: str) -> float:
    return _number(written.strip().removeprefix("x"), 0, 10, "a factor above 0, at most 10", above=True)


def _above_nothing(written: str) -> float:
    return _number(written.strip(), 0, 1e12, "a number above 0", above=True)


def _confidence(written: str) -> float:
    plain = written.strip()
    share = plain.endswith("%")
    said = "a confidence above 0 and below 1, such as 0.95 or 95%"
    number = _number(plain.removesuffix("%").strip(), 0, 100 if share else 1, said, above=True)
    if number == (100 if share else 1):
        raise argparse.ArgumentTypeError(f'"{written}" is not {said}')
    return number / 100 if share else number


def _euros(written: str) -> float:
    return _number(written, 0, 100, "a price of 0 to 100 EUR")
