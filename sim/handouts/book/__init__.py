"""A report as a workbook: real numbers, and formulas where a planner would want them."""
