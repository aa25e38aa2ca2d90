"""纠纷: all cases, found while one types."""
