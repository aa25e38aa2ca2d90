"""The case file `fengqiao-case/1`: how another system hands a case to the program, and how the program writes one out.

JSON in UTF-8. Amounts are decimal texts in yuan, clauses plain texts; what the program keeps for itself (ids, numbers, owner) is
no part of it. Reading a file and writing it out again gives the same content.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import msgspec

from desktop.domain.case import Case
from desktop.domain.money import format_yuan, parse_yuan
from desktop.domain.refused import Refused

FORMAT = "fengqiao-case/1"
MAX_BYTES = 20_000_000

_INTERNAL = frozenset({"id", "number", "registered_by", "owner", "assigned", "closed_on", "seen"})
_INTERNAL_OF_ENTRY = frozenset({"id", "position"})
_INTERNAL_OF_LETTER = _INTERNAL_OF_ENTRY | {"number", "issuer"}
_LISTS = ("parties", "sessions", "letters", "visits")

Document = dict[str, Any]


class CaseFileRefused(Refused):
    """A case file that is not one: the sentence names the place in the file and the reason."""

    def __init__(self, place: str, reason: str) -> None:
        where = f"{place}处" if place else ""
        super().__init__(f"案件文件{where}{reason}，请改正后重新导入，本次没有登记任何内容。")
        self.place = place


def read_case(data: bytes) -> Case:
    """The case in a case file, its texts in NFC. Raises `CaseFileRefused` and never anything else for bad input."""
    document = _read_json(data)
    if document.pop("format", None) != FORMAT:
        raise CaseFileRefused("format", f"应为“{FORMAT}”")
    _refuse_internal(document)
    _convert_amounts(document, _fen)
    _convert_clauses(document, _clause)
    try:
        return msgspec.convert(document, Case)
    except msgspec.ValidationError as error:
        raise _translated(str(error)) from None


def write_case(case: Case) -> bytes:
    """The case as a case file, indented, UTF-8."""
    document: Document = {"format": FORMAT} | msgspec.json.decode(msgspec.json.encode(case))
    _drop(document, _INTERNAL)
    for name in _LISTS:
        for entry in document.get(name, ()):
            _drop(entry, _INTERNAL_OF_LETTER)
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
        text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))
        document = msgspec.json.decode(text)
        msgspec.json.encode(document)
    except (UnicodeError, msgspec.DecodeError, RecursionError):
        raise CaseFileRefused("", "不是UTF-8编码的JSON文件") from None
    if not isinstance(document, dict):
        raise CaseFileRefused("", "内容应为一个JSON对象")
    return document


def _drop(entry: Document, names: frozenset[str]) -> None:
    for name in names:
        entry.pop(name, None)


def _refuse_internal(document: Document) -> None:
    """The struct of a case has fields that no file may set."""
    _refuse_keys(document, _INTERNAL, "")
    for name in _LISTS:
        for index, entry in enumerate(_entries(document, name)):
            _refuse_keys(entry, _INTERNAL_OF_LETTER if name == "letters" else _INTERNAL_OF_ENTRY, f"{name}[{index}].")
    for index, entry in enumerate(_entries(document.get("agreement"), "obligations")):
        _refuse_keys(entry, _INTERNAL_OF_ENTRY, f"agreement.obligations[{index}].")


def _refuse_keys(entry: object, names: frozenset[str], place: str) -> None:
    for name in sorted(names.intersection(entry)) if isinstance(entry, dict) else ():
        raise CaseFileRefused(f"{place}{name}", "是不认识的栏目")


def _entries(parent: object, name: str) -> list[Any]:
    entries = parent.get(name) if isinstance(parent, dict) else None
    return entries if isinstance(entries, list) else []


def _convert_amounts(document: Document, convert: Callable[[Any, str], object]) -> None:
    places = [(document, "")]
    places += [(o, f"agreement.obligations[{i}].") for i, o in enumerate(_entries(document.get("agreement"), "obligations"))]
    for entry, place in places:
        if isinstance(entry, dict) and "amount" in entry:
            entry["amount"] = convert(entry["amount"], f"{place}amount")


def _fen(value: object, place: str) -> int:
    try:
        return parse_yuan(value) if isinstance(value, str) else parse_yuan("")
    except ValueError:
        raise CaseFileRefused(place, "的金额应写成带两位小数的文字，例如“40500.00”") from None


def _convert_clauses(document: Document, convert: Callable[[Any, str], object]) -> None:
    clauses = _entries(document.get("agreement"), "clauses")
    clauses[:] = [convert(clause, f"agreement.clauses[{index}]") for index, clause in enumerate(clauses)]


def _clause(value: object, place: str) -> Document:
    if not isinstance(value, str):
        raise CaseFileRefused(place, "应为文字")
    return {"text": value}


_REASONS: tuple[tuple[str, str], ...] = (
    (r"Object contains unknown field `(.*)`", "有不认识的栏目“{0}”"),
    (r"Object missing required field `(.*)`", "缺少必填的栏目“{0}”"),
    (r"Invalid enum value (.*)", "的内容{0}不在可选的范围内"),
    (r"Invalid RFC3339.*|.*`date`.*", "的日期不存在或写法不对，应写成“2025-03-14”"),
    (r"Expected `(.*)`, got `(.*)`", "的类型不对，应为{0}"),
    (r"Invalid moment.*", "的时间不存在或写法不对，应写成“2025-03-15T09:00”"),
)
_TYPES = {"str": "文字", "int": "整数", "bool": "true或false", "array": "列表", "object": "对象", "date": "日期"}


def _translated(message: str) -> CaseFileRefused:
    """Msgspec's English message with its path, as our sentence."""
    reason, _, path = message.partition(" - at `$")
    for pattern, sentence in _REASONS:
        match = re.fullmatch(pattern, reason)
        if match:
            words = [_TYPES.get(word.split(" | ")[0], word) for word in match.groups()]
            return CaseFileRefused(path.strip("`.").lstrip("."), sentence.format(*words))
    return CaseFileRefused(path.strip("`.").lstrip("."), "的内容不对")
