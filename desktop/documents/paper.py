"""Every paper of the program, from a case to the bytes of a PDF."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from desktop.documents import compose
from desktop.documents.characters import printable
from desktop.documents.fonts import MissingCharacterError
from desktop.documents.form import Form
from desktop.documents.forms import Forms, shipped
from desktop.documents.mark import Mark
from desktop.documents.occasion import has_happened, kinds_for, required_for, result_of, subjects
from desktop.documents.page_number import with_running_numbers
from desktop.documents.plain_values import WordingError
from desktop.documents.view import Contents, ContentsRow, Subject, committee, values
from desktop.documents.wording import filled
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.office import Office
from desktop.domain.refused import Refused

__all__ = [
    "Contents",
    "ContentsRow",
    "NoLetterError",
    "NotYetError",
    "Subject",
    "form_for",
    "kinds",
    "kinds_for",
    "layout",
    "pages",
    "render",
    "required_for",
    "result_of",
    "subjects",
    "with_running_numbers",
]

_T = TypeVar("_T")


class NoLetterError(Refused):
    """The case has no letter of the kind that is to be printed."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"本案还没有{kind}，请先填写{kind}再打印。")


class NotYetError(Refused):
    """The form would say what has not happened."""

    def __init__(self, form: Form) -> None:
        super().__init__(f"这件纠纷还没有{form.needs}，请先登记{form.needs}再打印{form.name}。")


def kinds(forms: Forms | None = None) -> tuple[str, ...]:
    """The papers that can be printed: the names of all forms that are on, in the order of the dossier."""
    forms = forms or shipped()
    return tuple(name for name in forms.names() if forms.form(name).on)


def form_for(kind: str, case: Case, forms: Forms | None = None) -> Form:
    """The form that is printed for the kind: an oral agreement, say, has one of its own. Raises NoFormError, FormError."""
    forms, result = forms or shipped(), result_of(case)
    form = forms.form(kind)
    return forms.form(form.instead[result]) if result in form.instead else form


def render(
    kind: str,
    case: Case,
    office: Office,
    *,
    letter: Letter | None = None,
    subject: Subject | None = None,
    contents: Contents | None = None,
    forms: Forms | None = None,
) -> bytes:
    """The PDF of one paper; the same case gives the same bytes.

    Args:
        kind: The name of a form.
        case: What is printed; unknown values leave ruled blanks.
        office: Whose paper it is.
        letter: The same as `subject`, for letters.
        subject: Which session, visit, party (also for the form of its agent) or letter; without it the case's first. A case that
            has none gets a blank form to fill by hand; a letter must be there.
        contents: The dossier's contents, for 卷内目录 and 封底.
        forms: The office's forms; without them the shipped ones.

    Raises:
        Refused: A character is in no font, the case has no such letter or not what the form needs, or the form has a mistake.
    """
    from desktop.documents.pdf import About, draw

    forms = forms or shipped()
    form = form_for(kind, case, forms)
    if not has_happened(form, case):
        raise NotYetError(form)
    view = _view(form, case, office, subject or letter, contents)
    author = office.name if form.about == "letter" else committee(case, office)
    title = _located(forms, form, lambda: filled(form.title, view, blank=""))
    about = (" ".join(printable(text).split()) for text in (title, author, case.title))
    return draw(_pages(form, view, case, subject or letter, forms), About(*about))


def pages(
    kind: str,
    case: Case,
    office: Office,
    *,
    subject: Subject | None = None,
    contents: Contents | None = None,
    forms: Forms | None = None,
    own_numbers: bool = True,
) -> list[list[Mark]]:
    """The marks of each page of the paper, as `render` draws them; raises the same, but lays out what has not happened too.

    The pages of several papers may be joined, given running numbers (`with_running_numbers`) and drawn by `pdf.draw`.
    """
    forms = forms or shipped()
    form = form_for(kind, case, forms)
    return _pages(form, _view(form, case, office, subject, contents), case, subject, forms, own_numbers=own_numbers)


def layout(kind: str, case: Case, office: Office, *, letter: Letter | None = None) -> list[list[Mark]]:
    """`pages` of a paper that may be a letter."""
    return pages(kind, case, office, subject=letter)


def _view(form: Form, case: Case, office: Office, subject: Subject | None, contents: Contents | None) -> dict[str, Any]:
    subject = subject or next(iter(subjects(form, case)), None)
    if form.about == "letter" and subject is None:
        raise NoLetterError(next(iter(form.of), form.name))
    return values(case, office, subject, contents, joint=form.joint)


def _pages(
    form: Form, view: dict[str, Any], case: Case, subject: Subject | None, forms: Forms, *, own_numbers: bool = True
) -> list[list[Mark]]:
    try:
        return _located(forms, form, lambda: compose.pages(form, view, own_numbers=own_numbers))
    except MissingCharacterError as error:
        found = (_place_of(error.character, msgspec.to_builtins(part)) for part in (case, subject) if part is not None)
        raise MissingCharacterError(error.character, next(filter(None, found), "")) from error


def _located(forms: Forms, form: Form, made: Callable[[], _T]) -> _T:
    """What is made of the form; a mistake in its wording is told with file and line."""
    try:
        return made()
    except WordingError as error:
        raise forms.located(form.name, error) from error


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
    "record": "记录",
    "note": "回访情况",
    "reason": "原因",
    "explanation": "情况说明",
    "court": "法院名称",
    "members": "专班成员",
    "plan": "一案一策",
    "supports": "帮扶",
    "routings": "分流",
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
