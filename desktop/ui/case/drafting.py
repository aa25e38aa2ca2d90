"""Keeps what is typed as a draft within two seconds, off the window's thread, and offers what was kept."""

from collections.abc import Callable

from desktop.domain.case import Case
from desktop.services import drafts
from desktop.services.drafts import Typed
from desktop.ui.case.fields import TABS
from desktop.ui.case.tabs import CaseTabs
from desktop.ui.context import Context
from desktop.ui.entry.keeping import Keeping

State = Callable[[], tuple[Case, Typed]]
"""The case as it is stored, and what stands in the form."""


class Drafting(Keeping):
    """The draft of the case that is shown."""

    def __init__(self, context: Context, state: State) -> None:
        super().__init__(context, lambda: _body(*state()))


def _body(before: Case, typed: Typed) -> bytes:
    """The draft as it should be; nothing where the form holds what is stored."""
    return drafts.body(before, typed) if typed.texts or typed.case != before else b""


def texts_of(tabs: CaseTabs) -> dict[str, str]:
    """The texts that cannot be used yet, by the paths of their fields."""
    found = ((fault.path, text_at(tabs, fault.path)) for fault in tabs.faults(strict=False))
    return {path: text for path, text in found if text}


def text_at(tabs: CaseTabs, path: str) -> str | None:
    """The text in the line of the path."""
    number = tab_of(path)
    return tabs.form(number).text_at(path) if number is not None else None


def put_texts(tabs: CaseTabs, texts: drafts.Texts) -> None:
    """Put texts that cannot be used yet back into their lines."""
    for path, text in texts.items():
        if (number := tab_of(path)) is not None:
            tabs.form(number).put_text(path, text)


def tab_of(path: str) -> int | None:
    """The number of the tab that has the field of the path."""
    head = path.partition(".")[0].partition("[")[0]
    return next((number for number, (_, fields) in enumerate(TABS) if any(field.name == head for field in fields)), None)
