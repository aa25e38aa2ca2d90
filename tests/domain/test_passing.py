"""A case passes between offices: who may take which step, and what is said to whom may not."""

from collections.abc import Callable
from datetime import date
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import passing, passing_words
from desktop.domain.case import Case
from desktop.domain.course import require_legal
from desktop.domain.handover import Answer, Handover
from desktop.domain.passing import Here, IllegalPassing, open_offer
from tests.domain.samples import accepted

NAMES = {"v1": "石桥村", "v2": "柳林村", "town": "青石镇综治中心"}
DAY = date(2026, 3, 2)
MINE = accepted(id="1" * 32, owner="v1")


def here(station: str) -> Here:
    return Here(station, DAY, lambda one: NAMES.get(one, "不明单位"))


OFFERED = passing.offered(MINE, here("v1"), "town", "超出本村职权。")
STAYING = passing.offered(MINE, here("v1"), "town", "跨村。", stay=True)
ACCEPTED = passing.accepted(OFFERED, here("town"))
GIVEN_BACK = passing.given_back(OFFERED, here("town"), "应由村里先调。")
WITHDRAWN = passing.withdrawn(OFFERED, here("v1"), frozenset({"town"}))
HELPED = passing.asked(MINE, here("v1"), "v2")


def test_an_offer_lets_the_receiver_see_the_case() -> None:
    assert OFFERED.owner == "v1"
    assert OFFERED.assigned == ("town",)
    assert OFFERED.handover == Handover(to="town", reason="超出本村职权。", offered_on=DAY)


def test_who_accepts_has_the_case_and_the_other_leaves() -> None:
    assert (ACCEPTED.owner, ACCEPTED.assigned) == ("town", ())
    assert ACCEPTED.handover is not None
    assert (ACCEPTED.handover.answer, ACCEPTED.handover.answered_on) == ("接收", DAY)


def test_who_stays_goes_on_helping() -> None:
    after = passing.accepted(STAYING, here("town"))
    assert (after.owner, after.assigned) == ("town", ("v1",))
    assert passing.finished(after, here("v1"), "材料已交齐。").help_note == "材料已交齐。"


@pytest.mark.parametrize("after", [GIVEN_BACK, WITHDRAWN, passing.withdrawn(STAYING, here("v1"), frozenset({"town"}))])
def test_what_is_not_accepted_stays_where_it_was(after: Case) -> None:
    assert (after.owner, after.assigned) == ("v1", ())
    assert open_offer(after) is None
    assert passing.offered(after, here("v1"), "town", "再交一次。").assigned == ("town",)


def test_an_office_that_helped_before_the_offer_helps_after_it() -> None:
    offered = passing.offered(HELPED, here("v1"), "v2", "由你村办理。")
    assert passing.withdrawn(offered, here("v1"), frozenset()).assigned == ("v2",)


def test_a_filed_case_is_handed_over_no_more_but_an_offer_can_still_be_answered() -> None:
    filed = msgspec.structs.replace(OFFERED, closed_on=DAY)
    for after in (passing.given_back(filed, here("town"), "不收。"), passing.accepted(filed, here("town"))):
        require_legal(filed, after)


