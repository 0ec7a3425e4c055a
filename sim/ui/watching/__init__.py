"""The page Watch: the queue over a day, both worlds side by side on the same customers; open any of them."""
