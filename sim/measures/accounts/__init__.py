"""From rows to sums: what is known so far of every customer, call and journey."""
