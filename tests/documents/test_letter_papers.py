"""The papers of letters print what was entered, tick what was chosen, and leave a blank for the rest (domain.md 1.4)."""

from datetime import date
from typing import Any

import msgspec
import pypdfium2
import pytest

from desktop.documents.paper import render
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.office import Office

HEAD: dict[str, Any] = {
    "urgency": "加急",
    "copies_to": ("区政法委", "关上派出所"),
    "signer_post": "街道主任",
    "signer": "李红",
    "contact": "张兰",
    "phone": "0871-67170001",
    "responsible": "王强",
    "responsible_phone": "13900000007",
    "enclosures": ("现场照片三张",),
}
TASK = HEAD | {
    "leader": "周正",
    "partners": ("关上司法所", "关上派出所"),
    "keeper": "赵敏",
    "report_rule": "每日",
    "opinion": "定为中风险。",
    "instruction": "同意，限期办结。",
}
URGE = HEAD | {
    "reason": "逾期未反馈",
    "first_due_on": date(2025, 3, 18),
    "overdue_days": 3,
    "supervision": 2,
    "way": "实地",
    "progress": "尚未组织调解。",
    "warnings": ("通报", "约谈"),
}
ANSWER = HEAD | {
    "answer_kind": "办结",
    "result": "稳控",
    "satisfaction": "基本满意",
    "risk": "低",
    "next_steps": "每月回访。",
    "extend_to": date(2025, 4, 1),
    "agreement_number": "〔2025〕7号",
}


def text_of(case: Case, office: Office, kind: str, **fields: Any) -> tuple[str, int]:
    """The text of the paper without blanks, and its pages."""
    plain = next(letter for letter in case.letters if letter.kind == kind)
    letter: Letter = msgspec.structs.replace(plain, **fields)
    document = pypdfium2.PdfDocument(render(kind, case, office, letter=letter))
    try:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document), len(document)
    finally:
        document.close()


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("任务单", TASK, ["【加急】", "街道主任李红", "张兰0871-67170001", "区政法委、关上派出所", "王强13900000007", "周正", "赵敏"]),
        ("任务单", TASK, ["关上司法所、关上派出所", "☑每日", "□一次性", "定为中风险。", "同意，限期办结。", "1．现场照片三张"]),
        ("督办单", URGE, ["【加急】", "☑逾期未反馈", "□其他", "2025年3月18日", "3天", "第2次", "☑实地", "尚未组织调解。"]),
        ("督办单", URGE, ["☑通报", "□提级办理", "☑约谈", "街道主任李红"]),
        ("反馈单", ANSWER, ["☑办结", "□阶段", "☑稳控", "☑基本满意", "□满意", "每月回访。", "2025年4月1日", "1份", "〔2025〕7号"]),
        (
            "提示函",
            HEAD | {"basis": "一季度同类纠纷12件。"},
            ["联系人：张兰", "0871-67170001", "抄送：区政法委、关上派出所。", "一季度同类纠纷12件。"],
        ),
    ],
)
def test_what_was_entered_is_printed(case: Case, office: Office, kind: str, fields: dict[str, Any], expected: list[str]) -> None:
    text, pages = text_of(case, office, kind, **fields)
    assert [part for part in expected if part not in text] == []
    assert pages == (2 if kind == "提示函" else 1)


@pytest.mark.parametrize("kind", ["任务单", "督办单", "反馈单", "提示函"])
def test_what_nobody_entered_is_not_printed(case: Case, office: Office, kind: str) -> None:
    text, _ = text_of(case, office, kind)
    assert "☑" not in text
    assert "加急" not in text
    assert "None" not in text


def test_ordinary_letters_bear_no_urgency(case: Case, office: Office) -> None:
    assert "平件" not in text_of(case, office, "任务单", urgency="平件")[0]
