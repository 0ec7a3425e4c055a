"""How an attempt ends."""

from enum import IntEnum

NO_TEAM = -1
NOBODY = -1
"""In place of an agent: the hold ended without one."""


class Outcome(IntEnum):
    """How an attempt, or a leg, ends. The first five are failures and index the delays before the next call."""

    BLOCKED = 0
    ABANDONED = 1
    CUT = 2
    DISMISSED = 3
    UNSOLVED = 4
    BELIEVED = 5
    TICKET = 6
    SOLVED = 7
    PASSED_ON = 8
