"""A new dispute after a former one: what is alike is taken over, what belongs to the former one alone never is."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from desktop.domain.agreement import Agreement, Clause
from desktop.domain.case import Case
from desktop.domain.library import BLANK
from desktop.domain.party import Party

Part = Literal["claims", "mediators", "clauses"]

_DATE = re.compile("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}")
_BLANK_DATE = f"{BLANK}年{BLANK}月{BLANK}日"
_FIGURES = re.compile(r"[0-9][0-9,，]*(?:\.[0-9]+)?(?=[万亿]?元)")
_CAPITALS = re.compile("[零壹贰叁肆伍陆柒捌玖拾][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*[元圆](?:整|正|[零壹贰叁肆伍陆柒捌玖角分]*)")


def copied(former: Case, today: date, operator: str, parts: Iterable[Part], parties: Iterable[int] = ()) -> Case:
    """A new case, not saved yet, with type, source, place and level of the former one and the chosen parts of it.

    `parties` are the places of those that are the same people again: they come with everything, ID number and all; nobody else comes at
    all. In claims and clauses, dates, amounts and the names of everybody who does not come are blanks to be filled in. Never taken over:
    numbers, days, the account of what happened, meetings, letters, visits, papers.
    """
    chosen, same = frozenset(parts), frozenset(parties)
    come = [party for place, party in enumerate(former.parties) if place in same]
    gone = [party.name for place, party in enumerate(former.parties) if place not in same and party.name]
    clauses = former.agreement.clauses if former.agreement and "clauses" in chosen else ()
    return Case(
        type=former.type,
        source=former.source,
        place=former.place,
        level=former.level,
        registered_on=today,
        summary="",
        parties=tuple(_again(party) for party in come),
        mediators=former.mediators if "mediators" in chosen else (operator,) if operator else (),
        recorder=former.recorder if "mediators" in chosen else None,
        claims=tuple(blanked(text, gone) for text in former.claims) if "claims" in chosen else (),
        agreement=Agreement(clauses=tuple(Clause(text=blanked(one.text, gone)) for one in clauses)) if clauses else None,
    )


def _again(party: Party) -> Party:
    """The same person in another dispute: a new entry, and nobody has refused anything yet."""
    return msgspec.structs.replace(party, id="", position=0, refused_on=None, agent=None)


def blanked(text: str, names: Iterable[str]) -> str:
    """The text with blanks for dates, amounts and the names."""
    text = _CAPITALS.sub(BLANK, _FIGURES.sub(BLANK, _DATE.sub(_BLANK_DATE, text)))
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, BLANK)
    return text
