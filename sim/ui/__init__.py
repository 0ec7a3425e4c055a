"""The planner's app: pages over the library, long work done beside them, everything set kept in the address."""
