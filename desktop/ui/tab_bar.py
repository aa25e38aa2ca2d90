"""Rows of tabs that are longer than their place."""

from PySide6.QtWidgets import QTabBar, QToolButton


def name_scrollers(bar: QTabBar) -> None:
    """Give the two arrows at the end of the row names in Chinese: Qt's own are English for want of a translation."""
    for made, name in zip(bar.findChildren(QToolButton), ("前面的页", "后面的页"), strict=False):
        made.setAccessibleName(name)
        made.setToolTip(name)
