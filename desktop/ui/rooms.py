"""The pages of the left bar in their order, each made when it is first wanted: nothing of a page costs the start that is not shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from desktop.ui.context import Context
    from desktop.ui.page import Page
    from desktop.ui.theme import Theme


class Making(msgspec.Struct, frozen=True):
    """What a page may need to be made."""

    context: "Context"
    theme: "Theme"
    settings: "QSettings | None"


class Room(msgspec.Struct, frozen=True):
    """A page of the left bar: its name in the program, its title, its icon, and how it is made. `real`: not in practice."""

    name: str
    title: str
    drawing: str
    make: Callable[[Making], "Page"]
    real: bool = False


def _today(making: Making) -> "Page":
    from desktop.ui.today.page import TodayPage

    return TodayPage(making.context)


def _disputes(making: Making) -> "Page":
    from desktop.ui.listing.page import ListPage

    return ListPage(making.context)


def _letters(making: Making) -> "Page":
    from desktop.ui.letters.page import LettersPage

    return LettersPage(making.context)


def _meetings(making: Making) -> "Page":
    from desktop.ui.meetings.page import MeetingsPage

    return MeetingsPage(making.context)


def _exchange(making: Making) -> "Page":
    from desktop.ui.exchange.page import ExchangePage

    return ExchangePage(making.context)


def _verify(making: Making) -> "Page":
    from desktop.ui.paper.verify_page import VerifyPage

    return VerifyPage(making.context)


def _settings(making: Making) -> "Page":
    from desktop.ui.settings.page import SettingsPage

    return SettingsPage(making.context, making.theme, making.settings)


ROOMS = (
    Room("today", "今日", "today", _today),
    Room("disputes", "纠纷", "disputes", _disputes),
    Room("letters", "三单一函", "letters", _letters),
    Room("meetings", "会商", "meetings", _meetings),
    Room("exchange", "交换", "exchange", _exchange, real=True),
    Room("verify", "核验", "verify", _verify),
    Room("settings", "设置", "settings", _settings),
)
FIRST = "today"
"""The page that is shown when the office opens."""
