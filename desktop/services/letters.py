"""What an operator does with letters (三单一函): write, issue, sign for, answer, review, urge; each step is one signed change of the case.

A step is judged by the case as it now stands, not as the window shows it: what another office did meanwhile counts (`domain.letter_rules`).
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import msgspec

from desktop.domain import letter_drafts, passing
from desktop.domain.case import Case
from desktop.domain.codes import LetterMoveKind
from desktop.domain.letter import Letter, LetterMove, answers
from desktop.domain.letter_course import UNSENT, WITH_ADDRESSEE, LetterState, require_letters_kept, state
from desktop.domain.letter_drafts import Degree, moved
from desktop.domain.letter_kinds import LetterType
from desktop.domain.letter_rules import IllegalMove, Side, answer_to, family, require_legal_move, require_past
from desktop.domain.letter_rules import legal_moves as legal_moves_of
from desktop.domain.meeting_letters import is_sheaf
from desktop.domain.refused import Refused
from desktop.services import letter_homes, roles
from desktop.services.cases import Saved
from desktop.services.desk import Desk
from desktop.services.letter_kinds import OWN_KINDS, UnreadableKinds, kind_named, kinds
from desktop.services.stations import Stations, here, own_names
from desktop.store.fields import new_id

__all__ = ["OWN_KINDS", "UnreadableKinds", "kind_named", "kinds"]

URGING = ("supervision", "urging")
"""Codes of kinds that urge an earlier letter, in the order in which one is looked for."""

SLIPS = ("feedback", "closing", "handling")
"""Codes of kinds that answer one."""

Change = Callable[[Case, Letter], Case]


class UnknownLetter(Refused):
    """The case has no such letter any more."""

    def __init__(self) -> None:
        super().__init__("找不到这份函件，可能已经删去，请刷新以后重试。")


class NoSuchKind(Refused):
    """The office's set of letters has no kind for this purpose."""

    def __init__(self, purpose: str) -> None:
        super().__init__(f"本单位使用的函件种类里没有{purpose}，请在函件种类文件中启用后重试。")


class Incomplete(Refused):
    """An incoming letter lacks what it must have."""


# --- who this office is to a letter ----------------------------------------------------------------------------------------------------


def sides(desk: Desk, letter: Letter) -> frozenset[Side]:
    """What this office is to the letter.

    Of a partner that has no computer in the directory (a department, an office that has not enrolled) this office writes down what it hears
    by telephone or on paper, so it stands for both; what the issuer alone does is no matter of hearing (`_ISSUER_ALONE`).
    """
    stations = Stations(desk)
    known = {one.name: one.id for one in stations.directory.content.stations} if stations.directory else {}
    own = own_names(desk)
    issued, got = letter.issuer is None or letter.issuer in own, letter.to in own
    found = {Side.ISSUER} if issued or (got and letter.issuer not in known) else set()
    if got or (issued and letter.to not in known):
        found.add(Side.ADDRESSEE)
    if not issued and _is_above(stations, known.get(letter.issuer or "")):
        found.add(Side.SUPERIOR)
    return frozenset(found)


def _is_above(stations: Stations, station: str | None) -> bool:
    directory = stations.directory
    while directory and station and (at := directory.station(station)):
        station = at.parent
        if station == stations.own:
            return True
    return False


def legal_moves(desk: Desk, case: Case, letter: Letter) -> tuple[LetterMoveKind, ...]:
    """What this office may do with the letter now."""
    found = legal_moves_of(case, letter, _sides_in(desk, case, letter), needs_reply=_needs_reply(desk, letter))
    return tuple(kind for kind in found if not (kind in _ISSUER_ALONE and _is_heard_of(desk, letter)))


_ISSUER_ALONE: frozenset[LetterMoveKind] = frozenset({"督办", "提级", "作废"})
"""What nobody does to a letter that he got: whoever hears of it from its issuer can note its decisions, not urge himself nor undo it."""


def _is_heard_of(desk: Desk, letter: Letter) -> bool:
    """Whether the letter came to this office, which writes down what it hears from the issuer."""
    own = own_names(desk)
    came = letter.to in own and letter.issuer is not None and letter.issuer not in own
    return came and Side.ISSUER in sides(desk, letter)


