"""Sealed papers: what is sealed stays, a correction names it, and no failure leaves a part behind; in real databases."""

import hashlib
from datetime import date
from pathlib import Path

import msgspec
import pytest

from desktop.documents import paper, qr
from desktop.domain import agreement_check, seal_record, seal_rules
from desktop.domain.agreement import Clause
from desktop.domain.case import Case
from desktop.domain.course import IllegalStep
from desktop.domain.course_records import Conclusion
from desktop.domain.seal_rules import Claim
from desktop.domain.working_days import is_working_day
from desktop.services import cases, documents, exchange, sealing
from desktop.services.desk import Desk
from desktop.services.sealing import Forbidden, NoNumber, NotAsSaved, NothingNew, NothingToSeal
from desktop.store import casebook
from desktop.store.blobs import ContentMissing
from desktop.store.sqlcipher import DiskFull
from tests.domain.samples import accepted, sample
from tests.services.offices import COUNTY, STONE, TOWN, new_office
from tests.services.papers import AGREEMENT, REGISTER, changed, pages_of, registered
from tests.store.dump import dump


@pytest.fixture
def case(desk: Desk) -> Case:
    return registered(desk, sample("05"))


def test_a_sealed_paper_is_kept_with_what_it_was_made_from(desk: Desk, case: Case) -> None:
    sealed = sealing.seal(desk, case, AGREEMENT)
    assert sealed.data.startswith(b"%PDF-")
    assert sealed.case == cases.load(desk, case.id)
    assert sealed.case.seals == (sealed.seal,)
    digest = hashlib.sha256(sealed.data).hexdigest()
    known = (AGREEMENT, "", case.number, 1, digest, None, date(2026, 3, 2))
    entered = sealed.seal
    assert known == (
        entered.kind,
        entered.subject,
        entered.number,
        entered.version,
        entered.sha256,
        entered.replaces,
        entered.sealed_on,
    )
    assert sealing.data_of(desk, entered) == sealed.data
    record = sealing.record_of(desk, entered)
    assert seal_record.case_of(record) == msgspec.structs.replace(case, seen=())
    assert paper.render(AGREEMENT, seal_record.case_of(record), record.office) == documents.render(desk, case, AGREEMENT)
    assert hashlib.sha256(documents.render(desk, case, AGREEMENT)).hexdigest() == record.plain
    assert casebook.rebuild(desk.database) == 0


def test_the_paper_shows_its_code_and_no_name(desk: Desk, case: Case) -> None:
    sealed = sealing.seal(desk, case, AGREEMENT)
    claim = sealing.claim_of(desk, sealed.seal)
    assert claim == Claim("石桥", case.number or "", AGREEMENT, 1, seal_rules.check_code(sealed.seal.values))
    text = seal_rules.written(claim)
    said = qr.read(sealed.data)
    assert text in said.subject
    assert not [party.name for party in case.parties if party.name in text]
    for page, before in zip(pages_of(sealed.data), pages_of(documents.render(desk, case, AGREEMENT)), strict=True):
        assert f"{case.number}　第1版" in page.replace(" ", "　")
        assert f"校验码 {claim.code}" in page
        assert "代替" not in page
        assert page.startswith(before.rstrip())


def test_the_code_holds_for_the_words_of_the_paper(desk: Desk, case: Case) -> None:
    """A change that is on no page of the paper is nothing to seal again; one that is gives another code."""
    first = sealing.seal(desk, case, REGISTER)
    elsewhere = changed(desk, first.case, closed_on=None, police_reported_at="2026-02-01T08:00")
    with pytest.raises(NothingNew, match="第1版定稿相同"):
        sealing.seal(desk, elsewhere, REGISTER)
    second = sealing.seal(desk, changed(desk, elsewhere, summary="两家因滴水争吵，已查明。"), REGISTER)
    assert second.seal.version == 2
    assert second.seal.values[:16] != first.seal.values[:16]


def test_a_correction_names_what_it_replaces(desk: Desk, case: Case) -> None:
    first = sealing.seal(desk, case, REGISTER)
    second = sealing.seal(desk, changed(desk, first.case, place="石桥村三组"), REGISTER)
    third = sealing.seal(desk, changed(desk, second.case, place="石桥村四组"), REGISTER)
    assert [s.version for s in third.case.seals] == [1, 2, 3]
    assert (second.seal.replaces, third.seal.replaces) == (first.seal.sha256, second.seal.sha256)
    assert all("本件代替第2版" in page for page in pages_of(third.data))
    assert sealing.data_of(desk, first.seal) == first.data
    assert first.seal in third.case.seals
    verdicts = [sealing.verify(desk, sealed.data) for sealed in (first, second, third)]
    assert [v.kind for v in verdicts] == ["older", "older", "sealed"]
    assert verdicts[0].sentence == f"这是石桥村{case.number}《受理登记表》第1版的定稿，已由第3版代替（2026年3月2日定稿），请改用第3版。"
    assert verdicts[2].sentence == f"这是石桥村{case.number}《受理登记表》第3版的定稿，内容与定稿完全一致。"
    assert verdicts[0][2:] == (first.seal, third.case)


