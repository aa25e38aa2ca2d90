"""The steps by which a case passes between offices, as the history tells them (`domain.passing`)."""

from collections.abc import Callable, Mapping
from typing import Any

Edits = Mapping[tuple[str, str, str], Any]
"""Field writes of one change: (entity, entity id, field) → value."""

_ASSIGNED = "assigned:"


def told(edits: Edits, author: str, name: Callable[[str], str]) -> list[str]:
    """What the change did about who has the case: `移交给青石镇综治中心（原因：…）`, `接收移交的纠纷`, `结束协办（…）`; empty if nothing.

    `author` is the id of the station that wrote the change, `name` gives a station's name.
    """
    offer, own = _fields(edits, "handover"), _fields(edits, "case")
    if _is_answer(offer):
        return [_answered(offer)]
    helpers = {field.removeprefix(_ASSIGNED): bool(value) for field, value in own.items() if field.startswith(_ASSIGNED)}
    if _is_offer(offer, own):
        return [_offered(offer, helpers, author, name)]
    said = str(own.get("help_note") or "")
    words = [_helper(station, said, author, name, is_asked=is_asked) for station, is_asked in helpers.items()]
    return [*words, f"承办单位改为{name(str(own['owner']))}"] if own.get("owner") else words


def is_told(field: tuple[str, str, str], edits: Edits) -> bool:
    """Whether `told` speaks for the field, so that it need not be named again."""
    entity, _, name = field
    offer, own = _fields(edits, "handover"), _fields(edits, "case")
    if entity == "handover":
        return _is_answer(offer) or _is_offer(offer, own)
    helps = any(one.startswith(_ASSIGNED) for one in own)
    return entity == "case" and (name == "owner" or name.startswith(_ASSIGNED) or (name == "help_note" and helps))


def _fields(edits: Edits, entity: str) -> dict[str, Any]:
    return {field: value for (one, _, field), value in edits.items() if one == entity}


def _is_answer(offer: Mapping[str, Any]) -> bool:
    """A step is dated; who settles what two offices answered writes the answer alone."""
    return bool(offer.get("answer") and offer.get("answered_on"))


def _is_offer(offer: Mapping[str, Any], own: Mapping[str, Any]) -> bool:
    """The same offer made again on the same day writes neither receiver nor date."""
    return bool(offer.get("offered_on")) or ("answer" in offer and any(field.startswith(_ASSIGNED) for field in own))


def _answered(offer: Mapping[str, Any]) -> str:
    return {"接收": "接收移交的纠纷", "收回": "收回移交"}.get(offer["answer"], f"退回移交{_aside(offer.get('note'), '原因：')}")


def _offered(offer: Mapping[str, Any], helpers: Mapping[str, bool], author: str, name: Callable[[str], str]) -> str:
    to = offer.get("to") or next((station for station, is_asked in helpers.items() if is_asked and station != author), "")
    return f"移交给{name(str(to))}{_aside(offer.get('reason'), '原因：')}" + ("，移交后继续协办" if helpers.get(author) else "")


def _helper(station: str, said: str, author: str, name: Callable[[str], str], *, is_asked: bool) -> str:
    if is_asked:
        return f"请{name(station)}协办"
    return ("结束协办" if station == author else f"结束{name(station)}的协办") + _aside(said)


def _aside(said: str | None, before: str = "") -> str:
    return f"（{before}{said.rstrip('。；，')}）" if said else ""
