"""Teams: who is at work, who is free, who waits for them."""
