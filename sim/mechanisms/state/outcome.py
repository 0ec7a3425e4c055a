"""How an attempt, or a leg, ends. The first six are failures and index the delays before the next contact."""

from typing import Final

BLOCKED: Final = 0
ABANDONED: Final = 1
CUT: Final = 2
DISMISSED: Final = 3
UNSOLVED: Final = 4
UNANSWERED: Final = 5
FAILURES: Final = 6
"""How many of these are failures."""
BELIEVED: Final = 6
TICKET: Final = 7
SOLVED: Final = 8
PASSED_ON: Final = 9
MOVED: Final = 10
ASKS: Final = 11
TAKEN_OVER: Final = 12
ASKED_BACK: Final = 13
TOLD: Final = 14
CHASES: Final = 15
GIVES_UP: Final = 16
STATUS: Final = 17
NOTICED: Final = 20
HELPED: Final = 21
NOTHING: Final = 0
"""In place of news: none has come. No news says that a line was busy."""

FOR_NOTHING, FOR_ADVICE, FOR_APPROVAL, TO_TAKE_OVER = -1, 0, 1, 2
"""What a colleague is asked."""

NO_TEAM: Final = -1
"""In place of a team: the call goes no further."""
NO_WAY: Final = -1
"""In place of a path: nothing leads on."""
NOBODY: Final = -1
"""In place of an agent: the hold ended without one."""
