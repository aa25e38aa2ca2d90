"""Who works together in a township: 2+3(1)+N and other schemes, as data, since districts differ (domain.md 2.2).

Pure: takes the text of a TOML file (`resources/roles.toml`, or an office's own) and gives typed values.
"""

from datetime import date
from typing import Annotated

import msgspec

from desktop.domain.meeting import Attendee
from desktop.domain.refused import Refused
from desktop.domain.settings_text import Mistake, read

Code = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z-]{0,30}$")]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class RolesRefused(Refused):
    """The file of roles has a mistake."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        place = f"第{line}行" if line else ""
        super().__init__(f"角色文件roles.toml{place}有误（{reason}），请改正该文件，或把它移走以使用随程序附带的文件。")


class Role(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One role: `code` names it in data and never changes, `group` is `2`, `3(1)`, `N`; `body` is where such a person usually sits.

    `leads`: the person leads meetings and signs letters (牵头，默认签发人和责任领导).
    """

    code: Code
    name: Words
    group: Annotated[str, msgspec.Meta(min_length=1, max_length=8)]
    body: str = ""
    leads: bool = False


class Scheme(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way in which an area works together; `enabled` for the one that is used unless the office says otherwise."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    name: Words
    enabled: bool = False
    note: str = ""
    role: Annotated[tuple[Role, ...], msgspec.Meta(min_length=1, max_length=60)]

    def named(self, code: str) -> Role | None:
        """The role with this code, None if the scheme has none."""
        return next((role for role in self.role if role.code == code), None)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    scheme: Annotated[tuple[Scheme, ...], msgspec.Meta(min_length=1)]


class Holder(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person who has a role, from `since` to `until` (both included, None: open)."""

    role: str = ""
    name: str = ""
    body: str | None = None
    phone: str | None = None
    since: date | None = None
    until: date | None = None

    def serves(self, day: date) -> bool:
        """Whether the person has the role on the day."""
        return bool(self.name) and (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Roster(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an office filled in: the scheme that it uses (its code, empty: the one enabled in the file) and the persons."""

    scheme: str = ""
    holders: tuple[Holder, ...] = ()


def read_schemes(text: str) -> tuple[Scheme, ...]:
    """The schemes of a file, in its order.

    Raises RolesRefused if the text is no TOML (with the line), states anything that it may not, if a code stands twice, or if not
    exactly one scheme is enabled.
    """
    try:
        schemes = read(text, _File).scheme
    except Mistake as error:
        raise RolesRefused(error.reason, error.line) from error
    _once("方案代码", [scheme.code for scheme in schemes])
    for scheme in schemes:
        _once(f"方案{scheme.code}的角色代码", [role.code for role in scheme.role])
    if sum(scheme.enabled for scheme in schemes) != 1:
        raise RolesRefused("应当启用一个方案（enabled = true），也只能启用一个")
    return schemes


def scheme_of(schemes: tuple[Scheme, ...], roster: Roster) -> Scheme:
    """The scheme that the office uses: its own choice if the file still has it, otherwise the enabled one."""
    chosen = (scheme for scheme in schemes if scheme.code == roster.scheme)
    return next(chosen, next(scheme for scheme in schemes if scheme.enabled))


def invited(scheme: Scheme, roster: Roster, day: date) -> tuple[Attendee, ...]:
    """Whom a meeting on the day invites: each role of the scheme with the persons who have it, without one a line to be filled in."""
    found: list[Attendee] = []
    for role in scheme.role:
        people = [one for one in roster.holders if one.role == role.code and one.serves(day)]
        found += [_attendee(role, one) for one in people or (Holder(role=role.code),)]
    return tuple(found)


def _attendee(role: Role, holder: Holder) -> Attendee:
    return Attendee(group=role.group, role=role.name, name=holder.name, body=holder.body or role.body or None, phone=holder.phone)


def leader(scheme: Scheme, roster: Roster, day: date) -> Holder | None:
    """Who leads and signs on the day: the first person in a role that leads."""
    codes = [role.code for role in scheme.role if role.leads]
    serving = [one for one in roster.holders if one.role in codes and one.serves(day)]
    return min(serving, key=lambda one: codes.index(one.role), default=None)


def _once(what: str, names: list[str]) -> None:
    for i, name in enumerate(names):
        if name in names[:i]:
            raise RolesRefused(f"{what}“{name}”重复")
