"""Measures by interval, team, queue, reason and segment: the rows of a run followed once more, into sums by cell."""
