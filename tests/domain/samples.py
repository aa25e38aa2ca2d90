"""The sample case files, as text, as parsed JSON and as cases."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from desktop.domain.case import Case
from desktop.domain.case_file import read_case
from desktop.domain.party import Party

Document = dict[str, Any]

PATHS = {path.name[:2]: path for path in sorted((Path(__file__).resolve().parents[2] / "resources" / "samples").glob("*.json"))}
"""The files by their numbers, `01` to `05`."""

TODAY = date(2026, 3, 1)


def document(number: str) -> Document:
    """The sample as parsed JSON, to be changed at will."""
    return deepcopy(_DOCUMENTS[number])


_DOCUMENTS: dict[str, Document] = {number: json.loads(path.read_bytes()) for number, path in PATHS.items()}


def sample(number: str) -> Case:
    """The sample as a case."""
    return read_case(PATHS[number].read_bytes())


def packed(value: object) -> bytes:
    """Any JSON value as a file."""
    return json.dumps(value, ensure_ascii=False).encode()


def accepted(**fields: Any) -> Case:
    """A dispute of two neighbours that was accepted and no more; `fields` replace its own."""
    parties = (Party(role="申请人", kind="自然人", name="张三"), Party(role="被申请人", kind="自然人", name="李四"))
    plain = Case(type="邻里", registered_on=date(2026, 1, 5), summary="两家因滴水争吵。", parties=parties)
    return msgspec.structs.replace(plain, **fields)
