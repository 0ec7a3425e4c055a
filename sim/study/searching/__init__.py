"""Staff: scaled, counted, and sought until the service is equal."""
