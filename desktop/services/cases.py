"""What an operator does with disputes: register, change, find, look back."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from desktop.domain import checks, confirmation_window
from desktop.domain.attributed import attributed
from desktop.domain.case import Case
from desktop.domain.case_file import MAX_BYTES, CaseFileRefused, read_case
from desktop.domain.checks import Doubt
from desktop.domain.course import require_legal
from desktop.domain.finding import Finding
from desktop.domain.letter import Letter, lacking_for_issue
from desktop.domain.letter_course import require_letters_kept
from desktop.domain.letter_next import next_letter
from desktop.domain.letter_replies import with_replies
from desktop.domain.letter_rules import require_past
from desktop.domain.next_thing import NextThing, danger
from desktop.domain.next_thing import next_thing as next_thing_of
from desktop.domain.numbering import case_number, letter_number
from desktop.domain.passing import awaited, open_offer
from desktop.domain.refused import Refused
from desktop.domain.signed_terms import require_terms_kept
from desktop.services import access
from desktop.services.desk import Desk
from desktop.services.finding import AWAITED, OFFERED, count, rows
from desktop.services.letter_kinds import kind_named, kinds
from desktop.services.stations import here, own_names
from desktop.services.working_days import working_days
from desktop.store import casebook, fields, listing, numbers
from desktop.store.casebook import TooMuchAtOnce
from desktop.store.listing import Row

__all__ = ["AWAITED", "OFFERED", "Doubt", "Finding", "NextThing", "Registered", "Row", "Saved", "count", "rows"]


class Registered(msgspec.Struct, frozen=True):
    """A new case: its id, its number (卷号), and what is doubtful about it."""

    id: str
    number: str
    warnings: list[Doubt]


class Saved(NamedTuple):
    """The case as it now stands, and what is doubtful about it."""

    case: Case
    warnings: list[Doubt]


class UnknownNumber(Refused):
    """No case bears the number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"没有编号为“{number}”的纠纷，请用 case list 查看编号后重试。")


class AmbiguousNumber(Refused):
    """Cases of several offices bear the number."""

    def __init__(self, number: str, found: Sequence[Case]) -> None:
        named = "；".join(f"{case.registered_by}“{case.title}”{case.id}" for case in found)
        super().__init__(f"编号“{number}”有{len(found)}件纠纷使用，请改用其中一件后面的标识：{named}。")


