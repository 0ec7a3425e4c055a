"""What the mechanisms have in common: a world as numbers, a life, the office, the verbs."""
