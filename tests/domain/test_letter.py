from datetime import date

import msgspec
import pytest

from desktop.domain.letter import Letter, lacking_for_issue
from tests.domain.samples import sample

WHOLE = Letter(
    kind="任务单",
    to="石桥村",
    measures=("走访",),
    due_on=date(2026, 3, 10),
    responsible="村主任",
    signer="镇长",
    issued_on=date(2026, 3, 1),
)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("to", "主送单位"),
        ("measures", "措施"),
        ("due_on", "办理时限"),
        ("responsible", "责任人"),
        ("signer", "签发人"),
        ("issued_on", "签发日期"),
    ],
)
def test_nothing_is_issued_without(missing: str, words: str) -> None:
    empty: object = () if missing == "measures" else None
    assert lacking_for_issue(msgspec.structs.replace(WHOLE, **{missing: empty})) == (words,)


def test_what_is_whole_may_be_issued() -> None:
    assert lacking_for_issue(WHOLE) == ()
    assert lacking_for_issue(msgspec.structs.replace(WHOLE, kind="反馈单", due_on=None)) == ()
    assert len(lacking_for_issue(Letter(kind="提示函"))) == 6


def test_the_letters_of_the_samples_are_whole() -> None:
    assert [lacking_for_issue(letter) for letter in sample("05").letters] == [(), (), ()]
