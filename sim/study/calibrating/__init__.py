"""A world fitted to what a monthly report has: figures that are results of a world, never its keys."""
