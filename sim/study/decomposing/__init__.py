"""What separates two worlds, parted: by levers, by Shapley's rule, and by the weights of effort."""
