"""What an operator can do, one function or small class a use case."""
