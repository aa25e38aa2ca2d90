"""The shipped texts are sound, and an office's own ones stay with it."""

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause
from desktop.domain.agreement_check import findings
from desktop.domain.codes import DisputeType, choices
from desktop.domain.deadline import weekdays_only
from desktop.domain.finding import by_rules
from desktop.domain.forbidden import FORBIDDEN
from desktop.domain.library import BLANK, Snippet
from desktop.domain.text import unprintable
from desktop.domain.wrong_words import doubtful_words
from desktop.services import library
from desktop.services.desk import Desk
from desktop.services.library import KeptAlready, NothingToKeep, NotOwn
from tests.domain.samples import TODAY, sample

SHIPPED = library.shipped()
CLAUSES = [one for one in SHIPPED if one.kind == "clause"]


@pytest.mark.parametrize("snippet", SHIPPED, ids=lambda snippet: snippet.id)
def test_no_shipped_text_has_a_slip(snippet: Snippet) -> None:
    for filled in (snippet.text, snippet.text.replace(BLANK, "某某")):
        assert doubtful_words(filled) == ()
        assert unprintable(filled) == []
        if snippet.kind == "clause":
            assert list(by_rules(FORBIDDEN, "clause", filled)) == []


@pytest.mark.parametrize("snippet", CLAUSES, ids=lambda snippet: snippet.id)
def test_no_shipped_clause_adds_anything_grave_to_an_agreement(snippet: Snippet) -> None:
    case = sample("03")
    clause = Clause(text=snippet.text.replace(BLANK, "某某"))
    with_it = msgspec.structs.replace(case, agreement=msgspec.structs.replace(case.agreement or Agreement(), clauses=(clause,)))
    assert not any(one.grave for one in findings(with_it, TODAY, weekdays_only))


def test_titles_and_texts_are_unique() -> None:
    assert len({one.id for one in SHIPPED}) == len({(one.kind, one.text) for one in SHIPPED}) == len(SHIPPED)


def test_abbreviations_are_unique() -> None:
    shorts = [one.short for one in SHIPPED if one.short]
    assert len(set(shorts)) == len(shorts) >= 10


@pytest.mark.parametrize("kind", choices(DisputeType))
def test_each_type_of_dispute_has_clauses_of_its_own(desk: Desk, kind: str) -> None:
    own = [one for one in library.find(desk, "clause", "", kind) if one.types]
    assert len(own) >= 6
    assert all(kind in one.types for one in own)


def test_types_are_those_of_the_code_table() -> None:
    assert {kind for one in SHIPPED for kind in one.types} <= set(choices(DisputeType))


def test_the_most_used_come_first(desk: Desk) -> None:
    before = library.find(desk, "clause", "", "邻里")
    chosen = before[5]
    assert library.use(desk, chosen) == chosen.text
    assert library.find(desk, "clause", "", "邻里")[0] == chosen


def test_words_find_clauses_of_other_types_too_but_later(desk: Desk) -> None:
    found = library.find(desk, "clause", "漏水", "合同")
    assert [one.title for one in found] == ["修好漏水", "漏水造成的损失"]
    mixed = library.find(desk, "clause", "押金", "合同")
    assert mixed[0].types == ("合同",)
    assert {kind for one in mixed for kind in one.types} > {"合同"}


def test_an_own_clause_is_kept_used_and_dropped(desk: Desk) -> None:
    kept = library.keep(desk, "clause", "  以后翻地不得移动田埂。\n", case_type="山林土地")
    assert (kept.title, kept.text, kept.types, kept.own) == ("以后翻地不得移动田埂", "以后翻地不得移动田埂。", ("山林土地",), True)
    assert library.find(desk, "clause", "", "山林土地")[0] == kept
    assert kept not in library.find(desk, "clause", "", "邻里")
    library.use(desk, kept)
    library.drop(desk, kept)
    assert kept not in library.find(desk, "clause", "田埂", "山林土地")
    assert library.keep(desk, "clause", kept.text).id != kept.id


def test_what_cannot_be_kept(desk: Desk) -> None:
    with pytest.raises(NothingToKeep):
        library.keep(desk, "clause", " \n ")
    with pytest.raises(NothingToKeep, match="太长"):
        library.keep(desk, "phrase", "长" * 4001)
    with pytest.raises(KeptAlready, match=CLAUSES[0].title):
        library.keep(desk, "clause", CLAUSES[0].text)
    with pytest.raises(NotOwn):
        library.drop(desk, CLAUSES[0])


def test_an_own_phrase_is_found_by_its_abbreviation(desk: Desk) -> None:
    library.keep(desk, "phrase", "到现场看过。", short="XC")
    assert library.find(desk, "phrase", "xc")[0].text == "到现场看过。"
