"""Worlds side by side, on the same customers with the same luck."""
