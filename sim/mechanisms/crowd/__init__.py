"""Before a contact and beside it: what customers do by themselves, other customers for them, and the firm unasked."""
