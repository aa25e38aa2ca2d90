from datetime import date

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause, Obligation, Outcome
from desktop.domain.case import Case
from desktop.domain.checks import doubts
from desktop.domain.letter import Letter
from desktop.domain.party import Agent, Party
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from tests.domain.samples import PATHS, TODAY, accepted, sample

MEDIATED = (Session(kind="调解记录"),)
BACKWARDS = Session(kind="调解记录", started_at="2026-01-06T09:00", ended_at="2026-01-06T08:59")


def _agreement(*clauses: str, signed_on: date | None = date(2026, 1, 20), obligations: tuple[Obligation, ...] = ()) -> Agreement:
    return Agreement(signed_on=signed_on, clauses=tuple(Clause(text=text) for text in clauses), obligations=obligations)


def _with_party(**fields: object) -> Case:
    case = accepted()
    first = msgspec.structs.replace(case.parties[0], **fields)
    return msgspec.structs.replace(case, parties=(first, *case.parties[1:]))


def _paid(*amounts: int) -> tuple[Obligation, ...]:
    return tuple(Obligation(amount=amount, due_on=date(2026, 2, 1)) for amount in amounts)


@pytest.mark.parametrize(
    ("case", "paths"),
    [
        (accepted(), []),
        (accepted(registered_on=date(2026, 3, 2)), ["registered_on"]),
        (accepted(registered_on=TODAY), []),
        (accepted(occurred_on=date(2026, 1, 6)), ["occurred_on"]),
        (accepted(occurred_on=date(2026, 1, 5)), []),
        (accepted(visits=(Visit(on=date(2026, 3, 2)),)), ["visits[0].on"]),
        (accepted(visits=(Visit(on=TODAY), Visit())), []),
        (accepted(people_count=3), ["people_count"]),
        (accepted(people_count=2), []),
        (accepted(parties=()), ["parties", "parties"]),
        (accepted(parties=accepted().parties[:1]), ["parties"]),
        (accepted(risk="高"), ["police_reported_at"]),
        (accepted(risk="高", police_reported_at="2026-01-05T10:00"), []),
        (accepted(risk="中"), []),
        (_with_party(name=" "), ["parties[0].name"]),
        (_with_party(id_number="110105194912310021"), ["parties[0].id_number"]),
        (_with_party(id_number="11010519491231002x", sex="女", born_on=date(1949, 12, 31)), []),
        (_with_party(id_number="11010519491231002X", sex="男", born_on=date(1949, 12, 30)), ["parties[0].born_on", "parties[0].sex"]),
        (_with_party(born_on=date(2026, 3, 2)), ["parties[0].born_on", "parties[0].guardian"]),
        (_with_party(born_on=date(2008, 1, 6)), ["parties[0].guardian"]),  # eighteen on the day after the registration
        (_with_party(born_on=date(2008, 1, 5)), []),
        (_with_party(born_on=date(2015, 1, 1), guardian="张大"), []),
        (_with_party(ethnic="彝族"), []),
        (_with_party(ethnic="彝"), ["parties[0].ethnic"]),
        (_with_party(credit_code="91350100M000100Y44"), ["parties[0].credit_code"]),
        (_with_party(agent=Agent(name="王五", id_number="1")), ["parties[0].agent.id_number"]),
        (_with_party(address="一号\u202e楼"), ["parties[0].address"]),
        (accepted(summary="a\u200bb"), ["summary"]),
        (accepted(summary="\ue000某\U000f0000"), ["summary"]),
        (accepted(summary="䶮𬭎㛃𪩘·Ａ"), []),
        (accepted(claims=("赔偿", "a\x07")), ["claims[1]"]),
        (accepted(summary="第一行\n第二行"), []),
        (
            accepted(sessions=(BACKWARDS,)),
            ["sessions[0].ended_at"],
        ),
        (accepted(sessions=(Session(kind="调解记录", started_at="2026-01-04T09:00"),)), ["sessions[0].started_at"]),
        (accepted(sessions=MEDIATED, agreement=_agreement("停止滴水。")), []),
        (accepted(sessions=MEDIATED, agreement=_agreement("停止滴水。", signed_on=date(2026, 3, 2))), ["agreement.signed_on"]),
        (accepted(sessions=MEDIATED, agreement=_agreement("停止滴水。", signed_on=date(2026, 1, 4))), ["agreement.signed_on"]),
        (accepted(sessions=MEDIATED, agreement=_agreement()), ["agreement.clauses"]),
        (accepted(agreement=_agreement("停止滴水。")), ["sessions"]),
        (accepted(agreement=Agreement()), []),
        (accepted(sessions=MEDIATED, agreement=_agreement("停止滴水。"), outcome=Outcome(kind="调解不成")), ["outcome"]),
        (
            accepted(agreement=Agreement(signed_on=None, obligations=(Obligation(),))),
            ["agreement.obligations[0].due_on", "agreement.obligations[0].amount"],
        ),
        (
            accepted(sessions=MEDIATED, agreement=_agreement("道歉。", obligations=(Obligation(act="道歉", due_on=date(2026, 1, 19)),))),
            ["agreement.obligations[0].due_on"],
        ),
        (
            accepted(agreement=Agreement(obligations=(Obligation(act="x", due_on=date(2026, 2, 2), until=date(2026, 2, 1)),))),
            ["agreement.obligations[0].until"],
        ),
        (accepted(letters=(Letter(kind="任务单", issued_on=date(2026, 2, 2), due_on=date(2026, 2, 1)),)), ["letters[0].due_on"]),
    ],
)
def test_doubts_stand_beside_their_fields(case: Case, paths: list[str]) -> None:
    found = doubts(case, TODAY)
    assert [doubt.path for doubt in found] == paths
    assert all(doubt.message.endswith("。") and doubt.message.count("。") == 1 for doubt in found)


