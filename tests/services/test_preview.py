"""What is shown of a paper: the sealed bytes while they stand, the paper of today otherwise, a scan on A4 pages."""

from pathlib import Path

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.services import attachments, cases, documents, preview, sealing
from desktop.services.desk import Desk
from desktop.services.documents import Sheet
from tests.domain.samples import sample
from tests.services.papers import AGREEMENT, registered

SHEET = Sheet(AGREEMENT, None, AGREEMENT)


@pytest.fixture
def case(desk: Desk) -> Case:
    return registered(desk, sample("05"))


def test_the_sealed_bytes_are_shown_while_the_paper_says_the_same(desk: Desk, case: Case) -> None:
    before = preview.shown(desk, case, SHEET)
    assert (before.data, before.seal, before.stands) == (documents.render(desk, case, AGREEMENT), None, False)
    sealed = preview.seal(desk, case, SHEET)
    after = preview.shown(desk, sealed, SHEET)
    assert (after.data, after.seal, after.stands) == (sealing.data_of(desk, sealed.seals[0]), sealed.seals[0], True)
    changed = msgspec.structs.replace(sealed, mediators=("赵六",))
    now = preview.shown(desk, changed, SHEET)
    assert (now.data, now.seal, now.stands) == (documents.render(desk, changed, AGREEMENT), sealed.seals[0], False)


def test_the_dossier_is_shown_with_what_it_lacks(desk: Desk, case: Case) -> None:
    shown = preview.shown(desk, case, Sheet(documents.DOSSIER, None, "整本卷宗"))
    assert shown.data.startswith(b"%PDF")
    assert any("当事人身份证明" in gap for gap in shown.gaps)


def test_an_agreement_is_shown_with_what_its_check_found(desk: Desk, case: Case) -> None:
    assert case.agreement is not None
    changed = msgspec.structs.replace(case, agreement=msgspec.structs.replace(case.agreement, facts=""))
    assert preview.shown(desk, changed, SHEET).findings == tuple(cases.findings(desk, changed)) != ()
    assert preview.shown(desk, changed, Sheet("卷宗封面", None, "卷宗封面")).findings == ()


def test_what_only_the_dossier_prints_is_never_sealed(desk: Desk) -> None:
    never = preview.never_sealed(desk)
    assert {"卷宗封面", "卷内目录", "封底"} <= never
    assert not never & documents.AGREED


def test_a_file_is_written_as_it_was_shown(desk: Desk, case: Case, tmp_path: Path) -> None:
    shown = preview.shown(desk, case, SHEET)
    preview.write(tmp_path / "协议.pdf", shown.data)
    assert (tmp_path / "协议.pdf").read_bytes() == shown.data


def test_a_scan_that_is_a_pdf_is_shown_as_it_came(desk: Desk, case: Case, tmp_path: Path) -> None:
    path = tmp_path / "对方的协议.pdf"
    path.write_bytes(documents.render(desk, case, AGREEMENT))
    scan = attachments.add(desk, case, path, "证据材料").case.attachments[0]
    assert preview.scan(desk, scan).data == path.read_bytes()


def test_what_law_forbids_is_found_first(desk: Desk, case: Case) -> None:
    assert case.agreement is not None
    fee = msgspec.structs.replace(case.agreement.clauses[-1], id="", text="双方向调委会交纳调解费200元。")
    agreement = msgspec.structs.replace(case.agreement, facts="", clauses=(*case.agreement.clauses, fee))
    found = cases.findings(desk, msgspec.structs.replace(case, agreement=agreement))
    assert found[0].grave
    assert not found[-1].grave
    assert [one.grave for one in found] == sorted((one.grave for one in found), reverse=True)
