"""What comes first at the same instant. The rest of an order says whose event it is, never who planned first."""

from typing import Final

KIND: Final = 40
"""Bits below the kind."""
RELEASE: Final = 1 << KIND
"""An agent is free again; then the team's and the agent's numbers."""
STAFF: Final = 2 << KIND
"""Agents come to work or go home; then the team's number."""
WAKE: Final = 3 << KIND
"""A caller is served; then the customer's number."""
PLANNED: Final = 4 << KIND
"""Whatever a customer had planned; then the customer's number."""
TEAM: Final = 20
"""Bits of an agent's number."""
