"""履行: what is due, what is settled, what is open."""

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import fulfilling
from desktop.domain.agreement import Agreement, Obligation
from desktop.domain.case import Case
from desktop.domain.course_records import Fulfilment
from desktop.domain.visit import Visit

SIGNED = date(2025, 3, 1)
RENT = Obligation(id="a", payer="甲", payee="乙", amount=50_000, due_on=date(2025, 3, 31), repeat="每月", until=date(2025, 6, 30))
WORK = Obligation(id="b", payer="乙", payee="甲", act="重筑田埂", due_on=date(2025, 3, 10))


def case(*obligations: Obligation, paid: tuple[Fulfilment, ...] = (), visits: tuple[Visit, ...] = (), signed: date | None = SIGNED) -> Case:
    agreement = Agreement(form="书面", signed_on=signed, obligations=obligations)
    return Case(
        type="合同", registered_on=SIGNED, summary="", parties=(), agreement=agreement, fulfilments=paid, visits=visits, mediators=("李",)
    )


def pay(obligation: str, amount: int | None, due_on: date | None = None, on: date = date(2025, 4, 1)) -> Fulfilment:
    return Fulfilment(obligation=obligation, amount=amount, due_on=due_on, on=on)


def test_repetitions_are_written_out_by_day() -> None:
    found = fulfilling.schedule(case(RENT, WORK))
    assert [(str(due.due_on), due.nth, due.times) for due in found] == [
        ("2025-03-10", 1, 1),
        ("2025-03-31", 1, 4),
        ("2025-04-30", 2, 4),
        ("2025-05-31", 3, 4),
        ("2025-06-30", 4, 4),
    ]


def test_a_payment_settles_the_due_that_it_names_and_its_surplus_the_earliest() -> None:
    dues = fulfilling.schedule(case(RENT, paid=(pay("a", 70_000, date(2025, 5, 31)),)))
    assert [due.paid for due in dues] == [20_000, 0, 50_000, 0]
    assert [due.done for due in dues] == [False, False, True, False]
    assert dues[2].done_on == date(2025, 4, 1)
    assert dues[0].rest == 30_000


def test_an_act_and_a_payment_without_amount_are_settled_whole() -> None:
    dues = fulfilling.schedule(case(RENT, WORK, paid=(pay("b", None), pay("a", None))))
    assert [due.done for due in dues] == [True, True, False, False, False]


def test_what_is_open_overdue_and_next() -> None:
    one = case(RENT, WORK, paid=(pay("b", None),))
    assert [str(due.due_on) for due in fulfilling.overdue(one, date(2025, 5, 1))] == ["2025-03-31", "2025-04-30"]
    following = fulfilling.next_due(one)
    assert following is not None
    assert following.due_on == date(2025, 3, 31)
    assert not fulfilling.performed(one)
    assert fulfilling.record_of(following, date(2025, 4, 2)) == pay("a", 50_000, date(2025, 3, 31), date(2025, 4, 2))


def test_an_unsigned_agreement_owes_nothing_yet() -> None:
    one = case(WORK, signed=None)
    assert fulfilling.schedule(one)
    assert fulfilling.open_dues(one) == ()


def test_without_an_end_it_goes_on_to_the_first_open_one_or_past_today() -> None:
    endless = msgspec.structs.replace(RENT, until=None)
    assert len(fulfilling.schedule(case(endless))) == 1
    assert len(fulfilling.schedule(case(endless, paid=(pay("a", 100_000),)))) == 3
    found = fulfilling.schedule(case(endless), date(2025, 6, 15))
    assert [due.nth for due in found] == [1, 2, 3, 4]
    assert found[-1].due_on == date(2025, 6, 30)
    assert found[-1].times is None


def test_a_visit_that_found_everything_performed_settles_all_but_later_repetitions() -> None:
    seen = Visit(on=date(2025, 5, 1), performance="全部履行")
    dues = fulfilling.schedule(case(RENT, WORK, visits=(seen,)))
    assert [due.done for due in dues] == [True, True, True, False, False]
    assert fulfilling.performed(case(WORK, visits=(seen,)))
    later = Visit(on=date(2025, 5, 9), performance="部分履行")
    assert not fulfilling.performed(case(WORK, visits=(seen, later)))


@given(st.lists(st.integers(0, 120_000), max_size=8), st.lists(st.sampled_from([None, date(2025, 4, 30), date(2025, 6, 30)]), max_size=8))
def test_no_fen_is_lost_or_invented(amounts: list[int], days: list[date | None]) -> None:
    paid = tuple(pay("a", amount, day) for amount, day in zip(amounts, days, strict=False))
    dues = fulfilling.schedule(case(RENT, paid=paid))
    assert sum(due.paid for due in dues) == min(sum(one.amount or 0 for one in paid), 200_000)
    assert all(due.done == (due.rest == 0) for due in dues)


def test_records_of_other_obligations_and_unsaved_ones_do_not_count() -> None:
    fresh = msgspec.structs.replace(WORK, id="")
    assert not fulfilling.schedule(case(fresh, paid=(pay("", None), pay("x", None))))[0].done
