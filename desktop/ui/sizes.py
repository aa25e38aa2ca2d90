"""Sizes of files as people read them."""


def size_of(size: int) -> str:
    """Bytes as `12 KB` or `3.4 MB`; never less than 1 KB."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(size // 1024, 1)} KB"
