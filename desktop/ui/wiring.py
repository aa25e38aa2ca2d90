"""What the pages ask of the window, connected: by the signals that a page has, and by its name where it has others."""

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from desktop.domain.meeting_letters import is_sheaf

if TYPE_CHECKING:
    from desktop.ui.letters.page import LettersPage
    from desktop.ui.meetings.page import MeetingsPage
    from desktop.ui.window import Window


def wire(window: "Window", name: str, page: Any) -> None:
    """Connect the page of the name.

    `wanted_case` carries a case, or a sheaf of letters, and the path of a field, `wanted_meeting` a meeting, `wanted` the name of a page.
    """
    for signal, slot in (
        ("wanted_case", partial(_show_case, window)),
        ("wanted_meeting", partial(_show_meeting, window)),
        ("wanted_draft", window.open_draft),
        ("wanted_new", window.begin_case),
        ("wanted", window.go),
        ("wanted_practice", window.practise),
    ):
        if hasattr(page, signal):
            getattr(page, signal).connect(slot)
    if name in ("disputes", "exchange", "verify"):
        page.opened.connect(window.open_case)
    if name == "disputes":
        page.exchange.wanted.connect(lambda: window.go("exchange"))
    elif name == "exchange":
        page.watch.say(window.told_quietly)
        page.watch_changed.connect(window.watch_folder)
    elif name == "settings":
        page.idle_changed.connect(window.set_idle_minutes)


def _show_case(window: "Window", case: str, path: str) -> None:
    """Show the case, the cursor in the field of the path; a letter of no case stands in 三单一函."""
    if not is_sheaf(case):
        window.show_in_case(case, path)
    elif window.may_leave():
        window.go("letters")
        cast("LettersPage", window.page("letters")).show_letter(case, path)


def _show_meeting(window: "Window", meeting: str) -> None:
    """Show the meeting at its letters, unless another one holds what was not saved."""
    page = cast("MeetingsPage", window.page("meetings"))
    if window.may_leave() and page.may_leave():
        window.go("meetings")
        page.open(meeting)
        page.show_letters()
