"""A bundle that has every part there is: directory, settings from above, changes, have-list, missing contents, contents."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from desktop.domain.case import Case
from desktop.exchange import directory as directories
from desktop.exchange import keys, rules
from desktop.services.desk import Desk
from desktop.store import blobs
from tests.exchange.computers import Computer, next_directory, paper
from tests.exchange.offices import AT, County

Start = Callable[[str], Computer]

SCANS = (b"%PDF-1.4 first", b"%PDF-1.4 second")
"""Contents of attachments; nobody opens them here."""

NOT_HERE = sha256(b"a scan that has not come yet").hexdigest()
CACHE = ("links", "shares", "told", "missing", "settings")
"""Tables that may be brought up to date although an export did not come about: they follow from the others."""


def with_papers(computer: Computer, case: Case, *contents: bytes) -> Case:
    """The case with these contents as attachments."""
    papers = [paper(blobs.put(computer.database, content), len(content)) for content in contents]
    return computer.save(case, attachments=tuple(msgspec.structs.replace(one, position=position) for position, one in enumerate(papers)))


def publish(computer: Computer, county: County) -> None:
    """Let this computer have a newer directory and settings from above."""
    root = keys.verify_key(county.root_seed)
    newer = next_directory(computer.me.directory, county.root_seed)
    directories.adopt(computer.database, directories.verified(newer, root))
    content = rules.Content(format=rules.FORMAT, number=1, issued_at=AT, days="free = [2027-01-01]\n")
    rules.adopt(computer.database, rules.sign(content, county.root_seed))


def two_offices(start: Start, county: County) -> tuple[Computer, Computer]:
    """A village that has all sorts of things for its township, and the township; both wrote in one case without knowing of it."""
    village, town = start("v1"), start("town1")
    case = village.register()
    town.take_in(village.export(town))
    town.save(town.load(case), summary="镇上写的")
    case = village.save(case, summary="村里写的", place="村口")
    with_papers(village, case, *SCANS)
    village.save(village.register(2), attachments=(paper(NOT_HERE, 100),))
    publish(village, county)
    return village, town


def desk_of(computer: Computer, folder: Path) -> Desk:
    """The computer as the services know it."""
    folder.mkdir(exist_ok=True)
    computer.database.set("office", computer.seat.office)
    computer.database.set("device", computer.seat.keys)
    return Desk(folder, computer.database, "段文清", lambda: datetime(2025, 3, 14, 9, tzinfo=UTC))
