"""The record of a sealed paper: every value that it was made from, in one canonical text (protocol, section 1; docs/decisions/009).

JSON in UTF-8 with sorted names and no blanks. The case stands in it as the case file that any program can read; `beyond` holds what a case
file leaves out (numbers, ids, what belongs to the dossier), so that the very case can be made from the record again.
"""

from typing import Any

import msgspec

from desktop.domain.attachment import Digest
from desktop.domain.case import Case
from desktop.domain.case_file import read_case, write_case
from desktop.domain.office import Office

FORMAT = "fengqiao-seal/1"

Plain = dict[str, Any]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a sealed paper was made from.

    `kind`, `subject`, `number`, `version` and `replaces` are those of its seal; `plain` is the SHA-256 of the same paper without its
    QR code, so that the code, which stands for this record, stands for the words of the paper too; `office` is whose paper it is.
    """

    format: str = FORMAT
    kind: str
    subject: str
    number: str
    version: int
    replaces: Digest | None
    plain: Digest
    office: Office
    case: Plain
    beyond: Plain


def case_parts(case: Case) -> tuple[Plain, Plain]:
    """The case as a case file, and what the file leaves out; without seals, and without which changes were seen."""
    case = msgspec.structs.replace(case, seals=(), seen=())
    document: Plain = msgspec.json.decode(write_case(case))
    return document, _beyond(_plain(case), _plain(_read(document))) or {}


def case_of(record: Record) -> Case:
    """The case that the paper was made from, without its seals."""
    return msgspec.convert(_joined(_plain(_read(record.case)), record.beyond), Case)


def write_record(record: Record) -> bytes:
    """The canonical bytes."""
    return msgspec.json.encode(record, order="sorted")


def read_record(data: bytes) -> Record:
    """The inverse of `write_record`. Raises msgspec.DecodeError for anything else: the store holds contents by their hash."""
    return msgspec.json.decode(data, type=Record)


def _read(document: Plain) -> Case:
    """The case in a case file, whatever kinds of letters its office used."""
    return read_case(msgspec.json.encode(document), {letter["kind"] for letter in document.get("letters", ())})


def _plain(case: Case) -> Plain:
    """The case as JSON has it: lists where the case has tuples."""
    decoded: Plain = msgspec.json.decode(msgspec.json.encode(case))
    return decoded


def _beyond(whole: Any, read: Any) -> Any:
    """What of the whole is not in what was read; None where nothing is. Entries of lists keep their places."""
    if whole == read:
        return None
    if isinstance(whole, dict) and isinstance(read, dict):
        left = {name: _beyond(value, read[name]) if name in read else value for name, value in whole.items()}
        return {name: value for name, value in left.items() if value is not None} or None
    if isinstance(whole, list) and isinstance(read, list) and len(whole) == len(read):
        return [_beyond(one, other) for one, other in zip(whole, read, strict=True)]
    return whole


def _joined(read: Any, beyond: Any) -> Any:
    """The whole that `_beyond` was taken from."""
    if beyond is None:
        return read
    if isinstance(read, dict) and isinstance(beyond, dict):
        return read | {name: _joined(read.get(name), value) for name, value in beyond.items()}
    if isinstance(read, list) and isinstance(beyond, list) and len(read) == len(beyond):
        return [_joined(one, more) for one, more in zip(read, beyond, strict=True)]
    return beyond