class UnreadableFile(Refused):
    """A file could not be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"文件“{path.name}”打不开，请检查文件是否存在、优盘是否插好。")


def register(desk: Desk, case: Case) -> Registered:
    """Register a new case of this office: it gets its id, its number and the numbers of its issued letters."""
    with desk.database.atomic():
        office = desk.office
        fresh = fields.identified(case)
        sequence = numbers.take(desk.database, "case", case.registered_on.year)
        fresh = msgspec.structs.replace(
            fresh,
            number=case_number(case.registered_on.year, office.series, sequence),
            registered_by=office.name,
            owner=office.id,
            letters=_issued(desk, fresh.letters),
        )
        saved = casebook.commit(desk.database, None, with_replies(None, fresh), desk.author())
    return Registered(saved.id, saved.number or "", doubts(desk, saved))


def register_files(desk: Desk, paths: Sequence[Path]) -> list[Registered]:
    """Register the case in each file, or none of them if one is refused."""
    names = [kind.name for kind in kinds(desk)]
    cases = [_read(path, names) for path in paths]
    with desk.database.atomic():
        return [_registered(desk, path, case) for path, case in zip(paths, cases, strict=True)]


def _registered(desk: Desk, path: Path, case: Case) -> Registered:
    try:
        return register(desk, case)
    except TooMuchAtOnce as error:
        raise NamedFileRefused(path, error) from None


def _read(path: Path, letter_kinds: Sequence[str]) -> Case:
    try:
        with path.open("rb") as file:
            return read_case(file.read(MAX_BYTES + 1), letter_kinds)
    except OSError:
        raise UnreadableFile(path) from None
    except CaseFileRefused as error:
        raise NamedFileRefused(path, error) from None


class NamedFileRefused(Refused):
    """A refused case file, with its name before the reason."""

    def __init__(self, path: Path, error: Refused) -> None:
        super().__init__(f"“{path.name}”：{error}")


def save(desk: Desk, before: Case, after: Case, *, takes_back: bool = False) -> Saved:
    """Write the difference between two values of a case as one signed change.

    `before` is the value that the operator had before the eyes. Letters that have everything and a date of issue get their 文号.
    Records of the course that say nothing of it get who, when and which office. `takes_back`: it undoes another save, which may have
    filled in what a signed agreement had left open. Raises and writes nothing: `IllegalStep` if law or rule forbids the step, `TermsBind`
    if it alters a signed agreement, `IllegalMove` if it issues a letter on a day to come, `NotOurs` if this office has left the case.
    """
    after = attributed(before, after, desk.operator, desk.office.name, desk.today())
    _require(before, after, takes_back=takes_back)
    with desk.database.atomic():
        access.require(desk, before.id)
        after = fields.identified(after)
        for letter in after.letters:
            require_past(desk.today(), None if letter.number or lacking_for_issue(letter) else letter.issued_on)
        numbered = msgspec.structs.replace(after, letters=_issued(desk, after.letters))
        behind = casebook.heads(desk.database, before.id) != before.seen  # another window or an import was quicker
        stored = casebook.load(desk.database, before.id) if behind else before
        saved = casebook.commit(desk.database, before, with_replies(before, numbered), desk.author())
        if behind:  # what stands now must allow the step as well
            _require(stored, saved, takes_back=takes_back)
    return Saved(saved, doubts(desk, saved))


def _require(before: Case, after: Case, *, takes_back: bool) -> None:
    require_legal(before, after, takes_back=takes_back)
    require_letters_kept(before, after)
    if not takes_back:
        require_terms_kept(before, after)


def _issued(desk: Desk, letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    return tuple(_ours(desk, letter) for letter in letters)


def _ours(desk: Desk, letter: Letter) -> Letter:
    """A letter of this office under its name, numbered once it is whole; what another office drafts is left to it."""
    if letter.number or letter.issuer not in (None, *own_names(desk)):
        return letter
    ours = msgspec.structs.replace(letter, issuer=letter.issuer or desk.office.name)
    return ours if lacking_for_issue(ours) or not ours.issued_on else _numbered(desk, ours, ours.issued_on.year)


def _numbered(desk: Desk, letter: Letter, year: int) -> Letter:
    """The letter with its 文号: taken when it is issued, never reused (domain.md 1.4)."""
    office, kind = desk.office, kind_named(desk, letter.kind)
    sequence = numbers.take(desk.database, f"letter:{letter.kind}", year)
    number = letter_number(year, office.series, kind.word if kind else letter.kind[:1], sequence)
    return msgspec.structs.replace(letter, number=number, issuer=letter.issuer or office.name)


def load(desk: Desk, case_id: str) -> Case:
    """The case with this id. Raises `UnknownCase`."""
    return casebook.load(desk.database, case_id)


def find(desk: Desk, number: str) -> Case:
    """The case with this number, or with this id. Raises `UnknownNumber`, `AmbiguousNumber`."""
    number = number.strip()
    ids = listing.with_number(desk.database, number)
    if len(ids) > 1:
        raise AmbiguousNumber(number, [load(desk, identifier) for identifier in ids])
    if ids:
        return load(desk, ids[0])
    if re.fullmatch("[0-9a-f]{32}", number):
        return load(desk, number)
    raise UnknownNumber(number)


def doubts(desk: Desk, case: Case) -> list[Doubt]:
    """What is doubtful about the case today."""
    return [*checks.doubts(case, desk.today()), *confirmation_window.doubts(case, working_days(desk))]


def findings(desk: Desk, case: Case) -> list[Finding]:
    """What to look at before the agreement is printed (协议体检), what law forbids first."""
    from desktop.domain import agreement_check

    return sorted(agreement_check.findings(case, desk.today(), working_days(desk)), key=lambda one: not one.grave)


def next_thing(desk: Desk, case: Case) -> NextThing:
    """The one thing to do next: where the case was offered to an office, its answer, then danger, a letter that cannot wait, the course.

    An office that left has nothing to do.
    """
    if not access.may_write(desk, case.id):
        return NextThing("本单位只能查看，不需要再办理", "")
    waits = awaited(case, here(desk)) if open_offer(case) else None
    pressing = next_letter(case, own_names(desk), desk.today()) if case.letters else None
    return waits or danger(case) or pressing or next_thing_of(case, working_days(desk), desk.today())
