"""A customer's journey told in words: what he dialled, heard, waited, paid, and what became of it."""
