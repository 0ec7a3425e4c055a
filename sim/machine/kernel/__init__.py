"""What runs a simulation and knows no call-centre word: clocks, calendars, strands, tables of numbers."""
