"""Where a story that somebody lived lies among what a world lets its customers live: percentiles, and its course."""
