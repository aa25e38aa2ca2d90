"""Where test vectors are made: the offices that send, and what they write, always the same."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from desktop.domain.attachment import Attachment
from desktop.domain.case import Case
from desktop.domain.party import Party
from desktop.exchange import directory as directories
from desktop.exchange import keys
from desktop.exchange.bundle import Manifest
from desktop.exchange.directory import Signed
from desktop.store import blobs
from tests.exchange.computers import Computer, forged, manifest_of, packed
from tests.exchange.offices import County


class Made(NamedTuple):
    """A vector: the name of its file, what it shows, its bytes, which files have to be taken in before it, and how it is refused."""

    file: str
    about: str
    data: bytes
    after: tuple[str, ...] = ()
    refusal: str = ""


class Shop:
    """The offices, all with the directory in which the village v3 has lost its computer."""

    def __init__(self, county: County, signed: Signed, work: Path) -> None:
        self.county = county
        self.work = work
        self._started: dict[str, Computer] = {}
        self._directory = directories.verified(signed, keys.verify_key(county.root_seed))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._started.values():
            one.database.close()

    def fresh(self, name: str, turn: int = 0) -> Computer:
        """The office's computer, a new one for each turn."""
        key = f"{name}-{turn}"
        if key not in self._started:
            seat = self.county.seats[name]
            me = seat.me._replace(directory=self._directory)
            one = Computer(seat._replace(me=me), seat.open(self.work / f"{key}.db"))
            directories.adopt(one.database, self._directory)
            self._started[key] = one
        return self._started[key]

    @property
    def village(self) -> Computer:
        """Who sends most of them; it has written nothing."""
        return self.fresh("v1", 99)

    @property
    def town(self) -> Computer:
        """Whom they are for."""
        return self.fresh("town1")

    def forged(self, parts: Mapping[str, bytes], /, **other: object) -> bytes:
        """A bundle of the village with these parts, and what else the manifest is to say."""
        return forged(self.village, self.town, parts, **other)

    def manifest(self, parts: Mapping[str, bytes], /, **other: object) -> Manifest:
        """Its manifest."""
        return manifest_of(self.village, self.town, parts, **other)

    def signed(self, manifest: object, *parts: bytes) -> bytes:
        """A bundle with this manifest, of the village."""
        return self.town.sealed(packed(msgspec.msgpack.encode(manifest), parts, self.village.seat.keys))


def case(number: int, summary: str = "起因") -> Case:
    """A case of the village with two parties."""
    people = (("申请人", "张三"), ("被申请人", "李四"))
    parties = tuple(
        Party(id=f"{number:031x}{place}", role=role, kind="自然人", name=name)  # type: ignore[arg-type]
        for place, (role, name) in enumerate(people)
    )
    return Case(id=f"{number:032x}", type="邻里", registered_on=date(2025, 3, 14), summary=summary, parties=parties, owner="v1")


def paper(number: int, content: bytes) -> Attachment:
    """An attachment with this content."""
    digest = sha256(content).hexdigest()
    return Attachment(id=f"{number:032x}", name="证据", category="证据材料", media="pdf", pages=1, size=len(content), sha256=digest)


def with_papers(computer: Computer, before: Case, *contents: bytes) -> Case:
    """The case with these contents as attachments, which lie in the computer's store."""
    for content in contents:
        blobs.put(computer.database, content)
    papers = tuple(paper(100 + number, content) for number, content in enumerate(contents))
    return computer.save(before, attachments=papers)