@pytest.mark.parametrize(
    ("clause", "amounts", "is_doubtful"),
    [
        ("赔偿3000元。", (300_000,), False),
        ("赔偿3000.00元。", (300_000,), False),
        ("赔偿3,000.00元。", (300_000,), False),
        ("赔偿３０００元。", (300_000,), False),
        ("赔偿人民币叁仟元整。", (300_000,), False),
        ("赔偿1.5万元。", (1_500_000,), False),
        ("赔偿3000.5元。", (300_050,), False),
        ("赔偿13000元。", (300_000,), True),
        ("赔偿30000元。", (300_000,), True),
        ("赔偿3000.55元。", (300_000,), True),
        ("甲付3000，2026年2月1日前付清。", (300_000,), False),
        ("甲付1000元，乙付2000元。", (100_000, 200_000), False),
        ("甲乙共付3000元。", (100_000, 200_000), False),
        ("甲付1000元，乙付其余。", (100_000, 200_000), True),
        ("一次付清。", (300_000,), True),
        ("停止滴水。", (), False),
        ("停止滴水。", (0,), True),
    ],
)
def test_amounts_that_the_clauses_do_not_mention(clause: str, amounts: tuple[int, ...], is_doubtful: bool) -> None:
    case = accepted(sessions=MEDIATED, agreement=_agreement(clause, obligations=_paid(*amounts)))
    assert [doubt.path for doubt in doubts(case, TODAY)] == ["agreement.obligations"] * is_doubtful


def test_instalments_are_not_summed() -> None:
    monthly = Obligation(amount=100_000, due_on=date(2026, 2, 1), until=date(2026, 6, 1), repeat="每月")
    assert doubts(accepted(sessions=MEDIATED, agreement=_agreement("按月支付。", obligations=(monthly,))), TODAY) == []


@pytest.mark.parametrize("number", PATHS)
def test_of_the_samples_only_one_is_doubtful(number: str) -> None:
    expected = ["people_count"] if number == "02" else []
    assert [doubt.path for doubt in doubts(sample(number), TODAY)] == expected


def test_an_adult_by_the_day_of_registration() -> None:
    born = Party(role="第三人", kind="自然人", name="小李", born_on=date(2008, 2, 29))
    for day, count in ((date(2026, 2, 28), 1), (date(2026, 3, 1), 0)):
        case = accepted(registered_on=day)
        assert len(doubts(msgspec.structs.replace(case, parties=(*case.parties, born)), TODAY)) == count


def test_a_blank_of_the_library_that_was_not_filled_is_doubtful() -> None:
    agreement = Agreement(clauses=(Clause(text="付清。"), Clause(text="于＿＿年付清。")))
    found = [doubt for doubt in doubts(accepted(agreement=agreement), TODAY) if doubt.path.startswith("agreement.clauses")]
    assert [(doubt.path, "第2条还有没填的空" in doubt.message) for doubt in found] == [("agreement.clauses[1]", True)]
