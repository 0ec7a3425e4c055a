"""Names as they are drawn: worlds' are the user's and can be anything, measures' are said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.headlines import GUESSED, of_a_name

if TYPE_CHECKING:
    from sim.measures import Measure

GUESS_TOLD = "rests on guesses about customers who leave"
"""What the mark of a guessed measure means."""


def plain(text: str) -> str:
    r"""Return words that are drawn as they stand: what is between two dollar signs would be read as mathematics.

    Examples
    --------
    >>> print(plain("5$ to 10$"))
    5\$ to 10\$
    """
    return text.replace("$", r"\$")


def short(name: str, most: int) -> str:
    """Shorten a name in its middle: variants of a world often differ at the end.

    Examples
    --------
    >>> short("double_peine", 12), short("double_peine_with_a_cap", 12)
    ('double_peine', 'double…a_cap')
    """
    if len(name) <= most:
        return name
    end = (most - 1) // 2
    return f"{name[: most - 1 - end]}\N{HORIZONTAL ELLIPSIS}{name[-end:]}"


def named(measure: Measure) -> str:
    """Return a measure's name in words, marked where it rests on guesses about customers who leave."""
    return spoken(measure.id) + GUESSED * measure.guessed


def spoken(measure: str) -> str:
    """Write a measure's id as words.

    Examples
    --------
    >>> spoken("toll_eur_per_call")
    'toll per call'
    """
    known = {"effort_ces": "effort (CES)", "customer_eur_per_problem": "customer's cost per problem"}
    known |= {"firm_eur_per_problem": "firm's cost per problem"}
    known |= {"firm_cash_eur_per_problem": "firm's, without customers lost"}
    known |= {"firm_eur_per_solved_problem": "firm's cost per solved problem"}
    family, _, name = measure.partition(".")
    return known.get(measure) or of_a_name(family, name) * bool(name) or measure.replace("_eur", "").replace("_", " ")
