"""How many replications: as many as it takes until chosen measures are known as precisely as is wished."""
