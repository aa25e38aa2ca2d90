"""How each kind of step changes a case."""

from collections.abc import Callable

import msgspec

from desktop.domain.case import Case
from desktop.domain.visit import Visit
from tests.exchange.computers import paper


def _edit(case: Case, text: str, _: str, name: str) -> Case:
    return msgspec.structs.replace(case, **{name: text})


def _note(case: Case, text: str, station: str) -> Case:
    return msgspec.structs.replace(case, visits=(*case.visits, Visit(id=f"{int(text):032x}", note=station)))


def _save(case: Case, text: str, _: str) -> Case:
    return msgspec.structs.replace(case, summary=text)


def _attach(case: Case, _: str, __: str, sha256: str, size: int) -> Case:
    return msgspec.structs.replace(case, attachments=(*case.attachments, paper(sha256, size)))


def _assign(case: Case, _: str, __: str, other: str) -> Case:
    return msgspec.structs.replace(case, assigned=tuple(sorted({*case.assigned, other})))


def _unassign(case: Case, _: str, __: str, other: str) -> Case:
    return msgspec.structs.replace(case, assigned=tuple(name for name in case.assigned if name != other))


def _hand_over(case: Case, _: str, __: str, other: str) -> Case:
    return msgspec.structs.replace(case, owner=other)


WRITES: dict[str, Callable[..., Case]] = {
    "edit": _edit,
    "note": _note,
    "open": _save,
    "save": _save,
    "attach": _attach,
    "assign": _assign,
    "unassign": _unassign,
    "hand over": _hand_over,
}
"""From the case, a new text, the station that writes, and the step's own arguments."""
