"""Journeys as they were observed, over replications: what followed what."""
