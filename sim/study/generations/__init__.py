"""The long run: worlds lived year after year, with the customers whom each year leaves."""
