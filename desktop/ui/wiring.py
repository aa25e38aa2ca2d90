"""What the pages ask of the window, connected: by the signals that a page has, and by its name where it has others."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.ui.window import Window


def wire(window: "Window", name: str, page: Any) -> None:
    """Connect the page of the name. `wanted_case` carries a case and the path of a field, `wanted` the name of another page."""
    for signal, slot in (
        ("wanted_case", window.show_in_case),
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
