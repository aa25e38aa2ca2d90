"""What every test shares: Qt without a screen, unless somebody wants to look."""

import os

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --onscreen: show the windows that the tests open."""
    parser.addoption("--onscreen", action="store_true", help="show the windows instead of drawing them into memory")


def pytest_configure(config: pytest.Config) -> None:
    """Draw windows into memory before anything loads Qt."""
    if config.getoption("--onscreen"):
        os.environ.pop("QT_QPA_PLATFORM", None)
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
