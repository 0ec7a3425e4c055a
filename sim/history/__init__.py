"""What happened: the one table of events, and the rows that a run leaves."""
