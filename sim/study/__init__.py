"""Studies: replications, estimates with their intervals, and worlds compared."""
