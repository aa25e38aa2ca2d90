"""What is due, for made cases and for the samples."""

from datetime import date
from typing import Any

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Obligation, Outcome
from desktop.domain.case import Case
from desktop.domain.course_records import Commission, Conclusion, Fulfilment, Routing
from desktop.domain.dossier import Confirmation, Extension
from desktop.domain.dues import dues, earliest, move
from desktop.domain.letter import Letter, LetterMove
from desktop.domain.letter_replies import with_replies
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from tests.domain.samples import PATHS, sample

CASE = Case(type="合同", registered_on=date(2026, 3, 2), summary="欠款", parties=(), risk="低")
SIGNED = Agreement(form="书面", signed_on=date(2026, 3, 20))
OWED = Obligation(id="a", payer="李四", amount=150_000, due_on=date(2026, 4, 1))
ORDER = Letter(id="l", kind="任务单", number="〔2026〕1号", issued_on=date(2026, 3, 3), due_on=date(2026, 3, 10), responsible="王五")

KEPT = Outcome(kind="稳控", on=date(2026, 3, 9), responsible="赵六", review_on=date(2026, 4, 10))
TODAY = date(2026, 3, 10)

URGED = Letter(id="u", kind="督办单", number="〔2026〕2号", replies_to="任务单")
SLIP = Letter(id="s", kind="反馈单", number="〔2026〕3号", replies_to="〔2026〕2号", issued_on=date(2026, 3, 9))


def case(**changes: Any) -> Case:
    return msgspec.structs.replace(CASE, **changes)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (case(), [("2026-04-01", "调解期限")]),
        (case(extension=Extension(until=date(2026, 4, 20))), [("2026-04-20", "调解期限")]),
        (case(risk="高"), [("2026-03-02", "报告公安"), ("2026-04-01", "调解期限")]),
        (case(risk="高", police_reported_at="2026-03-02T10:00"), [("2026-04-01", "调解期限")]),
        (case(agreement=Agreement(form="书面", obligations=(OWED,))), [("2026-04-01", "调解期限")]),
        (
            case(agreement=msgspec.structs.replace(SIGNED, obligations=(OWED,))),
            [("2026-04-01", "履行"), ("2026-04-04", "回访")],
        ),
        (
            case(
                agreement=msgspec.structs.replace(SIGNED, obligations=(OWED,)),
                fulfilments=(Fulfilment(obligation="a", due_on=date(2026, 4, 1), on=date(2026, 3, 30), amount=150_000),),
            ),
            [("2026-04-04", "回访")],
        ),
        (case(agreement=SIGNED, confirmation=Confirmation(court="法院")), [("2026-04-19", "回访"), ("2026-04-19", "司法确认")]),
        (case(agreement=SIGNED, confirmation=Confirmation(applied_on=date(2026, 3, 22))), [("2026-04-19", "回访")]),
        (
            case(outcome=Outcome(kind="稳控", on=date(2026, 3, 9), responsible="赵六", review_on=date(2026, 3, 16))),
            [("2026-03-16", "稳控复查"), ("2026-04-08", "回访")],
        ),
        (case(letters=(ORDER,)), [("2026-03-04", "函件签收"), ("2026-03-10", "函件办理"), ("2026-04-01", "调解期限")]),
        (
            case(letters=(ORDER,), moves=(LetterMove(letter="l", kind="签收", on=date(2026, 3, 4)),)),
            [("2026-03-10", "函件办理"), ("2026-04-01", "调解期限")],
        ),
        (with_replies(None, case(letters=(ORDER, URGED, SLIP))), [("2026-04-01", "调解期限")]),
        (case(letters=(ORDER, URGED)), [("2026-03-04", "函件签收"), ("2026-03-10", "函件办理"), ("2026-04-01", "调解期限")]),
        (case(commission=Commission(sender="派出所", due_on=date(2026, 3, 30))), [("2026-03-30", "来文回复"), ("2026-04-01", "调解期限")]),
        (case(routings=(Routing(kind="吹哨", on=date(2026, 3, 5)),)), [("2026-03-05", "吹哨报到"), ("2026-04-01", "调解期限")]),
        (case(source="法院委托移送"), [("2026-04-01", "调解期限"), ("2026-04-01", "来文回复")]),
        (
            case(source="公安机关委托移送", commission=Commission(received_on=date(2026, 2, 27))),
            [("2026-03-29", "来文回复"), ("2026-04-01", "调解期限")],
        ),
        (
            case(source="法院委托移送", extension=Extension(until=date(2026, 4, 20))),
            [("2026-04-20", "调解期限"), ("2026-04-20", "来文回复")],
        ),
        (case(source="法院委托移送", agreement=SIGNED), [("2026-03-27", "来文回复"), ("2026-04-19", "回访")]),
        (case(source="法院委托移送", agreement=SIGNED, commission=Commission(returned_on=date(2026, 3, 21))), [("2026-04-19", "回访")]),
        (case(routings=(Routing(kind="上报", on=date(2026, 3, 5)),)), [("2026-03-12", "上报答复"), ("2026-04-01", "调解期限")]),
        (case(routings=(Routing(kind="上报", on=date(2026, 3, 5), answered_on=date(2026, 3, 6)),)), [("2026-04-01", "调解期限")]),
        (
            case(routings=(Routing(kind="移送", on=date(2026, 3, 5)),), outcome=Outcome(kind="移送", on=date(2026, 3, 5))),
            [("2026-03-12", "移送回执")],
        ),
        (case(routings=(Routing(kind="升级", on=date(2026, 3, 5)), Routing(kind="上报"))), [("2026-04-01", "调解期限")]),
        (case(closed_on=date(2026, 5, 1), agreement=SIGNED), []),
        (case(closed_on=date(2026, 3, 25), agreement=SIGNED), [("2026-04-19", "回访")]),
        (
            case(closed_on=date(2026, 3, 25), agreement=SIGNED, letters=(ORDER,), routings=(Routing(kind="上报", on=TODAY),)),
            [("2026-04-19", "回访")],
        ),
        (case(outcome=KEPT, conclusion=Conclusion(on=date(2026, 3, 10))), [("2026-04-08", "回访"), ("2026-04-10", "稳控复查")]),
        (case(outcome=KEPT, conclusion=Conclusion(on=TODAY), closed_on=date(2026, 4, 9)), [("2026-04-10", "稳控复查")]),
        (case(same_as="0" * 32), []),
    ],
)
def test_what_is_due(given: Case, expected: list[tuple[str, str]]) -> None:
    assert [(str(due.on), due.kind) for due in dues(given)] == expected
    assert earliest(given) == (date.fromisoformat(expected[0][0]) if expected else None)


