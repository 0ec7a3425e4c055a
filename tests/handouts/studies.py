"""Small comparisons that are reported: ordinary ones, and the worst that can be."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from sim.study.comparing.comparison import Comparison, beside
from sim.study.running.replicate import together
from sim.study.running.size import Size
from sim.study.searching.equal import Equal, as_written, equal_staff
from tests.worlds import tiny_world

FEW = {
    "population": {"problems_per_day": 100},
    "tariff": {"price_per_minute": 0.3, "firm_share": 0.5},
}
FIRST = tiny_world(**FEW, teams={"front": {"staff": 2, "wage": 20}})
SLOW = tiny_world(**FEW, name="slow", teams={"front": {"staff": 3, "talk": "15 min", "wage": 25}})
TEAMS = {"front": {"staff": 2, "wage": 20}, "back": {"staff": 1, "talk": "5 min", "wage": 20}}
TWO = tiny_world(**FEW, name="two_teams", teams=TEAMS)

HOSTILE = (
    "=cmd|'/C calc'!A0",
    "<script>alert(1)</script>",
    "مركز الاتصال",
    "x" * 60,
    "☎️ hotline 📞",
    "+1",
    "-2+3",
    "@SUM(A1)",
    '"><img src=x onerror=alert(1)>',
    "$\\frac{1}{0}$",
    "=1+1",
    "＝1+1 ; -1",
)
"""Names that a world may bear: 60 characters at most that can be printed."""
UNPRINTABLE = "\t=1+1\r\n\u202eevil\u202c\x00\x1b[2J\ud800<b>"
"""What may stand in a command line, or in the reason for what is missing."""


MATTER = ("calls_per_problem", "customer_eur_per_problem", "firm_eur_per_problem", "effort_ces", "solved_share")


@cache
def usual() -> Comparison:
    """The comparison of `compared` as most tests ask for it, made once."""
    return compared()


def compared(numbers=(0, 1, 2, 3, 4), first=FIRST, slow=SLOW, two=TWO, more="", ids=None) -> Comparison:
    """The first world, and beside it one with its own staff and with the first's, and another one."""
    equalities = as_written(first, slow), equal_staff(first, slow), as_written(first, two)
    worlds = first, *(one.second for one in equalities)
    lived, *others = together(worlds, Size(numbers, 1, workers=1, ids=ids))
    asked = (replace(one, asked=world) for one, world in zip(others, (slow, slow, two), strict=True))
    missing: dict[Equal, str] = {"service": f"no staff was found: =1+1 <b>{more}"}
    return Comparison(lived, beside(lived, zip(equalities, asked, strict=True)), missing, 1.5)


def named(*names: str) -> Comparison:
    """The same with other names for the worlds, and few measures."""
    worlds = (world.model_copy(update={"name": name}) for world, name in zip((FIRST, SLOW, TWO), names, strict=True))
    first, slow, two = worlds
    return compared((0, 1), first, slow, two, UNPRINTABLE, MATTER)
