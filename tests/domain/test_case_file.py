import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case import Case
from desktop.domain.case_file import MAX_BYTES, CaseFileRefused, read_case, write_case
from tests.domain.samples import PATHS, Document, accepted, document, packed, sample

Path = tuple[str | int, ...]

REQUIRED = re.compile(
    r"format|type|registered_on|summary|parties|.*\.name|parties\[\d+\]\.(role|kind)|(sessions|letters)\[\d+\]\.kind|outcome\.kind"
)
"""The places without which there is no case, no party, no session, no letter, no piece of evidence."""


def _walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value inside, with its path, from the outside in."""
    yield path, value
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in steps:
        yield from _walk(part, (*path, step))


PLACES = [(number, path, value) for number in PATHS for path, value in _walk(document(number)) if path]
KINDS_OF_PLACES = {
    tuple(step for step in path if isinstance(step, str)): (number, path, value) for number, path, value in reversed(PLACES)
}.values()
"""One place of each kind in the samples: `parties` → `agent` → `name`."""


def _put(document: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return document


def _spelled(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _refusal(data: bytes) -> CaseFileRefused:
    with pytest.raises(CaseFileRefused) as caught:
        read_case(data)
    assert_sentence(str(caught.value))
    return caught.value


def assert_sentence(text: str) -> None:
    """One Chinese sentence, on one line, that ends as a sentence does and says what to do."""
    assert re.fullmatch(r"案件文件[^。\n]*，请改正后重新导入，本次没有登记任何内容。", text), text
    assert len(text) < 260


@pytest.mark.parametrize("number", PATHS)
def test_a_sample_written_out_is_what_was_read(number: str) -> None:
    case = sample(number)
    assert json.loads(write_case(case)) == document(number)
    assert read_case(write_case(case)) == case
    assert write_case(read_case(write_case(case))) == write_case(case)


def test_a_sample_reads_as_values() -> None:
    case = sample("01")
    assert case.registered_on == date.fromisoformat(document("01")["registered_on"])
    assert case.amount == round(float(document("01")["amount"]) * 100)
    assert case.agreement
    assert [clause.text for clause in case.agreement.clauses] == document("01")["agreement"]["clauses"]


def test_what_the_program_keeps_for_itself_is_not_written() -> None:
    case = msgspec.structs.replace(
        sample("05"), id="0" * 32, number="〔2024〕关上人调字第1号", owner="x", closed_on=date(2024, 6, 1), seen=("a",)
    )
    letters = tuple(msgspec.structs.replace(x, id=str(i), position=i, number="号", issuer="某") for i, x in enumerate(case.letters))
    assert json.loads(write_case(msgspec.structs.replace(case, letters=letters))) == document("05")


@pytest.mark.parametrize(("number", "path", "value"), KINDS_OF_PLACES, ids=lambda x: _spelled(x) if isinstance(x, tuple) else "")
def test_a_wrong_type_is_refused_with_its_place(number: str, path: Path, value: object) -> None:
    wrong: object
    for wrong in (5, 2.5, True, "", "三", [], {}, ["三"], [5], {"三": 1}, [[]]):
        if type(wrong) is type(value) or (path[-1] == "amount" and wrong is None):
            continue
        assert _refusal(packed(_put(document(number), path, wrong))).place.startswith(_spelled(path))


@pytest.mark.parametrize(("number", "path", "value"), [p for p in KINDS_OF_PLACES if isinstance(p[2], dict)])
def test_an_unknown_field_is_refused_with_its_place(number: str, path: Path, value: Document) -> None:
    for name in ("颜色", "id", "position", "seen", "number_", "format"):
        refusal = _refusal(packed(_put(document(number), path, value | {name: "x"})))
        assert refusal.place == _spelled((*path, name))
        assert "不认识" in str(refusal)


@pytest.mark.parametrize(
    "name", ["id", "number", "registered_by", "owner", "assigned", "closed_on", "seen", "extension", "filing", "color"]
)
def test_no_file_sets_what_the_program_keeps_for_itself(name: str) -> None:
    refusal = _refusal(packed(document("03") | {name: "x"}))
    assert refusal.place == name
    assert "不认识" in str(refusal)


@pytest.mark.parametrize(
    "path",
    [
        "parties[0].id",
        "parties[0].position",
        "sessions[1].id",
        "letters[0].number",
        "letters[2].issuer",
        "letters[0].position",
        "visits[0].id",
        "agreement.obligations[1].id",
        "agreement.obligations[0].position",
        "agreement.id",
    ],
)
def test_no_entry_sets_what_the_program_keeps_for_itself(path: str) -> None:
    steps = tuple(int(step) if step.isdigit() else step for step in re.findall(r"\w+", path))
    assert _refusal(packed(_put(document("05"), steps, "x"))).place == path


@pytest.mark.parametrize(("number", "path", "value"), KINDS_OF_PLACES, ids=lambda x: _spelled(x) if isinstance(x, tuple) else "")
def test_only_what_is_required_must_be_there(number: str, path: Path, value: object) -> None:
    whole = document(number)
    inner: Any = whole
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    if REQUIRED.fullmatch(_spelled(path)):
        assert _refusal(packed(whole)).place == _spelled(path)
    else:
        assert json.loads(write_case(read_case(packed(whole)))) == _without_empty(whole)


def _without_empty(value: Any) -> Any:
    """What is empty is unknown, and not written."""
    if isinstance(value, dict):
        return {name: _without_empty(part) for name, part in value.items() if part != []}
    return [_without_empty(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("path", "wrong", "place"),
    [
        ("registered_on", "2025-02-29", None),
        ("registered_on", "2025-13-01", None),
        ("registered_on", "2025-3-1", None),
        ("registered_on", "20250301", None),
        ("registered_on", "2025-03-01T00:00", None),
        ("registered_on", "2025年3月1日", None),
        ("registered_on", "", None),
        ("occurred_on", "0000-01-01", None),
        ("occurred_on", "12025-01-01", None),
        ("parties.0.born_on", "1955-02-30", "parties[0].born_on"),
        ("police_reported_at", "2024-05-06", None),
        ("police_reported_at", "2024-05-06T25:00", None),
        ("police_reported_at", "2024-05-06T15:00:00", None),
        ("police_reported_at", "2024-05-06T15:00Z", None),
        ("police_reported_at", "2024-05-06T15:00+08:00", None),
        ("police_reported_at", "2024-05-06 15:00", None),
        ("sessions.1.started_at", "2024-04-31T09:00", "sessions[1].started_at"),
        ("sessions.1.ended_at", "2024-05-13T24:00", "sessions[1].ended_at"),
        ("agreement.signed_on", "2024-06-31", "agreement.signed_on"),
        ("agreement.obligations.0.due_on", "2024-02-30", "agreement.obligations[0].due_on"),
        ("letters.0.issued_on", "昨天", "letters[0].issued_on"),
        ("visits.0.on", "2023-02-29", "visits[0].on"),
        ("type", "土地", None),
        ("source", "听说", None),
        ("risk", "很高", None),
        ("level", 0, None),
        ("level", 4, None),
        ("people_count", -1, None),
        ("people_count", 10**12, None),
        ("people_count", 10**40, None),
        ("parties.0.role", "原告", "parties[0].role"),
        ("parties.0.kind", "人", "parties[0].kind"),
        ("parties.0.sex", "F", "parties[0].sex"),
        ("sessions.0.kind", "会议", "sessions[0].kind"),
        ("sessions.0.result", "成功", "sessions[0].result"),
        ("agreement.form", "电子", "agreement.form"),
        ("letters.0.kind", "通知", "letters[0].kind"),
        ("visits.0.method", "微信", "visits[0].method"),
        ("visits.0.performance", "好", "visits[0].performance"),
        ("visits.0.satisfaction", "好", "visits[0].satisfaction"),
        ("visits.0.grievance", "好", "visits[0].grievance"),
        ("format", "fengqiao-case/2", None),
        ("format", None, None),
        ("amount", "5,000.00", None),
        ("amount", "5000", None),
        ("amount", "-1.00", None),
        ("amount", "10000000000000.00", None),
        ("agreement.obligations.0.amount", "3000", "agreement.obligations[0].amount"),
        ("agreement.obligations.0.amount", 3000.00, "agreement.obligations[0].amount"),
        ("agreement.clauses.1", 5, "agreement.clauses[1]"),
        ("agreement.clauses.1", {"text": "x"}, "agreement.clauses[1]"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(path: str, wrong: object, place: str | None) -> None:
    steps = tuple(int(step) if step.isdigit() else step for step in path.split("."))
    assert _refusal(packed(_put(document("05"), steps, wrong))).place == (place or path)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("people_count", 0),
        ("level", 1),
        ("registered_on", "2024-02-29"),
        ("amount", "0.00"),
        ("amount", None),
        ("place", None),
        ("claims", []),
    ],
)
def test_what_can_be_is_taken(path: str, value: object) -> None:
    case = read_case(packed(document("05") | {path: value}))
    assert json.loads(write_case(case)).get(path) == (value or None if value != 0 else 0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"null",
        b"[]",
        b'"fengqiao-case/1"',
        b"5",
        b"{}",
        b'{"format": "fengqiao-case/1"',
        b'{"format": "fengqiao-case/1",}',
        b'{"format": "fengqiao-case/1", "amount": NaN}',
        b"{'format': 'fengqiao-case/1'}",
        b"PK\x03\x04",
        b"\x00" * 100,
        "{“format”: “fengqiao-case/1”}".encode(),
        packed(document("03")).decode().encode("gb18030"),
        packed(document("03")).decode().encode("utf-16"),
        packed(document("03")) + b"}",
        packed(document("03")) * 2,
        packed(document("03"))[:-1],
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a":' + b"9" * 5000 + b"}",
        packed([document("03")]),
        packed(document("03")).replace("普家顺".encode(), b"\\ud800"),
        packed(document("03")).replace("普家顺".encode(), b"\xed\xa0\x80"),
        b" " * (MAX_BYTES + 1),
    ],
    ids=lambda data: repr(data[:24]),
)
def test_what_is_no_case_file_is_refused(data: bytes) -> None:
    _refusal(data)


def test_a_byte_order_mark_is_no_harm() -> None:
    assert read_case(b"\xef\xbb\xbf" + packed(document("03"))) == sample("03")


def test_of_a_field_that_stands_twice_the_last_counts() -> None:
    text = json.dumps(document("03"))
    assert read_case(('{"summary": "旧", ' + text[1:]).encode()).summary == sample("03").summary


def test_texts_are_kept_in_one_form_however_they_are_spelled() -> None:
    name = "Amélie·䶮"
    loose = unicodedata.normalize("NFD", name)
    for spelled in (json.dumps(loose), json.dumps(loose, ensure_ascii=False)):
        text = json.dumps(document("03"), ensure_ascii=False).replace('"普家顺"', spelled)
        assert read_case(text.encode()).parties[0].name == name


def test_foreign_words_in_a_refusal_are_short_and_harmless() -> None:
    for text in ("甲" * 100_000, "甲\n乙", "甲\u202e乙", "甲`乙` - at `$.x"):
        for changed in (document("03") | {"type": text}, document("03") | {text: 1}):
            assert not re.search("[\n\u202e]", str(_refusal(packed(changed))))


@pytest.mark.parametrize("text", ["", " ", "𪩘", "\u202e", "a\nb", "…" * 5000, "'\"\\"])
def test_any_text_survives(text: str) -> None:
    case = accepted(summary=text, place=text or None, claims=(text,))
    assert read_case(write_case(case)) == case


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["2025-02-28", "1.00", "男", "申请人"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.sampled_from(["id", "kind", "amount"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=3))
def test_a_changed_sample_is_read_or_refused_and_nothing_else(changes: list[tuple[tuple[str, Path, object], object]]) -> None:
    changed = document(changes[0][0][0])
    for (_, path, _), value in changes:
        try:
            _put(changed, path, value)
        except (KeyError, IndexError, TypeError):
            continue
    _read_or_refused(packed(changed))


@given(JSON)
def test_any_json_is_read_or_refused_and_nothing_else(value: object) -> None:
    _read_or_refused(packed(value))


@given(st.sampled_from(list(PATHS)), st.integers(0, 20_000), st.binary(max_size=3))
def test_a_damaged_sample_is_read_or_refused_and_nothing_else(number: str, place: int, bytes_there: bytes) -> None:
    data = PATHS[number].read_bytes()
    place %= len(data)
    _read_or_refused(data[:place] + bytes_there + data[place + 1 :])


def _read_or_refused(data: bytes) -> None:
    try:
        case = read_case(data)
    except CaseFileRefused as refusal:
        assert_sentence(str(refusal))
        return
    assert isinstance(case, Case)
    assert read_case(write_case(case)) == case
