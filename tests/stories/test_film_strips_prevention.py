"""Film strips: problems that a world prevents, and of which nothing is lived."""

from __future__ import annotations

import pytest

from sim import purposes
from sim.luck.keys import LEGS
from tests.by_hand import assert_strip, lived, plain

OF_THE_PROBLEM = (-1, LEGS)
"""The contact and leg with which the luck of a problem itself is asked for."""


def luck(*of: float) -> dict[tuple[int, int, int], dict[int, float]]:
    """Set who is prevented, customer by customer."""
    return {(customer, *OF_THE_PROBLEM): {purposes.PREVENTED: u} for customer, u in enumerate(of)}


def test_a_problem_that_is_prevented_ends_as_it_appears_and_the_next_is_lived():
    """Half of all: luck of .3 prevents it at a price of 7 EUR; the other, of .7, finds an agent who is idle."""
    world = plain(prevention={"booklet": {"share": 0.5, "eur_per_prevented": 7}})
    history = lived(world, 4, 4, luck=luck(0.3, 0.7))
    assert_strip(history, "4 appeared prevented=7", customer=0)
    assert_strip(
        history,
        """
        4  appeared dialled picked_up queued answered identifying
        5  explaining
        7  talking
        17 solved left_agent call_ended
        """,
        customer=1,
    )
    assert history.rows["contact"][history.rows["customer"] == 0].tolist() == [-1, -1]


@pytest.mark.parametrize(("u", "paid"), [(0.1, 1), (0.3, 2), (0.9, None)])
def test_of_several_that_would_have_prevented_it_the_first_counts(u, paid):
    """A fifth, and half of what is left: up to .2 it is the first's, up to 1 - .8 x .5 = .6 the second's."""
    first = {"share": 0.4, "read": 0.5, "eur_per_prevented": 1}
    world = plain(prevention={"booklet": first, "cause": {"share": 0.5, "eur_per_prevented": 2}})
    history = lived(world, 0, luck=luck(u))
    if paid is not None:
        assert_strip(history, f"0 appeared prevented={paid}")
    else:
        assert_strip(
            history,
            """
            0  appeared dialled picked_up queued answered identifying
            1  explaining
            3  talking
            13 solved left_agent call_ended
            """,
        )


def test_only_what_it_is_meant_for_is_prevented():
    """All of `any` in its second class, and none of another reason or class."""
    reasons = {
        "other": {"share": 0.5, "difficulty": {"plain": 0.5, "hard": 0.5}},
        "any": {"share": 0.5, "difficulty": {"plain": 0.5, "hard": 0.5}},
    }
    world = plain(
        population={"reasons": reasons},
        teams={"front": {"staff": 9, "solve": {"plain": 1.0, "hard": 1.0}}},
        prevention={"cause": {"share": 1.0, "reasons": ["any"], "classes": ["hard"]}},
    )
    kinds = [{"appeared": 0, "reason": reason, "difficulty": level} for reason in (0, 1) for level in (0, 1)]
    history = lived(world, *kinds)
    assert_strip(history, "0 appeared prevented=0", customer=3)
    for customer in range(3):
        assert_strip(
            history,
            """
            0  appeared dialled picked_up queued answered identifying
            1  explaining
            3  talking
            13 solved left_agent call_ended
            """,
            customer=customer,
        )
