"""What comes first at the same instant. The rest of an order says whose event it is, never who planned first."""

from typing import Final

KIND: Final = 48
"""Bits below the kind."""
RELEASE: Final = 1 << KIND
"""An agent is free again; then the team's and the agent's numbers."""
STAFF: Final = 2 << KIND
"""Agents come to work or go home; then the team's number."""
WAKE: Final = 3 << KIND
"""A caller is served; then whose strand it is (`Life.who`)."""
PLANNED: Final = 4 << KIND
"""Whatever a strand had planned; then whose it is."""
TEAM: Final = 20
"""Bits of an agent's number."""
CUSTOMER: Final = 32
"""Bits of a customer's number; above them which of his strands it is, 0 for his own life."""
