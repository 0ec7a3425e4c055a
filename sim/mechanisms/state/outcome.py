"""How an attempt, or a leg, ends. The first five are failures and index the delays before the next call."""

from typing import Final

BLOCKED: Final = 0
ABANDONED: Final = 1
CUT: Final = 2
DISMISSED: Final = 3
UNSOLVED: Final = 4
FAILURES: Final = 5
"""How many of these are failures."""
BELIEVED: Final = 5
TICKET: Final = 6
SOLVED: Final = 7
PASSED_ON: Final = 8
MOVED: Final = 9
ASKS: Final = 10
TAKEN_OVER: Final = 11

FOR_NOTHING, FOR_ADVICE, FOR_APPROVAL, TO_TAKE_OVER = -1, 0, 1, 2
"""What a colleague is asked."""

NO_TEAM: Final = -1
"""In place of a team: the call goes no further."""
NO_WAY: Final = -1
"""In place of a path: nothing leads on."""
NOBODY: Final = -1
"""In place of an agent: the hold ended without one."""
