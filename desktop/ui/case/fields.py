"""The tabs of the case page, in the order of the course, and the fields of a case in each."""

from desktop.ui.case.after_fields import CLOSING, PERFORMING
from desktop.ui.case.agreement_fields import RESULT
from desktop.ui.case.intake_fields import INTAKE
from desktop.ui.case.letter_fields import LETTERS
from desktop.ui.case.party_fields import PARTIES
from desktop.ui.case.routing_fields import ROUTING
from desktop.ui.case.session_fields import MEDIATING
from desktop.ui.entry.form import Field

TABS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    ("受理", INTAKE),
    ("当事人", PARTIES),
    ("研判分流", ROUTING),
    ("调解", MEDIATING),
    ("协议", RESULT),
    ("履行", PERFORMING),
    ("三单一函", LETTERS),
    ("回访归档", CLOSING),
)
"""The titles of the tabs and their fields."""
