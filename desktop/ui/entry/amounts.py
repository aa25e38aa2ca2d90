"""Amounts of money as they are read."""

from desktop.domain.money import Fen


def readable(fen: Fen) -> str:
    """`40,500.00`."""
    return f"{fen // 100:,}.{fen % 100:02d}"
