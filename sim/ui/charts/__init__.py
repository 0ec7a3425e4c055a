"""Charts of the pages, drawn in the browser from the tables that the figures are drawn from."""
