"""What a call or a journey is worth: rules of one record each, and the clocks they need."""
