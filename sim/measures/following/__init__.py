"""Following customers through the rows of a history, one subject a file: spells, calls, agents, journeys."""
