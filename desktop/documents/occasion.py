"""Which forms a case has an occasion for, and how many copies of each (domain.md 3.0)."""

from desktop.documents.form import Form, Result
from desktop.documents.forms import Forms, shipped
from desktop.documents.plain_values import WordingError, holds
from desktop.documents.view import Subject, facts
from desktop.domain.case import Case


def result_of(case: Case) -> Result | None:
    """How the dispute ended, as far as its papers differ; None while it is open."""
    if case.agreement and (case.agreement.signed_on or not case.outcome):
        return case.agreement.form or "书面"
    return case.outcome.kind if case.outcome else None


def has_happened(form: Form, case: Case) -> bool:
    """Whether the case has what the form needs; a form that needs nothing may be printed at any time, to be filled by hand."""
    return not form.needs or (form.dossier is not None and result_of(case) in form.dossier.only)


def subjects(form: Form, case: Case) -> tuple[Subject, ...]:
    """What the copies of the form are about, in the case's order; none for a form about the case itself."""
    match form.about:
        case "case":
            return ()
        case "session":
            return tuple(s for s in case.sessions if not form.of or s.kind in form.of)
        case "visit":
            return case.visits
        case "routing":
            return tuple(one for one in case.routings if not form.of or one.kind in form.of)
        case "letter":
            return tuple(one for one in case.letters if one.kind in (form.of or (form.name,)))
    wanted = (p for p in case.parties if not form.of or p.role in form.of)
    return tuple(p for p in wanted if p.agent) if form.about == "agent" else tuple(wanted)


def kinds_for(case: Case, forms: Forms | None = None) -> list[tuple[Form, int]]:
    """The forms that belong to the case as it stands, each with the number of its copies, in the order of the dossier.

    Left out are forms that are off, that are printed only on request, that belong to another result, or without an occasion.
    Raises FormError for a mistake in a form file that takes the place of a shipped one, or that a letter of the case asks for.
    """
    forms, result, known = forms or shipped(), result_of(case), facts(case)
    names, found = forms.names(), []
    for kind in {letter.kind for letter in case.letters} & forms.left_out():
        forms.form(kind)
    for form in map(forms.form, names):
        if form.on and not form.on_request and _has_occasion(form, result, known, forms):
            count = 1 if form.about == "case" else len(subjects(form, case))
            found += [(form, count)] if count else []
    return found


def _has_occasion(form: Form, result: Result | None, known: dict[str, object], forms: Forms) -> bool:
    if form.dossier and form.dossier.only and result not in form.dossier.only:
        return False
    try:
        return holds(form.when, known)
    except WordingError as error:
        raise forms.located(form.name, error) from error


def required_for(case: Case, forms: Forms | None = None) -> list[Form]:
    """The forms that must be in the dossier at the result of the case (必须); none while the dispute is open."""
    forms, result = forms or shipped(), result_of(case)
    found = (forms.form(name) for name in forms.names())
    return [form for form in found if form.on and result and form.dossier and result in form.dossier.required]
