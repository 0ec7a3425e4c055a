"""The long run: worlds lived year after year, with the customers whom each year leaves."""

VERSION = 1
"""Of what is reckoned: years kept by another one are no part of the same study."""
