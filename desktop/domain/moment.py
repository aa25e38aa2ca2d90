"""Moments to the minute, as ISO text `2025-03-15T09:00`: what a record says of its time, without a time zone."""

from datetime import datetime

Moment = str
"""An ISO date and time to the minute, local time of the office."""


def parse_moment(text: Moment) -> datetime:
    """The date and time of the text. Raises ValueError for another shape or a moment that does not exist."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"Invalid moment {text}") from None
    if moment.isoformat(timespec="minutes") != text:
        raise ValueError(f"Invalid moment {text}")
    return moment


def check_moments(*texts: Moment | None) -> None:
    """Raise ValueError unless each text that is there is a moment."""
    for text in texts:
        if text is not None:
            parse_moment(text)
