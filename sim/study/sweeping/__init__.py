"""Many worlds made of one, point by point of a design, on the same customers with the same luck."""