@pytest.mark.parametrize(
    ("given", "text", "field"),
    [
        (case(source="法院委托移送", commission=Commission(number="3号")), "向法院回复结果", "commission.returned_on"),
        (case(commission=Commission(sender="某局")), "向某局回复结果", "commission.returned_on"),
        (case(routings=(Routing(kind="上报", to=("县综治中心",), on=TODAY),)), "县综治中心还没有答复上报", "routings[0].answered_on"),
        (case(routings=(Routing(kind="移送", on=TODAY),)), "有关单位还没有回执移送", "routings[0].answered_on"),
        (
            case(outcome=KEPT, conclusion=Conclusion(on=TODAY), visits=(Visit(on=date(2026, 4, 8)),)),
            "复查稳控情况，登记回访（赵六）",
            "visits",
        ),
    ],
)
def test_what_is_to_be_done_and_where(given: Case, text: str, field: str) -> None:
    assert (text, field) in [(due.text, due.field) for due in dues(given)]


def test_a_limit_on_a_day_off_moves_and_the_earliest_day_never_comes_after_it() -> None:
    sunday = case(registered_on=date(2026, 3, 13), sessions=(Session(kind="调查记录"),))
    (due,) = dues(sunday, lambda day: day.isoweekday() < 6)
    assert due.on == date(2026, 4, 13)
    first = earliest(sunday)
    assert first is not None
    assert first <= due.on


@pytest.mark.parametrize("number", PATHS)
@pytest.mark.parametrize(
    "name", ["parties", "sessions", "clauses", "attachments", "seals", "summary", "place", "claims", "mediators", "recorder"]
)
def test_no_day_hangs_on_these_fields(number: str, name: str) -> None:
    """The store leaves the days alone when nothing else changes: emptying such a field moves nothing."""
    given = sample(number)
    assert not move(name)
    assert earliest(_emptied(given, name)) == earliest(given)


def _emptied(given: Case, name: str) -> Case:
    if name == "clauses":
        return msgspec.structs.replace(given, agreement=given.agreement and msgspec.structs.replace(given.agreement, clauses=()))
    plain: object = () if isinstance(getattr(given, name), tuple) else "" if name == "summary" else None
    return msgspec.structs.replace(given, **{name: plain})
