"""The chain of a letter: everything that happened to it, who did it, when and at which office (domain.md 1.5 rule 4)."""

from datetime import date
from typing import NamedTuple

from desktop.domain.case import Case
from desktop.domain.letter import Letter, answers
from desktop.domain.letter_course import moves_of
from desktop.domain.letter_rules import family


class Link(NamedTuple):
    """One thing that happened: the day, what it was, by whom, at which office, and what was said; empty where nobody wrote it down."""

    on: date | None
    what: str
    by: str
    office: str
    note: str


def chain(case: Case, letter: Letter) -> list[Link]:
    """What happened to the letter in the order in which it counts; letters that answer or urge it stand among its moves by their days."""
    moves = moves_of(letter, case.moves)
    found = [Link(move.on, str(move.kind or ""), move.by or "", move.office or "", _said(move.note, move.until)) for move in moves]
    if letter.number and not any(move.kind == "签发" for move in moves):
        found.insert(0, Link(letter.issued_on, "签发", letter.signer or "", letter.issuer or "", ""))
    for other in _about(case, letter):
        found.insert(_place(found, other.issued_on), _other(other))
    return found


def _said(note: str | None, until: date | None) -> str:
    limit = f"时限{until.year}年{until.month}月{until.day}日" if until else ""
    return "；".join(part for part in (note, limit) if part)


def _about(case: Case, letter: Letter) -> list[Letter]:
    numbers = {one.number for one in family(case, letter) if one.number}
    return [one for one in case.letters if one.id != letter.id and one.number and one.replies_to in numbers]


def _other(letter: Letter) -> Link:
    said = "；".join(part for part in (letter.result if answers(letter) else letter.reason, letter.matter) if part)
    return Link(letter.issued_on, f"{letter.kind} {letter.number}", letter.signer or "", letter.issuer or "", said)


def _place(found: list[Link], on: date | None) -> int:
    """Before the first that is later; at the end without a day."""
    later = (place for place, link in enumerate(found) if on and link.on and link.on > on)
    return next(later, len(found))
