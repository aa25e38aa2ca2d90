"""Which seal counts, what the code of a paper says, and the record that a paper was made from."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain import seal_record, seal_rules
from desktop.domain.attachment import Seal
from desktop.domain.case import Case
from desktop.domain.office import Office
from desktop.domain.seal_rules import Claim
from tests.domain.samples import accepted
from tests.store.made_cases import cases as any_case

KIND = "受理登记表"


def seal(key: str, version: int, *, kind: str = KIND, subject: str = "") -> Seal:
    return Seal(id=key, kind=kind, subject=subject, version=version, sha256="0" * 64, values="1" * 64)


def test_the_highest_version_counts() -> None:
    first, second, rival, other = seal("a", 1), seal("b", 2), seal("c", 2), seal("d", 7, subject="x")
    case = accepted(seals=(second, other, first, rival))
    assert seal_rules.versions(case, KIND) == [first, second, rival]
    assert seal_rules.newest(case, KIND) == rival
    assert seal_rules.newest(case, KIND, "x") == other
    assert seal_rules.newest(case, "调解协议书") is None
    assert seal_rules.successor(case, first) == rival
    assert [seal_rules.successor(case, one) for one in (second, rival, other)] == [None] * 3
    assert [seal_rules.rivals(case, one) for one in (first, second, rival)] == [[], [rival], [second]]


def test_a_seal_is_neither_changed_nor_taken_out() -> None:
    first, second = seal("a", 1), seal("b", 2)
    kept = accepted(seals=(first,))
    assert seal_rules.seals_kept(kept, accepted(seals=(second, first)))
    assert not seal_rules.seals_kept(kept, accepted())
    assert not seal_rules.seals_kept(kept, accepted(seals=(seal("a", 3),)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3F2A-09BC-77D1-E4A0", "3F2A09BC77D1E4A0"),
        (" 3f2a09bc77d1e4a0 ", "3F2A09BC77D1E4A0"),
        ("３Ｆ２Ａ－０９ＢＣ－７７Ｄ１－Ｅ４Ａ０", "3F2A09BC77D1E4A0"),
        ("3F2A 09BC 77D1 E4A0", "3F2A09BC77D1E4A0"),
        ("3F2A—09BC—77D1—E4A0", "3F2A09BC77D1E4A0"),
        ("3F2A-09BC-77D1-E4A", ""),
        ("3F2A-09BC-77D1-E4A0-1", ""),
        ("3F2A-09BC-77D1-E4G0", ""),
        ("", ""),
    ],
)
def test_a_code_as_somebody_types_it(text: str, code: str) -> None:
    assert seal_rules.read_code(text) == code


@settings(max_examples=60)
@given(any_case(), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_record_gives_its_case_back(case: Case, digest: str) -> None:
    office = Office(id="0" * 32, level="村", name="石桥村", series="石桥")
    document, beyond = seal_record.case_parts(case)
    fixed = {"kind": KIND, "subject": "", "number": "1", "version": 1, "replaces": None, "plain": digest}
    record = seal_record.Record(**fixed, office=office, case=document, beyond=beyond)  # type: ignore[arg-type]
    data = seal_record.write_record(record)
    assert seal_record.read_record(data) == record
    assert seal_record.write_record(seal_record.read_record(data)) == data
    assert seal_record.case_of(record) == msgspec.structs.replace(case, seals=(), seen=())


@given(st.text(), st.text(), st.text(), st.integers(1, 10_000), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_code_is_read_as_it_was_written(office: str, number: str, kind: str, version: int, values: str) -> None:
    claim = Claim(office, number, kind, version, seal_rules.check_code(values))
    text = seal_rules.written(claim)
    read = seal_rules.read_claim(text)
    assert read is not None
    assert (read.version, read.code) == (version, values[:16].upper())
    assert seal_rules.agrees(read, Seal(kind=kind, number=number, version=version, sha256=values, values=values))
    assert seal_rules.written(read) == text
    assert seal_rules.codes_in(f"第一行 {text}\n校验码 {claim.code}。") == [values[:16].upper()]
