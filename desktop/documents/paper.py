"""Every paper of the program, from a case to the bytes of a PDF."""

from typing import Any, get_args

import msgspec

from desktop.documents.characters import printable
from desktop.documents.compose import pages
from desktop.documents.fonts import MissingCharacterError
from desktop.documents.form import Form, shipped_form
from desktop.documents.mark import Mark
from desktop.documents.view import committee, values
from desktop.documents.wording import filled
from desktop.domain.case import Case
from desktop.domain.codes import LetterKind
from desktop.domain.letter import Letter
from desktop.domain.office import Office
from desktop.domain.refused import Refused

KINDS = ("调解协议书", "受理登记表", *get_args(LetterKind))
"""The papers that can be printed."""


class NoLetterError(Refused):
    """The case has no letter of the kind that is to be printed."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"本案还没有{kind}，请先填写{kind}再打印。")


def render(kind: str, case: Case, office: Office, *, letter: Letter | None = None) -> bytes:
    """The PDF of one paper; the same case gives the same bytes.

    Args:
        kind: One of `KINDS`.
        case: What is printed; unknown values leave ruled blanks.
        office: Whose paper it is.
        letter: Which letter; without it the case's first of that kind.

    Raises:
        Refused: A character is in no font, the case has no such letter, or the form has a mistake.
    """
    from desktop.documents.pdf import About, draw

    form, view = _form_and_view(kind, case, office, letter)
    author = office.name if form.about == "letter" else committee(case, office)
    about = (" ".join(printable(text).split()) for text in (filled(form.title, view, blank=""), author, case.title))
    return draw(_pages(form, view, case, letter), About(*about))


def layout(kind: str, case: Case, office: Office, *, letter: Letter | None = None) -> list[list[Mark]]:
    """The marks of each page of the paper, as `render` draws them; raises the same."""
    form, view = _form_and_view(kind, case, office, letter)
    return _pages(form, view, case, letter)


def _form_and_view(kind: str, case: Case, office: Office, letter: Letter | None) -> tuple[Form, dict[str, Any]]:
    form = shipped_form(kind)
    if form.about == "letter":
        letter = letter or next((one for one in case.letters if one.kind == kind), None)
        if letter is None:
            raise NoLetterError(kind)
    return form, values(case, office, letter)


def _pages(form: Form, view: dict[str, Any], case: Case, letter: Letter | None) -> list[list[Mark]]:
    try:
        return pages(form, view)
    except MissingCharacterError as error:
        found = (_place_of(error.character, msgspec.to_builtins(part)) for part in (case, letter) if part is not None)
        raise MissingCharacterError(error.character, next(filter(None, found), "")) from error


_PLACES = {
    "name": "姓名或者名称",
    "address": "单位或住址",
    "occupation": "职业或职务",
    "summary": "纠纷简要情况",
    "claims": "申请事项",
    "facts": "纠纷主要事实",
    "clauses": "协议条款",
    "obligations": "履行事项",
    "mediators": "调解员姓名",
    "recorder": "记录人姓名",
    "guardian": "监护人姓名",
    "place": "发生地点",
    "matter": "文书事由",
    "measures": "文书措施",
    "to": "主送单位",
    "title": "文书标题",
    "responsible": "责任人",
    "signer": "签发人",
}
"""The screen's words for the fields of a case."""


def _place_of(character: str, value: Any, place: str = "") -> str:
    """The screen's word for the field in which the character stands; empty if it is in none."""
    if isinstance(value, str):
        return place if character in value else ""
    inner: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        inner = [(_PLACES.get(name, place), part) for name, part in value.items()]
    elif isinstance(value, (list, tuple)):
        inner = [(place, part) for part in value]
    return next(filter(None, (_place_of(character, part, where) for where, part in inner)), "")
