"""The page "Edit a world": every key of a world as a form made from its model, tables, and what became of them."""