def test_an_oral_agreement_is_sealed_as_the_form_that_is_printed(desk: Desk, case: Case) -> None:
    assert case.agreement is not None
    oral = changed(desk, case, agreement=msgspec.structs.replace(case.agreement, form="口头", signed_on=desk.today()))
    sealed = sealing.seal(desk, oral, AGREEMENT)
    assert sealed.seal.kind == "口头协议登记表"
    with pytest.raises(NothingNew):
        sealing.seal(desk, sealed.case, "口头协议登记表")


def test_each_letter_has_seals_of_its_own(desk: Desk, case: Case) -> None:
    sealed = sealing.seal(desk, case, "任务单")
    order = next(letter for letter in case.letters if letter.kind == "任务单")
    assert (sealed.seal.subject, sealed.seal.number) == (order.id, order.number)
    again = msgspec.structs.replace(order, id="", position=0, number=None, matter="再次交办")
    two = changed(desk, sealed.case, letters=(*sealed.case.letters, again))
    with pytest.raises(NothingToSeal, match="有2份任务单"):
        sealing.seal(desk, two, "任务单")
    other = sealing.seal(desk, two, "任务单", two.letters[-1].id)
    assert (other.seal.subject, other.seal.number, other.seal.version) == (two.letters[-1].id, two.letters[-1].number, 1)
    assert seal_rules.newest(other.case, "任务单", order.id) == sealed.seal


def test_what_cannot_be_sealed(desk: Desk, case: Case) -> None:
    bare = registered(desk, accepted())
    unissued = msgspec.structs.replace(case.letters[0], id="", position=0, kind="提示函", number=None, issued_on=None)
    draft = changed(desk, case, letters=(*case.letters, unissued))
    before = dump(desk.database)
    with pytest.raises(NothingToSeal, match="还没有调解协议"):
        sealing.seal(desk, bare, AGREEMENT)
    with pytest.raises(NothingToSeal, match="没有要定稿的任务单"):
        sealing.seal(desk, bare, "任务单")
    with pytest.raises(NoNumber, match="取得文号"):
        sealing.seal(desk, draft, "提示函")
    with pytest.raises(NotAsSaved, match="先保存"):
        sealing.seal(desk, msgspec.structs.replace(bare, place="没有保存"), REGISTER)
    assert dump(desk.database) == before


def test_what_law_forbids_is_not_sealed(desk: Desk, case: Case) -> None:
    assert case.agreement is not None
    clauses = (*case.agreement.clauses, Clause(text="双方支付人民调解委员会调解费200元。"))
    unlawful = changed(desk, case, agreement=msgspec.structs.replace(case.agreement, clauses=clauses, signed_on=desk.today()))
    grave = [one.message for one in agreement_check.findings(unlawful, desk.today(), is_working_day) if one.grave]
    assert grave
    before = dump(desk.database)
    with pytest.raises(Forbidden) as refused:
        sealing.seal(desk, unlawful, AGREEMENT)
    assert all(message.removesuffix("。") in str(refused.value) for message in grave)
    assert dump(desk.database) == before
    assert sealing.seal(desk, unlawful, REGISTER).seal.version == 1


def test_a_filed_case_is_sealed_as_it_stands(desk: Desk, case: Case) -> None:
    filed = changed(desk, case, conclusion=Conclusion(on=date(2026, 3, 2)), closed_on=date(2026, 3, 2))
    sealed = sealing.seal(desk, filed, REGISTER)
    assert sealed.case.closed_on == filed.closed_on
    with pytest.raises(IllegalStep, match="定稿"):
        cases.save(desk, sealed.case, msgspec.structs.replace(sealed.case, seals=()))


@pytest.mark.parametrize("number", ["01", "02", "03", "04", "05"])
def test_every_paper_of_every_sample_can_be_sealed(desk: Desk, number: str) -> None:
    """But for cover, contents and back cover, which are parts of the dossier."""
    case = registered(desk, sample(number))
    for sheet in documents.sheets(desk, case):
        subject = documents.subject_id(desk, case, sheet.kind, sheet.nth)
        if sheet.kind in ("卷宗封面", "卷内目录", "封底"):
            with pytest.raises(NothingToSeal, match="随卷宗一起打印"):
                sealing.seal(desk, case, sheet.kind, subject)
        else:
            sealed = sealing.seal(desk, case, sheet.kind, subject)
            assert sealing.verify(desk, sealed.data).kind == "sealed"
            case = sealed.case
    assert len(case.seals) >= 5


def test_a_case_as_it_was_just_saved_can_be_sealed(desk: Desk) -> None:
    """The window holds what the save gave back: typed texts of any normal form, not what was read from the database."""
    new = registered(desk, accepted())
    saved = changed(desk, new, place="cafe\u0301", claims=("一",), mediators=())
    assert sealing.seal(desk, saved, REGISTER).seal.version == 1


