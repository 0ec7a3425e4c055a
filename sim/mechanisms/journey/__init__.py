"""The journey: attempt after attempt, until the problem is solved or given up."""
