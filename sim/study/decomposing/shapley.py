"""Shapley values, and what a player is worth alone, as sums over subsets: coefficients of the values of all subsets.

A subset of n players is a number of n bits, the player i being bit i of it; a game is the values of the 2**n subsets in
the order of these numbers (Shapley, "A value for n-person games", Contributions to the Theory of Games II, 1953).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MOST = 10
"""Players at most: each more doubles the worlds that are lived."""


def shapley_weights(players: int) -> Floats:
    """Return the coefficients of Shapley values, shape (players, 2**players).

    A player's value is what he adds to the players before him, averaged over all orders in which they may come: with s
    players before him of n, each subset weighs s! (n - s - 1)! / n!.

    Raises
    ------
    ValueError
        If there are none, or more than ten.
    """
    _check(players)
    sizes = np.array([number.bit_count() for number in range(2**players)])
    before = [math.factorial(s) * math.factorial(players - s - 1) / math.factorial(players) for s in range(players)]
    with_him, without_him = np.array([0.0, *before])[sizes], np.array([*before, 0.0])[sizes]
    return np.array([np.where(_holding(players, one), with_him, -without_him) for one in range(players)])


def alone_weights(players: int) -> Floats:
    """Return the coefficients of what each player adds when he is the first to come, shape (players, 2**players)."""
    _check(players)
    made = np.zeros((players, 2**players))
    made[:, 0] = -1.0
    made[np.arange(players), 2 ** np.arange(players)] = 1.0
    return made


def last_weights(players: int) -> Floats:
    """Return the coefficients of what each player adds when he is the last to come, shape (players, 2**players)."""
    _check(players)
    made, everyone = np.zeros((players, 2**players)), 2**players - 1
    made[:, everyone] = 1.0
    made[np.arange(players), everyone - 2 ** np.arange(players)] = -1.0
    return made


def shapley(values: npt.ArrayLike) -> Floats:
    """Return the Shapley value of each player of a game.

    Parameters
    ----------
    values : array_like, shape (2**players, ...)
        Of each subset; further axes are games of their own, replications for example.

    Raises
    ------
    ValueError
        If they are not as many as there are subsets of 1 to 10 players, or a number is not finite.

    Examples
    --------
    Two who each earn 1 alone, and 4 together:

    >>> shapley([0, 1, 1, 4]).tolist()
    [2.0, 2.0]
    """
    game = np.asarray(values, np.float64)
    players = (len(game) if game.ndim else 0).bit_length() - 1
    if game.ndim == 0 or players < 1 or len(game) != 2**players or not np.isfinite(game).all():
        raise ValueError(
            f"values has the shape {game.shape}: a finite value for each subset is needed, 2, 4, 8 or more"
        )
    found: Floats = np.tensordot(shapley_weights(players), game, 1)
    return found


def _holding(players: int, one: int) -> npt.NDArray[np.bool_]:
    held: npt.NDArray[np.bool_] = (np.arange(2**players) >> one & 1).astype(bool)
    return held


def _check(players: int) -> None:
    if not 1 <= players <= MOST:
        raise ValueError(f"{players} players: 1 to {MOST} are possible")
