"""What is reminded of before a paper is signed, and what a damaged database says."""

from pathlib import Path

import msgspec
import pytest

from desktop.domain.agreement import Clause
from desktop.services import cases, documents
from desktop.services.desk import DATABASE, Desk
from desktop.store.sqlcipher import DatabaseDamaged
from tests.domain.samples import sample
from tests.services.offices import new_office, reopened


def test_the_agreement_is_checked_before_it_is_printed(desk: Desk) -> None:
    case = sample("05")
    assert case.agreement is not None
    fee = (*case.agreement.clauses, Clause(text="双方向调解委员会交纳调解费200元。"))
    case = msgspec.structs.replace(case, agreement=msgspec.structs.replace(case.agreement, clauses=fee))
    saved = cases.load(desk, cases.register(desk, case).id)
    first = documents.reminders(desk, saved, "调解协议书")[0]
    assert first.startswith("法律不允许：")
    assert documents.reminders(desk, saved, "受理登记表") == []


def test_the_dossier_says_what_it_lacks(desk: Desk) -> None:
    saved = cases.load(desk, cases.register(desk, sample("05")).id)
    assert any("当事人身份证明" in reminder for reminder in documents.reminders(desk, saved, "卷宗"))


def test_a_damaged_page_is_told_in_a_sentence(tmp_path: Path) -> None:
    with new_office(tmp_path) as desk:
        for number in ("01", "02", "03", "04", "05"):
            cases.register(desk, sample(number))
    data = bytearray((tmp_path / DATABASE).read_bytes())
    for page in range(8, len(data) // 4096):
        data[page * 4096 + 100] ^= 0xFF
    (tmp_path / DATABASE).write_bytes(bytes(data))
    with pytest.raises(DatabaseDamaged, match=r"。$"):
        read_all(tmp_path)


def read_all(folder: Path) -> None:
    with reopened(folder) as desk:
        for row in cases.rows(desk):
            cases.load(desk, row.id)
