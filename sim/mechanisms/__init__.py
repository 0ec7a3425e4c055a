"""What can happen to a customer, one file each: its rules (pure, scalars in, a scalar out) and its SimPy telling."""
