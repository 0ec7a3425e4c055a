"""What makes and runs machine code, and knows no call-centre word."""