def _sides_in(desk: Desk, case: Case, letter: Letter) -> frozenset[Side]:
    """No bundle carries what a meeting issues: it goes out on paper, and this office writes down what it hears of it."""
    return frozenset({Side.ISSUER, Side.ADDRESSEE}) if is_sheaf(case.id) else sides(desk, letter)


def addressees(desk: Desk) -> list[str]:
    """The names of the offices that a letter can be sent to by bundle: those of the directory but this one, by code."""
    stations = Stations(desk)
    if stations.directory is None:
        return []
    return [one.name for one in sorted(stations.directory.content.stations, key=lambda one: one.code) if one.id != stations.own]


def _needs_reply(desk: Desk, letter: Letter) -> bool | None:
    kind = kind_named(desk, letter.kind)
    return kind.needs_reply if kind else None


# --- drafts ----------------------------------------------------------------------------------------------------------------------------


def blank(desk: Desk, case: Case, kind: str, to: str | None = None, degree: Degree = "一般") -> Letter:
    """A letter of the kind about the case, with limit, signer and responsible leader where they are known. Raises `NoSuchKind`."""
    known = kind_named(desk, kind)
    if known is None:
        raise NoSuchKind(kind)
    return _signed(desk, msgspec.structs.replace(letter_drafts.blank(known, case, desk.today(), desk.office.name, degree), to=to))


def blank_answer(desk: Desk, case: Case, letter: Letter) -> Letter:
    """The feedback slip to a letter, with what the case says already. Raises `NoSuchKind` where the office has no such slip."""
    slips = [kind for kind in kinds(desk) if kind.direction == "上行" and not kind.needs_reply]
    slip = _coded(slips, *SLIPS) or next((kind for kind in slips if "反馈" in kind.name), None)
    if slip is None:
        raise NoSuchKind("反馈单")
    return letter_drafts.answer(letter, case, slip.name, desk.office.name)


def blank_supervision(desk: Desk, case: Case, letter: Letter) -> Letter:
    """The supervision order of a letter with the earlier text, its number, the days that it is late and the how manyeth time it is.

    A supervision order that is not heeded is followed by another one for the first letter. Raises `NoSuchKind`.
    """
    kind = _coded(kinds(desk), *URGING)
    if kind is None:
        raise NoSuchKind("督办单")
    return _signed(desk, letter_drafts.supervision(family(case, letter)[0], case, kind, desk.today(), desk.office.name))


def _coded(found: "tuple[LetterType, ...] | list[LetterType]", *codes: str) -> LetterType | None:
    return next((kind for code in codes for kind in found if kind.code == code), None)


def _signed(desk: Desk, letter: Letter) -> Letter:
    """The letter with who leads here as its signer, unless one stands there."""
    leader = None
    with suppress(Refused):  # a mistake in the file of roles is told where roles are kept; a letter can be signed by hand
        leader = roles.leader(desk, desk.today())
    if leader is None or letter.signer:
        return letter
    return msgspec.structs.replace(letter, signer=leader.name, leader=letter.leader or leader.name, phone=letter.phone or leader.phone)


def draft(desk: Desk, case_id: str, letter: Letter) -> Saved:
    """Keep a letter that is not issued yet; one with an id takes the place of itself. Raises `LetterLocked` if it was issued meanwhile."""
    with desk.database.atomic():
        now = letter_homes.load(desk, case_id)
        mine = msgspec.structs.replace(letter, id=letter.id or new_id(), issuer=letter.issuer or desk.office.name, issued_on=None)
        after = _with(now, mine)
        require_letters_kept(now, after)
        return letter_homes.save(desk, now, after)


def discard(desk: Desk, case_id: str, letter_id: str) -> Saved:
    """Take out a letter that was never issued. Raises `LetterLocked` if it was."""
    with desk.database.atomic():
        now = letter_homes.load(desk, case_id)
        after = msgspec.structs.replace(now, letters=tuple(one for one in now.letters if one.id != letter_id))
        require_letters_kept(now, after)
        return letter_homes.save(desk, now, after)


