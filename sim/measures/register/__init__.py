"""The measures by name, one file a family."""
