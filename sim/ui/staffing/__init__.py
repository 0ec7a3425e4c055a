"""The page Staffing: the agents that each world needs for a target, by interval, beside Erlang's formulas."""
