"""The window: pages, dialogs, models and workers on PySide6."""

import builtins


def _load_qt() -> None:
    """Load Qt, and put Python's own import back.

    PySide6 replaces it for the sake of `from __feature__`, which nothing here uses, and from then on reads the source text of every module
    that is imported: an eighth of the start.
    """
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = own


_load_qt()
