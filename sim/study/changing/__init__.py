"""Worlds that are made of others by changing single values."""
