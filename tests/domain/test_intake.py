"""The intake proposes what the rules of domain.md 4.4 ask for, in the words of the notice."""

from pathlib import Path

import pytest

from desktop.domain.codes import Source, choices
from desktop.domain.intake import QUESTIONS, REASONS, WAYS, consequence, decide, question, questions_for

FORM = Path(__file__).resolve().parents[2] / "resources" / "forms" / "不予受理通知书.toml"


@pytest.mark.parametrize(
    ("answers", "source", "decision", "reason", "ways"),
    [
        ((), None, "受理", None, ()),
        (("crime",), None, "不予受理", "法律、法规规定只能由专门机关管辖处理，或者禁止采用民间调解方式解决", ("公安",)),
        (
            ("violence", "poor"),
            None,
            "不予受理",
            "法律、法规规定只能由专门机关管辖处理，或者禁止采用民间调解方式解决",
            ("公安", "法律援助"),
        ),
        (("court",), "当事人申请", "不予受理", "人民法院、公安机关或者其他行政机关已经受理或者解决", ("诉讼",)),
        (("court",), "法院委托移送", "受理", None, ()),
        (("police",), "公安机关委托移送", "受理", None, ()),
        (("police",), "法院委托移送", "不予受理", "人民法院、公安机关或者其他行政机关已经受理或者解决", ("公安",)),
        (("unwilling",), None, "不予受理", "另一方当事人不同意调解", ("仲裁", "诉讼")),
        (("not_civil",), None, "不予受理", "不属于本委员会受理范围", ("行政复议",)),
        (("nobody",), None, "不予受理", "没有明确的被申请人或者调解请求", ("法律援助",)),
        (("labour",), None, "引导", None, ("仲裁",)),
        (("ownership", "poor"), None, "引导", None, ("行政裁决", "法律援助")),
        (("unknown",), None, "受理", None, ()),
    ],
)
def test_what_the_answers_propose(
    answers: tuple[str, ...], source: str | None, decision: str, reason: str | None, ways: tuple[str, ...]
) -> None:
    found = decide(answers, source)
    assert (found.decision, found.reason, found.guided_to) == (decision, reason, ways)
    assert len(found.because) == sum(one.code in answers for one in questions_for(source))


def test_the_reasons_are_those_that_the_notice_ticks() -> None:
    text = FORM.read_text(encoding="utf-8")
    assert all(f'"{reason}"' in text for reason in REASONS)


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.code)
def test_each_question_is_whole(one: object) -> None:
    found = question(one.code)  # type: ignore[attr-defined]  # pytest hands over the question
    assert found is not None
    assert found is one
    assert found.text.endswith("吗？")
    assert len(found.text) <= 40
    assert set(found.ways) <= set(WAYS)
    assert found.ways
    assert found.law
    assert (found.reason in REASONS) is found.bars
    assert found.sources <= set(choices(Source))
    assert consequence(found) == ("不得受理" if found.bars else "可以引导")


def test_codes_are_unique() -> None:
    assert len({one.code for one in QUESTIONS}) == len(QUESTIONS)
