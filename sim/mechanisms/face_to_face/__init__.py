"""Face to face: desks."""
