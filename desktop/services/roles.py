"""Who works together here: the scheme of roles that the office uses, and the persons who have them (domain.md 2.2)."""

from datetime import date

import msgspec

from desktop.domain.meeting import Attendee
from desktop.domain.refused import Refused
from desktop.domain.roles import Holder, Roster, Scheme, invited, read_schemes, scheme_of
from desktop.domain.roles import leader as leader_of
from desktop.resources import resource
from desktop.services.county_settings import ROLES, settings_folder
from desktop.services.desk import Desk

OWN_ROLES = ROLES
"""The office's own file of schemes, in the data folder; it takes the place of the county's, and that of the shipped one."""

_ROSTER = "roles"


class UnreadableRoles(Refused):
    """The office's own file of roles cannot be read."""

    def __init__(self) -> None:
        super().__init__(f"角色文件“{OWN_ROLES}”打不开或不是UTF-8文本，请改正，或把它移走以使用随程序附带的方案。")


class UnknownRole(Refused):
    """The scheme has no such role."""

    def __init__(self, role: str) -> None:
        super().__init__(f"现在的方案里没有“{role}”这个角色，请重新选择角色后保存。")


def schemes(desk: Desk) -> tuple[Scheme, ...]:
    """All schemes to choose from. Raises `RolesRefused` with the line of a mistake in the office's file, `UnreadableRoles`."""
    own, settings = desk.folder / OWN_ROLES, settings_folder(desk)
    county = settings / ROLES if settings else own
    path = next((path for path in (own, county) if path.exists()), resource("roles.toml"))
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeError):
        raise UnreadableRoles from None
    return read_schemes(text)


def roster(desk: Desk) -> Roster:
    """What the office filled in; nothing before it did. No bundle carries it."""
    return desk.database.setting(_ROSTER, Roster) or Roster()


def scheme(desk: Desk) -> Scheme:
    """The scheme that the office uses. Raises what `schemes` raises."""
    return scheme_of(schemes(desk), roster(desk))


def save(desk: Desk, filled: Roster) -> Roster:
    """Keep who has which role; lines without a name are left out. Raises `UnknownRole` with nothing changed."""
    chosen = scheme_of(schemes(desk), filled)
    kept = tuple(one for one in filled.holders if one.name)
    for one in kept:
        if chosen.named(one.role) is None:
            raise UnknownRole(one.role)
    saved = msgspec.structs.replace(filled, scheme=chosen.code, holders=kept)
    desk.database.set(_ROSTER, saved)
    return saved


def participants(desk: Desk, day: date) -> tuple[Attendee, ...]:
    """Whom a meeting on the day invites. Raises what `schemes` raises."""
    return invited(scheme(desk), roster(desk), day)


def leader(desk: Desk, day: date) -> Holder | None:
    """Who leads and signs on the day, None if the office named nobody. Raises what `schemes` raises."""
    return leader_of(scheme(desk), roster(desk), day)
