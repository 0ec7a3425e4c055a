"""What `experiments/speed.py` measures: each file holds one idea, each section of its output is a function here."""
