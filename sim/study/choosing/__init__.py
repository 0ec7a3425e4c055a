"""Of many points: which is best, which are efficient, and what moves a measure most."""
