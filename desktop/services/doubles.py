"""Cases that two offices registered, each for itself: likely doubles, and 合并为同一纠纷, which keeps both cases whole.

The newer of two cases gets a link to the older one (`same_as`) by an ordinary change, so that it travels with the case, stands in its
history and can be taken back. Each keeps its number, papers and 经过.
"""

from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import msgspec

from desktop.domain.case import Case
from desktop.domain.likeness import Likeness, gist
from desktop.domain.refused import Refused
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.store import same
from desktop.store.doubles import Finder, Match, to_end
from desktop.store.same import Card, Double

__all__ = ["Card", "Double", "Kin"]

_LOOKED = "doubles.looked"
"""Setting: the newest case (its local key) that was looked at."""

_AT_ONCE = 5
"""So many likely doubles of one case are shown at most."""


class Kin(NamedTuple):
    """What a case is merged with: its main case, if that is another one, and those merged into it; `elsewhere`: main is not held here."""

    main: Card | None
    elsewhere: bool
    merged: list[Card]


class NotHere(Refused):
    """One of the cases is not held here."""

    def __init__(self) -> None:
        super().__init__("另一件纠纷不在本机，请先导入它，再合并为同一纠纷。")


class AlreadyOne(Refused):
    """Both cases belong to the same main case already."""

    def __init__(self) -> None:
        super().__init__("这两件已经合并为同一纠纷，不用再合并。")


def likely(desk: Desk, case: Case) -> list[Double]:
    """The cases that are likely the same quarrel as this one, the likeliest first; it need not be registered, nor saved as it is.

    Those that were dismissed, or are merged with it already, are left out; of several that are merged with each other one is given.
    """
    return to_end(looking(desk, case))


def looking(desk: Desk, case: Case) -> Generator[None, None, list[Double]]:
    """`likely` in steps of some milliseconds each, its result at the end: among a million cases the whole takes up to 0.3 s.

    Others may write between two steps; what they change may be missed.
    """
    key = same.key_of(desk.database, case.id) if case.id else None
    skipped = same.dismissed(desk.database, key) if key else set()
    matches = yield from Finder(desk.database).looking(gist(case), key)
    found = [match for match in matches if match.key not in skipped]
    own = Card(case.id, case.number or "", case.title, case.registered_by or desk.office.name, case.registered_on)
    return [Double(own, card, points.score, points.reasons) for card, points in islice(_apart(desk, case.id, found), _AT_ONCE)]


def _apart(desk: Desk, case: str, found: Iterable[Match]) -> Iterator[tuple[Card, Likeness]]:
    """The matches that are not merged with the case, one for each main case."""
    known = {same.main(desk.database, case)} if case else set()
    for match in found:
        card = same.card(desk.database, match.key)
        main = same.main(desk.database, card.id)
        if main not in known:
            known.add(main)
            yield card, match.likeness


def after_import(desk: Desk, case_ids: Iterable[str]) -> list[Double]:
    """Look for doubles of the cases that came in or changed, and keep what was found. Returns what of that is open now.

    The work grows with the number of these cases, hardly with that of all others. Nothing that was dismissed comes up again.
    """
    wanted = set(case_ids)
    finder = Finder(desk.database, many=True)
    keys = same.keys_by_date(desk.database, wanted)
    if not keys:
        return []
    found = [(key, match) for key in keys for match in finder.matches(finder.gist(key), key)[:_AT_ONCE]]
    with desk.database.atomic():
        same.forget(desk.database, keys)
        for key, match in found:
            same.note(desk.database, key, match.key, match.likeness.score, match.likeness.reasons)
    return [double for double in open_doubles(desk) if double.one.id in wanted or double.other.id in wanted]


def look_on(desk: Desk, limit: int) -> bool:
    """Look for doubles of the next cases that nobody looked at yet, in the order in which they came here. Returns whether more are left.

    An import may bring thousands: the first are looked at with it, the rest while nobody waits.
    """
    return to_end(looking_on(desk, limit))


def looking_on(desk: Desk, limit: int) -> Generator[None, None, bool]:
    """`look_on` in steps of some milliseconds each; nothing is kept before the last one."""
    looked = desk.database.setting(_LOOKED, int) or 0
    found = same.after(desk.database, looked, limit)
    if not found:
        return False
    finder = Finder(desk.database, many=True)
    likely: list[tuple[int, Match]] = []
    for key in sorted((key for key, _ in found), key=lambda key: finder.gist(key).registered_on):
        matches = yield from finder.looking(finder.gist(key), key)
        likely += [(key, match) for match in matches[:_AT_ONCE]]
    with desk.database.atomic():
        for key, match in likely:
            same.note(desk.database, key, match.key, match.likeness.score, match.likeness.reasons)
        desk.database.set(_LOOKED, found[-1][0])
    return len(found) == limit


def open_doubles(desk: Desk, limit: int = 500) -> list[Double]:
    """The likely doubles that were found after imports and that nobody merged or dismissed, the likeliest first."""
    return same.open_doubles(desk.database, limit)


def dismiss(desk: Desk, double: Double) -> None:
    """Keep, at this office, that the two are not the same quarrel. Both must be registered. Raises `NotHere`."""
    one, other = (_key(desk, card.id) for card in (double.one, double.other))
    same.dismiss(desk.database, one, other, double.likeness, double.why)


def _key(desk: Desk, case: str) -> int:
    key = same.key_of(desk.database, case)
    if key is None:
        raise NotHere
    return key


def merge(desk: Desk, one: str, other: str) -> Case:
    """合并为同一纠纷: link the newer of two cases (ids) to the older one. Returns the newer one as it now stands.

    Where they are merged with others already, their main cases are linked, and what belonged to the newer follows it: no chains. The
    offices that have the cases are asked to help with each other's, so that both see the whole quarrel from the next exchange on.
    Raises `NotHere`, `AlreadyOne`, `IllegalStep` with nothing written.
    """
    with desk.database.atomic():
        older, newer = sorted((same.main(desk.database, one), same.main(desk.database, other)))
        for identifier in (one, other, older, newer):
            _key(desk, identifier)
        if older == newer:
            raise AlreadyOne
        joined = [cases.load(desk, identifier) for identifier in (newer, *same.merged(desk.database, newer))]
        main = cases.load(desk, older)
        owners = {case.owner for case in (main, *joined) if case.owner}
        for case in joined:
            cases.save(desk, case, _helped(msgspec.structs.replace(case, same_as=older), owners))
        cases.save(desk, main, _helped(msgspec.structs.replace(main, same_as=None), owners))
    return cases.load(desk, newer)


def _helped(case: Case, stations: set[str]) -> Case:
    """The case with the stations among those that help; its owner needs no asking."""
    return msgspec.structs.replace(case, assigned=tuple(sorted({*case.assigned, *stations} - {case.owner or ""})))


def part(desk: Desk, case: str) -> Case:
    """Take the merging of the case (id) back: it stands alone again. Who was asked to help stays asked. Raises `UnknownCase`."""
    before = cases.load(desk, case)
    return cases.save(desk, before, msgspec.structs.replace(before, same_as=None)).case


def kin(desk: Desk, case: str) -> Kin:
    """What the case (id) is merged with."""
    main = same.main(desk.database, case)
    key = same.key_of(desk.database, main)
    merged = [same.card(desk.database, _key(desk, other)) for other in same.merged(desk.database, case)]
    if main == case:
        return Kin(None, elsewhere=False, merged=merged)
    return Kin(same.card(desk.database, key) if key else None, elsewhere=key is None, merged=merged)
