"""A slip in what both tellings share, which no comparison of the two would find, spoils a number worked by hand."""

from __future__ import annotations

import pytest

from tests.keys.slips import SLIPS
from tests.keys.test_every_key import TURNS
from tests.keys.turns import wrong_answers
from tests.slip import Slip, make
from tests.told_once import told_once


def said(slip: Slip) -> str:
    """Name a slip."""
    return f"{slip.function}: {slip.right} -> {slip.wrong}"


@pytest.mark.parametrize("slip", SLIPS, ids=said)
def test_a_slip_is_shown_by_its_key(slip, monkeypatch):
    turns = [turn for turn in TURNS if turn.key == slip.shown_by]
    assert turns, f"no key {slip.shown_by}"
    make(slip, monkeypatch)
    assert any(_is_shown(turn) for turn in turns)


def test_whatever_is_told_once_has_a_slip_of_its_own():
    """And so has each mechanism to come: no comparison of the two tellings would find a fault in it."""
    assert {(module, node.name) for module, node in told_once()} - {
        (slip.module, slip.function) for slip in SLIPS
    } == set()


def _is_shown(turn):
    """Say whether a turn goes wrong, if only because the world can no longer be lived."""
    try:
        return bool(wrong_answers(turn, "simpy"))
    except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError):
        return True