def _with(case: Case, letter: Letter) -> Case:
    """The case with the letter in its place, or as its last one."""
    there = any(one.id == letter.id for one in case.letters)
    letters = tuple(letter if one.id == letter.id else one for one in case.letters)
    return msgspec.structs.replace(case, letters=letters if there else (*letters, letter))


# --- steps -----------------------------------------------------------------------------------------------------------------------------


def move(
    desk: Desk,
    case_id: str,
    letter_id: str,
    kind: LetterMoveKind,
    *,
    on: date | None = None,
    by: str = "",
    note: str = "",
    until: date | None = None,
) -> Saved:
    """Write down what happened to a letter: today and by this operator unless said otherwise.

    签发 gives it its number (`issue`), 反馈 without a slip is what came on paper, 认可销号 and 退回重办 count for the letters that urge it
    too.
    Raises `IllegalMove` with the rule, `UnknownLetter`, and what `cases.save` raises.
    """
    done = LetterMove(kind=kind, on=on or desk.today(), by=by or desk.operator, office=desk.office.name, note=note or None, until=until)
    if kind == "签发":
        with desk.database.atomic():
            return issue(desk, case_id, _letter(letter_homes.load(desk, case_id), letter_id), on=done.on)
    return _step(desk, case_id, letter_id, lambda case, letter: _moved(desk, case, letter, done))


def issue(desk: Desk, case_id: str, letter: Letter, *, on: date | None = None, share: bool = True) -> Saved:
    """Issue a letter, new or drafted before: it is checked, numbered, dated and locked (domain.md 1.5 rule 1).

    `share`: where the addressee is an office of the directory, it is asked to help with the case, so that the letter travels.
    Raises `IllegalMove` with what is missing, `LetterLocked` if it was issued meanwhile.
    """
    with desk.database.atomic():
        now = letter_homes.load(desk, case_id)
        return letter_homes.save(desk, now, _issued(desk, now, letter, on or desk.today(), share=share)[0])


def _issued(desk: Desk, case: Case, letter: Letter, on: date, *, share: bool) -> tuple[Case, Letter]:
    """The case with the letter issued, and the letter; its number comes with the save."""
    own = letter.issuer or desk.office.name
    ready = msgspec.structs.replace(letter, id=letter.id or new_id(), issuer=own, issued_on=letter.issued_on or on)
    after = _with(case, ready)
    require_letters_kept(case, after)
    signed = LetterMove(kind="签发", on=ready.issued_on, by=ready.signer, office=desk.office.name)
    _require_legal(desk, after, ready, signed)
    return _shared(desk, moved(ready, signed, after), ready) if share else moved(ready, signed, after), ready


def _shared(desk: Desk, case: Case, letter: Letter) -> Case:
    """The case with the addressee among those that help, if it is an office of the directory that does not see the case yet."""
    stations = Stations(desk)
    known = stations.directory.content.stations if stations.directory else ()
    station = next((one.id for one in known if one.name == letter.to), None)
    if station is None or is_sheaf(case.id) or station in {stations.own, case.owner, *case.assigned}:
        return case
    return passing.asked(case, here(desk), station)


def answer(desk: Desk, case_id: str, letter_id: str, reply: Letter, *, share: bool = True) -> Saved:
    """Answer a letter with a slip of its own number, in one change; those that urge it are answered with it.

    An interim report (阶段, 申请提级) leaves the letter under way, 申请延期 and 申请退回 ask for what they say. Raises as `issue`.
    """

    def answered(case: Case, letter: Letter) -> Case:
        interim = reply.answer_kind in ("阶段", "申请提级")
        kind = _ANSWERS.get(reply.answer_kind or "", "开始办理" if interim else "反馈")
        done = LetterMove(
            kind=kind,
            on=reply.issued_on or desk.today(),
            by=reply.responsible or desk.operator,
            office=desk.office.name,
            note=reply.answer_kind if interim else reply.next_steps if kind in _ANSWERS.values() else reply.result,
            until=reply.extend_to if kind == "申请延期" else None,
        )
        begun = interim and state(letter, case.moves) is LetterState.UNDER_WAY
        after = case if begun else _moved(desk, case, letter, done)
        slip = msgspec.structs.replace(reply, replies_to=letter.number, to=reply.to or letter.issuer)
        return _issued(desk, after, slip, desk.today(), share=share)[0]

    return _step(desk, case_id, letter_id, answered)


