"""The numbers of the mechanisms that a strand can be in, in the compiled telling. They never shift."""

from typing import Final

JOURNEY: Final = 1
CALL: Final = 2
TALKS: Final = 3
HOLD: Final = 4
RING_BACK: Final = 5
TICKET: Final = 6
DISCOVERY: Final = 7
