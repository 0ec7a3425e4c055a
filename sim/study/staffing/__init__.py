"""The least-cost staff that meets targets of service: sought by simulation, beside what formulas give."""
