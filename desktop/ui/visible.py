"""Text that others wrote, shown so that nothing in it hides or is taken for markup."""

from desktop.domain.text import is_unprintable, unprintable


def visible(text: str) -> str:
    """The text with its control, bidi and ignorable characters spelled out (`⟦U+202E⟧`); line breaks stay."""
    if not unprintable(text):
        return text
    return "".join(f"⟦U+{ord(c):04X}⟧" if is_unprintable(c) else c for c in text)


def escaped(text: str) -> str:
    """The same for a place where Qt reads markup."""
    from html import escape  # its tables are large

    return escape(visible(text))
