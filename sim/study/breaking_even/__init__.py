"""The value of a parameter at which two worlds come to the same."""
