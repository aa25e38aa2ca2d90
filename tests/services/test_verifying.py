"""Is a file, or a paper in the hand, the sealed one? What is changed shows, and a code leads back to its paper."""

import hashlib
import io
from pathlib import Path

import msgspec
import pytest

from desktop.domain import seal_rules
from desktop.domain.attachment import Seal
from desktop.domain.case import Case
from desktop.services import cases, documents, dossier, sealing
from desktop.services.cases import UnreadableFile
from desktop.services.desk import Desk
from desktop.services.sealing import Verdict
from desktop.store import casebook, papers, schema
from desktop.store.database import Database
from tests.domain.samples import accepted, sample
from tests.services.offices import new_office
from tests.services.papers import AGREEMENT, REGISTER, changed, pages_of, registered


@pytest.fixture
def case(desk: Desk) -> Case:
    return registered(desk, sample("05"))


def test_a_changed_file_is_told(desk: Desk, case: Case) -> None:
    data = sealing.seal(desk, case, REGISTER).data
    step = len(data) // 60
    kinds, told = set(), 0
    for at in range(0, len(data), step):
        verdict = sealing.verify(desk, data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :])
        kinds.add(verdict.kind)
        told += "自称是" in verdict.sentence and "与定稿不一致" in verdict.sentence and verdict.seal is not None
    assert kinds == {"unknown"}
    assert told >= 55, "but for a file that is hardly a PDF any more"
    assert "与定稿不一致" in sealing.verify(desk, data + b"\n").sentence
    for cut in range(0, len(data), step):
        assert sealing.verify(desk, data[:cut]).kind == "unknown"
    assert "不完整" in sealing.verify(desk, data[: len(data) // 2]).sentence


def test_a_print_that_was_not_sealed_is_told(desk: Desk, case: Case) -> None:
    for sheet in documents.sheets(desk, case):
        verdict = sealing.verify(desk, documents.render(desk, case, sheet.kind, sheet.nth))
        assert (verdict.kind, verdict.seal, verdict.case) == ("ours-unsealed", None, case), sheet
        assert "没有定稿" in verdict.sentence


def test_a_dossier_that_holds_a_sealed_paper_is_no_changed_paper(desk: Desk, case: Case) -> None:
    sealed = sealing.seal(desk, case, AGREEMENT)
    bound = dossier.render(desk, sealed.case)
    assert seal_rules.check_code(sealed.seal.values) in "".join(pages_of(bound)), "the sealed paper is in it as it is"
    assert sealing.verify(desk, bound)[0::2] == ("ours-unsealed", None)


def test_a_copy_by_another_program_is_told(desk: Desk, case: Case) -> None:
    import pypdf

    writer, copy = pypdf.PdfWriter(), io.BytesIO()
    for page in pypdf.PdfReader(io.BytesIO(sealing.seal(desk, case, REGISTER).data)).pages:
        writer.add_page(page)
    writer.write(copy)
    verdict = sealing.verify(desk, copy.getvalue())
    assert (verdict.kind, verdict.case) == ("unknown", cases.load(desk, case.id))
    assert "不是定稿的原文件" in verdict.sentence


def test_what_is_not_ours_is_unknown(desk: Desk, case: Case, tmp_path: Path) -> None:
    with new_office(tmp_path / "外单位", name="柳林村") as other:
        foreign = sealing.seal(other, registered(other, accepted()), REGISTER).data
    assert sealing.verify(desk, foreign) == Verdict(
        "unknown", "这份文件印有定稿的校验码，但本机没有这份定稿的记录，请先导入出具单位最新的交换包，或向出具单位核实。"
    )
    for data in (b"", b"MZ\x90", b"%PDF-1.7\n%%EOF\n", b"FQ1|" * 5000, "〔2026〕".encode() * 5000):
        verdict = sealing.verify(desk, data)
        assert (verdict.kind, verdict.seal, verdict.case) == ("unknown", None, None)
        assert verdict.sentence.startswith("这份文件不是本机的定稿")


def test_files_are_verified_by_their_path(desk: Desk, case: Case, tmp_path: Path) -> None:
    path = tmp_path / "协议 一.pdf"
    path.write_bytes(sealing.seal(desk, case, AGREEMENT).data)
    assert sealing.verify(desk, path) == sealing.verify(desk, path.read_bytes())
    for missing in (tmp_path / "没有.pdf", tmp_path):
        with pytest.raises(UnreadableFile):
            sealing.verify(desk, missing)


def test_a_file_of_any_size_is_compared(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.truncate(sealing.MAX_FILE + 1)
    assert sealing.verify(desk, path).kind == "unknown"


def test_a_code_leads_to_its_paper(desk: Desk, case: Case) -> None:
    first = sealing.seal(desk, case, REGISTER)
    code = sealing.claim_of(desk, first.seal).code
    scanned = seal_rules.written(sealing.claim_of(desk, first.seal))
    wide = code.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCDEF-"})
    for text in (scanned, f" {scanned}\n", code, code.lower(), code.replace("-", ""), code.replace("-", " "), wide):
        verdict = sealing.verify_code(desk, text)
        assert (verdict.kind, verdict.seal) == ("sealed", first.seal), text
    assert sealing.verify_code(desk, code).sentence.endswith("请打开定稿，与手中的纸质件逐页核对。")
    sealing.seal(desk, changed(desk, first.case, place="石桥村三组"), REGISTER)
    assert sealing.verify_code(desk, code).kind == "older"


def test_a_code_that_says_something_else_is_told(desk: Desk, case: Case) -> None:
    claim = sealing.claim_of(desk, sealing.seal(desk, case, REGISTER).seal)
    for other in (claim._replace(number="〔2026〕石桥人调字第99号"), claim._replace(kind=AGREEMENT), claim._replace(version=2)):
        verdict = sealing.verify_code(desk, seal_rules.written(other))
        assert verdict.kind == "unknown"
        assert "请勿采用" in verdict.sentence


@pytest.mark.parametrize("text", ["", "你好", "FQ1|||||", "FQ1|a|b|c|1|ABCD", "0123", "https://example.org", "G" * 16, "0" * 17])
def test_what_is_no_code_is_said(desk: Desk, text: str) -> None:
    assert sealing.verify_code(desk, text).sentence.startswith("这不是定稿文书的二维码")


def test_an_unknown_code_is_said(desk: Desk) -> None:
    assert sealing.verify_code(desk, "0123-4567-89AB-CDEF").sentence.startswith("本机没有这个校验码")


def test_200_seals_are_found_by_index(desk: Desk) -> None:
    """Entered as an exchange would bring them; two of them are papers that were really drawn."""
    drawn = []
    for number in range(40):
        case = registered(desk, accepted(place=f"{number}组"))
        if number % 20 == 0:
            drawn.append(sealing.seal(desk, case, REGISTER))
            case = drawn[-1].case
        made = [hashlib.sha256(f"{number} {i}".encode()).hexdigest() for i in range(5 - len(case.seals))]
        changed(desk, case, seals=(*case.seals, *(Seal(kind=f"文书{i}", number="1", sha256=h, values=h) for i, h in enumerate(made))))
    connection = desk.database.connection
    assert connection.execute("SELECT count(*) FROM seals").fetchone() == (200,)
    for one in drawn:
        assert sealing.verify(desk, one.data).seal == one.seal
        assert papers.with_code(desk.database, one.seal.values[:16]) == [(one.case.id, one.seal.id)]
    for condition, index in (("sha256 = ?1", "seals_by_content"), ("record BETWEEN ?1 AND ?1", "seals_by_record")):
        plan = connection.execute(f"EXPLAIN QUERY PLAN {papers._FIND} WHERE {condition}", (b"",)).fetchall()
        assert index in str(plan)
    assert casebook.rebuild(desk.database) == 0


def test_a_database_from_before_the_table_finds_its_seals(tmp_path: Path) -> None:
    """An older program took seals in from a newer office and had no table for them."""
    path, key = tmp_path / "old.db", bytes(32)
    with new_office(tmp_path / "村") as desk:
        kept = registered(desk, accepted(seals=(Seal(kind=REGISTER, sha256="ab" * 32, values="cd" * 32),)))
        lost = registered(desk, accepted(seals=(Seal(kind=REGISTER, sha256="12" * 32, values="34" * 32),)))
        casebook.commit(desk.database, lost, msgspec.structs.replace(lost, seals=()), desk.author())
        desk.database.connection.execute(f"ATTACH DATABASE '{path}' AS old KEY \"x'{key.hex()}'\"")
        desk.database.connection.execute("SELECT sqlcipher_export('old')").fetchall()
        desk.database.connection.execute("DETACH DATABASE old")
    with Database(path, key) as database, database.atomic():
        for made in ("TABLE seals", "INDEX letters_by_number"):
            database.connection.execute(f"DROP {made}")
        database.connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_seals'")
        database.connection.execute("PRAGMA user_version = 1")
    with Database(path, key) as database:
        assert database.connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert papers.with_content(database, "ab" * 32) == papers.with_code(database, "cd" * 8) == [(kept.id, kept.seals[0].id)]
        assert papers.with_content(database, "12" * 32) == []
        assert casebook.rebuild(database) == 0
