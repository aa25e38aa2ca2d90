"""Slips that were written without the button for it, in a form or in a case file: they answer their letter all the same (domain.md 1.5)."""

from collections.abc import Iterator

import msgspec

from desktop.domain.case import Case
from desktop.domain.letter import Letter, LetterMove, answers

_WHOLE = (None, "办结")
"""Slips that say the matter is done; an interim report or a request leaves the letter where it is."""


def with_replies(before: Case | None, after: Case) -> Case:
    """The case with the move 反馈 for every letter that a newly numbered slip answers, and for that which an answered 督办单 urges.

    All letters must have ids. What the save itself already says of a letter is not said twice.
    """
    known = {one.id for one in before.letters if one.number} if before else set()
    old = {one.id for one in before.moves} if before else set()
    told = {one.letter for one in after.moves if one.id not in old or not one.id}
    moves = [
        LetterMove(letter=letter.id, kind="反馈", on=slip.issued_on, by=slip.signer, office=slip.issuer)
        for slip in after.letters
        if slip.number and slip.id not in known and answers(slip) and slip.answer_kind in _WHOLE
        for letter in _answered(slip, after.letters)
        if letter.id not in told
    ]
    return msgspec.structs.replace(after, moves=(*after.moves, *moves)) if moves else after


def _answered(slip: Letter, letters: tuple[Letter, ...]) -> Iterator[Letter]:
    """The letter that the slip names, by its number or as case files do by its kind, and what that one urges."""
    for letter in _named(slip, letters):
        yield letter
        yield from (one for one in _named(letter, letters) if one.id != slip.id)


def _named(letter: Letter, letters: tuple[Letter, ...]) -> list[Letter]:
    named = letter.replies_to
    return [one for one in letters if named and named in (one.number, one.kind) and one.id != letter.id and not answers(one)]
