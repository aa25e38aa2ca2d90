"""What was signed stays: each change of it is refused with what to do, and what was left open can be filled in."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.case import Case
from desktop.domain.party import Party
from desktop.domain.signed_terms import TermsBind, altered, require_terms_kept
from tests.domain.samples import PATHS, accepted, sample

OWED = Obligation(id="7" * 32, payer="李四", payee="张三", amount=100_00, due_on=date(2026, 2, 10))
FIRST, SECOND = Clause(id="1" * 32, text="停止滴水。"), Clause(id="2" * 32, text="赔偿＿＿元。")
TERMS = Agreement(form="书面", signed_on=date(2026, 1, 31), facts="滴水。", clauses=(FIRST, SECOND), obligations=(OWED,))
SIGNED = accepted(
    agreement=TERMS,
    parties=(
        Party(id="a" * 32, role="申请人", kind="自然人", name="张三", phone="1"),
        Party(id="b" * 32, role="被申请人", kind="自然人", name="李四"),
    ),
)
ONE, TWO = SIGNED.parties


def _with(**fields: Any) -> Case:
    return replace(SIGNED, agreement=replace(TERMS, **fields))


ALTERED = {
    "the form": (_with(form="口头"), "agreement.form"),
    "the facts": (_with(facts="漏水。"), "agreement.facts"),
    "a clause": (_with(clauses=(replace(FIRST, text="继续滴水。"), SECOND)), "agreement.clauses"),
    "a clause less": (_with(clauses=(SECOND,)), "agreement.clauses"),
    "a clause more": (_with(clauses=(FIRST, SECOND, Clause(text="另付一万元。"))), "agreement.clauses"),
    "their order": (_with(clauses=(SECOND, FIRST)), "agreement.clauses"),
    "all clauses": (_with(clauses=()), "agreement.clauses"),
    "an amount": (_with(obligations=(replace(OWED, amount=1),)), "agreement.obligations"),
    "an amount taken out": (_with(obligations=(replace(OWED, amount=None),)), "agreement.obligations"),
    "a day": (_with(obligations=(replace(OWED, due_on=date(2027, 2, 10)),)), "agreement.obligations"),
    "who pays": (_with(obligations=(replace(OWED, payer="张三"),)), "agreement.obligations"),
    "an obligation taken out": (_with(obligations=()), "agreement.obligations"),
    "an obligation in the place of another": (_with(obligations=(replace(OWED, id="8" * 32, amount=1),)), "agreement.obligations"),
    "a party less": (replace(SIGNED, parties=(ONE,)), "parties"),
    "all parties": (replace(SIGNED, parties=()), "parties"),
    "another name": (replace(SIGNED, parties=(ONE, replace(TWO, name="王五"))), "parties"),
    "another side": (replace(SIGNED, parties=(ONE, replace(TWO, role="第三人"))), "parties"),
    "a company in the place of a person": (replace(SIGNED, parties=(ONE, replace(TWO, kind="组织"))), "parties"),
}


@pytest.mark.parametrize(("after", "field"), ALTERED.values(), ids=ALTERED)
def test_what_was_signed_is_not_altered(after: Case, field: str) -> None:
    with pytest.raises(TermsBind, match=r"先删去签订日期.*新的签订日期.*第三十一条.*。$") as caught:
        require_terms_kept(SIGNED, after)
    assert caught.value.field == field
    assert str(caught.value).count("。") == 1


@pytest.mark.parametrize(("after", "field"), ALTERED.values(), ids=ALTERED)
def test_without_the_day_or_with_another_one_it_is(after: Case, field: str) -> None:
    """Taken back to be put right, or agreed anew."""
    assert altered(SIGNED, after) == field
    terms = after.agreement or Agreement()
    for day in (None, date(2026, 3, 1)):
        other = replace(after, agreement=replace(terms, signed_on=day))
        require_terms_kept(SIGNED, other)
        require_terms_kept(other, SIGNED)


FILLED_IN = {
    "nothing": SIGNED,
    "a telephone number": replace(SIGNED, parties=(replace(ONE, phone="13900000000", address="石桥村"), TWO)),
    "an identity number": replace(SIGNED, parties=(ONE, replace(TWO, id_number="53011120000101001X", born_on=date(2000, 1, 1)))),
    "a third party": replace(SIGNED, parties=(*SIGNED.parties, Party(role="第三人", kind="自然人", name="王五"))),
    "a blank in a clause": _with(clauses=(FIRST, replace(SECOND, text="赔偿100元。"))),
    "spaces": _with(clauses=(replace(FIRST, text=" 停止滴水。\n"), SECOND), facts=" 滴水。"),
    "another obligation": _with(obligations=(OWED, Obligation(payer="李四", act="道歉"))),
    "the way of payment": _with(obligations=(replace(OWED, method="现金"),)),
    "the same entered again": _with(obligations=(replace(OWED, id="9" * 32, position=7),)),
    "no agreement": replace(SIGNED, agreement=None),
    "other things": replace(SIGNED, summary="别的", amount=1, mediators=("赵六",)),
}


@pytest.mark.parametrize("after", FILLED_IN.values(), ids=FILLED_IN)
def test_what_was_left_open_may_be_filled_in(after: Case) -> None:
    require_terms_kept(SIGNED, after)


def test_an_agreement_that_was_entered_with_its_day_alone_is_written_down_later() -> None:
    bare = replace(SIGNED, agreement=Agreement(signed_on=TERMS.signed_on))
    require_terms_kept(bare, SIGNED)
    require_terms_kept(accepted(), SIGNED)


@pytest.mark.parametrize("number", PATHS)
def test_a_sample_may_be_saved_as_it_is(number: str) -> None:
    require_terms_kept(sample(number), sample(number))
