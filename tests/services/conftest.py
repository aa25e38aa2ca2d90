"""One office alone, and a county with all its offices."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from desktop.services.desk import Desk
from tests.services.offices import TREE, copied, found_tree, new_office, reopened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A village that has not enrolled."""
    with new_office(tmp_path / "村") as desk:
        yield desk


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tree")
    found_tree(place)
    return place


@pytest.fixture
def offices(tree: Path, tmp_path: Path) -> Iterator[dict[str, Desk]]:
    """The open offices of the tree by code, enrolled, without cases."""
    folders = copied(tree, tmp_path)
    with ExitStack() as stack:
        yield {code: stack.enter_context(reopened(folders[code])) for code in TREE}
