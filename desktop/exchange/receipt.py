"""Receipt codes (回执码): twelve characters by which a receiver says what it has taken in (protocol, section 3).

The code names the bundles of one export that arrived (one, unless it was split) and the computer that holds them, so it counts as a
have-list for their cases. Its last two characters follow from the others: a slip of the tongue is told from a code of other bundles.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.exchange import books, keys
from desktop.exchange.directory import Directory
from desktop.exchange.have_list import Entry
from desktop.store.database import Database

_NAMESPACE = b"fengqiao/receipt/1\x00"
_FEW = 8


class MistypedCode(Refused):
    """The characters do not fit together."""

    def __init__(self) -> None:
        super().__init__("回执码不对（应为12个字符，请逐个核对，没有数字0、1和字母I、O），请对方再念一遍。")


class UnknownCode(Refused):
    """No bundle that was sent from here has this code."""

    def __init__(self) -> None:
        super().__init__("这个回执码对不上本机最近导出的任何交换包，请核对是不是发给对方的、由本机导出的那一个。")


class Confirmed(NamedTuple):
    """Whose receipt it was: the station's id, when the bundle was made (ISO text), and how many cases it carried."""

    station: str
    at: str
    cases: int


def code(digests: Iterable[bytes], device: bytes) -> str:
    """The receipt code of the bundles that this device has taken in: `K7QM-2XRA-9BCD`."""
    letters = keys.letters(_NAMESPACE + b"".join(sorted(digests)) + device, 10)
    letters += _check(letters)
    return "-".join(letters[i : i + 4] for i in (0, 4, 8))


def code_for(database: Database, me: bytes, digest: bytes) -> str:
    """The code to read out for a bundle that this device took in: it covers all that came of the same export."""
    query = (
        "SELECT DISTINCT other.digest FROM bundles AS one JOIN bundles AS other ON other.direction = 'in' AND other.device = one.device "
        "AND other.made = one.made WHERE one.direction = 'in' AND one.digest = ?"
    )
    return code((row[0] for row in database.connection.execute(query, (digest,))), me)


def _check(letters: str) -> str:
    return keys.letters(_NAMESPACE + letters.encode(), 2)


def confirm(database: Database, directory: Directory, typed: str, now: str) -> Confirmed:
    """Take a typed code for the have-list of the computer that took the bundle in, whichever of its office's it was.

    Raises `MistypedCode`, `UnknownCode`.
    """
    letters = "".join(c for c in typed.upper() if c.isalnum())
    if len(letters) != 12 or _check(letters[:10]) != letters[10:]:
        raise MistypedCode
    with database.atomic():
        for rows in _exports(database):
            devices = [device.id for device in directory.devices_of(rows[0].station)]
            for some, device in product(_subsets(rows), devices):
                if code((row.digest for row in some), device).replace("-", "") == letters:
                    return _confirmed(database, device, some, now)
    raise UnknownCode


class _Sent(NamedTuple):
    key: int
    digest: bytes
    station: str
    at: str


def _exports(database: Database) -> Iterable[list[_Sent]]:
    """The bundles that may be confirmed, export by export, the newest first."""
    sent = "SELECT device, key, digest, station, at FROM bundles WHERE direction = 'out' AND held IS NOT NULL ORDER BY key DESC"
    exports: dict[tuple[bytes, str], list[_Sent]] = {}
    for device, *row in database.connection.execute(sent).fetchall():
        one = _Sent(*row)
        exports.setdefault((device, one.at), []).append(one)
    return exports.values()


def _subsets(rows: Sequence[_Sent]) -> Iterator[Sequence[_Sent]]:
    """Which bundles of one export may have arrived: any of a few, of very many all or one."""
    sizes = range(len(rows), 0, -1) if len(rows) <= _FEW else (len(rows), 1)
    return (some for size in sizes for some in combinations(rows, size))


def _confirmed(database: Database, device: bytes, sent: Sequence[_Sent], now: str) -> Confirmed:
    connection = database.connection
    link = books.link_to(database, device)
    cases = set()
    for one in sent:
        (held,) = connection.execute("SELECT held FROM bundles WHERE key = ?", (one.key,)).fetchone()
        entries, contents = msgspec.msgpack.decode(held, type=tuple[list[Entry], list[bytes]])
        books.note_held(database, link, entries)
        connection.executemany("DELETE FROM wanted WHERE link = ? AND sha256 = ?", [(link.key, sha256) for sha256 in contents])
        connection.execute("UPDATE bundles SET confirmed = ? WHERE key = ?", (now, one.key))
        cases |= {uuid for uuid, _ in entries}
    return Confirmed(sent[0].station, sent[0].at, len(cases))
