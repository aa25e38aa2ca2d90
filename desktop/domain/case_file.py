"""The case file `fengqiao-case/1`: how another system hands a case to the program, and how the program writes one out.

JSON in UTF-8. Amounts are decimal texts in yuan, clauses plain texts; what the program keeps for itself (ids, numbers, owner) is
no part of it. Reading a file and writing it out again gives the same content.
"""

from collections.abc import Callable, Collection
from typing import Any

import msgspec

from desktop.domain.case import Case
from desktop.domain.codes import LetterKind, choices
from desktop.domain.letter import LATER_FIELDS
from desktop.domain.mistakes import legible, told
from desktop.domain.money import format_yuan, parse_yuan
from desktop.domain.refused import Refused
from desktop.domain.text import normalized

FORMAT = "fengqiao-case/1"
MAX_BYTES = 20_000_000

_INTERNAL = frozenset(
    {
        "id",
        "number",
        "registered_by",
        "owner",
        "assigned",
        "closed_on",
        "seen",
        "extension",
        "confirmation",
        "filing",
        "attachments",
        "seals",
        "handover",
        "same_as",
        "help_note",
        "informed_on",
        "hazard",
        "intake",
        "commission",
        "assessments",
        "routings",
        "plan",
        "supports",
        "fulfilments",
        "conclusion",
        "reopenings",
        "moves",
    }
)
_INTERNAL_OF_ENTRY = frozenset({"id", "position"})
_INTERNAL_OF_OUTCOME = frozenset({"responsible", "review_on"})
_INTERNAL_OF = {
    "parties": _INTERNAL_OF_ENTRY | {"delivery", "refused_on"},
    "sessions": _INTERNAL_OF_ENTRY | {"elements", "respondent"},
    "letters": _INTERNAL_OF_ENTRY | {"number", "issuer", *LATER_FIELDS},
    "visits": _INTERNAL_OF_ENTRY | {"by", "place", "risk", "measures", "next_on"},
}
"""What the program keeps for itself: no file may set it, and none is written with it."""

Document = dict[str, Any]


class CaseFileRefused(Refused):
    """A case file that is not one: the sentence names the place in the file and the reason."""

    def __init__(self, place: str, reason: str) -> None:
        where = f"的“{legible(place)}”" if place else ""
        super().__init__(f"案件文件{where}{reason}，请改正后重新导入，本次没有登记任何内容。")
        self.place = place


def read_case(data: bytes, letter_kinds: Collection[str] = choices(LetterKind)) -> Case:
    """The case in a case file, its texts in NFC; its letters must be of the kinds that the office uses.

    Raises `CaseFileRefused` and never anything else for bad input.
    """
    document = _read_json(data)
    if document.pop("format", None) != FORMAT:
        raise CaseFileRefused("format", f"应为“{FORMAT}”，这不是本程序的案件文件")
    _refuse_internal(document)
    _convert_amounts(document, _fen)
    _convert_clauses(document, _clause)
    try:
        case = msgspec.convert(document, Case)
    except msgspec.ValidationError as error:
        raise CaseFileRefused(*told(str(error))) from None
    for index, letter in enumerate(case.letters):
        if letter.kind not in letter_kinds:
            raise CaseFileRefused(f"letters[{index}].kind", f"“{letter.kind}”不在本单位使用的种类（{'、'.join(letter_kinds)}）中")
    return case


def write_case(case: Case) -> bytes:
    """The case as a case file, indented, UTF-8."""
    document: Document = {"format": FORMAT} | msgspec.json.decode(msgspec.json.encode(case))
    _drop(document, _INTERNAL)
    for name, internal in _INTERNAL_OF.items():
        for entry in document.get(name, ()):
            _drop(entry, internal)
    _drop(document.get("outcome", {}), _INTERNAL_OF_OUTCOME)
    agreement = document.get("agreement", {})
    for entry in agreement.get("obligations", ()):
        _drop(entry, _INTERNAL_OF_ENTRY)
    _convert_amounts(document, lambda value, _: format_yuan(value))
    _convert_clauses(document, lambda value, _: value["text"])
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _read_json(data: bytes) -> Document:
    if len(data) > MAX_BYTES:
        raise CaseFileRefused("", "太大，超过20MB")
    try:
        document = _in_nfc(msgspec.json.decode(data.decode("utf-8-sig")))
        msgspec.json.encode(document)
    except (UnicodeError, msgspec.DecodeError, RecursionError):
        raise CaseFileRefused("", "不是UTF-8编码的JSON文件") from None
    if not isinstance(document, dict):
        raise CaseFileRefused("", "内容应为一个JSON对象")
    return document


def _in_nfc(value: Any) -> Any:
    """The parsed value with its texts in NFC, those that the file spells with escapes too."""
    if isinstance(value, str):
        return normalized(value)
    if isinstance(value, list):
        return [_in_nfc(part) for part in value]
    return {normalized(name): _in_nfc(part) for name, part in value.items()} if isinstance(value, dict) else value


def _drop(entry: Document, names: frozenset[str]) -> None:
    for name in names:
        entry.pop(name, None)


def _refuse_internal(document: Document) -> None:
    """The struct of a case has fields that no file may set."""
    _refuse_keys(document, _INTERNAL, "")
    for name, internal in _INTERNAL_OF.items():
        for index, entry in enumerate(_entries(document, name)):
            _refuse_keys(entry, internal, f"{name}[{index}].")
    _refuse_keys(document.get("outcome"), _INTERNAL_OF_OUTCOME, "outcome.")
    for index, entry in enumerate(_entries(document.get("agreement"), "obligations")):
        _refuse_keys(entry, _INTERNAL_OF_ENTRY, f"agreement.obligations[{index}].")


def _refuse_keys(entry: object, names: frozenset[str], place: str) -> None:
    for name in sorted(names.intersection(entry)) if isinstance(entry, dict) else ():
        raise CaseFileRefused(f"{place}{name}", "是不认识的栏目")


def _entries(parent: object, name: str) -> list[Any]:
    entries = parent.get(name) if isinstance(parent, dict) else None
    return entries if isinstance(entries, list) else []


def _convert_amounts(document: Document, convert: Callable[[Any, str], object]) -> None:
    places: list[tuple[object, str]] = [(document, "")]
    places += [(o, f"agreement.obligations[{i}].") for i, o in enumerate(_entries(document.get("agreement"), "obligations"))]
    for entry, place in places:
        if isinstance(entry, dict) and entry.get("amount") is not None:
            entry["amount"] = convert(entry["amount"], f"{place}amount")


def _fen(value: object, place: str) -> int:
    try:
        return parse_yuan(value) if isinstance(value, str) else parse_yuan("")
    except ValueError:
        raise CaseFileRefused(place, "应为带两位小数的金额文字，写法如“40500.00”") from None


def _convert_clauses(document: Document, convert: Callable[[Any, str], object]) -> None:
    clauses = _entries(document.get("agreement"), "clauses")
    clauses[:] = [convert(clause, f"agreement.clauses[{index}]") for index, clause in enumerate(clauses)]


def _clause(value: object, place: str) -> Document:
    if not isinstance(value, str):
        raise CaseFileRefused(place, "的类型不对，应为文字")
    return {"text": value}
