"""The page Method: the model, its assumptions and defaults with their sources, how it is validated, how to cite it."""
