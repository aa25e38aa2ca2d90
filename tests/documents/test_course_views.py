"""The notices and letters of the course say what was entered of it."""

from datetime import date
from typing import Any

import msgspec
import pytest

from desktop.documents.paper import pages
from desktop.domain.agreement import Agreement, Clause, Outcome
from desktop.domain.case import Case
from desktop.domain.course_records import Commission, Intake, Routing
from desktop.domain.dossier import Extension
from desktop.domain.office import Office
from tests.documents.test_every_form import printed
from tests.domain.samples import accepted

OFFICE = Office(id="1" * 32, level="镇", name="青石镇综治中心", series="青石", committee="青石镇人民调解委员会")
TAKEN = Intake(decision="受理", on=date(2026, 1, 7))
SENT = Commission(sender="云溪县人民法院", number="（2026）云委调3号", result="当事人已达成书面协议", returned_on=date(2026, 2, 20))
AGREED = Agreement(form="书面", signed_on=date(2026, 1, 31), clauses=(Clause(text="李四停止滴水。"),))
PASSED = (Routing(kind="分流", to=("联调室",)), Routing(kind="移送", to=("青石镇自然资源所", "青石镇林业站"), reason="专业性强"))

PAPERS: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "taken": ("受理通知书", {"intake": TAKEN}, ["决定于2026年1月7日受理"]),
    "registered only": ("受理通知书", {}, ["决定于2026年1月5日受理"]),
    "declined": (
        "不予受理通知书",
        {"outcome": Outcome(kind="不予受理", reason="不属于本委员会受理范围", advised=("仲裁", "公安"), on=date(2026, 1, 7))},
        ["☑不属于本委员会受理范围", "☑仲裁", "☑其他：公安", "2026年1月7日"],
    ),
    "failed": (
        "终止调解告知书",
        {"intake": TAKEN, "outcome": Outcome(kind="调解不成", reason="当事人要求终止调解或者拒绝继续调解", advised=("诉讼",))},
        ["2026年1月7日受理", "☑当事人要求终止调解或者拒绝继续调解", "☑诉讼"],
    ),
    "passed on": (
        "委托移送函",
        {"routings": PASSED, "outcome": Outcome(kind="移送", reason="专业性强", on=date(2026, 1, 9))},
        ["青石镇自然资源所、青石镇林业站：", "☑专业性强", "2026年1月9日"],
    ),
    "passed on to nobody": ("委托移送函", {"outcome": Outcome(kind="移送")}, ["＿＿＿＿＿＿＿＿＿＿＿＿："]),
    "answered": (
        "回复函",
        {"source": "法院委托移送", "commission": SENT, "agreement": AGREED, "intake": TAKEN},
        ["云溪县人民法院：", "来文号：（2026）云委调3号", "于2026年1月7日受理", "当事人已达成书面协议", "李四停止滴水", "2026年2月20日"],
    ),
    "answered after a failure": (
        "回复函",
        {
            "commission": msgspec.structs.replace(SENT, result="调解不成，已告知诉讼"),
            "outcome": Outcome(kind="调解不成", reason="差距太大"),
        },
        ["调解不成，已告知诉讼"],
    ),
    "not answered yet": ("回复函", {"outcome": Outcome(kind="撤回", reason="和好")}, ["＿＿＿＿＿＿＿＿＿＿＿＿：", "撤回。和好。"]),
    "extended": (
        "延期调解同意书",
        {"intake": TAKEN, "extension": Extension(until=date(2026, 3, 1), reason="等待鉴定", agreed_on=date(2026, 2, 1))},
        ["2026年1月7日受理", "延期原因：等待鉴定", "延长至2026年3月1日", "2026年2月1日"],
    ),
}


@pytest.mark.parametrize(("kind", "fields", "words"), PAPERS.values(), ids=PAPERS)
def test_the_paper_says_what_was_entered(kind: str, fields: dict[str, Any], words: list[str]) -> None:
    case: Case = accepted(number="〔2026〕青石人调字第1号", **fields)
    text = printed(pages(kind, case, OFFICE))
    assert [word for word in words if "".join(word.split()) not in text] == []


def test_an_answer_after_a_failure_is_not_told_twice() -> None:
    _, fields, _ = PAPERS["answered after a failure"]
    assert "差距太大" not in printed(pages("回复函", accepted(**fields), OFFICE))
