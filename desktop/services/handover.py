"""移交 and 协办: a case passes between offices, each step a signed change of its own (`domain.passing`).

A step is judged by the case as it now stands, not as the window shows it: what another office did meanwhile counts. Where two offices
take steps that exclude each other before they hear of one another, both stand in 待核对, and who has the case is decided by `owner` alone.
"""

from collections.abc import Callable
from typing import NamedTuple

from desktop.domain import passing
from desktop.domain.case import Case
from desktop.domain.passing import Here, open_offer
from desktop.exchange.device import station_with
from desktop.exchange.directory import Directory
from desktop.services import cases
from desktop.services.access import may_write
from desktop.services.cases import Saved
from desktop.services.desk import Desk
from desktop.services.stations import Stations, here
from desktop.store import casebook


class Place(NamedTuple):
    """An office that a case can pass to: its code, its name, the name of the office above it (empty for the county)."""

    code: str
    name: str
    above: str


class Standing(NamedTuple):
    """What this office is to a case, for the screen.

    `owner` and `helpers`: who has it and which others were asked to help. `told`: one sentence where something is out of the ordinary.
    `steps`: those of 移交, 收回, 接收, 退回, 请求协办, 取消协办, 结束协办 that it can take now. `may_write`: whether it may write.
    """

    owner: str
    helpers: tuple[Place, ...]
    told: str
    steps: frozenset[str]
    may_write: bool


def offer(desk: Desk, case: Case, code: str, reason: str, *, stay: bool = False) -> Saved:
    """Offer the case to the office with this code, which sees it from the next exchange on and accepts it or gives it back.

    `stay`: this office goes on helping when the other has accepted; otherwise it leaves then, and keeps what it has up to that day.
    Raises `NotEnrolled`, `UnknownStation`, `IllegalPassing`, `NotOurs`.
    """
    to = _station(desk, code)
    return _step(desk, case, lambda now, seat: passing.offered(now, seat, to, reason, stay=stay))


def accept(desk: Desk, case: Case) -> Saved:
    """Take over the case that was offered to this office. Raises `NotEnrolled`, `IllegalPassing`, `NotOurs`."""
    desk.member()
    return _step(desk, case, passing.accepted)


def give_back(desk: Desk, case: Case, note: str) -> Saved:
    """Leave the case that was offered to this office where it was, and say why. Raises as `accept`."""
    desk.member()
    return _step(desk, case, lambda now, seat: passing.given_back(now, seat, note))


def withdraw(desk: Desk, case: Case) -> Saved:
    """Take back an offer that was not answered. Raises as `accept`."""
    desk.member()
    return _step(desk, case, lambda now, seat: passing.withdrawn(now, seat, _brought(desk, case.id)))


def assign(desk: Desk, case: Case, code: str) -> Saved:
    """Ask the office with this code to help with the case: from the next exchange on it sees it whole. Raises as `offer`."""
    station = _station(desk, code)
    return _step(desk, case, lambda now, seat: passing.asked(now, seat, station))


def finish_help(desk: Desk, case: Case, note: str = "") -> Saved:
    """End the help that this office was asked for; it leaves the case. `note`: what it has to say. Raises as `accept`."""
    desk.member()
    return _step(desk, case, lambda now, seat: passing.finished(now, seat, note))


def dismiss(desk: Desk, case: Case, code: str) -> Saved:
    """End the help of another office, by the office that has the case. Raises as `offer`."""
    station = _station(desk, code)
    return _step(desk, case, lambda now, seat: passing.dismissed(now, seat, station))


def _step(desk: Desk, case: Case, step: Callable[[Case, Here], Case]) -> Saved:
    with desk.database.atomic():
        now = cases.load(desk, case.id)
        return cases.save(desk, now, step(now, here(desk)))


def _station(desk: Desk, code: str) -> str:
    return station_with(desk.member().directory, code).id


