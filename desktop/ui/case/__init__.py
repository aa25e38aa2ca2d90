"""One case: its page, and what belongs to it."""
