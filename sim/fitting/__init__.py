"""From a log of calls to a world: what was measured, how surely, and what the log cannot tell."""
