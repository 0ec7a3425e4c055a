"""The page Sweep: one world at the points of a design, lived beside the page, stopped and gone on with."""
