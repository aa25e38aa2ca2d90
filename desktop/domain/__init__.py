"""What a dispute is and which rules hold: pure values and functions."""
