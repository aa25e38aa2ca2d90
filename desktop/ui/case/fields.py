"""The tabs of the case page, in the order of the course, and the fields of a case in each."""

from collections.abc import Callable

from desktop.ui.case.after_fields import CLOSING, PERFORMING
from desktop.ui.case.agreement_fields import RESULT
from desktop.ui.case.end_fields import ENDING
from desktop.ui.case.intake_fields import INTAKE, intake_rules
from desktop.ui.case.letter_fields import LETTERS
from desktop.ui.case.party_fields import PARTIES
from desktop.ui.case.routing_fields import ROUTING
from desktop.ui.case.session_fields import MEDIATING
from desktop.ui.entry.form import Field, Form

_FILING = next(row for row, field in enumerate(CLOSING) if field.name == "filing")
"""Visits come before the end of the course, filing after it."""

TABS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    ("受理", INTAKE),
    ("当事人", PARTIES),
    ("研判分流", ROUTING),
    ("调解", MEDIATING),
    ("协议", RESULT),
    ("履行", PERFORMING),
    ("三单一函", LETTERS),
    ("回访归档", (*CLOSING[:_FILING], *ENDING, *CLOSING[_FILING:])),
)
"""The titles of the tabs and their fields."""

WATCHES: dict[str, Callable[[Form], None]] = {"受理": intake_rules}
"""What follows the fields of a tab."""

STEP_FIELDS = {
    "受理": "type",
    "研判": "risk",
    "分流": "level",
    "调解": "sessions",
    "协议": "agreement",
    "履行": "fulfilments",
    "回访": "visits",
    "归档": "conclusion",
}
"""The field to which each step of the course leads."""
