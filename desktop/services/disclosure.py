"""Who looked at full ID numbers: each time one is shown, printed, saved or handed out, a line is written that nobody can change here.

People are no suspects (issue of the desk, item 8): a number is masked wherever it is not needed, and who needs it leaves a trace.
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from desktop.domain.case import Case
from desktop.services.desk import Desk
from desktop.services.documents import DOSSIER
from desktop.services.forms import forms_of
from desktop.store import casebook, disclosures

PAGE = 100
"""So many lines are read at a time."""


class Line(NamedTuple):
    """A line of the log: when (ISO text), which operator, the case's id and title (empty where it is not held or not saved), and what."""

    at: str
    operator: str
    case: str
    title: str
    what: str


def numbers_in(case: Case) -> Iterator[tuple[str, str]]:
    """Whose ID numbers the case holds: name and number of parties and agents."""
    for party in case.parties:
        if party.id_number:
            yield party.name, party.id_number
        if party.agent and party.agent.id_number:
            yield party.agent.name, party.agent.id_number


def shown(desk: Desk, case: Case, number: str) -> str:
    """Write down that a full number is about to be shown; what was written. Raises what the database raises: then it must stay hidden."""
    whose = next((name for name, own in numbers_in(case) if own == number), "")
    what = f"查看“{whose}”的身份证号码" if whose else "查看身份证号码"
    note(desk, case.id, what)
    return what


def handed_out(desk: Desk, case: Case, how: str, paper: str) -> None:
    """Write down that a paper or file of the case with full ID numbers is shown or leaves the program; nothing where it has none.

    `how` is 预览, 打印, 保存 or 导出.
    """
    names = list(dict.fromkeys(name for name, _ in numbers_in(case)))
    if names:
        note(desk, case.id, f"{how}《{paper}》，含{'、'.join(names)}的身份证号码")


def note(desk: Desk, case: str, what: str) -> None:
    """Write a line about the case with this id (empty for one that was never saved)."""
    disclosures.add(desk.database, desk.now(), desk.operator, case, what)


def lines(desk: Desk, offset: int = 0) -> list[Line]:
    """A page of the log, the newest line first."""
    found = disclosures.newest(desk.database, PAGE, offset)
    titles = {case: _title(desk, case) for case in {one.case for one in found}}
    return [Line(one.at, one.operator, one.case, titles[one.case], one.what) for one in found]


def count(desk: Desk) -> int:
    """How many lines the log has."""
    return disclosures.count(desk.database)


def _title(desk: Desk, case: str) -> str:
    try:
        return casebook.load(desk.database, case).title if case else ""
    except casebook.UnknownCase:
        return ""


def prints_numbers(desk: Desk, kind: str) -> bool:
    """Whether a paper of that kind prints full ID numbers: its form says so; the dossier holds papers that do."""
    forms = forms_of(desk)
    if kind == DOSSIER:
        return True
    if kind not in forms.names():
        return False
    form = forms.form(kind)
    return form.options.get("证件号码", True) and b"id_number" in msgspec.json.encode(form)
