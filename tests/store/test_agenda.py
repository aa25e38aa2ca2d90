"""会商: which disputes a meeting is to look at."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.course_records import Conclusion
from desktop.domain.visit import Visit
from desktop.services import cases, letters, meetings
from desktop.services.desk import Desk
from tests.domain.samples import accepted
from tests.services.offices import new_office

DAY = date(2026, 3, 2)
TAKEN = date(2025, 12, 20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_office(tmp_path / "村") as made:
        yield made


def test_a_filed_dispute_whose_letter_is_late_is_not_looked_at_while_it_is_still_visited(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, accepted(registered_on=TAKEN)).id)
    order = msgspec.structs.replace(letters.blank(desk, made, "任务单", "某局"), responsible="张敏", signer="李明", measures=("走访",))
    order = msgspec.structs.replace(order, due_on=date(2026, 2, 20), issued_on=date(2026, 2, 10))
    made = letters.issue(desk, made.id, order, on=date(2026, 2, 10)).case
    assert [item.case for item in meetings.prepare(desk, "周研判", DAY).items] == [made.id]
    owed = Obligation(payer="李四", act="改装雨棚", due_on=date(2026, 2, 10))
    agreed = Agreement(form="书面", signed_on=date(2026, 2, 1), facts="滴水", clauses=(Clause(text="改装雨棚。"),), obligations=(owed,))
    for step in (
        {"informed_on": TAKEN, "agreement": agreed},
        {"visits": (Visit(on=date(2026, 2, 28), party="张三", performance="全部履行"),)},
        {"conclusion": Conclusion(on=date(2026, 2, 28))},
        {"closed_on": date(2026, 2, 28)},
    ):
        made = cases.save(desk, made, msgspec.structs.replace(made, **step)).case
    due = desk.database.connection.execute("SELECT due_on FROM cases").fetchall()
    assert due == [("2026-05-02",)]
    assert meetings.prepare(desk, "周研判", DAY).items == ()
