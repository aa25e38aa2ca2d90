"""How likely two cases are the same quarrel, registered twice: by the village and by the police station, say.

Points for who, when, where and what, 0 to 100 together. The figures were chosen on the sample cases, on retellings of them as another
office would write them, and on cases that only look alike (tests/domain/test_likeness.py). Nothing is ever merged by a figure.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from desktop.domain import id_number
from desktop.domain.case import Case

LIKELY = 60
"""From so many points on two cases are shown as likely doubles."""

_NEAR = ((3, 20), (10, 15), (30, 8), (90, 0))
"""(days between the two, points): later than all of them it is as a rule a new quarrel of the same people."""

_LATER = -25
_SAME_PLACE, _NEAR_PLACE = 12, 6
_TELLING = 45
"""Points for a text that is the same, word by word; `_text_points` says how they fall."""

_OTHERS = -50
"""Where each case names somebody whom the other does not know: ten workers, one after the other, against one employer."""

_CROWD = 5
"""From so many parties on it means nothing that two offices wrote down different ones."""

_UNRELATED, _ALIKE = 30, 40
"""Narratives that have nothing to do with each other reach 28 of 100; retellings of the same begin at 20."""

_LONGEST = 400
SHORTEST = 8
"""A text of fewer characters says nothing: `邻里争吵` stands in half of all cases."""


class Person(NamedTuple):
    """What is compared of a party; empty where unknown."""

    name: str
    id_number: str = ""
    phone: str = ""


class Gist(NamedTuple):
    """What is compared of a case: folded texts, and the amount in fen. `marks` are those of its people (`marks`)."""

    type: str
    registered_on: date
    occurred_on: date | None
    place: str
    summary: str
    amount: int | None
    people: tuple[Person, ...]
    marks: frozenset[str]


class Likeness(NamedTuple):
    """Points from 0 to 100, and what speaks for it in Chinese, the strongest first."""

    score: int
    reasons: tuple[str, ...]


class _Shared(NamedTuple):
    """A party that both cases seem to have: its name in the first case, its weight 0 to 1, and by what it was known."""

    name: str
    weight: float
    mark: str


def gist(case: Case) -> Gist:
    """What is compared of the case."""
    people = persons((party.name, party.id_number, party.phone) for party in case.parties)
    return Gist(
        type=case.type,
        registered_on=case.registered_on,
        occurred_on=case.occurred_on,
        place=folded(case.place or ""),
        summary=folded(case.summary),
        amount=case.amount,
        people=people,
        marks=marks(people),
    )


def persons(parties: Iterable[tuple[str, str | None, str | None]]) -> tuple[Person, ...]:
    """What is compared of parties: names, ID numbers with a capital X, the digits of telephone numbers.

    A telephone number that stands with two of them, that of the clerk for instance, tells nothing and is left out.
    """
    found = [Person(folded(name), id_number.normalized(folded(number or "")), digits(phone or "")) for name, number, phone in parties]
    often = Counter(one.phone for one in found)
    return tuple(one._replace(phone="") if often[one.phone] > 1 else one for one in found)


def marks(people: Iterable[Person]) -> frozenset[str]:
    """Everything by which two parties may be taken for one: cases without a common mark share nobody."""
    found: set[str] = set()
    for one in people:
        found |= {one.id_number, one.phone, one.name}
        if len(one.name) >= 3:
            found |= {f"{one.name[:place]}?{one.name[place + 1 :]}" for place in range(len(one.name))}
    return frozenset(found - {""})


def folded(text: str) -> str:
    """The text without blanks, capitals and wide forms, at most as much of it as is compared."""
    return "".join(unicodedata.normalize("NFKC", text[: 2 * _LONGEST]).casefold().split())[:_LONGEST]


def digits(phone: str) -> str:
    """The digits of a telephone number; empty if there are too few to tell one from another."""
    found = re.sub("[^0-9]", "", unicodedata.normalize("NFKC", phone))
    found = found[2:] if len(found) == 13 and found.startswith("86") else found
    return found if len(found) >= 7 else ""


def likeness(one: Gist, other: Gist) -> Likeness:
    """How likely the two are one quarrel; the same whichever comes first. Texts are compared only where they could make it likely."""
    shared = [] if one.marks.isdisjoint(other.marks) else _shared(*sorted((sorted(one.people), sorted(other.people))))
    days, act = _days_between(one, other)
    points = _who(shared, one.people, other.people) + _when(days) + 5 * (one.type == other.type) + _money(one.amount, other.amount)
    if points + _SAME_PLACE + _TELLING < LIKELY:
        return Likeness(max(0, round(points)), ())
    place = _likeness_of_places(one.place, other.place)
    points += _where(place)
    alike = _likeness_of_texts(one.summary, other.summary) if points + _TELLING >= LIKELY else 0.0
    reasons = [*_told_people(shared), *_told_place_and_time(place, days, act)]
    if alike >= _ALIKE:
        reasons.append("情况相近" if alike < 90 else "情况基本相同")
    if one.amount and one.amount == other.amount:
        reasons.append("涉及金额相同")
    return Likeness(max(0, min(100, round(points + _text_points(alike)))), tuple(reasons))


# --- who ---


def _shared(ones: Sequence[Person], others: Sequence[Person]) -> list[_Shared]:
    """The parties that both have, each once: first those with the same ID number, then by telephone, then by name."""
    found: list[_Shared] = []
    left, right = list(ones), list(others)
    for mark, weight, matches in _MARKS:
        for person_here in list(left):
            same = next((there for there in right if matches(person_here, there)), None)
            if same is not None:
                is_named = mark != "电话相同" or person_here.name == same.name
                name = person_here.name if is_named else f"{person_here.name}／{same.name}".strip("／")
                found.append(_Shared(name, weight if is_named else _FAMILY, mark))
                left.remove(person_here)
                right.remove(same)
    return found


def _same_number(one: Person, other: Person) -> bool:
    return bool(one.id_number) and one.id_number == other.id_number


def _same_phone(one: Person, other: Person) -> bool:
    return bool(one.phone) and one.phone == other.phone


def _same_name(one: Person, other: Person) -> bool:
    return _tells(one.name) and one.name == other.name and not _two_numbers(one, other)


def _like_name(one: Person, other: Person) -> bool:
    """Whether the names differ by one character of three or more: a slip, or a character that somebody's keyboard lacks."""
    if not (_tells(one.name) and len(one.name) == len(other.name) >= 3) or _two_numbers(one, other):
        return False
    return sum(a != b for a, b in zip(one.name, other.name, strict=True)) == 1