REFUSED: dict[str, tuple[Callable[[], Case], str]] = {
    "others offer": (lambda: passing.offered(MINE, here("town"), "v2", "x"), "石桥村承办，应当由它移交"),
    "to itself": (lambda: passing.offered(MINE, here("v1"), "v1", "x"), "选择另一个单位"),
    "without a reason": (lambda: passing.offered(MINE, here("v1"), "town", " "), "写明移交的原因"),
    "twice": (lambda: passing.offered(OFFERED, here("v1"), "v2", "x"), "已经移交给青石镇综治中心.*先收回"),
    "filed": (lambda: passing.offered(msgspec.structs.replace(MINE, closed_on=DAY), here("v1"), "town", "x"), "重新打开"),
    "others accept": (lambda: passing.accepted(OFFERED, here("v2")), "移交给青石镇综治中心的，应当由它接收"),
    "owner accepts": (lambda: passing.accepted(OFFERED, here("v1")), "应当由它接收"),
    "nothing to accept": (lambda: passing.accepted(MINE, here("town")), "由承办单位提出"),
    "accept twice": (lambda: passing.accepted(ACCEPTED, here("town")), "青石镇综治中心已经接收"),
    "accept what was taken back": (lambda: passing.accepted(WITHDRAWN, here("town")), "移交单位已经收回"),
    "others give back": (lambda: passing.given_back(OFFERED, here("v2"), "x"), "应当由它退回"),
    "give back without a word": (lambda: passing.given_back(OFFERED, here("town"), ""), "写明退回的原因"),
    "give back twice": (lambda: passing.given_back(GIVEN_BACK, here("town"), "x"), "青石镇综治中心已经退回"),
    "others take back": (lambda: passing.withdrawn(OFFERED, here("town"), frozenset()), "石桥村承办，应当由它收回"),
    "too late": (lambda: passing.withdrawn(GIVEN_BACK, here("v1"), frozenset()), "青石镇综治中心已经退回"),
    "nothing to take back": (lambda: passing.withdrawn(MINE, here("v1"), frozenset()), "不能收回"),
    "owner helps": (lambda: passing.asked(MINE, here("town"), "v1"), "石桥村就是承办单位"),
    "owner ends its help": (lambda: passing.finished(MINE, here("v1"), ""), "移交给别的单位"),
    "nobody asked": (lambda: passing.finished(MINE, here("v2"), ""), "没有请本单位协办"),
    "offer is no help": (lambda: passing.finished(OFFERED, here("town"), ""), "请接收或者退回"),
    "others dismiss": (lambda: passing.dismissed(HELPED, here("town"), "v2"), "石桥村承办"),
    "dismiss nobody": (lambda: passing.dismissed(MINE, here("v1"), "v2"), "没有请柳林村协办"),
    "dismiss a receiver": (lambda: passing.dismissed(OFFERED, here("v1"), "town"), "先收回移交"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_illegal_step_is_refused_in_one_sentence(name: str) -> None:
    step, words = REFUSED[name]
    with pytest.raises(IllegalPassing, match=words) as caught:
        step()
    assert str(caught.value).endswith("。")
    assert str(caught.value).count("。") == 1


def test_the_next_thing_is_to_answer() -> None:
    told = {station: passing.awaited(OFFERED, here(station)) for station in ("town", "v1", "v2")}
    assert {station: next_thing and next_thing.text[:7] for station, next_thing in told.items()} == {
        "town": "石桥村移交来，",
        "v1": "已移交给青石镇",
        "v2": None,
    }
    assert passing.awaited(ACCEPTED, here("town")) is None


TAKE: dict[str, Callable[[Case, Here, str, bool], Case]] = {
    "offer": lambda case, seat, other, stay: passing.offered(case, seat, other, "原因", stay=stay),
    "accept": lambda case, seat, _, __: passing.accepted(case, seat),
    "give back": lambda case, seat, _, __: passing.given_back(case, seat, "不收"),
    "withdraw": lambda case, seat, other, _: passing.withdrawn(case, seat, frozenset({other})),
    "ask": lambda case, seat, other, _: passing.asked(case, seat, other),
    "finish": lambda case, seat, _, __: passing.finished(case, seat, ""),
    "dismiss": lambda case, seat, other, _: passing.dismissed(case, seat, other),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(TAKE)), st.sampled_from(sorted(NAMES)), st.sampled_from(sorted(NAMES)), st.booleans())))
def test_after_any_steps_somebody_has_the_case_and_an_open_offer_can_be_answered(steps: list[tuple[str, str, str, bool]]) -> None:
    case = MINE
    for kind, who, other, stay in steps:
        try:
            case = TAKE[kind](case, here(who), other, stay)
        except IllegalPassing:
            continue
        assert case.owner in NAMES
        offer = open_offer(case)
        if offer:
            assert offer.to in case.assigned
            assert passing.accepted(case, here(str(offer.to))).owner == offer.to
        else:
            assert case.owner not in case.assigned


def written(**fields: object) -> passing_words.Edits:
    """Field writes: those of the offer by their names, `owner` and `help_note` of the case, and stations that help or no longer do."""
    of_case = {"owner", "help_note"}
    places = {
        name: ("case", "", f"assigned:{name}") if name in NAMES else ("case" if name in of_case else "handover", "", name)
        for name in fields
    }
    return {places[name]: (name if value else None) if name in NAMES else value for name, value in fields.items()}


DATE = "2026-03-02"
WORDS = [
    (written(to="town", offered_on=DATE, town=True), "移交给青石镇综治中心"),
    (written(offered_on=DATE, town=True, v1=True), "移交给青石镇综治中心，移交后继续协办"),
    (written(to="town", reason="跨村", offered_on=DATE), "移交给青石镇综治中心（原因：跨村）"),
    (written(answer=None, town=True), "移交给青石镇综治中心"),
    (written(answer="接收", answered_on=DATE, owner="town", town=False), "接收移交的纠纷"),
    (written(answer="退回", answered_on=DATE, note="村里先调"), "退回移交（原因：村里先调）"),
    (written(answer="收回", answered_on=DATE), "收回移交"),
    (written(v2=True), "请柳林村协办"),
    (written(v1=False, help_note="已劝和"), "结束协办（已劝和）"),
    (written(v2=False), "结束柳林村的协办"),
    (written(owner="town"), "承办单位改为青石镇综治中心"),
]


@pytest.mark.parametrize(("edits", "words"), WORDS, ids=[words for _, words in WORDS])
def test_the_history_tells_each_step(edits: passing_words.Edits, words: str) -> None:
    assert passing_words.told(edits, "v1", lambda one: NAMES[one]) == [words]
    assert [field for field in edits if not passing_words.is_told(field, edits)] == []


@pytest.mark.parametrize(
    "edits", [{("handover", "", "answer"): "接收"}, {("case", "", "help_note"): "已劝和"}, {("case", "", "place"): "田埂"}]
)
def test_what_is_no_step_is_told_field_by_field(edits: passing_words.Edits) -> None:
    assert passing_words.told(edits, "v1", lambda one: NAMES[one]) == []
    assert not any(passing_words.is_told(field, edits) for field in edits)


def test_every_answer_is_a_word() -> None:
    assert get_args(Answer) == ("接收", "退回", "收回")
