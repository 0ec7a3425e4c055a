"""The page Stories: what somebody lived, among what its world lets its customers live."""
