"""六类风险隐患: a classification of disputes beside their type, in the words of the area (domain.md 2.1).

The six names differ from place to place, so they are data. They name kinds of disputes, never persons.
"""

from typing import Annotated

import msgspec

from desktop.domain.refused import Refused
from desktop.domain.visit_plan import CLOSELY

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class HazardsRefused(Refused):
    """The file of names has a mistake."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"六类风险隐患的文件hazards.toml有误（{reason}），请改正该文件，或把它移走以使用随程序附带的文件。")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    names: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=30)]


def read_hazards(text: str) -> tuple[str, ...]:
    """The names in a TOML text. Raises `HazardsRefused`."""
    import tomllib

    try:
        return msgspec.convert(tomllib.loads(text), _File).names
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise HazardsRefused(str(error)) from error


def is_of_three(kind: str) -> bool:
    """三类事: whether the type of the dispute is one of 婚恋、家庭、邻里, which are followed up closely (domain.md 2.6)."""
    return kind in CLOSELY
