"""Numbers: statistics with their formulas, and Excel."""
