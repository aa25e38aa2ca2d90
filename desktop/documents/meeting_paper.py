"""会商材料 and 会商纪要: the papers of a meeting, and letters of a meeting that belong to no case."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from desktop.documents import compose
from desktop.documents.characters import printable
from desktop.documents.form_file import FormFile, read_form
from desktop.documents.forms import SHARED, Forms
from desktop.documents.mark import Mark
from desktop.documents.phrases import chinese_date
from desktop.documents.plain_values import STEPS, Steps, WordingError
from desktop.documents.view import values
from desktop.documents.wording import filled
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.meeting import Attendee, Followup, Item, Meeting, without_id_numbers
from desktop.domain.office import Office
from desktop.resources import resource

Kind = Literal["会商材料", "会商纪要"]

FOLDER = "会商"
"""Where these forms lie, among the shipped ones and in an office's own: they are papers of no case."""

Plain = dict[str, Any]


class Paper(NamedTuple):
    """What the papers are made from: the meeting, whose it is, and the letters that its decisions led to, as they now stand."""

    meeting: Meeting
    office: str
    letters: Sequence[Letter] = ()


def render(kind: Kind, paper: Paper, folders: Sequence[Path] = ()) -> bytes:
    """The PDF of the paper; the same meeting gives the same bytes. `folders`: those of the office's own forms, the first counts most.

    Raises FormError, WordingError with file and line, and `MissingCharacterError` for a character that no font has.
    """
    from desktop.documents.pdf import About, draw

    title = f"{paper.meeting.title}{kind}（{paper.office}）"
    return draw(pages(kind, paper, folders), About(*(" ".join(_shown(text).split()) for text in (title, paper.office, ""))))


def pages(kind: Kind, paper: Paper, folders: Sequence[Path] = ()) -> list[list[Mark]]:
    """The marks of each page of the paper. Raises what `render` raises."""
    file = _form(kind, tuple(folders))
    try:
        return compose.pages(file.form, {**_clean(_view(paper)), STEPS: Steps()})
    except WordingError as error:
        raise file.located(error) from error


def letter(one: Letter, form_name: str, office: Office, forms: Forms) -> bytes:
    """The PDF of a letter that belongs to no case. Raises what `documents.paper.render` raises."""
    from desktop.documents.pdf import About, draw

    form = forms.form(form_name)
    no_case = Case(type="其他", registered_on=one.issued_on or date.min, summary="", parties=())
    view = values(no_case, office, one)
    try:
        title = filled(form.title, view, blank="")
        made = compose.pages(form, view)
    except WordingError as error:
        raise forms.located(form.name, error) from error
    return draw(made, About(*(" ".join(printable(text).split()) for text in (title, one.issuer or office.name, ""))))


def _form(kind: str, folders: tuple[Path, ...]) -> FormFile:
    found = next((path for folder in folders if (path := folder / FOLDER / f"{kind}.toml").is_file()), None)
    return read_form(found, _shared_in(found.parent.parent)) if found else _shipped(kind)


@lru_cache(maxsize=4)
def _shipped(kind: str) -> FormFile:
    forms = resource("forms")
    return read_form(forms / FOLDER / f"{kind}.toml", _shared_in(forms))


def _shared_in(folder: Path) -> Callable[[str], Path]:
    """Where a form of that folder finds what several forms share: beside it, otherwise among the shipped ones."""

    def find(name: str) -> Path:
        own = folder / SHARED / f"{name}.toml"
        return own if own.is_file() else resource("forms") / SHARED / f"{name}.toml"

    return find


def _shown(text: str) -> str:
    return without_id_numbers(printable(text))


def _clean(value: Any) -> Any:
    """The values with every text as it may be printed: nothing invisible, no ID number of a person."""
    if isinstance(value, str):
        return _shown(value)
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    return [_clean(part) for part in value] if isinstance(value, list) else value


def _view(paper: Paper) -> Plain:
    """Everything that the forms may name; texts and numbers only."""
    meeting = paper.meeting
    decided = [item for item in meeting.items if item.decided_on]
    figures = {name: getattr(meeting.figures, name) for name in meeting.figures.__struct_fields__ if name != "units"}
    return {
        "office": paper.office,
        "title": meeting.title,
        "kind": meeting.kind,
        "held_on": chinese_date(meeting.held_on),
        "period": f"{chinese_date(meeting.since)}至{chinese_date(meeting.until)}",
        "place": meeting.place,
        "host": meeting.host,
        "recorder": meeting.recorder,
        "count": len(meeting.items),
        "decided": len(decided),
        "more": meeting.more or None,
        "figures": figures,
        "units": [{"name": unit.name, "issued": unit.issued, "overdue": unit.overdue} for unit in meeting.figures.units],
        "followups": [_followup(number, one) for number, one in enumerate(meeting.followups, 1)],
        "rows": [_row(number, item) for number, item in enumerate(meeting.items, 1)],
        "decisions": [_decision(number, item) for number, item in enumerate(decided, 1)],
        "letters": [_letter(one) for one in (*paper.letters, *meeting.letters)],
        "attendees": [_attendee(one) for one in meeting.attendees],
        "present": "；".join(_came(one) for one in meeting.attendees if one.present and one.name) or None,
        "minutes": meeting.minutes,
    }


def _row(number: int, item: Item) -> Plain:
    due = f"（{_day(item.due_on)}到期）" if item.due_on else ""
    previous = f"\n{item.previous}" if item.previous else ""
    return {
        "no": number,
        "name": _name(item.number, item.title),
        "risk": item.risk or "未评定",
        "status": item.status,
        "why": f"{'、'.join(item.reasons)}{due}{previous}",
        "facts": item.facts,
    }


def _decision(number: int, item: Item) -> Plain:
    measures = "\n".join(f"{at}．{text}" for at, text in enumerate(item.measures, 1))
    return {
        "no": number,
        "name": _name(item.number, item.title),
        "decided_risk": item.decided_risk or item.risk,
        "opinion": "\n".join(text for text in (item.opinion, measures) if text),
        "decision": item.wrote,
        "duty": "\n".join(text for text in (item.unit, item.person, item.limit and f"{_day(item.limit)}前") if text),
    }


def _followup(number: int, one: Followup) -> Plain:
    mark = {True: "已落实", False: "未落实", None: ""}[one.done]
    return {
        "no": number,
        "name": _name(one.number, one.title),
        "decision": one.decision,
        "unit": one.unit,
        "limit": _day(one.limit),
        "state": "：".join(text for text in (mark, one.state) if text),
    }


def _letter(one: Letter) -> Plain:
    return {
        "kind": one.kind,
        "number": one.number or "（待签发）",
        "title": one.title,
        "to": one.to,
        "due_on": _day(one.due_on),
    }


def _attendee(one: Attendee) -> Plain:
    return {"group": one.group, "role": one.role, "name": one.name, "body": one.body}


def _came(one: Attendee) -> str:
    return f"{one.name}（{one.role}）" if one.role else one.name


def _name(number: str | None, title: str) -> str:
    return f"{number}\n{title}" if number else title


def _day(day: date | None) -> str | None:
    return f"{day.year}.{day.month}.{day.day}" if day else None
