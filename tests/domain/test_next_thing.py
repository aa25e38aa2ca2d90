"""下一步, where a dispute has ended; what comes before is told in `test_course`."""

from datetime import date
from typing import Any

import pytest

from desktop.domain.agreement import Agreement
from desktop.domain.course_records import Conclusion
from desktop.domain.next_thing import next_thing
from desktop.domain.visit import Visit
from tests.domain.samples import accepted

SIGNED = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("filed", "visited", "words", "field"),
    [
        (date(2026, 2, 10), date(2026, 2, 8), "回访当事人（计划2026年3月3日），归档以后照样登记", "visits"),
        (date(2026, 2, 10), date(2026, 5, 1), "已归档，不需要再办理", ""),
        (date(2026, 6, 1), date(2026, 2, 8), "已归档，不需要再办理", ""),
    ],
)
def test_what_is_filed_is_still_visited(filed: date, visited: date, words: str, field: str) -> None:
    agreed, ended = Agreement(form="书面", signed_on=SIGNED), Conclusion(on=filed)
    case = accepted(agreement=agreed, conclusion=ended, closed_on=filed, visits=(Visit(on=visited, performance="全部履行"),))
    found = next_thing(case, lambda _: True, filed)
    assert (found.text, found.field) == (words, field)


@pytest.mark.parametrize(
    ("changes", "is_danger"),
    [
        ({"risk": "高"}, True),
        ({"risk": "高", "police_reported_at": "2026-02-01T10:00"}, False),
        ({"risk": "中"}, False),
        ({"risk": "高", "agreement": Agreement(form="书面", signed_on=SIGNED)}, False),
    ],
)
def test_a_danger_that_nobody_reported_comes_first(changes: dict[str, Any], is_danger: bool) -> None:
    found = next_thing(accepted(**changes), lambda _: True, SIGNED)
    assert (found.field == "police_reported_at") is is_danger
