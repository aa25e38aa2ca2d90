"""How a case passes between offices: offered, accepted, given back, taken back; help asked for and ended (protocol, section 2).

Who has the case follows from `owner` and `assigned`; an offer lets the receiver see the case by asking it to help. An office that keeps
helping after it gave the case away (domain.md 3.19: both keep a copy, both supervise performance) is asked to help as well.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import msgspec

from desktop.domain.case import Case
from desktop.domain.handover import Handover
from desktop.domain.next_thing import NextThing
from desktop.domain.refused import Refused
from desktop.domain.text import normalized


class IllegalPassing(Refused):
    """A step that this office cannot take, or not now; the sentence says who must do what."""


class Here(NamedTuple):
    """The office that acts: the id of its station, its date, and how a station's id becomes its name."""

    station: str
    today: date
    name: Callable[[str], str]


def open_offer(case: Case) -> Handover | None:
    """The offer that waits for an answer."""
    offer = case.handover
    return offer if offer and offer.to and offer.answer is None else None


def offered(case: Case, here: Here, to: str, reason: str, *, stay: bool = False) -> Case:
    """The case as it is offered to another station, which sees it from now on. `stay`: this office goes on helping afterwards.

    Raises `IllegalPassing` unless this office has the case (or nobody has), no offer is open, it is not filed, and a reason is given.
    """
    _require_owner(case, here, "移交")
    if to in (here.station, case.owner):
        raise IllegalPassing("纠纷已经由这个单位承办，请选择另一个单位移交。")
    if offer := open_offer(case):
        raise IllegalPassing(f"纠纷已经移交给{here.name(offer.to or '')}，正在等它答复，要改交别的单位请先收回。")
    if case.closed_on:
        raise IllegalPassing("已归档的纠纷不能移交，请先重新打开。")
    keeps = {here.station} if stay else set()
    return msgspec.structs.replace(
        case,
        assigned=tuple(sorted({*case.assigned, to, *keeps})),
        handover=Handover(to=to, reason=_said(reason, "请写明移交的原因。"), offered_on=here.today),
    )


def accepted(case: Case, here: Here) -> Case:
    """The case with this office as its owner. The other one leaves it unless it stays to help. Raises `IllegalPassing`."""
    offer = _offer_to(case, here, "接收")
    answered = msgspec.structs.replace(offer, answer="接收", answered_on=here.today, note=None)
    return msgspec.structs.replace(case, owner=here.station, assigned=_without(case, {here.station}), handover=answered)


def given_back(case: Case, here: Here, note: str) -> Case:
    """The case without this office, which says why it does not take it. Raises `IllegalPassing`."""
    offer = _offer_to(case, here, "退回")
    answered = msgspec.structs.replace(offer, answer="退回", answered_on=here.today, note=_said(note, "请写明退回的原因。"))
    return msgspec.structs.replace(case, assigned=_without(case, {here.station, case.owner}), handover=answered)


def withdrawn(case: Case, here: Here, brought: frozenset[str]) -> Case:
    """The case as its office keeps it after all; `brought` are the stations that see it only because it was offered to them.

    Raises `IllegalPassing`.
    """
    _require_owner(case, here, "收回")
    offer = open_offer(case)
    if offer is None:
        raise IllegalPassing(f"没有等待答复的移交，不能收回，{_ended(case, here)}。")
    answered = msgspec.structs.replace(offer, answer="收回", answered_on=here.today, note=None)
    return msgspec.structs.replace(case, assigned=_without(case, {*brought, here.station, case.owner}), handover=answered)


def asked(case: Case, here: Here, station: str) -> Case:
    """The case with one more station asked to help. Every office that may write in the case may ask. Raises `IllegalPassing`."""
    if station == case.owner:
        raise IllegalPassing(f"{here.name(station)}就是承办单位，不用请它协办，请选择另一个单位。")
    return msgspec.structs.replace(case, assigned=tuple(sorted({*case.assigned, station})))


def finished(case: Case, here: Here, note: str) -> Case:
    """The case without the help of this office, with what it says at the end. Raises `IllegalPassing`."""
    offer = open_offer(case)
    if offer and offer.to == here.station:
        raise IllegalPassing("纠纷正移交给本单位，请接收或者退回。")
    if here.station == case.owner:
        raise IllegalPassing("本单位是承办单位，不是协办单位，不再办理的请移交给别的单位。")
    if here.station not in case.assigned:
        raise IllegalPassing("没有请本单位协办这件纠纷，不需要结束协办。")
    said = normalized(note).strip() or case.help_note
    return msgspec.structs.replace(case, assigned=_without(case, {here.station}), help_note=said)


def dismissed(case: Case, here: Here, station: str) -> Case:
    """The case without the help of another station, by the office that has it. Raises `IllegalPassing`."""
    _require_owner(case, here, "结束别的单位的协办")
    offer = open_offer(case)
    if offer and offer.to == station:
        raise IllegalPassing(f"纠纷正移交给{here.name(station)}，请先收回移交。")
    if station not in case.assigned:
        raise IllegalPassing(f"没有请{here.name(station)}协办这件纠纷，请核对单位。")
    return msgspec.structs.replace(case, assigned=_without(case, {station}))


def awaited(case: Case, here: Here) -> NextThing | None:
    """下一步 where an offer waits: at its receiver to answer it, at its sender that the other one answers."""
    offer = open_offer(case)
    if offer is None:
        return None
    if offer.to == here.station:
        return NextThing(f"{here.name(case.owner or '')}移交来，请接收或退回", "")
    if case.owner == here.station:
        return NextThing(f"已移交给{here.name(offer.to or '')}，等它接收或退回；没有接收以前仍由本单位办理", "")
    return None


def _offer_to(case: Case, here: Here, step: str) -> Handover:
    offer = open_offer(case)
    if offer is None:
        raise IllegalPassing(f"没有等待答复的移交，不能{step}，{_ended(case, here)}。")
    if offer.to != here.station:
        raise IllegalPassing(f"纠纷是移交给{here.name(offer.to or '')}的，应当由它{step}。")
    return offer


def _ended(case: Case, here: Here) -> str:
    """What became of the last offer, or how the next one begins."""
    offer = case.handover
    if offer is None or not offer.to or offer.answer is None:
        return "要移交的由承办单位提出"
    return {"接收": f"{here.name(offer.to)}已经接收", "退回": f"{here.name(offer.to)}已经退回", "收回": "移交单位已经收回"}[offer.answer]


def _require_owner(case: Case, here: Here, step: str) -> None:
    """A case that was opened by hand from what waited may have no owner yet: then whoever has it may pass it on."""
    if case.owner not in (None, here.station):
        raise IllegalPassing(f"纠纷由{here.name(case.owner)}承办，应当由它{step}。")


def _without(case: Case, stations: set[str | None] | set[str]) -> tuple[str, ...]:
    return tuple(station for station in case.assigned if station not in stations)


def _said(text: str, otherwise: str) -> str:
    said = normalized(text).strip()
    if not said:
        raise IllegalPassing(otherwise)
    return said