def test_the_same_case_gives_the_same_bytes(desk: Desk, case: Case, tmp_path: Path) -> None:
    first = sealing.seal(desk, case, REGISTER)
    desk.database.set("office", desk.office)
    again = _resealed_elsewhere(desk, case, tmp_path)
    assert (again.data, again.seal.values, again.seal.sha256) == (first.data, first.seal.values, first.seal.sha256)
    assert again.seal.id != first.seal.id


def _resealed_elsewhere(desk: Desk, case: Case, tmp_path: Path) -> sealing.Sealed:
    """The same case in another database of the same office."""
    with new_office(tmp_path / "另一台") as other:
        other.rename(desk.office)
        casebook.commit(other.database, None, msgspec.structs.replace(case, seen=()), other.author())
        return sealing.seal(other, cases.load(other, case.id), REGISTER)


def test_the_county_gets_the_seal_and_the_paper(offices: dict[str, Desk], tmp_path: Path) -> None:
    village, county = offices[STONE], offices[COUNTY]
    sealed = sealing.seal(village, registered(village, sample("05")), AGREEMENT)
    exchange.take_in(offices[TOWN], exchange.export(village, TOWN, tmp_path).paths[0])
    exchange.take_in(county, exchange.export(offices[TOWN], COUNTY, tmp_path).paths[0])
    assert cases.load(county, sealed.case.id).seals == (sealed.seal,)
    assert sealing.data_of(county, sealed.seal) == sealed.data
    verdict = sealing.verify(county, sealed.data)
    assert (verdict.kind, verdict.seal) == ("sealed", sealed.seal)
    assert sealing.claim_of(village, sealed.seal).office == STONE
    assert casebook.rebuild(county.database) == 0


def test_a_seal_whose_paper_has_not_arrived_yet(offices: dict[str, Desk], tmp_path: Path) -> None:
    """As after an import of the first of two bundles: the entry is there, the content is not."""
    village, town = offices[STONE], offices[TOWN]
    sealed = sealing.seal(village, registered(village, sample("05")), AGREEMENT)
    exchange.take_in(town, exchange.export(village, TOWN, tmp_path).paths[0])
    with town.database.atomic():
        town.database.connection.execute("DELETE FROM blobs")
    verdict = sealing.verify(town, sealed.data)
    assert (verdict.kind, verdict.seal) == ("sealed", sealed.seal)
    assert "定稿原件在登记单位，还没有到达本机" in verdict.sentence
    assert "与登记单位核对" in sealing.verify_code(town, seal_rules.check_code(sealed.seal.values)).sentence
    with pytest.raises(ContentMissing):
        sealing.data_of(town, sealed.seal)


def test_the_county_can_seal_what_a_village_sealed(offices: dict[str, Desk], tmp_path: Path) -> None:
    """What the village sealed is there with its record; the new paper names it as the one that it replaces."""
    village, town = offices[STONE], offices[TOWN]
    first = sealing.seal(village, registered(village, sample("01")), REGISTER)
    exchange.take_in(town, exchange.export(village, TOWN, tmp_path).paths[0])
    second = sealing.seal(town, changed(town, cases.load(town, first.case.id), place="镇上"), REGISTER)
    assert (second.seal.version, second.seal.replaces) == (2, first.seal.sha256)
    exchange.take_in(village, exchange.export(town, STONE, tmp_path).paths[0])
    assert sealing.verify(village, first.data).kind == "older"


def test_two_offices_that_seal_at_the_same_time(offices: dict[str, Desk], tmp_path: Path) -> None:
    village, town = offices[STONE], offices[TOWN]
    new = registered(village, sample("01"))
    exchange.take_in(town, exchange.export(village, TOWN, tmp_path).paths[0])
    moved = [(desk, changed(desk, cases.load(desk, new.id), place=place)) for desk, place in ((village, "村"), (town, "镇"))]
    sealed = [sealing.seal(desk, case, REGISTER) for desk, case in moved]
    exchange.take_in(village, exchange.export(town, STONE, tmp_path).paths[0])
    for one in sealed:
        verdict = sealing.verify(village, one.data)
        assert verdict.kind == "sealed"
        assert "另有1份同为第1版的定稿" in verdict.sentence
    third = sealing.seal(village, changed(village, cases.load(village, new.id), place="一致"), REGISTER)
    assert third.seal.version == 2
    assert [sealing.verify(village, one.data).kind for one in sealed] == ["older", "older"]
    assert casebook.rebuild(village.database) == 0


def test_a_full_disk_leaves_nothing_behind(desk: Desk, case: Case) -> None:
    """The database may grow by no page, by one, by two …, until the seal fits: before that nothing has changed."""
    connection = desk.database.connection
    before = dump(desk.database)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    refused = 0
    for more in range(0, 200, 3):
        connection.execute(f"PRAGMA max_page_count = {pages + more}").fetchone()
        try:
            sealed = sealing.seal(desk, case, REGISTER)
        except DiskFull:
            refused += 1
            assert dump(desk.database) == before
        else:
            break
    assert refused >= 5
    assert sealing.verify(desk, sealed.data).kind == "sealed"
