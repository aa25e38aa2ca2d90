"""履行: what falls due under an agreement, what was performed of it, and what is open (人民调解法 Art. 31; domain.md 3.11, 3.13)."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from desktop.domain import instalments
from desktop.domain.agreement import Agreement, Obligation
from desktop.domain.case import Case
from desktop.domain.course_records import Fulfilment
from desktop.domain.money import Fen
from desktop.domain.visit import Visit


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that falls due: an amount in fen or an act, from whom to whom, until when.

    `nth` of `times` (None: without end) counts the repetitions of one obligation from 1. `paid` is what was performed of `amount`;
    `done_on` the day on which the rest came, `done` whether nothing is open.
    """

    obligation: str
    row: int
    payer: str | None = None
    payee: str | None = None
    amount: Fen | None = None
    act: str | None = None
    due_on: date | None = None
    nth: int = 1
    times: int | None = 1
    paid: Fen = 0
    done: bool = False
    done_on: date | None = None

    @property
    def rest(self) -> Fen | None:
        """What is still to be paid, in fen; None for an act."""
        return None if self.amount is None else self.amount - self.paid

    def overdue(self, today: date) -> bool:
        """Whether its day has passed and something is open."""
        return not self.done and self.due_on is not None and self.due_on < today


def schedule(case: Case, today: date | None = None) -> tuple[Due, ...]:
    """Everything that falls due under the agreement of the case, by day, those without a day last.

    Repetitions are written out; one without an end goes on to the first that is open, with `today` to the first after that day. A record
    (`Fulfilment`) settles the due that it names and with its surplus the earliest open ones of the same obligation; one without an
    amount settles its due whole. A last visit that found 全部履行 settles every due but repetitions after the day of the visit.
    """
    found: list[Due] = []
    for row, obligation in enumerate((case.agreement or Agreement()).obligations):
        found += _of_obligation(case, obligation, row, today)
    return tuple(sorted(found, key=_by_day))


def binding(case: Case) -> bool:
    """Whether there is an agreement in force: it was signed, or reached by word (人民调解法 Art. 29, 30)."""
    return case.agreement is not None and case.agreement.signed_on is not None


def open_dues(case: Case, today: date | None = None) -> tuple[Due, ...]:
    """What is still to be performed under an agreement in force, by day."""
    return tuple(due for due in schedule(case, today) if not due.done) if binding(case) else ()


def overdue(case: Case, today: date) -> tuple[Due, ...]:
    """What should have been performed before today."""
    return tuple(due for due in open_dues(case, today) if due.overdue(today))


def next_due(case: Case) -> Due | None:
    """The open due with the earliest day."""
    return next((due for due in open_dues(case) if due.due_on), None)


def performed(case: Case) -> bool:
    """Whether an agreement in force owes something and nothing of it is open."""
    dues = schedule(case)
    return binding(case) and bool(dues) and all(due.done for due in dues)


def record_of(due: Due, today: date) -> Fulfilment:
    """What to register when the whole rest of the due is performed today: to be looked at and changed before it is kept."""
    return Fulfilment(obligation=due.obligation, due_on=due.due_on, on=today, amount=due.rest)


def _by_day(due: Due) -> tuple[bool, date, int, int]:
    return (due.due_on is None, due.due_on or date.max, due.row, due.nth)


def _of_obligation(case: Case, obligation: Obligation, row: int, today: date | None) -> list[Due]:
    records = [one for one in case.fulfilments if one.obligation and one.obligation == obligation.id]
    dues: list[Due] = []
    for due in _written_out(obligation, row):
        dues.append(due)
        if due.times is None and due.nth > len(records) and _is_enough(_settled(dues, records, case.visits), today):
            break
    return _settled(dues, records, case.visits)


def _is_enough(dues: Sequence[Due], today: date | None) -> bool:
    """Whether an endless row of repetitions shows its first open one, and the first after today."""
    last = dues[-1].due_on
    return not last or (not dues[-1].done and (today is None or last > today))


def _written_out(obligation: Obligation, row: int) -> Iterator[Due]:
    first, step = obligation.due_on, obligation.repeat
    once = Due(
        obligation=obligation.id,
        row=row,
        payer=obligation.payer,
        payee=obligation.payee,
        amount=obligation.amount,
        act=obligation.act,
        due_on=first,
    )
    if first is None or step is None or (obligation.until and obligation.until < first):
        yield once
        return
    days = list(instalments.days(first, step, obligation.until or date.max))
    times = len(days) if obligation.until else None
    for nth, day in enumerate(days, start=1):
        yield msgspec.structs.replace(once, due_on=day, nth=nth, times=times)


def _settled(dues: Sequence[Due], records: Sequence[Fulfilment], visits: Sequence[Visit]) -> list[Due]:
    found = list(dues)
    for record in records:
        _settle(found, record)
    return [due if due.done else _as_visited(due, visits) for due in found]


def _settle(dues: list[Due], record: Fulfilment) -> None:
    """Count the record towards the due that it names, what is left of it towards the earliest open ones."""
    order = sorted(range(len(dues)), key=lambda place: (dues[place].due_on != record.due_on, place))
    left = record.amount
    for place in order:
        due = dues[place]
        if due.done:
            continue
        if left is None or due.amount is None:
            dues[place] = msgspec.structs.replace(due, paid=due.amount or 0, done=True, done_on=record.on)
            return
        part = min(left, due.amount - due.paid)
        paid = due.paid + part
        done = paid == due.amount
        dues[place] = msgspec.structs.replace(due, paid=paid, done=done, done_on=record.on if done else None)
        left -= part
        if not left:
            return


def _as_visited(due: Due, visits: Sequence[Visit]) -> Due:
    told = [visit for visit in visits if visit.performance]
    if not told or told[-1].performance != "全部履行":
        return due
    day = told[-1].on
    if due.times != 1 and (day is None or due.due_on is None or due.due_on > day):
        return due
    return msgspec.structs.replace(due, paid=due.amount or 0, done=True, done_on=day)
