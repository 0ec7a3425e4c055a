"""Luck: a number for every purpose, person and occasion, and the laws that turn it into minutes and euros."""