_ANSWERS: dict[str, LetterMoveKind] = {"申请延期": "申请延期", "申请退回": "异议退回"}


def supervise(desk: Desk, case_id: str, letter_id: str, order: Letter | None = None, *, share: bool = True) -> Saved:
    """Urge a letter: the supervision order is issued (as it is made by `blank_supervision`, if no other is given) and counted."""

    def urged(case: Case, urging: Letter) -> Case:
        letter = family(case, urging)[0]
        paper = order or blank_supervision(desk, case, letter)
        done = LetterMove(kind="督办", on=desk.today(), by=paper.signer or desk.operator, office=desk.office.name, note=paper.reason)
        return _issued(desk, _moved(desk, case, letter, done), paper, desk.today(), share=share)[0]

    return _step(desk, case_id, letter_id, urged)


def take_in(desk: Desk, case_id: str, letter: Letter, on: date | None = None) -> Saved:
    """Register a letter that came on paper, with the number that its issuer gave it; it is signed for.

    Raises `Incomplete`, also where it was signed for before it was issued, and `IllegalMove` for a day to come.
    """
    if not letter.number or not letter.issuer:
        raise Incomplete("请填写来文的文号和发文单位后再登记。")
    require_past(desk.today(), letter.issued_on, on)
    if on and letter.issued_on and on < letter.issued_on:
        raise Incomplete("签收日期不能早于来文的签发日期，请核对。")
    got = msgspec.structs.replace(letter, id=letter.id or new_id(), to=letter.to or desk.office.name)
    signed = LetterMove(kind="签收", on=on or desk.today(), by=desk.operator, office=desk.office.name)
    with desk.database.atomic():
        now = letter_homes.load(desk, case_id)
        return letter_homes.save(desk, now, moved(got, signed, _with(now, got)))


def _moved(desk: Desk, case: Case, letter: Letter, done: LetterMove) -> Case:
    """The case with the move, and with those of the letters that go with it."""
    _require_legal(desk, case, letter, done)
    after = moved(letter, done, case)
    for other in _following(case, letter, done.kind or ""):
        after = moved(other, done, after)
    reply = answer_to(case, letter)
    if done.kind in ("认可销号", "退回重办") and reply and state(reply, after.moves) in (LetterState.ISSUED, LetterState.DELIVERED):
        after = moved(reply, msgspec.structs.replace(done, kind="签收", note=None, until=None), after)
    return after


def _require_legal(desk: Desk, case: Case, letter: Letter, done: LetterMove) -> None:
    if done.kind in _ISSUER_ALONE and _is_heard_of(desk, letter):
        raise IllegalMove(f"“{done.kind}”由发文单位办理；它来电撤回或者催办的，请登记反馈，写明谁在什么时候说的。")
    require_legal_move(case, letter, done, _sides_in(desk, case, letter), needs_reply=_needs_reply(desk, letter), today=desk.today())


def _following(case: Case, letter: Letter, kind: str) -> list[Letter]:
    """The other letters of the family, of the same issuer, of which the same is true."""
    others = [one for one in family(case, letter) if one.id != letter.id and one.issuer == letter.issuer and not answers(one)]
    states = {
        "反馈": WITH_ADDRESSEE,
        "认可销号": WITH_ADDRESSEE | {LetterState.ANSWERED},
        "退回重办": frozenset({LetterState.ANSWERED}),
        "签收": frozenset[LetterState](),
    }.get(kind, frozenset())
    return [one for one in others if state(one, case.moves) in states - UNSENT]


def _step(desk: Desk, case_id: str, letter_id: str, change: Change) -> Saved:
    with desk.database.atomic():
        now = letter_homes.load(desk, case_id)
        return letter_homes.save(desk, now, change(now, _letter(now, letter_id)))


def _letter(case: Case, letter_id: str) -> Letter:
    for letter in case.letters:
        if letter.id == letter_id:
            return letter
    raise UnknownLetter
