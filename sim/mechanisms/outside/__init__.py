"""Outside the firm: technicians who come to the customer."""
