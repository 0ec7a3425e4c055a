"""What can happen to a customer, one file each: what waits as a SimPy process and as compiled steps, the rest once."""
