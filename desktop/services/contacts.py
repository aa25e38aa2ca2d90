"""What is known of the partners: when they were last heard of, what is not there yet, every bundle in and out (protocol, section 3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from desktop.domain.codes import OfficeLevel
from desktop.exchange import books, receipt
from desktop.exchange.books import Link
from desktop.exchange.device import Member, NotEnrolled
from desktop.exchange.directory import Station
from desktop.services.desk import Desk
from desktop.store import blobs, settling

_HISTORY = """
    SELECT direction, digest, station, at, coalesce(name, ''), cases, changes, coalesce(attachments, 0), coalesce(size, 0), confirmed,
        direction = 'in' AND EXISTS (
            SELECT 1 FROM bundles AS earlier WHERE earlier.digest = b.digest AND earlier.direction = 'in' AND earlier.key < b.key
        )
    FROM bundles AS b ORDER BY key DESC LIMIT ?
"""


class Contact(NamedTuple):
    """A partner office. Times are ISO text; `cases` are shared with it, of `not_there` it is not known to hold everything.

    `last_confirmed` is the last word of what it holds: a bundle from it, or a receipt code. `missing`: attachments that it waits for.
    """

    code: str
    name: str
    level: OfficeLevel
    last_in: str | None
    last_out: str | None
    last_confirmed: str | None
    cases: int
    not_there: int
    missing: int


class Status(NamedTuple):
    """How the exchange stands: the partners, days since something was handed up (None: never), cases not yet there.

    `waiting`: changes that wait for others. `missing`: attachments that are not here yet. `conflicts`: cases in 待核对.
    """

    contacts: list[Contact]
    handed_up_days: int | None
    not_up: int
    waiting: int
    missing: int
    conflicts: int


class Passed(NamedTuple):
    """A bundle that came ("in") or went ("out"). `receipt` is its code where it came in; `confirmed` when its code was typed in here.

    `again`: it had come before, and changed nothing.
    """

    direction: str
    at: str
    office: str
    name: str
    cases: int
    changes: int
    attachments: int
    size: int
    receipt: str | None
    confirmed: str | None
    again: bool


class Confirmed(NamedTuple):
    """Whose receipt code it was, when the bundle was made (ISO text), and how many cases it carried."""

    receiver: str
    at: str
    cases: int


def contacts(desk: Desk) -> list[Contact]:
    """The partner offices: that above first, then those below in the order of their codes. Raises `NotEnrolled`."""
    me = desk.member()
    books.catch_up(desk.database, me)
    devices = books.partners(me.directory, me.station.id, me.device)
    stations = {device.station: me.directory.station(device.station) for device in devices}
    found = sorted((s for s in stations.values() if s), key=lambda s: (s.id != me.station.parent, s.code))
    links = {link.device: link for link in books.links(desk.database)}
    return [_contact(desk, me, station, links) for station in found]


def _contact(desk: Desk, me: Member, station: Station, links: Mapping[bytes, Link]) -> Contact:
    devices = [device.id for device in me.directory.devices_of(station.id) if device.id != me.device]
    newest = max((links[device] for device in devices), key=lambda link: link.heard_at)
    heard = newest.heard_at or None
    count = books.counts(desk.database, newest)
    out, confirmed = desk.database.connection.execute(
        "SELECT max(at), max(confirmed) FROM bundles WHERE direction = 'out' AND station = ?", (station.id,)
    ).fetchone()
    return Contact(station.code, station.name, station.level, heard, out, max(filter(None, (heard, confirmed)), default=None), *count)


def status(desk: Desk) -> Status:
    """How the exchange stands, also for an office that has not joined it yet."""
    try:
        me = desk.member()
        found = contacts(desk)
        above = me.directory.station(me.station.parent) if me.station.parent else None
        up = next((contact for contact in found if above and contact.code == above.code), None)
    except NotEnrolled:
        found, up = [], None
    days = max(0, (desk.today() - datetime.fromisoformat(up.last_out).date()).days) if up and up.last_out else None  # a clock was put back
    doubtful = len(settling.in_doubt(desk.database))
    waits = desk.database.connection.execute("SELECT count(*) FROM waiting WHERE reason <> 'adopted'").fetchone()[0]
    return Status(found, days, up.not_there if up else 0, waits, blobs.missing(desk.database), doubtful)


def history(desk: Desk, limit: int = 200) -> list[Passed]:
    """Every bundle that came and went, the newest first. Raises `NotEnrolled`."""
    me = desk.member()
    rows = desk.database.connection.execute(
        _HISTORY,
        (limit,),
    )
    found = []
    for direction, digest, identifier, at, name, cases, changes, attachments, size, confirmed, again in rows:
        station = me.directory.station(identifier)
        code = receipt.code_for(desk.database, me.device, digest) if direction == "in" else None
        office = station.name if station else ""
        found.append(Passed(direction, at, office, name, cases, changes, attachments, size, code, confirmed, bool(again)))
    return found


def confirm(desk: Desk, code: str) -> Confirmed:
    """Take the code that a receiver reads out for its word that it holds the bundle. Raises `MistypedCode`, `UnknownCode`."""
    directory = desk.member().directory
    found = receipt.confirm(desk.database, directory, code, desk.now())
    station = directory.station(found.station)
    return Confirmed(station.name if station else "", found.at, found.cases)
