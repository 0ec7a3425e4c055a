"""The page Compare: two worlds, what is turned, what separates them, one customer's life in both."""
