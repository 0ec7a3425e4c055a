"""The page Levers: what separates two worlds, lever by lever; what moves a measure; where two come to the same."""
