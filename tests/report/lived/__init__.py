"""A customer's journey told in words."""
