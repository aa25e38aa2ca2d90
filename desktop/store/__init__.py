"""The encrypted database of one device."""
