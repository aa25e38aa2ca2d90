"""Typing: forms, and controls for one value each."""
