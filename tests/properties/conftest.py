"""The county that all histories begin with."""

import pytest

from tests.exchange.offices import County, found


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Six enrolled offices, two of them with a second computer."""
    return found(tmp_path_factory.mktemp("county"), second=True)
