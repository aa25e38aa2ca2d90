"""Scanned papers of a case: in the store and in the case, or in neither."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.domain.course import IllegalStep
from desktop.domain.course_records import Conclusion
from desktop.services import attachments, cases
from desktop.services.attachments import LONGEST_NAME, AddedAlready, BlankPaperName, NoSuchPaper
from desktop.services.desk import Desk
from desktop.store.blobs import ContentMissing
from tests.documents import made_scans as made
from tests.documents.made_scans import saved
from tests.documents.test_scans import NASTY
from tests.domain.samples import sample
from tests.store.dump import dump


@pytest.fixture
def case(desk: Desk) -> Case:
    return cases.load(desk, cases.register(desk, sample("03")).id)


def test_a_scan_is_kept_with_its_content(desk: Desk, case: Case, tmp_path: Path) -> None:
    data = made.pdf(3)
    path = saved(tmp_path, "田埂合同.pdf", data)
    added = attachments.add(desk, case, path, "证据材料").case
    (paper,) = added.attachments
    assert (paper.name, paper.category, paper.media, paper.pages) == ("田埂合同", "证据材料", "pdf", 3)
    assert (paper.size, paper.sha256, paper.added_on) == (len(data), sha256(data).hexdigest(), desk.today())
    assert paper.added_on == date(2026, 3, 2)
    assert attachments.content(desk, paper) == data
    assert cases.load(desk, case.id) == added
    assert path.read_bytes() == data


def test_a_photo_is_kept_clean(desk: Desk, case: Case, tmp_path: Path) -> None:
    added = attachments.add(desk, case, saved(tmp_path, "IMG_001.JPG", made.jpeg(3000, 2000, 6)), "当事人身份证明", " 张三\n身份证 ").case
    (paper,) = added.attachments
    content = attachments.content(desk, paper)
    assert (paper.name, paper.media, paper.pages, paper.size) == ("张三 身份证", "jpeg", 1, len(content))
    assert made.PLACE not in content


def test_papers_keep_the_order_in_which_they_came(desk: Desk, case: Case, tmp_path: Path) -> None:
    for number in range(1, 4):
        case = attachments.add(desk, case, saved(tmp_path, f"第{number}页.pdf", made.pdf(number)), "证据材料").case
    assert [paper.name for paper in cases.load(desk, case.id).attachments] == ["第1页", "第2页", "第3页"]


def test_a_paper_is_taken_out_and_the_others_stay(desk: Desk, case: Case, tmp_path: Path) -> None:
    one = attachments.add(desk, case, saved(tmp_path, "一.pdf", made.pdf(1)), "其他").case
    two = attachments.add(desk, one, saved(tmp_path, "二.pdf", made.pdf(2)), "其他").case
    first, second = two.attachments
    left = attachments.remove(desk, two, first).case
    assert cases.load(desk, case.id).attachments == left.attachments == (second,)
    assert attachments.content(desk, first)
    with pytest.raises(NoSuchPaper):
        attachments.remove(desk, left, first)


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_file_changes_nothing(desk: Desk, case: Case, tmp_path: Path, name: str) -> None:
    make, refusal = NASTY[name]
    before = dump(desk.database)
    with pytest.raises(refusal):
        attachments.add(desk, case, saved(tmp_path, name, make()), "其他")
    assert dump(desk.database) == before


def test_a_paper_needs_a_name(desk: Desk, case: Case, tmp_path: Path) -> None:
    path = saved(tmp_path, "a.pdf", made.pdf())
    for name in ("", " \u3000\n", "\u202e\u200b"):
        with pytest.raises(BlankPaperName):
            attachments.add(desk, case, path, "其他", name)
    assert len(attachments.add(desk, case, path, "其他", "长" * 200).case.attachments[0].name) == LONGEST_NAME


def test_the_same_paper_is_added_once(desk: Desk, case: Case, tmp_path: Path) -> None:
    path = saved(tmp_path, "收条.pdf", made.pdf())
    case = attachments.add(desk, case, path, "履行凭证").case
    before = dump(desk.database)
    with pytest.raises(AddedAlready, match="收条"):
        attachments.add(desk, case, path, "履行凭证", "又一份")
    assert dump(desk.database) == before
    assert len(attachments.add(desk, case, path, "证据材料").case.attachments) == 2


def test_a_filed_case_takes_no_paper_and_keeps_no_content(desk: Desk, case: Case, tmp_path: Path) -> None:
    """The content goes in first; as the case may not be written, it goes out again."""
    filed = cases.save(desk, case, msgspec.structs.replace(case, conclusion=Conclusion(on=desk.today()), closed_on=desk.today())).case
    before = dump(desk.database)
    with pytest.raises(IllegalStep):
        attachments.add(desk, filed, saved(tmp_path, "a.pdf", made.pdf()), "其他")
    assert dump(desk.database) == before


def test_content_that_has_not_arrived_is_told(desk: Desk, case: Case, tmp_path: Path) -> None:
    paper = attachments.add(desk, case, saved(tmp_path, "a.pdf", made.pdf()), "其他").case.attachments[0]
    with pytest.raises(ContentMissing):
        attachments.content(desk, msgspec.structs.replace(paper, sha256="0" * 64))
