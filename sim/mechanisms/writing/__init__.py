"""In writing: messages and their answers, cases and the work on them, and what the customer does meanwhile."""
