"""通报: the sheet that tells every responsible unit what became of the letters of a month (domain.md 1.5 rule 5)."""

from functools import cache

from desktop.documents import compose
from desktop.documents.characters import printable
from desktop.documents.form_file import FormFile, read_form
from desktop.documents.forms import SHARED
from desktop.documents.phrases import chinese_date
from desktop.documents.plain_values import STEPS, Steps
from desktop.domain.circular import Circular, UnitRow
from desktop.resources import resource

FORM = "三单一函通报"


def render(told: Circular) -> bytes:
    """The PDF of the circular; the same one gives the same bytes. Raises `MissingCharacterError` for a character that no font has."""
    from desktop.documents.pdf import About, draw

    values = _values(told)
    title = f"{values['issuer']}{values['month']}三单一函办理情况通报"
    return draw(compose.pages(_form().form, values), About(title, str(values["issuer"]), ""))


def _values(told: Circular) -> dict[str, object]:
    late = "、".join(printable(row.unit) for row in told.rows if row.late_days)
    return {
        STEPS: Steps(),
        "issuer": printable(told.issuer),
        "month": f"{told.first.year}年{told.first.month}月",
        "as_of": chinese_date(told.as_of),
        "kinds": "、".join(f"{printable(kind)}{number}份" for kind, number in told.kinds) or None,
        "total": told.total._asdict(),
        "rows": [_row(number, row) for number, row in enumerate(told.rows, 1)] + ([_row("", told.total)] if told.rows else []),
        "late": late or None,
        "pushed": told.pushed,
        "repeated": told.repeated,
        "repeat_rate": told.repeat_rate,
    }


def _row(number: int | str, row: UnitRow) -> dict[str, object]:
    days = f"{row.late_days}天" if row.late_days else ""
    return {**row._asdict(), "no": number, "unit": printable(row.unit), "late_days": days}


@cache
def _form() -> FormFile:
    forms = resource("forms")
    return read_form(forms / "通报" / f"{FORM}.toml", lambda name: forms / SHARED / f"{name}.toml")