def _two_numbers(one: Person, other: Person) -> bool:
    return bool(one.id_number and other.id_number) and one.id_number != other.id_number


def _tells(name: str) -> bool:
    """Whether the name names somebody: not `张某`, `不详`, nor a single character."""
    return len(name) > 1 and "某" not in name and name not in _NOBODY


_NOBODY = frozenset({"不详", "未知", "无名", "匿名", "无名氏", "待查", "不明"})
_FAMILY = 0.6
"""The same telephone under two names: a family, or the clerk who typed his own."""

_SURE = 0.9
_MARKS = (
    ("身份证号码相同", 1.0, _same_number),
    ("电话相同", 0.95, _same_phone),
    ("姓名相同", 0.8, _same_name),
    ("姓名相近", 0.4, _like_name),
)


def _who(shared: Sequence[_Shared], ones: Sequence[Person], others: Sequence[Person]) -> float:
    """Up to 50 points: all of them for two shared parties, or for one known by a number where one of the cases has no more."""
    wanted = 1 if min(len(ones), len(others)) < 2 and any(one.weight >= _SURE for one in shared) else 2
    points = 50 * min(1.0, sum(one.weight for one in shared) / wanted)
    return points + (_OTHERS if len(shared) < wanted and _differ(shared, ones, others) else 0)


def _differ(shared: Sequence[_Shared], ones: Sequence[Person], others: Sequence[Person]) -> bool:
    """Whether each of the cases names somebody whom the other has not; in a crowd that says nothing."""
    return all(len(shared) < sum(_tells(one.name) for one in people) < _CROWD for people in (ones, others))


def are_strangers(one: Gist, people: Sequence[Person], theirs: frozenset[str]) -> bool:
    """Whether these people, with their marks, are surely others than those of the case: then nothing makes the two likely."""
    return one.marks.isdisjoint(theirs) and _differ((), one.people, people)


def _told_people(shared: Sequence[_Shared]) -> Iterable[str]:
    for mark, _, _ in _MARKS:
        names = [one.name for one in shared if one.mark == mark]
        if names:
            listed = "、".join(names[:3]) + (f"等{len(names)}人" if len(names) > 3 else "")
            yield f"当事人{mark}：{listed}" if mark.startswith("姓名") else f"同一当事人（{mark}）：{listed}"


# --- when and where ---


def _days_between(one: Gist, other: Gist) -> tuple[int, str]:
    """Days between the two registrations, or between the events where those are nearer; and which of the two."""
    registered = abs((one.registered_on - other.registered_on).days)
    occurred = abs((one.occurred_on - other.occurred_on).days) if one.occurred_on and other.occurred_on else registered
    return (occurred, "发生") if occurred < registered else (registered, "登记")


def _when(days: int) -> int:
    return next((points for limit, points in _NEAR if days <= limit), _LATER)


def _likeness_of_places(one: str, other: str) -> float:
    """0 to 100: the shorter name within the longer one, `石桥村三组` in `青石镇石桥村三组张家院`."""
    if min(len(one), len(other)) < 2:
        return 0.0
    from rapidfuzz import fuzz

    return fuzz.partial_ratio(one, other)


def _where(place: float) -> int:
    return _SAME_PLACE if place >= 80 else _NEAR_PLACE if place >= 60 else 0


def _told_place_and_time(place: float, days: int, act: str) -> Iterable[str]:
    where = "同一地点" if place >= 80 else "地点相近" if place >= 60 else ""
    when = "" if days > 30 else f"同一天{act}" if days == 0 else f"{act}相差{days}天"
    if told := "、".join(part for part in (where, when) if part):
        yield told


# --- what ---


def _likeness_of_texts(one: str, other: str) -> float:
    """0 to 100: how much of the shorter narrative stands in the longer one, in its order."""
    if min(len(one), len(other)) < SHORTEST:
        return 0.0
    from rapidfuzz import fuzz

    return fuzz.partial_ratio(one, other)


def _text_points(alike: float) -> float:
    """None for what unrelated narratives reach, 15 for a retelling (50 of 100), all for the same text."""
    share = max(0.0, alike - _UNRELATED) / (100 - _UNRELATED)
    return _TELLING * share


def _money(one: int | None, other: int | None) -> int:
    if not one or not other:
        return 0
    return 5 if one == other else -8
