"""What a decision of a meeting writes to its case: an assessment, and by its kind a routing, an outcome or the draft of a letter."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from desktop.domain import letter_course
from desktop.domain.agreement import Outcome
from desktop.domain.case import Case
from desktop.domain.codes import AssessmentStage
from desktop.domain.course_records import Assessment, Conclusion, Routing
from desktop.domain.letter import Letter
from desktop.domain.meeting import CALL, CLOSE, ESCALATE, MEDIATE, STABILISE, Item, Meeting
from desktop.domain.office import Office
from desktop.domain.refused import Refused
from desktop.services import letters
from desktop.services.desk import Desk
from desktop.store.fields import new_id

_URGING = frozenset({"supervision", "urging"})
"""Codes of the kinds of letters that urge another one."""

_HIGHEST = 3
"""街道调委会, the last of the three levels (domain.md 2.4)."""


class Undecided(Refused):
    """A decision lacks what it needs; `field` is the first field of the item that is missing."""

    def __init__(self, item: Item, lacking: dict[str, str]) -> None:
        self.field = next(iter(lacking))
        super().__init__(f"“{item.title}”的决定还缺{'和'.join(lacking.values())}，请填写后再议定。")


class LetterIsOut(Refused):
    """The letter that the decision asked for was issued: it is no draft any more."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(f"{letter.kind}{letter.number or ''}已经签发，决定不能再改，请到“三单一函”里办理这份文书。")


class Sitting(NamedTuple):
    """Who decides: the meeting, its office, the decisions that there are, and how a letter of a kind about a case begins."""

    meeting: Meeting
    office: Office
    steps: tuple[str, ...]
    blank: Callable[[Case, str], Letter]


def steps(desk: Desk) -> list[str]:
    """The decisions to choose from: to mediate on, to escalate, the kinds of letters that go down or aside, and the ends."""
    sent = [kind.name for kind in letters.kinds(desk) if kind.direction != "上行"]
    return [MEDIATE, ESCALATE, *sent, CALL, STABILISE, CLOSE]


def blank(desk: Desk, case: Case, kind: str) -> Letter:
    """A letter of the kind with what is known; one that urges takes over the text of the letter in the case that waits for its answer."""
    known = letters.kind_named(desk, kind)
    awaited = [one for one in case.letters if letter_course.state(one, case.moves) in letter_course.OPEN]
    if known and known.code in _URGING and awaited:
        return msgspec.structs.replace(letters.blank_supervision(desk, case, awaited[-1]), kind=kind)
    return letters.blank(desk, case, kind)


def written(before: Case, item: Item, sitting: Sitting) -> tuple[Case, Item]:
    """The case with what was decided, and the item with the ids of what was written.

    What an earlier decision of the same item wrote is replaced. Raises `Undecided`, `LetterIsOut`.
    """
    _require(before, item, sitting)
    case = _taken_back(before, item)
    case, item = _assessed(case, item, sitting)
    case, item = _WRITERS.get(item.decision or "", _letter)(case, item, sitting)
    return case, msgspec.structs.replace(item, wrote=item.decision or "", decided_on=sitting.meeting.held_on)


def _require(case: Case, item: Item, sitting: Sitting) -> None:
    decision = item.decision
    if decision is None or decision not in sitting.steps:
        raise Undecided(item, {"decision": "决定"})
    is_letter = decision not in _WRITERS
    needed = {
        "decided_risk": ("风险等级", item.decided_risk or case.risk),
        "unit": ("责任单位", item.unit or not (is_letter or decision in (ESCALATE, CALL))),
        "limit": ("办理时限", item.limit or not (is_letter or decision == STABILISE)),
        "person": ("责任人", item.person or decision != STABILISE),
    }
    if lacking := {field: name for field, (name, there) in needed.items() if not there}:
        raise Undecided(item, lacking)


def _taken_back(case: Case, item: Item) -> Case:
    """The case without what the item wrote before, as far as the new decision does not write the same again in its place."""
    letter = next((one for one in case.letters if one.id == item.letter), None) if item.letter else None
    if letter and letter.number:
        raise LetterIsOut(letter)
    if item.wrote == item.decision:
        return case
    case = msgspec.structs.replace(case, letters=tuple(one for one in case.letters if one is not letter))
    routing = next((one for one in case.routings if one.id == item.routing), None) if item.routing else None
    rises = routing is not None and routing.kind == "升级" and routing.level == case.level
    return msgspec.structs.replace(
        case,
        routings=tuple(one for one in case.routings if one is not routing),
        level=case.level - 1 if rises and case.level else case.level,
        outcome=None if item.wrote == STABILISE and case.outcome and case.outcome.kind == "稳控" else case.outcome,
        conclusion=None if item.wrote == CLOSE else case.conclusion,
    )


