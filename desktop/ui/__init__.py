"""The window: pages, dialogs, models and workers on PySide6."""
