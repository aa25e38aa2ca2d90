"""Moments to the minute, as ISO text `2025-03-15T09:00`: what a record says of its time, without a time zone."""

from datetime import datetime

Moment = str
"""An ISO date and time to the minute, local time of the office."""


def parse_moment(text: Moment) -> datetime:
    """The date and time of the text. Raises ValueError for another shape, a time zone, or a moment that does not exist."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo or moment.isoformat(timespec="minutes") != text:
        raise ValueError(text)
    return moment


def check_moments(**moments: Moment | None) -> None:
    """Raise ValueError that names the field unless each text that is there is a moment."""
    for name, text in moments.items():
        try:
            if text is not None:
                parse_moment(text)
        except ValueError:
            raise ValueError(f"Invalid moment `{name}`") from None