def _assessed(case: Case, item: Item, sitting: Sitting) -> tuple[Case, Item]:
    """审定 by a township or county, 议定 by a village (domain.md 2.7); the dispute has the risk that was decided.

    The opinion names the meeting: that is why the stage may stand without those before it, which nobody else enters in their stead.
    """
    office, risk = sitting.office, item.decided_risk or case.risk
    stage: AssessmentStage = "议定" if office.level == "村" else "审定"
    made = Assessment(
        id=item.assessment or new_id(),
        stage=stage,
        risk=risk,
        factors=case.risk_factors,
        on=sitting.meeting.held_on,
        by=sitting.meeting.host,
        office=office.name,
        opinion=_opinion(sitting.meeting, stage, item),
    )
    if any(one.id == made.id for one in case.assessments):
        entered = tuple(_in_its_place(one, made) for one in case.assessments)
    else:
        entered = (*case.assessments, made)
    return msgspec.structs.replace(case, risk=risk, assessments=entered), msgspec.structs.replace(item, assessment=made.id)


def _opinion(meeting: Meeting, stage: AssessmentStage, item: Item) -> str:
    """`周研判审定：可以调解。`; the meeting and the stage alone where nobody said more."""
    said = (item.opinion or "").strip()
    return f"{meeting.kind}{stage}{f'：{said}' if said else ''}"


def _in_its_place(one: Assessment, made: Assessment) -> Assessment:
    return msgspec.structs.replace(made, position=one.position) if one.id == made.id else one


def _as_it_is(case: Case, item: Item, _sitting: Sitting) -> tuple[Case, Item]:
    return case, msgspec.structs.replace(item, routing="", letter="")


def _routed(case: Case, item: Item, sitting: Sitting) -> tuple[Case, Item]:
    """升级 one level up (domain.md 2.4), or 吹哨 to the bodies that are named."""
    meeting = sitting.meeting
    before = next((one for one in case.routings if one.id == item.routing), None) if item.routing else None
    level = None
    if item.decision == ESCALATE:
        level = before.level if before else min((case.level or 1) + 1, _HIGHEST)
    made = Routing(
        id=before.id if before else new_id(),
        position=before.position if before else 0,
        kind="升级" if item.decision == ESCALATE else "吹哨",
        level=level,
        to=tuple(name.strip() for name in (item.unit or "").split("、") if name.strip()),
        reason=item.opinion or f"{meeting.title}议定{item.decision}",
        on=meeting.held_on,
        by=meeting.host,
        office=sitting.office.name,
    )
    others = tuple(made if one is before else one for one in case.routings)
    routings = others if before else (*others, made)
    return (
        msgspec.structs.replace(case, routings=routings, level=level or case.level),
        msgspec.structs.replace(item, routing=made.id, letter=""),
    )


def _stabilised(case: Case, item: Item, sitting: Sitting) -> tuple[Case, Item]:
    """稳控 with a responsible person and a day on which it is looked at again (domain.md 8.1)."""
    on = sitting.meeting.held_on
    outcome = case.outcome or Outcome(kind="稳控")
    kept = msgspec.structs.replace(outcome, kind="稳控", on=outcome.on or on, responsible=item.person, review_on=item.limit)
    return _as_it_is(msgspec.structs.replace(case, outcome=kept), item, sitting)


def _closed(case: Case, item: Item, sitting: Sitting) -> tuple[Case, Item]:
    meeting = sitting.meeting
    note = item.opinion or f"{meeting.title}议定结案"
    made = case.conclusion or Conclusion(on=meeting.held_on, by=meeting.host, office=sitting.office.name, note=note)
    return _as_it_is(msgspec.structs.replace(case, conclusion=made), item, sitting)


def _letter(case: Case, item: Item, sitting: Sitting) -> tuple[Case, Item]:
    """The draft, filled from the decision; whoever issues it gives it its date, and it gets its number then.

    A draft that the same decision wrote before keeps what was typed in it since.
    """
    kind = item.decision or ""
    before = next((one for one in case.letters if one.id == item.letter), None) if item.letter else None
    known = before or sitting.blank(case, kind)
    made = msgspec.structs.replace(
        known,
        id=known.id or new_id(),
        to=item.unit,
        title=known.title or f"关于{case.title}的{kind}",
        matter=known.matter or case.summary or None,
        measures=item.measures or known.measures,
        due_on=item.limit,
        responsible=item.person or known.responsible,
        leader=known.leader or sitting.meeting.host,
        opinion=item.opinion,
        risk=case.risk,
    )
    others = tuple(made if one is before else one for one in case.letters)
    changed = msgspec.structs.replace(case, letters=others if before else (*others, made))
    return changed, msgspec.structs.replace(item, letter=made.id, routing="")


_Writer = Callable[[Case, Item, Sitting], tuple[Case, Item]]

_WRITERS: dict[str, _Writer] = {
    MEDIATE: _as_it_is,
    ESCALATE: _routed,
    CALL: _routed,
    STABILISE: _stabilised,
    CLOSE: _closed,
}
