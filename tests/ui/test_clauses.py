from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.agreement import Clause
from desktop.ui.case.clauses import paired

OLD = tuple(Clause(id=str(number), text=text) for number, text in enumerate(("一", "二", "三")))


def ids(texts: list[str]) -> list[str]:
    return [clause.id for clause in paired(OLD, texts)]


def test_clauses_keep_their_identity_by_text_and_then_by_place() -> None:
    assert ids(["一", "二", "三"]) == ["0", "1", "2"]
    assert ids(["一", "改", "三"]) == ["0", "1", "2"]
    assert ids(["新", "一", "二", "三"]) == ["", "0", "1", "2"]
    assert ids(["二", "三"]) == ["1", "2"]
    assert ids([]) == []


def test_a_clause_that_only_moved_keeps_its_identity() -> None:
    assert ids(["二", "一", "三"]) == ["1", "0", "2"]
    assert ids(["三", "一", "二"]) == ["2", "0", "1"]
    assert ids(["三", "新", "一"]) == ["2", "", "0"]


@given(st.lists(st.text("一二三四", min_size=1, max_size=2), max_size=8))
def test_every_text_becomes_one_clause_and_no_identity_is_used_twice(texts: list[str]) -> None:
    found = paired(OLD, texts)
    kept = [clause.id for clause in found if clause.id]
    assert [clause.text for clause in found] == texts
    assert len(kept) == len(set(kept))
