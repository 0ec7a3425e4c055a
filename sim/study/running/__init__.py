"""Replications: how many, by whom, with what progress, and what they come to."""
