"""The telephone: the call, the hold, the ring-back, the cut."""
