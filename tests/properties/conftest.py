"""The county that all histories begin with."""

import pytest

from tests.exchange.offices import County, found


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Six enrolled offices."""
    return found(tmp_path_factory.mktemp("county"))
