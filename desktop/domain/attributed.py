"""Who, when, which office: filled into what a save enters, where the operator left it open (issue: every step has them)."""

from datetime import date
from typing import Any, TypeVar

import msgspec

from desktop.domain.case import Case

S = TypeVar("S", bound=msgspec.Struct)


def attributed(before: Case, after: Case, by: str | None, office: str, on: date) -> Case:
    """The case with `by`, `office` and `on` in every record of its course that the save enters and that lacks them.

    A new assessment that names a level sets the level of the dispute, unless the same save sets another; a new plan gets its day.
    """
    marks: dict[str, Any] = {"by": by, "office": office, "on": on}
    found: dict[str, Any] = {}
    for name in ("assessments", "routings", "reopenings"):
        known = {one.id for one in getattr(before, name)} - {""}
        found[name] = tuple(one if one.id in known else _filled(one, marks) for one in getattr(after, name))
    if after.intake and after.intake != before.intake and after.intake.decision:
        found["intake"] = _filled(after.intake, marks)
    if after.conclusion and after.conclusion.on and not before.conclusion:
        found["conclusion"] = _filled(after.conclusion, marks)
    if after.plan and not before.plan:
        found["plan"] = _filled(after.plan, {"made_on": on})
    if after.commission and after.commission.returned_on and not (before.commission and before.commission.returned_on):
        found["commission"] = _filled(after.commission, {"returned_by": by})
    if len(after.assessments) > len(before.assessments) and after.risk == before.risk and after.assessments[-1].risk:
        found["risk"] = after.assessments[-1].risk
    return msgspec.structs.replace(after, **found)


def _filled(record: S, marks: dict[str, Any]) -> S:
    return msgspec.structs.replace(record, **{name: value for name, value in marks.items() if value and getattr(record, name) is None})