def _brought(desk: Desk, case_id: str) -> frozenset[str]:
    """The stations that were asked into the case by the offers that stand: two, if two computers of the office made one each."""
    state = casebook.state_of(desk.database, case_id)
    offers = {write.change for field, writes in state.items() if field[0] == "handover" for write in writes}
    receivers = {str(write.value) for write in state.get(("handover", "", "to"), ()) if write.value}
    # the same receiver a second time is no new write of `to`, but of the answer that is open again
    return frozenset(to for to in receivers if any(write.change in offers for write in state.get(_helps(to), ())))


def _helps(station: str) -> tuple[str, str, str]:
    return "case", "", f"assigned:{station}"


# --- for the screen --------------------------------------------------------------------------------------------------------------------


def places(desk: Desk, case: Case) -> list[Place]:
    """The offices that the case could pass to or that could help: all but this one, its owner and those that help, by code."""
    stations = Stations(desk)
    without = {stations.own, case.owner, *case.assigned}
    directory = stations.directory
    if directory is None:
        return []
    return sorted(_place(directory, one.id) for one in directory.content.stations if one.id not in without)


def _place(directory: Directory, identifier: str) -> Place:
    station = directory.station(identifier)
    if station is None:
        return Place("", "不明单位", "")
    above = directory.station(station.parent) if station.parent else None
    return Place(station.code, station.name, above.name if above else "")


def standing(desk: Desk, case: Case) -> Standing:
    """What this office is to the case. Before enrolment, and of a case that is not saved, there is nothing to say."""
    stations = Stations(desk)
    directory = stations.directory
    if not case.id or directory is None:
        return Standing(desk.office.name, (), "", frozenset(), may_write=True)
    may, seat = may_write(desk, case.id), here(desk)
    waits = open_offer(case)
    without = {stations.own, waits.to if waits else None}
    helpers = tuple(_place(directory, one) for one in case.assigned if one not in without)
    owner = stations.name(case.owner) if case.owner else "还没有承办单位"
    return Standing(owner, helpers, _told(case, seat, owner, may=may), _steps(case, seat, helpers) if may else frozenset(), may)


def _steps(case: Case, seat: Here, helpers: tuple[Place, ...]) -> frozenset[str]:
    waits = open_offer(case)
    if waits and waits.to == seat.station:
        return frozenset({"接收", "退回"})
    steps = {"请求协办"}
    if case.owner in (None, seat.station):
        steps |= {"收回"} if waits else set() if case.closed_on else {"移交"}
        steps |= {"取消协办"} if helpers else set()
    elif seat.station in case.assigned:
        steps |= {"结束协办"}
    return frozenset(steps)


def _told(case: Case, seat: Here, owner: str, *, may: bool) -> str:
    waits = open_offer(case)
    if not may:
        return _told_left(case, seat, owner)
    if waits and waits.to == seat.station:
        return f"{owner}移交来的纠纷，{_because(waits.reason)}请接收，或者退回。"
    if waits and case.owner == seat.station:
        return f"已移交给{seat.name(waits.to or '')}，等它接收；没有接收以前仍由本单位办理。"
    if case.owner != seat.station and seat.station in case.assigned:
        return f"{owner}承办的纠纷，请本单位协办。"
    return ""


def _because(reason: str | None) -> str:
    return f"原因：{reason.rstrip('。；，')}。" if reason else ""


def _told_left(case: Case, seat: Here, owner: str) -> str:
    last = case.handover
    day = f"{last.answered_on.year}年{last.answered_on.month}月{last.answered_on.day}日" if last and last.answered_on else ""
    if last and last.answer == "接收":
        return f"本纠纷已于{day}移交给{seat.name(last.to or '')}，本单位只能查看。"
    if last and last.to == seat.station and last.answer:
        return f"本单位已于{day}退回本纠纷，只能查看。" if last.answer == "退回" else f"{owner}已于{day}收回移交，本单位只能查看。"
    return f"本单位已不再协办本纠纷，只能查看，承办单位是{owner}。"
